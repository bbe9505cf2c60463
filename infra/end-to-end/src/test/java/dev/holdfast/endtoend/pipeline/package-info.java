/** The services together, as scripts start them, and what an independent observer finds in them. */
@NullMarked
package dev.holdfast.endtoend.pipeline;

import org.jspecify.annotations.NullMarked;
