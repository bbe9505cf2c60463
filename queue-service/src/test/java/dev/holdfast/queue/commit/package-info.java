@NullMarked
package dev.holdfast.queue.commit;

import org.jspecify.annotations.NullMarked;
