/** Ten things to do with the pipeline, and the snapshot of what they changed. */
@NullMarked
package dev.holdfast.dashboard.lessons;

import org.jspecify.annotations.NullMarked;
