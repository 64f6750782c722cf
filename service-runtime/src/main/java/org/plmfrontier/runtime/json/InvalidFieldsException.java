package org.plmfrontier.runtime.json;

import java.util.List;
import java.util.stream.Collectors;

/** A request with fields that are missing, unknown or wrong: all of them at once. The message is one sentence. */
public final class InvalidFieldsException extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** More are counted; a body of a million wrong fields is no answer of a million sentences. */
    private static final int MOST = 50;

    private final transient List<FieldProblem> problems;

    /**
     * With all problems.
     *
     * @throws IllegalArgumentException where there are none
     */
    public InvalidFieldsException(List<FieldProblem> problems) {
        super(sentence(problems));
        this.problems = List.copyOf(problems.subList(0, Math.min(MOST, problems.size())));
    }

    /** The problems in the order of the request, the first {@value #MOST} of them. */
    public List<FieldProblem> problems() {
        return problems;
    }

    private static String sentence(List<FieldProblem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty");
        }
        if (problems.size() == 1) {
            return problems.getFirst().detail();
        }
        String listed = problems.stream().limit(MOST).map(FieldProblem::detail).collect(Collectors.joining("; "));
        int more = problems.size() - MOST;
        return problems.size() + " fields are wrong: " + listed + (more > 0 ? "; and " + more + " more" : "");
    }
}
