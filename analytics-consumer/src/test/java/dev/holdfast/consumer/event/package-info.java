@NullMarked
package dev.holdfast.consumer.event;

import org.jspecify.annotations.NullMarked;
