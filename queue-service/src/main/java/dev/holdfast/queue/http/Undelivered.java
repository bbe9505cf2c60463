package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Result;

/** Takes back messages that were received but whose answer could not be written, so that they can be handed out again at once. */
@FunctionalInterface
public interface Undelivered {
    void release(Result.OfReceiveMessage received);
}
