package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class RetentionIT extends Conformance {

    @Test
    void messageIsKeptForItsQueuesRetentionPeriodAndThenGone() {
        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        send("m");

        advance(Duration.ofSeconds(58));
        assertThat(waiting()).isEqualTo(1);
        advance(Duration.ofSeconds(2));
        assertThat(waiting()).isZero();
        assertThat(receive()).isEmpty();
    }

    @Test
    void defaultIsFourDays() {
        send("m");

        advance(Duration.ofDays(4).minusSeconds(10));
        assertThat(receiveHidden(0).body()).isEqualTo("m");
        advance(Duration.ofSeconds(10));
        assertThat(receive()).isEmpty();
    }

    @Test
    void messageInFlightExpiresToo() {
        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        send("m");
        Message message = receiveHidden(600);

        advance(Duration.ofSeconds(60));

        assertThat(inFlight()).isZero();
        delete(message);
    }

    @Test
    void delayedMessageExpiresToo() {
        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        sendDelayed("m", 900);

        advance(Duration.ofSeconds(60));

        assertThat(delayed()).isZero();
    }

    @Test
    void receivesDoNotProlongIt() {
        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        send("m");
        advance(Duration.ofSeconds(50));
        receiveHidden(0);

        advance(Duration.ofSeconds(10));

        assertThat(receive()).isEmpty();
    }

    @Test
    void shortenedPeriodHoldsForTheMessagesThatAreThere() {
        send("m");
        advance(Duration.ofSeconds(100));

        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");

        assertThat(receive()).isEmpty();
    }

    @Test
    void lengthenedPeriodHoldsForTheMessagesThatAreThere() {
        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        send("m");

        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "600");

        advance(Duration.ofSeconds(500));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void onlyWhatIsOldEnoughExpires() {
        set(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        send("old");
        advance(Duration.ofSeconds(40));
        send("young");

        advance(Duration.ofSeconds(20));

        assertThat(bodies()).containsExactly("young");
    }

    @Test
    void deadLetterOfAStandardQueueKeepsTheTimeItWasSent() {
        String dead = create(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "100"));
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(dead), 1));
        send("m");
        advance(Duration.ofSeconds(80));
        receiveHidden(0);
        assertThat(receive()).isEmpty();
        assertThat(attribute(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("1");

        advance(Duration.ofSeconds(20));

        assertThat(receiveFrom(dead)).isEmpty();
    }

    @Test
    void messageThatIsTooOldForItsDeadLetterQueueIsGoneWhenItDies() {
        String dead = create(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60"));
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(dead), 1));
        send("m");
        advance(Duration.ofSeconds(80));
        receiveHidden(0);

        assertThat(receive()).isEmpty();
        assertThat(receiveFrom(dead)).isEmpty();
    }
}
