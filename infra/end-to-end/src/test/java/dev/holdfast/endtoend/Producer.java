package dev.holdfast.endtoend;

import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;

/** The producer's controls. */
final class Producer {
    private final Web web;

    Producer(Pipeline pipeline) {
        this.web = pipeline.web(Service.PRODUCER);
    }

    void start() {
        web.postJson("/api/start", "");
    }

    void stop() {
        web.postJson("/api/stop", "");
    }

    void burst(int count) {
        web.postJson("/api/burst", "{\"count\": " + count + "}");
    }

    String id() {
        return web.getJson("/api/status").get("producerId").asText();
    }

    void poison(int count) {
        web.postJson("/api/poison", "{\"count\": " + count + "}");
    }

    long acknowledged() {
        return web.getJson("/api/status").get("acknowledged").asLong();
    }
}
