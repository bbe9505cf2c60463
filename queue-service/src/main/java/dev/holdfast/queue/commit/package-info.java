/** The group commit: many writes, one transaction, one sync. */
@NullMarked
package dev.holdfast.queue.commit;

import org.jspecify.annotations.NullMarked;
