package dev.holdfast.consumer.aggregate;

/** Which aggregate: of which subject, over which stretch of time (Unix milliseconds). */
public record AggregateKey(Span span, long subjectNo, long startsAtMillis) {}
