/** The database behind the group commit: a SQLite file, its pragmas, its checkpoints and the disk it stands on. */
@NullMarked
package dev.holdfast.queue.store.sqlite;

import org.jspecify.annotations.NullMarked;
