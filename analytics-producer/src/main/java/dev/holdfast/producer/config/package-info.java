/** What the producer is told, and the limits of it. */
@NullMarked
package dev.holdfast.producer.config;

import org.jspecify.annotations.NullMarked;
