/** What a consumer is told, and the limits of it. */
@NullMarked
package dev.holdfast.consumer.config;

import org.jspecify.annotations.NullMarked;
