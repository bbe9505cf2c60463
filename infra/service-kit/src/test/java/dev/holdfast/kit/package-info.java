@NullMarked
package dev.holdfast.kit;

import org.jspecify.annotations.NullMarked;
