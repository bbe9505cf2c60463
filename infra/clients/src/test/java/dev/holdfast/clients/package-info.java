/** Public SQS clients, unchanged, against the packaged queue-service: what they do with Amazon SQS they do with Holdfast. */
@NullMarked
package dev.holdfast.clients;

import org.jspecify.annotations.NullMarked;
