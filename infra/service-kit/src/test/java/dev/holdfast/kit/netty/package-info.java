@NullMarked
package dev.holdfast.kit.netty;

import org.jspecify.annotations.NullMarked;
