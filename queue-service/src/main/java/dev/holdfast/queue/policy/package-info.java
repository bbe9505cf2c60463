/** Who may do what to a queue: policy documents, their statements and conditions. */
@NullMarked
package dev.holdfast.queue.policy;

import org.jspecify.annotations.NullMarked;
