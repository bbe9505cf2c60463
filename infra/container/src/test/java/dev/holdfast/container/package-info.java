/** The images as podman runs them. */
@NullMarked
package dev.holdfast.container;

import org.jspecify.annotations.NullMarked;
