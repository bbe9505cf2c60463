/** The servers under load, as child processes, and what the kernel says about them. */
@NullMarked
package dev.holdfast.benchmark.server;

import org.jspecify.annotations.NullMarked;
