package dev.holdfast.consumer.aggregate;

import java.util.HashMap;
import java.util.Map;

/** Aggregates in memory, by key: what one transaction adds, or what a recount finds. For one thread. */
public final class Aggregates {
    private final Map<AggregateKey, Aggregate> byKey = new HashMap<>();

    /** Adds the aggregate of one price to that of the span which holds its time. */
    public void add(Span span, long subjectNo, Aggregate single) {
        long startsAtMillis = span.startOf(single.first().occurredAtMillis());
        merge(new AggregateKey(span, subjectNo, startsAtMillis), single);
    }

    public void merge(AggregateKey key, Aggregate added) {
        byKey.merge(key, added, Aggregate::merge);
    }

    public Map<AggregateKey, Aggregate> byKey() {
        return byKey;
    }
}
