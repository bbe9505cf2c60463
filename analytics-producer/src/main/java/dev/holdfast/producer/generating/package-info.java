/** Makes events at the set rate and gives them to the outbox. */
@NullMarked
package dev.holdfast.producer.generating;

import org.jspecify.annotations.NullMarked;
