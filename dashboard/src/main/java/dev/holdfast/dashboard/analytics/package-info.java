/** What the consumer computed, read from its own database. */
@NullMarked
package dev.holdfast.dashboard.analytics;

import org.jspecify.annotations.NullMarked;
