/**
 * What reaches below the API of Vert.x, into its pipeline of Netty handlers: HTTP/1 to the letter. {@code InternalsTest} names the
 * versions that it was written for.
 */
@NullMarked
package dev.holdfast.kit.netty;

import org.jspecify.annotations.NullMarked;
