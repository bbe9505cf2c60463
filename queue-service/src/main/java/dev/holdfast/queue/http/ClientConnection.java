package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.http.admission.Share;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the engine may know of the client of one request: whether it is still there, and what there is room for. Thread-safe. */
final class ClientConnection implements Call.Connection {
    private final HttpServerResponse response;
    private final Admission admission;
    private final Share share;

    ClientConnection(HttpServerResponse response, Admission admission, Share share) {
        this.response = response;
        this.admission = admission;
        this.share = share;
    }

    @Override
    public boolean isGone() {
        return response.closed();
    }

    @Override
    public void onGone(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
        try {
            response.closeHandler(closed -> once.run());
        } catch (IllegalStateException answered) {
            return; // Nobody waits any more.
        }
        if (response.closed()) {
            once.run();
        }
    }

    @Override
    public boolean hasRoom() {
        return admission.messages().hasRoom();
    }

    @Override
    public boolean mayWait() {
        if (admission.heads().hasRoomToSpare()) {
            return true;
        }
        admission.refused(Admission.Refusal.TOO_MANY_HEADS);
        return false;
    }

    @Override
    public void holds(long bytes) {
        share.take(bytes);
    }
}
