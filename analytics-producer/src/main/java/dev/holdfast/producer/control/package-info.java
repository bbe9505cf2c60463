/** The control API and the status, as JSON over HTTP. */
@NullMarked
package dev.holdfast.producer.control;

import org.jspecify.annotations.NullMarked;
