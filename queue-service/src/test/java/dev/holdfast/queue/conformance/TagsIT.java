package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagsIT extends Conformance {

    @Test
    void newQueueHasNoTags() {
        assertThat(sqs.listQueueTags(request -> request.queueUrl(queueUrl)).hasTags())
                .isFalse();
    }

    @Test
    void tagsAreAddedToThoseThatAreThere() {
        tag(Map.of("team", "pricing"));
        tag(Map.of("stage", "test"));

        assertThat(tags()).containsExactlyInAnyOrderEntriesOf(Map.of("team", "pricing", "stage", "test"));
    }

    @Test
    void tagWithTheSameKeyIsOverwritten() {
        tag(Map.of("team", "pricing"));
        tag(Map.of("team", "orders"));

        assertThat(tags()).containsExactly(Map.entry("team", "orders"));
    }

    @Test
    void keysAreCaseSensitive() {
        tag(Map.of("team", "pricing", "Team", "orders"));

        assertThat(tags()).hasSize(2);
    }

    @Test
    void valueMayBeEmpty() {
        tag(Map.of("flag", ""));

        assertThat(tags()).containsExactly(Map.entry("flag", ""));
    }

    @Test
    void untaggedKeysAreGone() {
        tag(Map.of("team", "pricing", "stage", "test", "owner", "me"));

        sqs.untagQueue(request -> request.queueUrl(queueUrl).tagKeys("stage", "owner"));

        assertThat(tags()).containsExactly(Map.entry("team", "pricing"));
    }

    @Test
    void untaggingAnUnknownKeyChangesNothing() {
        tag(Map.of("team", "pricing"));

        sqs.untagQueue(request -> request.queueUrl(queueUrl).tagKeys("stage"));

        assertThat(tags()).containsExactly(Map.entry("team", "pricing"));
    }

    @Test
    void keyOf128AndValueOf256CharactersAreAccepted() {
        tag(Map.of("k".repeat(128), "v".repeat(256)));

        assertThat(tags()).containsExactly(Map.entry("k".repeat(128), "v".repeat(256)));
    }

    @Test
    void keyOf129CharactersOrNoneIsRefused() {
        assertRefused("InvalidParameterValue", () -> tag(Map.of("k".repeat(129), "v")));
        assertRefused("InvalidParameterValue", () -> tag(Map.of("", "v")));
    }

    @Test
    void valueOf257CharactersIsRefused() {
        assertRefused("InvalidParameterValue", () -> tag(Map.of("k", "v".repeat(257))));
    }

    @Test
    void keysBeginningWithAwsAreReserved() {
        assertRefused("InvalidParameterValue", () -> tag(Map.of("aws:x", "y")));
        assertRefused("InvalidParameterValue", () -> tag(Map.of("AWS:x", "y")));
    }

    @Test
    void punctuationOfTagsIsAccepted() {
        tag(Map.of("_.:/=+-@ ä1", "_.:/=+-@ ä1"));

        assertThat(tags()).containsExactly(Map.entry("_.:/=+-@ ä1", "_.:/=+-@ ä1"));
    }

    @Test
    void otherCharactersAreRefused() {
        for (String text : List.of("a*", "a?", "a;b", "\t")) {
            assertRefused("InvalidParameterValue", () -> tag(Map.of(text, "v")));
            assertRefused("InvalidParameterValue", () -> tag(Map.of("k", text)));
        }
    }

    @Test
    void fiftyTagsAreAcceptedAndOneMoreRefused() {
        tag(IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));

        assertRefused("InvalidParameterValue", () -> tag(Map.of("k50", "v")));
        assertThat(tags()).hasSize(50);
    }

    @Test
    void noTagsAndNoKeysAreRefused() {
        assertRefused("MissingParameter", () -> sqs.tagQueue(request -> request.queueUrl(queueUrl)))
                .contains("Tags");
        assertRefused("MissingParameter", () -> sqs.untagQueue(request -> request.queueUrl(queueUrl)))
                .contains("TagKeys");
    }

    private void tag(Map<String, String> tags) {
        sqs.tagQueue(request -> request.queueUrl(queueUrl).tags(tags));
    }

    private Map<String, String> tags() {
        return sqs.listQueueTags(request -> request.queueUrl(queueUrl)).tags();
    }
}
