/** Starts, kills and questions real processes. */
@NullMarked
package dev.holdfast.endtoend.harness;

import org.jspecify.annotations.NullMarked;
