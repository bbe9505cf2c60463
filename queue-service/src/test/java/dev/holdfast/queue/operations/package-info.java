/** What an operator and a teacher do with a server: back it up, restore it, make it fail on purpose. */
@NullMarked
package dev.holdfast.queue.operations;

import org.jspecify.annotations.NullMarked;
