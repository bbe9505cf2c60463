@NullMarked
package dev.holdfast.kit.http;

import org.jspecify.annotations.NullMarked;
