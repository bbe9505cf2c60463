/** What is sold and how its prices move: all of it made from one seed. */
@NullMarked
package dev.holdfast.producer.market;

import org.jspecify.annotations.NullMarked;
