package dev.holdfast.dashboard.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Answers of the queue that every open page asks for: the same question within two seconds is answered from memory, so
 * that a class costs the queue what one browser does. Whatever is changed through the dashboard is seen at once.
 */
@ApplicationScoped
class AnswerCache {
    /** The pages ask every two or three seconds. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** So that a list of 10,000 queues costs the queue a sixth of its time at most. */
    private static final int REST_FACTOR = 5;

    private static final int KEPT_AT_MOST = 500;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Object value, Instant until) {}

    /** The answer to a question, asked of the source where none is fresh; who asks the same meanwhile waits for it. */
    <T> T ask(String question, Supplier<T> source) {
        return ask(question, FRESH, source);
    }

    /** The same where an answer stays true for longer. An answer that took long is kept longer too: five times as long. */
    @SuppressWarnings("unchecked") // A question has one source, and that one type.
    <T> T ask(String question, Duration fresh, Supplier<T> source) {
        if (answers.size() > KEPT_AT_MOST) {
            answers.clear();
        }
        Instant now = Instant.now();
        Answer answer = answers.compute(
                question,
                (same, known) -> known != null && now.isBefore(known.until()) ? known : answer(source, fresh));
        return (T) answer.value();
    }

    private static Answer answer(Supplier<?> source, Duration fresh) {
        Instant asked = Instant.now();
        Object value = source.get();
        Duration rest = Duration.between(asked, Instant.now()).multipliedBy(REST_FACTOR);
        return new Answer(value, Instant.now().plus(rest.compareTo(fresh) > 0 ? rest : fresh));
    }

    @ServerResponseFilter
    void forgetAfterAChange(ContainerRequestContext request) {
        if (!request.getMethod().equals("GET")) {
            answers.clear();
        }
    }
}
