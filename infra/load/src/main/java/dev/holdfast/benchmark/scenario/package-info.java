/** What is measured: the situations that servers are put into, and the figures they show there. */
@NullMarked
package dev.holdfast.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
