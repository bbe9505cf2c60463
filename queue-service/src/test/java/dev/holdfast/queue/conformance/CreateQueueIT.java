package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class CreateQueueIT extends Conformance {
    private static final String NAME_RULE =
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";

    @Test
    void urlIsTheClientsHostThenAccountAndName() {
        String name = freshName();

        assertThat(create(name, Map.of())).isEqualTo(server().url() + "/" + ACCOUNT + "/" + name);
    }

    @Test
    void nameOfEightyCharactersIsAccepted() {
        String name = (freshName() + "x".repeat(80)).substring(0, 80);

        assertThat(create(name, Map.of())).endsWith(name);
    }

    @Test
    void nameOfEightyOneCharactersIsRefused() {
        assertRefused("InvalidParameterValue", () -> create("x".repeat(81), Map.of()))
                .contains(NAME_RULE);
    }

    @Test
    void emptyNameIsRefused() {
        assertRefused("InvalidParameterValue", () -> create("", Map.of())).contains(NAME_RULE);
    }

    @Test
    void nameWithOtherCharactersThanLettersDigitsHyphensAndUnderscoresIsRefused() {
        for (String name : List.of("a b", "a/b", "a.b", "a:b", "ä", "a\n")) {
            assertRefused("InvalidParameterValue", () -> create(name, Map.of())).contains(NAME_RULE);
        }
    }

    @Test
    void missingNameIsRefused() {
        assertRefused("MissingParameter", () -> sqs.createQueue(request -> {}))
                .contains("The request must contain the parameter QueueName.");
    }

    @Test
    void namesAreCaseSensitive() {
        String name = freshName();
        String lower = create(name + "-a", Map.of());

        String upper = create(name + "-A", Map.of());

        assertThat(upper).isNotEqualTo(lower);
        sendTo(upper, "only here");
        assertThat(bodies(lower)).isEmpty();
    }

    @Test
    void creatingAgainWithTheSameAttributesFindsTheQueue() {
        String name = freshName();
        Map<QueueAttributeName, String> attributes =
                Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "40", QueueAttributeName.DELAY_SECONDS, "5");
        String first = create(name, attributes);

        assertThat(create(name, attributes)).isEqualTo(first);
    }

    @Test
    void creatingAgainComparesOnlyTheAttributesGiven() {
        String name = freshName();
        String first = create(
                name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "40", QueueAttributeName.DELAY_SECONDS, "5"));

        assertThat(create(name, Map.of(QueueAttributeName.DELAY_SECONDS, "5"))).isEqualTo(first);
        assertThat(create(name, Map.of())).isEqualTo(first);
        assertThat(attribute(first, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("40");
    }

    @Test
    void creatingAgainWithADefaultSpelledOutFindsTheQueue() {
        String name = freshName();
        String first = create(name, Map.of());

        assertThat(create(name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30")))
                .isEqualTo(first);
    }

    @Test
    void creatingAgainComparesWithTheCurrentValues() {
        String name = freshName();
        String first = create(name, Map.of(QueueAttributeName.DELAY_SECONDS, "5"));
        set(first, QueueAttributeName.DELAY_SECONDS, "6");

        assertThat(create(name, Map.of(QueueAttributeName.DELAY_SECONDS, "6"))).isEqualTo(first);
        assertRefused("QueueAlreadyExists", () -> create(name, Map.of(QueueAttributeName.DELAY_SECONDS, "5")));
    }

    @Test
    void creatingAgainWithAnotherValueNamesTheAttributeThatDiffers() {
        String name = freshName();
        create(name, Map.of());

        assertRefused("QueueAlreadyExists", () -> create(name, Map.of(QueueAttributeName.DELAY_SECONDS, "5")))
                .isEqualTo(
                        "A queue already exists with the same name and a different value for attribute DelaySeconds");
    }

    @Test
    void booleansCompareWithoutCase() {
        String name = freshName();
        String first = create(name, Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "True"));

        assertThat(create(name, Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true")))
                .isEqualTo(first);
    }

    @Test
    void timestampsAreInSeconds() {
        Instant now = Instant.now();

        Instant created = Instant.ofEpochSecond(Long.parseLong(attribute(QueueAttributeName.CREATED_TIMESTAMP)));

        // The server's time is ahead by what other tests have moved it.
        assertThat(created).isBetween(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(3_650)));
    }

    @Test
    void unknownAttributeIsRefused() {
        assertRefused(
                        "InvalidAttributeName",
                        () -> sqs.createQueue(
                                request -> request.queueName(freshName()).attributesWithStrings(Map.of("Foo", "1"))))
                .isEqualTo("Unknown Attribute Foo.");
    }

    @Test
    void readOnlyAttributeIsRefused() {
        assertRefused("InvalidAttributeName", () -> create(Map.of(QueueAttributeName.QUEUE_ARN, "x")))
                .isEqualTo("Unknown Attribute QueueArn.");
    }

    @Test
    void attributeOfFifoQueuesIsRefused() {
        assertRefused(
                        "InvalidAttributeName",
                        () -> create(Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                .isEqualTo("Unknown Attribute ContentBasedDeduplication.");
    }

    @Test
    void refusedQueueDoesNotExist() {
        String name = freshName();

        assertRefused("InvalidAttributeValue", () -> create(name, Map.of(QueueAttributeName.DELAY_SECONDS, "901")));

        assertRefused(
                "AWS.SimpleQueueService.NonExistentQueue", () -> sqs.getQueueUrl(request -> request.queueName(name)));
    }

    @Test
    void tagsAreSetWithTheQueue() {
        String url = sqs.createQueue(
                        request -> request.queueName(freshName()).tags(Map.of("team", "pricing", "stage", "")))
                .queueUrl();

        assertThat(sqs.listQueueTags(request -> request.queueUrl(url)).tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("team", "pricing", "stage", ""));
    }
}
