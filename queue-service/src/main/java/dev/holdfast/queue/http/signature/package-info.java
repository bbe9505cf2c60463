/** Signature version 4: what is signed, and whether it was signed by whom it names. */
@NullMarked
package dev.holdfast.queue.http.signature;

import org.jspecify.annotations.NullMarked;
