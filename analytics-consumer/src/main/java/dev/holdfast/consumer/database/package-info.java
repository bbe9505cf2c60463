/** The secondary database: which file it is and what is in it. */
@NullMarked
package dev.holdfast.consumer.database;

import org.jspecify.annotations.NullMarked;
