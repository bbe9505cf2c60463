/** What tests use to run real programs: packaged services, an SQS server of other people, a browser, and deadlines to wait by. */
@NullMarked
package dev.holdfast.harness;

import org.jspecify.annotations.NullMarked;
