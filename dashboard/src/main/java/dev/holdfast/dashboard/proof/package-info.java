/** Whether anything was lost, as exactly as it can be known. */
@NullMarked
package dev.holdfast.dashboard.proof;

import org.jspecify.annotations.NullMarked;
