/** Work that is done once a second, whatever happens to the wall clock. */
@NullMarked
package dev.holdfast.kit.schedule;

import org.jspecify.annotations.NullMarked;
