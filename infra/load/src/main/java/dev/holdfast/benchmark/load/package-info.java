/** The traffic: producers, consumers, and the check that no message is lost, delivered twice or damaged. */
@NullMarked
package dev.holdfast.benchmark.load;

import org.jspecify.annotations.NullMarked;
