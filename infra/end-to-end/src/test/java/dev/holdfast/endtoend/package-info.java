/** Holdfast from outside: what a person, a program or an accident does to the real processes. */
@NullMarked
package dev.holdfast.endtoend;

import org.jspecify.annotations.NullMarked;
