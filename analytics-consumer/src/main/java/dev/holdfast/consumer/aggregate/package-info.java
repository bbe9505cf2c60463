/** Exact summaries of prices, whatever the order of arrival. */
@NullMarked
package dev.holdfast.consumer.aggregate;

import org.jspecify.annotations.NullMarked;
