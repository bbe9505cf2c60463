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

    private static final int KEPT_AT_MOST = 500;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Object value, Instant until) {}

    /** The answer to a question, asked of the source where none is fresh; who asks the same meanwhile waits for it. */
    @SuppressWarnings("unchecked") // A question has one source, and that one type.
    <T> T ask(String question, Supplier<T> source) {
        if (answers.size() > KEPT_AT_MOST) {
            answers.clear();
        }
        Instant now = Instant.now();
        Answer answer = answers.compute(
                question,
                (same, known) -> known != null && now.isBefore(known.until())
                        ? known
                        : new Answer(source.get(), now.plus(FRESH)));
        return (T) answer.value();
    }

    @ServerResponseFilter
    void forgetAfterAChange(ContainerRequestContext request) {
        if (!request.getMethod().equals("GET")) {
            answers.clear();
        }
    }
}
