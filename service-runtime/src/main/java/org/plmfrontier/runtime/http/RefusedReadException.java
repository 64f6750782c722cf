package org.plmfrontier.runtime.http;

/** A read that its asker may not ask for. */
final class RefusedReadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemDetail problem;

    RefusedReadException(ProblemDetail problem) {
        super(problem.detail());
        this.problem = problem;
    }

    ProblemDetail problem() {
        return problem;
    }
}
