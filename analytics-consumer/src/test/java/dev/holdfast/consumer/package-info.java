@NullMarked
package dev.holdfast.consumer;

import org.jspecify.annotations.NullMarked;
