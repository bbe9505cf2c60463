/** What stands before and around a control API: filters, strict JSON, and failures turned into answers. These are beans. */
@NullMarked
package dev.holdfast.kit.control;

import org.jspecify.annotations.NullMarked;
