/** What the charts remember over a reload and a restart. */
@NullMarked
package dev.holdfast.dashboard.history;

import org.jspecify.annotations.NullMarked;
