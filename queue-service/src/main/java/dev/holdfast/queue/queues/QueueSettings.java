package dev.holdfast.queue.queues;

/**
 * What is the same for all queues of this server.
 *
 * @param region in ARNs
 * @param account the owner's, twelve digits
 * @param strictTiming whether a purge and a re-creation wait 60 seconds, as on Amazon SQS
 */
public record QueueSettings(String region, String account, boolean strictTiming) {}
