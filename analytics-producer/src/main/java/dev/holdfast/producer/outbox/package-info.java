/** The events not acknowledged yet, their numbering and the settings, in one SQLite file. */
@NullMarked
package dev.holdfast.producer.outbox;

import org.jspecify.annotations.NullMarked;
