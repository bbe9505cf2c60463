@NullMarked
package dev.holdfast.consumer.database;

import org.jspecify.annotations.NullMarked;
