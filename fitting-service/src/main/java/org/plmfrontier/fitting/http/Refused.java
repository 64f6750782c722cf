package org.plmfrontier.fitting.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.runtime.http.ProblemDetail;

/** A request that cannot be answered; becomes a problem detail. */
final class Refused extends RuntimeException {
    private final transient ProblemDetail problem;

    private Refused(ProblemDetail problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static Refused unknownStudy(String id) {
        return new Refused(ProblemDetail.of(Status.NOT_FOUND, "there is no study '" + id + "'"));
    }

    static Refused unknownRun(String study, String run) {
        return new Refused(ProblemDetail.of(Status.NOT_FOUND, "study '" + study + "' has no run '" + run + "'"));
    }

    static Refused badField(String field, String detail) {
        return new Refused(ProblemDetail.of(Status.BAD_REQUEST, detail).in(field));
    }

    /** A file that is no table of losses. */
    static Refused badTable(BadTableException bad) {
        String field = bad.column().isEmpty() ? "body" : bad.column();
        ProblemDetail problem = ProblemDetail.of(Status.BAD_REQUEST, String.valueOf(bad.getMessage()))
                .in(field);
        return new Refused(bad.line() > 0 ? problem.at(bad.line()) : problem);
    }

    /** A file whose rows are all like this one. */
    static Refused badCell(Finding finding, String detail) {
        return new Refused(ProblemDetail.of(Status.BAD_REQUEST, detail)
                .in(finding.column().isEmpty() ? null : finding.column())
                .at(finding.line()));
    }

    static Refused conflict(String detail) {
        return new Refused(ProblemDetail.of(Status.CONFLICT, detail));
    }

    /** Not so many at once. */
    static Refused tooMany(String detail) {
        return new Refused(ProblemDetail.of(Status.TOO_MANY_REQUESTS, detail));
    }

    /** Not now. */
    static Refused busy(String detail) {
        return new Refused(ProblemDetail.of(Status.SERVICE_UNAVAILABLE, detail));
    }

    /** A well-formed value that the data cannot answer. */
    static Refused tooFar(String field, String detail) {
        return new Refused(
                ProblemDetail.of(Unnamed.UNPROCESSABLE_CONTENT, detail).in(field));
    }

    /** Statuses that JAX-RS does not name. */
    private enum Unnamed implements Response.StatusType {
        UNPROCESSABLE_CONTENT(422, "Unprocessable Content");

        private final int code;
        private final String phrase;

        Unnamed(int code, String phrase) {
            this.code = code;
            this.phrase = phrase;
        }

        @Override
        public int getStatusCode() {
            return code;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.familyOf(code);
        }

        @Override
        public String getReasonPhrase() {
            return phrase;
        }
    }

    ProblemDetail problem() {
        return problem;
    }
}
