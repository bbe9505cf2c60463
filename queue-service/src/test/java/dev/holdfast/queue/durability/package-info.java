/** What survives kill -9, power cuts, failing and full disks, and large numbers: the packaged process under load. */
@NullMarked
package dev.holdfast.queue.durability;

import org.jspecify.annotations.NullMarked;
