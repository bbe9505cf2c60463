package dev.holdfast.consumer.apply;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What one receive brought. The future completes once the transaction that holds it is on disk; it never fails, it may be cancelled. */
record Batch(List<Delivery> deliveries, CompletableFuture<AppliedCounts> committed) {}
