package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Programs that call again and again, each with a thread of its own, until one of them meets an error. */
final class Clients {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private volatile boolean running;

    void start(List<Runnable> calls) {
        running = true;
        calls.forEach(call -> threads.add(Thread.ofVirtual().start(() -> repeat(call))));
    }

    private void repeat(Runnable call) {
        try {
            while (running) {
                call.run();
            }
        } catch (SqsException refused) {
            refusals.add(refused.toString());
            running = false;
        } catch (SdkException serverGone) {
            running = false;
        }
    }

    boolean areRunning() {
        return running;
    }

    /** Errors that the server answered; a server that is gone is none. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Waits until every client has its answer or has given up. */
    void stop() {
        running = false;
        await("clients have ended")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> threads.stream().noneMatch(Thread::isAlive));
        threads.clear();
    }
}
