package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.DELAY_SECONDS;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.MAXIMUM_MESSAGE_SIZE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.MESSAGE_RETENTION_PERIOD;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.SQS_MANAGED_SSE_ENABLED;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.VISIBILITY_TIMEOUT;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Both ends of every range are accepted and shown; what lies beyond, and what is no number, is refused. */
class QueueAttributeRangesIT extends Conformance {

    @Test
    void delaySecondsFrom0To900AreAccepted() {
        assertAccepted(DELAY_SECONDS, "0", "900");
    }

    @Test
    void delaySecondsBeyondTheRangeAreRefused() {
        assertRefusedValues(DELAY_SECONDS, "-1", "901");
    }

    @Test
    void maximumMessageSizeFrom1KiBTo1MiBIsAccepted() {
        assertAccepted(MAXIMUM_MESSAGE_SIZE, "1024", "1048576");
    }

    @Test
    void maximumMessageSizeBeyondTheRangeIsRefused() {
        assertRefusedValues(MAXIMUM_MESSAGE_SIZE, "1023", "1048577");
    }

    @Test
    void messageRetentionPeriodFrom1MinuteTo14DaysIsAccepted() {
        assertAccepted(MESSAGE_RETENTION_PERIOD, "60", "1209600");
    }

    @Test
    void messageRetentionPeriodBeyondTheRangeIsRefused() {
        assertRefusedValues(MESSAGE_RETENTION_PERIOD, "59", "1209601");
    }

    @Test
    void receiveMessageWaitTimeFrom0To20IsAccepted() {
        assertAccepted(RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0", "20");
    }

    @Test
    void receiveMessageWaitTimeBeyondTheRangeIsRefused() {
        assertRefusedValues(RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "-1", "21");
    }

    @Test
    void visibilityTimeoutFrom0To12HoursIsAccepted() {
        assertAccepted(VISIBILITY_TIMEOUT, "0", "43200");
    }

    @Test
    void visibilityTimeoutBeyondTheRangeIsRefused() {
        assertRefusedValues(VISIBILITY_TIMEOUT, "-1", "43201");
    }

    @Test
    void kmsDataKeyReusePeriodFrom1MinuteTo24HoursIsAccepted() {
        assertAccepted(KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "60", "86400");
    }

    @Test
    void kmsDataKeyReusePeriodBeyondTheRangeIsRefused() {
        assertRefusedValues(KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "59", "86401");
    }

    @Test
    void managedEncryptionIsTrueOrFalse() {
        assertAccepted(SQS_MANAGED_SSE_ENABLED, "true", "false");
        assertRefused("InvalidAttributeValue", () -> set(SQS_MANAGED_SSE_ENABLED, "yes"));
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        for (QueueAttributeName name : List.of(
                DELAY_SECONDS,
                MAXIMUM_MESSAGE_SIZE,
                MESSAGE_RETENTION_PERIOD,
                RECEIVE_MESSAGE_WAIT_TIME_SECONDS,
                VISIBILITY_TIMEOUT)) {
            for (String value : List.of("", "soon", "1.5", "1e2", " 60", "99999999999999999999")) {
                assertRefused("InvalidAttributeValue", () -> set(name, value)).contains(name.toString());
            }
        }
    }

    @Test
    void rangesHoldForNewQueuesToo() {
        assertRefused("InvalidAttributeValue", () -> create(Map.of(VISIBILITY_TIMEOUT, "43201")))
                .startsWith("Invalid value for the parameter VisibilityTimeout.");
    }

    private void assertAccepted(QueueAttributeName name, String... values) {
        for (String value : values) {
            set(name, value);
            assertThat(attribute(name)).isEqualTo(value);
            assertThat(attribute(create(Map.of(name, value)), name)).isEqualTo(value);
        }
    }

    private void assertRefusedValues(QueueAttributeName name, String... values) {
        String before = attribute(name);
        for (String value : values) {
            assertRefused("InvalidAttributeValue", () -> set(name, value))
                    .startsWith("Invalid value for the parameter " + name + ".");
        }
        assertThat(attribute(name)).isEqualTo(before);
    }
}
