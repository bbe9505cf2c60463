/** The documented layout as infrastructure code. Start with {@link dev.holdfast.aws.HoldfastStack}. */
@NullMarked
package dev.holdfast.aws;

import org.jspecify.annotations.NullMarked;
