package org.plmfrontier.launcher.rest;

import java.io.IOException;
import java.util.List;

/** A service answered with an error; the message is its explanation. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<Problem> problems;

    /**
     * What is wrong with one field of a request.
     *
     * @param field its path; empty where it is the whole request
     */
    public record Problem(String field, String sentence) {}

    /** A refusal that blames no field. */
    public RefusedException(int status, String explanation) {
        this(status, explanation, List.of());
    }

    /** @param problems all fields that are to blame */
    RefusedException(int status, String explanation, List<Problem> problems) {
        super(explanation);
        this.status = status;
        this.problems = List.copyOf(problems);
    }

    /** All fields that are to blame; empty where the service blames none. */
    public List<Problem> problems() {
        return problems;
    }

    /** HTTP status, 400 or above. */
    public int status() {
        return status;
    }
}
