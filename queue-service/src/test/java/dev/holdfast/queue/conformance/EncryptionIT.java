package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.KMS_MASTER_KEY_ID;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.SQS_MANAGED_SSE_ENABLED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The attributes of encryption are checked, stored and shown; nothing is encrypted by them. */
class EncryptionIT extends Conformance {
    private static final String ONE_TYPE =
            "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.";
    private static final String KEY = "alias/aws/sqs";

    @Test
    void managedEncryptionIsOnUnlessTurnedOff() {
        assertThat(attribute(SQS_MANAGED_SSE_ENABLED)).isEqualTo("true");

        set(SQS_MANAGED_SSE_ENABLED, "false");

        assertThat(attribute(SQS_MANAGED_SSE_ENABLED)).isEqualTo("false");
    }

    @Test
    void keyIsShownWithTheDefaultReusePeriod() {
        String url = create(Map.of(KMS_MASTER_KEY_ID, KEY));

        assertThat(attribute(url, KMS_MASTER_KEY_ID)).isEqualTo(KEY);
        assertThat(attribute(url, KMS_DATA_KEY_REUSE_PERIOD_SECONDS)).isEqualTo("300");
    }

    @Test
    void keyTurnsManagedEncryptionOff() {
        set(KMS_MASTER_KEY_ID, KEY);

        assertThat(attribute(SQS_MANAGED_SSE_ENABLED)).isEqualTo("false");
    }

    @Test
    void managedEncryptionReplacesTheKey() {
        set(KMS_MASTER_KEY_ID, KEY);

        set(SQS_MANAGED_SSE_ENABLED, "true");

        assertThat(attribute(KMS_MASTER_KEY_ID)).isEqualTo("absent");
        assertThat(attribute(SQS_MANAGED_SSE_ENABLED)).isEqualTo("true");
    }

    @Test
    void keyAndManagedEncryptionTogetherAreRefused() {
        Map<QueueAttributeName, String> both = Map.of(KMS_MASTER_KEY_ID, KEY, SQS_MANAGED_SSE_ENABLED, "true");

        assertRefused("InvalidAttributeName", () -> create(both)).isEqualTo(ONE_TYPE);
        assertRefused(
                        "InvalidAttributeName",
                        () -> sqs.setQueueAttributes(
                                request -> request.queueUrl(queueUrl).attributes(both)))
                .isEqualTo(ONE_TYPE);
        assertThat(attribute(KMS_MASTER_KEY_ID)).isEqualTo("absent");
    }

    @Test
    void reusePeriodWithoutAKeyIsNotShownAndTurnsManagedEncryptionOff() {
        Map<QueueAttributeName, String> emptied =
                Map.of(KMS_MASTER_KEY_ID, "", KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "300");
        String created = create(emptied);
        sqs.setQueueAttributes(request -> request.queueUrl(queueUrl).attributes(emptied));

        for (String url : List.of(created, queueUrl)) {
            assertThat(attribute(url, KMS_MASTER_KEY_ID)).isEqualTo("absent");
            assertThat(attribute(url, KMS_DATA_KEY_REUSE_PERIOD_SECONDS)).isEqualTo("absent");
            assertThat(attribute(url, SQS_MANAGED_SSE_ENABLED)).isEqualTo("false");
        }
    }

    @Test
    void reusePeriodIsShown() {
        String url = create(Map.of(KMS_MASTER_KEY_ID, KEY, KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "60"));

        assertThat(attribute(url, KMS_DATA_KEY_REUSE_PERIOD_SECONDS)).isEqualTo("60");
    }

    @Test
    void emptiedKeyVanishes() {
        set(KMS_MASTER_KEY_ID, KEY);

        set(KMS_MASTER_KEY_ID, "");

        assertThat(attribute(KMS_MASTER_KEY_ID)).isEqualTo("absent");
        assertThat(attribute(SQS_MANAGED_SSE_ENABLED)).isEqualTo("true");
    }

    @Test
    void messagesOfAQueueWithAKeyAreSentAndReceived() {
        set(KMS_MASTER_KEY_ID, KEY);
        send("m");

        assertThat(bodies()).containsExactly("m");
    }
}
