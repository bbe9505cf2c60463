/** A console for any SQS queue: look, send, receive, edit, purge, redrive. */
@NullMarked
package dev.holdfast.dashboard.console;

import org.jspecify.annotations.NullMarked;
