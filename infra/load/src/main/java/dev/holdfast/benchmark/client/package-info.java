/** A client for the JSON protocol of SQS that costs as little CPU as the machine allows, because it shares the cores with the server. */
@NullMarked
package dev.holdfast.benchmark.client;

import org.jspecify.annotations.NullMarked;
