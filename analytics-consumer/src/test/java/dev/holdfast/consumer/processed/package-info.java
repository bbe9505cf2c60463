@NullMarked
package dev.holdfast.consumer.processed;

import org.jspecify.annotations.NullMarked;
