/** {@code SqsService} and the actions it performs, a class for each family. */
@NullMarked
package dev.holdfast.queue.action;

import org.jspecify.annotations.NullMarked;
