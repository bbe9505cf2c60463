package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class DelayIT extends Conformance {

    @Test
    void delayedMessageIsHiddenUntilItsTime() {
        sendDelayed("m", 60);

        advance(Duration.ofSeconds(58));
        assertThat(receive()).isEmpty();
        assertThat(delayed()).isEqualTo(1);
        advance(Duration.ofSeconds(2));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void delayOf900SecondsIsAccepted() {
        sendDelayed("m", 900);

        advance(Duration.ofSeconds(898));
        assertThat(receive()).isEmpty();
        advance(Duration.ofSeconds(2));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void delayBeyond0To900SecondsIsRefused() {
        for (int delay : List.of(-1, 901)) {
            assertRefused("InvalidParameterValue", () -> sendDelayed("m", delay))
                    .isEqualTo("Value " + delay
                            + " for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
        }
    }

    @Test
    void queuesDelayHoldsForMessagesWithoutTheirOwn() {
        set(QueueAttributeName.DELAY_SECONDS, "60");
        send("m");

        assertThat(receive()).isEmpty();
        advance(Duration.ofSeconds(60));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void messagesOwnDelayWinsAlsoWhenItIs0() {
        String url = create(Map.of(QueueAttributeName.DELAY_SECONDS, "900"));
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("m").delaySeconds(0));

        assertThat(bodies(url)).containsExactly("m");
    }

    @Test
    void changedDelayOfAStandardQueueHoldsForNewMessagesOnly() {
        set(QueueAttributeName.DELAY_SECONDS, "60");
        send("old");
        set(QueueAttributeName.DELAY_SECONDS, "0");
        send("new");

        assertThat(bodies()).containsExactly("new");
        assertThat(delayed()).isEqualTo(1);
    }

    @Test
    void delayedMessageIsReceivedAfterItsDelayInItsPlace() {
        sendDelayed("first", 10);
        send("second");
        advance(Duration.ofSeconds(10));

        assertThat(bodies()).containsExactly("first", "second");
    }

    @Test
    void delayHasNothingToDoWithTheVisibilityTimeout() {
        sendDelayed("m", 60);
        advance(Duration.ofSeconds(60));
        receiveOne();

        advance(Duration.ofSeconds(31));

        assertThat(bodies()).containsExactly("m");
    }
}
