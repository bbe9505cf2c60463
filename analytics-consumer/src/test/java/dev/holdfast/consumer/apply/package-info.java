@NullMarked
package dev.holdfast.consumer.apply;

import org.jspecify.annotations.NullMarked;
