/** The secondary database: one SQLite file, its pragmas and its schema. Knows no events. */
@NullMarked
package dev.holdfast.consumer.database;

import org.jspecify.annotations.NullMarked;
