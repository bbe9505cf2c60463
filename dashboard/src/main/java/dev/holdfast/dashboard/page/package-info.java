/** What every page shares: layout, wording of numbers and times. */
@NullMarked
package dev.holdfast.dashboard.page;

import org.jspecify.annotations.NullMarked;
