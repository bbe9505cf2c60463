package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Result;

/** Told of messages that were received but whose answer could not be written: they can be handed out again at once. */
@FunctionalInterface
public interface Undelivered {
    void release(Result.OfReceiveMessage received);
}
