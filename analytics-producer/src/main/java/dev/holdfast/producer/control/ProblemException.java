package dev.holdfast.producer.control;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served, with the answer it gets. */
final class ProblemException extends RuntimeException {
    private final Problem problem;

    private ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    static ProblemException badRequest(String detail, @Nullable String field) {
        return new ProblemException(Problem.of(400, detail, field));
    }

    static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(503, detail, null));
    }

    Problem problem() {
        return problem;
    }
}
