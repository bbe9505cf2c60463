/**
 * Live pages that show the data flowing. One way: pages and {@code live} read the newest {@code sampling.Sample};
 * sampling reads {@code sqs}, {@code analytics} and asks infra/proof; {@code history} remembers.
 */
@NullMarked
package dev.holdfast.dashboard;

import org.jspecify.annotations.NullMarked;
