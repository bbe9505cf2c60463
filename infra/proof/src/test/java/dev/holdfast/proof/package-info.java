@NullMarked
package dev.holdfast.proof;

import org.jspecify.annotations.NullMarked;
