/** Errors in the form of RFC 9457, and the rule that keeps pages of other sites out. Plain code, no beans. */
@NullMarked
package dev.holdfast.kit.http;

import org.jspecify.annotations.NullMarked;
