/** The synthesised template, without an account and without a network. */
@NullMarked
package dev.holdfast.aws;

import org.jspecify.annotations.NullMarked;
