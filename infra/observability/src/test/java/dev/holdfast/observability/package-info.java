/** What operators watch with, held against what the server says. */
@NullMarked
package dev.holdfast.observability;

import org.jspecify.annotations.NullMarked;
