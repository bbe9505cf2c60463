/** The Debian packages as dpkg and systemd see them. */
@NullMarked
package dev.holdfast.packages;

import org.jspecify.annotations.NullMarked;
