/** Which message is next: standard, fair and FIFO; backlog, groups, tenants. */
@NullMarked
package dev.holdfast.queue.order;

import org.jspecify.annotations.NullMarked;
