/** Starting and killing the services themselves, where the demo allows it. */
@NullMarked
package dev.holdfast.dashboard.lab;

import org.jspecify.annotations.NullMarked;
