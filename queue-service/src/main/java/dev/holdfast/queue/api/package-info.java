/** The contract in AWS's words: requests, results, errors and limits. Used by all, uses nothing. */
@NullMarked
package dev.holdfast.queue.api;

import org.jspecify.annotations.NullMarked;
