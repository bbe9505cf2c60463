@NullMarked
package dev.holdfast.kit.sqlite;

import org.jspecify.annotations.NullMarked;
