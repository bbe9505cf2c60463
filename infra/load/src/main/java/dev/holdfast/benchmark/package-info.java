/** The load generator behind {@code infra/benchmark}: which scenarios run against which servers, and what they showed. */
@NullMarked
package dev.holdfast.benchmark;

import org.jspecify.annotations.NullMarked;
