package org.plmfrontier.launcher.studyfile;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A study file that can't be taken, with everything that is wrong with it. */
public final class StudyFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<FileProblem> problems;

    /** @param problems at least one */
    public StudyFileException(List<FileProblem> problems) {
        super(problems.stream()
                .sorted(Comparator.comparingInt(FileProblem::line))
                .map(FileProblem::shown)
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<FileProblem> problems() {
        return problems;
    }
}
