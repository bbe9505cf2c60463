@NullMarked
package dev.holdfast.consumer.verify;

import org.jspecify.annotations.NullMarked;
