package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.StrictBase64;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.policy.Permissions;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueAttribute;
import dev.holdfast.queue.queues.QueueName;
import dev.holdfast.queue.queues.QueueUrl;
import dev.holdfast.queue.queues.Queues;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The actions on queues as such. */
final class QueueActions {
    private final Engine engine;
    private final Queues queues;
    private final MessageEngine messages;

    QueueActions(Engine engine) {
        this.engine = engine;
        this.queues = engine.queues();
        this.messages = engine.messages();
    }

    CompletionStage<Result.OfCreateQueue> create(Request.CreateQueue request, Call call) {
        QueueName name = QueueName.parse(request.queueName());
        return Operation.submit(engine.groupCommit(), tx -> {
            Queues.Created created = queues.create(tx, call.account(), name, request.attributes(), request.tags());
            if (created.isNew()) {
                messages.open(created.queue());
            }
            return new Result.OfCreateQueue(urlOf(created.queue(), call));
        });
    }

    Queue named(Request.GetQueueUrl request, Call call) {
        String account = request.queueOwnerAwsAccountId() != null ? request.queueOwnerAwsAccountId() : call.account();
        return queues.find(account, request.queueName()).orElseThrow(Queues::doesNotExist);
    }

    Result.OfGetQueueUrl url(Queue queue, Call call) {
        return new Result.OfGetQueueUrl(urlOf(queue, call));
    }

    Result.OfListQueues list(Request.ListQueues request, Call call) {
        int limit = limit(request.maxResults());
        String prefix = request.queueNamePrefix() == null ? "" : request.queueNamePrefix();
        List<Queue> found = queues.list(call.account(), prefix, PageToken.decode(request.nextToken()), limit + 1);
        List<String> urls =
                found.stream().limit(limit).map(queue -> urlOf(queue, call)).toList();
        boolean more = request.maxResults() != null && found.size() > limit;
        return new Result.OfListQueues(
                urls, more ? PageToken.encode(found.get(limit - 1).name().value()) : null);
    }

