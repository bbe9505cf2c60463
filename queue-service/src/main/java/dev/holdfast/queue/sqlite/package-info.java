/** Plumbing that knows no SQS: the database file, the group commit, and the transaction it hands out. */
@NullMarked
package dev.holdfast.queue.sqlite;

import org.jspecify.annotations.NullMarked;
