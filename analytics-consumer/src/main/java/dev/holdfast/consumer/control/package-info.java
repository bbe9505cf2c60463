/** The control API: status, pause, resume, slow, crash. */
@NullMarked
package dev.holdfast.consumer.control;

import org.jspecify.annotations.NullMarked;
