/** Medians and ratios as a table, as JSON and as charts. */
@NullMarked
package dev.holdfast.benchmark.report;

import org.jspecify.annotations.NullMarked;
