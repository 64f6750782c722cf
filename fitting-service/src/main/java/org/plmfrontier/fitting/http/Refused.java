package org.plmfrontier.fitting.http;

import jakarta.ws.rs.core.Response.Status;

/** A request that cannot be answered; becomes a problem detail. */
final class Refused extends RuntimeException {
    private final transient Problem problem;

    private Refused(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static Refused unknownStudy(String id) {
        return new Refused(Problem.of(Status.NOT_FOUND, "there is no study '" + id + "'", null));
    }

    static Refused badField(String field, String detail) {
        return new Refused(Problem.of(Status.BAD_REQUEST, detail, field));
    }

    Problem problem() {
        return problem;
    }
}
