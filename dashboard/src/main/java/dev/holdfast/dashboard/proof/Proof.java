package dev.holdfast.dashboard.proof;

import org.jspecify.annotations.Nullable;

/**
 * Whether every acknowledged message is accounted for (infra/contract/proof.schema.json). All figures are totals over
 * all time and null where unknown.
 *
 * @param acknowledged messages the queue promised the producer to keep
 * @param applied of this producer, by all consumers
 * @param stored in the main queue, in any state
 * @param deadLettered in the dead-letter queue
 * @param leftUnapplied expired, purged, deleted by hand, or gone with a deleted queue
 * @param duplicatesAbsorbed deliveries that changed nothing because the event was applied before
 * @param lost acknowledged and nowhere to be found; at least this many
 * @param balanced whether the check held; null where it cannot be known
 * @param settled whether it was the exact check of everything at rest, or the live one
 * @param because why it cannot be known, or what was found; a sentence
 */
public record Proof(
        @Nullable Long acknowledged,
        @Nullable Long applied,
        @Nullable Long stored,
        @Nullable Long deadLettered,
        @Nullable Long leftUnapplied,
        @Nullable Long duplicatesAbsorbed,
        @Nullable Long lost,
        @Nullable Boolean balanced,
        @Nullable Boolean settled,
        String because) {}
