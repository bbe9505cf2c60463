package dev.holdfast.endtoend;

import dev.holdfast.endtoend.harness.Pipeline;
import dev.holdfast.endtoend.harness.Service;
import dev.holdfast.endtoend.harness.Web;

/** The producer's controls. */
final class Producer {
    private final Web web;

    Producer(Pipeline pipeline) {
        this.web = pipeline.web(Service.PRODUCER);
    }

    void start() {
        web.post("/api/start", "");
    }

    void stop() {
        web.post("/api/stop", "");
    }

    void burst(int count) {
        web.post("/api/burst", "{\"count\": " + count + "}");
    }

    String id() {
        return web.get("/api/status").get("producerId").asText();
    }

    void poison(int count) {
        web.post("/api/poison", "{\"count\": " + count + "}");
    }

    long acknowledged() {
        return web.get("/api/status").get("acknowledged").asLong();
    }
}
