/** The overview page and its controls. */
@NullMarked
package dev.holdfast.dashboard.pipeline;

import org.jspecify.annotations.NullMarked;
