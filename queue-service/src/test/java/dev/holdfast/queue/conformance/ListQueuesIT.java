package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;

class ListQueuesIT extends Conformance {
    private final String prefix = freshName();

    @Test
    void queuesAreListedByTheirPrefix() {
        List<String> urls = createQueues(3);

        assertThat(sqs.listQueues(request -> request.queueNamePrefix(prefix)).queueUrls())
                .containsExactlyElementsOf(urls);
    }

    @Test
    void withoutPrefixAllQueuesOfTheAccountAreListed() {
        assertThat(sqs.listQueues().queueUrls()).contains(queueUrl);
    }

    @Test
    void prefixIsCaseSensitive() {
        create(prefix + "-Orders", Map.of());

        assertThat(sqs.listQueues(request -> request.queueNamePrefix(prefix + "-o"))
                        .hasQueueUrls())
                .isFalse();
    }

    @Test
    void prefixIsNoPattern() {
        createQueues(1);

        assertThat(sqs.listQueues(request -> request.queueNamePrefix(prefix.substring(0, 5) + ".*"))
                        .queueUrls())
                .isEmpty();
    }

    @Test
    void emptyListIsLeftOutOfTheAnswer() {
        assertThat(sqs.listQueues(request -> request.queueNamePrefix(prefix)).hasQueueUrls())
                .isFalse();
    }

    @Test
    void queuesAreListedPageByPage() {
        List<String> urls = createQueues(5);

        List<String> listed = new ArrayList<>();
        String token = null;
        do {
            ListQueuesResponse page = page(2, token);
            assertThat(page.queueUrls()).hasSizeLessThanOrEqualTo(2);
            listed.addAll(page.queueUrls());
            token = page.nextToken();
        } while (token != null);

        assertThat(listed).isEqualTo(urls);
    }

    @Test
    void lastPageThatIsFullHasNoToken() {
        createQueues(4);

        ListQueuesResponse second = page(2, page(2, null).nextToken());

        assertThat(second.queueUrls()).hasSize(2);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void queuesCreatedBetweenTwoPagesDisturbNothing() {
        List<String> urls = createQueues(4);
        ListQueuesResponse first = page(2, null);
        create(prefix + "-0-between", Map.of());

        assertThat(page(2, first.nextToken()).queueUrls()).isEqualTo(urls.subList(2, 4));
    }

    @Test
    void withoutMaxResultsThereIsNoToken() {
        createQueues(3);

        assertThat(sqs.listQueues(request -> request.queueNamePrefix(prefix)).nextToken())
                .isNull();
    }

    @Test
    void maxResultsBeyond1To1000AreRefused() {
        assertRefused("InvalidParameterValue", () -> sqs.listQueues(request -> request.maxResults(0)));
        assertRefused("InvalidParameterValue", () -> sqs.listQueues(request -> request.maxResults(1_001)));
        assertThat(sqs.listQueues(request -> request.maxResults(1_000)).queueUrls())
                .isNotEmpty();
    }

    @Test
    void tokenThatNobodyGaveIsRefused() {
        assertRefused("InvalidParameterValue", () -> page(2, "!"));
    }

    @Test
    void deletedQueueIsNotListed() {
        String url = createQueues(1).getFirst();

        sqs.deleteQueue(request -> request.queueUrl(url));

        assertThat(sqs.listQueues(request -> request.queueNamePrefix(prefix)).queueUrls())
                .isEmpty();
    }

    private ListQueuesResponse page(int size, @Nullable String token) {
        return sqs.listQueues(
                request -> request.queueNamePrefix(prefix).maxResults(size).nextToken(token));
    }

    private List<String> createQueues(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> create(prefix + "-" + i, Map.of()))
                .toList();
    }
}