    Result.OfListDeadLetterSourceQueues listSources(
            Request.ListDeadLetterSourceQueues request, Queue deadLetterQueue, Call call) {
        int limit = limit(request.maxResults());
        String after = PageToken.decode(request.nextToken());
        List<Queue> found = queues.sourcesOf(deadLetterQueue).stream()
                .filter(queue -> after == null || queue.name().value().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        List<String> urls =
                found.stream().limit(limit).map(queue -> urlOf(queue, call)).toList();
        boolean more = request.maxResults() != null && found.size() > limit;
        return new Result.OfListDeadLetterSourceQueues(
                urls, more ? PageToken.encode(found.get(limit - 1).name().value()) : null);
    }

    private static int limit(@Nullable Integer maxResults) {
        if (maxResults == null) {
            return Limits.MAX_LIST_RESULTS;
        }
        if (maxResults < 1 || maxResults > Limits.MAX_LIST_RESULTS) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + maxResults
                    + " for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and "
                    + Limits.MAX_LIST_RESULTS + ".");
        }
        return maxResults;
    }

    CompletionStage<Result.Nothing> delete(Queue queue) {
        return Operation.submit(engine.groupCommit(), tx -> {
            messages.flush(tx, queue.number());
            queues.drop(tx, queue);
            messages.drop(tx, queue);
            return Result.Nothing.INSTANCE;
        });
    }

    CompletionStage<Result.Nothing> purge(Queue queue) {
        return Operation.submit(engine.groupCommit(), tx -> {
            Long last = messages.purgedAtMillis(queue.number());
            long pause = Limits.PURGE_AND_DELETE_PAUSE.toMillis();
            if (queues.settings().strictTiming() && last != null && last > tx.nowMillis() - pause) {
                throw SqsError.PURGE_QUEUE_IN_PROGRESS.because(
                        "Only one PurgeQueue operation on " + queue.name() + " is allowed every 60 seconds.");
            }
            messages.purge(tx, queue.number());
            return Result.Nothing.INSTANCE;
        });
    }

    CompletionStage<Result.Nothing> setAttributes(Request.SetQueueAttributes request, Queue queue) {
        requireGiven("Attributes", request.attributes().isEmpty());
        return Operation.submit(engine.groupCommit(), tx -> {
            Queue current = messages.definition(queue.number());
            messages.redefine(queues.setAttributes(tx, current, request.attributes()));
            return Result.Nothing.INSTANCE;
        });
    }

    private static void requireGiven(String parameter, boolean isEmpty) {
        if (isEmpty) {
            throw SqsError.MISSING_PARAMETER.because("The request must contain the parameter " + parameter + ".");
        }
    }

    CompletionStage<Result.OfGetQueueAttributes> attributes(Request.GetQueueAttributes request, Queue queue) {
        Set<QueueAttribute> wanted = wanted(request.attributeNames(), queue);
        return Operation.submit(engine.groupCommit(), tx -> {
            Queue current = messages.definition(queue.number());
            EnumMap<QueueAttribute, String> all =
                    new EnumMap<>(current.attributes().shown());
            MessageEngine.Counts counts = messages.counts(tx, queue.number());
            all.put(QueueAttribute.APPROXIMATE_NUMBER_OF_MESSAGES, Long.toString(counts.waiting()));
            all.put(QueueAttribute.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, Long.toString(counts.inFlight()));
            all.put(QueueAttribute.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, Long.toString(counts.delayed()));
            all.put(QueueAttribute.CREATED_TIMESTAMP, Long.toString(current.createdAtMillis() / 1_000));
            all.put(QueueAttribute.LAST_MODIFIED_TIMESTAMP, Long.toString(current.modifiedAtMillis() / 1_000));
            all.put(
                    QueueAttribute.QUEUE_ARN,
                    current.arn(queues.settings().region()).toString());
            all.keySet().retainAll(wanted);
            Map<String, String> named = new LinkedHashMap<>();
            all.forEach((attribute, value) -> named.put(attribute.wireName(), value));
            return new Result.OfGetQueueAttributes(named);
        });
    }

    private static Set<QueueAttribute> wanted(List<String> names, Queue queue) {
        Set<QueueAttribute> wanted = EnumSet.noneOf(QueueAttribute.class);
        for (String name : names) {
            if (name.equals(QueueAttribute.ALL)) {
                wanted.addAll(EnumSet.allOf(QueueAttribute.class));
            } else {
                QueueAttribute attribute = QueueAttribute.named(name);
                attribute.requireFor(queue.isFifo());
                wanted.add(attribute);
            }
        }
        return wanted;
    }

    CompletionStage<Result.Nothing> tag(Request.TagQueue request, Queue queue) {
        requireGiven("Tags", request.tags().isEmpty());
        return Operation.submit(engine.groupCommit(), tx -> {
            Queue current = messages.definition(queue.number());
            Map<String, String> tags = new LinkedHashMap<>(current.tags());
            tags.putAll(request.tags());
            messages.redefine(queues.setTags(tx, current, tags));
            return Result.Nothing.INSTANCE;
        });
    }

    CompletionStage<Result.Nothing> untag(Request.UntagQueue request, Queue queue) {
        requireGiven("TagKeys", request.tagKeys().isEmpty());
        return Operation.submit(engine.groupCommit(), tx -> {
            Queue current = messages.definition(queue.number());
            Map<String, String> tags = new LinkedHashMap<>(current.tags());
            tags.keySet().removeAll(request.tagKeys());
            messages.redefine(queues.setTags(tx, current, tags));
            return Result.Nothing.INSTANCE;
        });
    }

    CompletionStage<Result.Nothing> addPermission(Request.AddPermission request, Queue queue) {
        return changePolicy(
                queue,
                policy -> Permissions.with(
                        policy,
                        queue.arn(queues.settings().region()).toString(),
                        request.label(),
                        request.awsAccountIds(),
                        request.actions()));
    }

    CompletionStage<Result.Nothing> removePermission(Request.RemovePermission request, Queue queue) {
        return changePolicy(queue, policy -> Permissions.without(policy, request.label()));
    }

    private CompletionStage<Result.Nothing> changePolicy(
            Queue queue, Function<@Nullable String, @Nullable String> change) {
        return Operation.submit(engine.groupCommit(), tx -> {
            Queue current = messages.definition(queue.number());
            String changed = change.apply(current.attributes().policyDocument());
            Map<String, String> attributes = Map.of(QueueAttribute.POLICY.wireName(), changed == null ? "" : changed);
            messages.redefine(queues.setAttributes(tx, current, attributes));
            return Result.Nothing.INSTANCE;
        });
    }

    private static String urlOf(Queue queue, Call call) {
        return QueueUrl.of(call.baseUrl(), queue.account(), queue.name().value());
    }

    /** Where the next page begins: after a name. */
    private static final class PageToken {
        private PageToken() {}

        static String encode(String lastName) {
            return StrictBase64.URL.encode(lastName.getBytes(StandardCharsets.UTF_8));
        }

        static @Nullable String decode(@Nullable String token) {
            if (token == null) {
                return null;
            }
            byte[] name = StrictBase64.URL.decode(token);
            if (name == null || !QueueName.isName(new String(name, StandardCharsets.UTF_8))) {
                throw SqsError.INVALID_PARAMETER_VALUE.because(
                        "Value for parameter NextToken is invalid. Reason: it is not a token that this server gave.");
            }
            return new String(name, StandardCharsets.UTF_8);
        }
    }
}
