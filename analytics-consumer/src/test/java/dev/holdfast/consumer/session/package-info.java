@NullMarked
package dev.holdfast.consumer.session;

import org.jspecify.annotations.NullMarked;
