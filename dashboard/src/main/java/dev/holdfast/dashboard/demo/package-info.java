/** Starting and killing the services themselves, where the demo allows it. */
@NullMarked
package dev.holdfast.dashboard.demo;

import org.jspecify.annotations.NullMarked;
