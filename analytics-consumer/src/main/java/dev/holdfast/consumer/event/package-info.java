/** A price event and its identity: read from a message once, refused with a reason where it is wrong. */
@NullMarked
package dev.holdfast.consumer.event;

import org.jspecify.annotations.NullMarked;
