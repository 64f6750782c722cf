package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.CorpusLines;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.studyfile.SpeedProbe;
import org.plmfrontier.launcher.studyfile.SpeedUnknownException;
import org.plmfrontier.launcher.studyfile.StudyFile;
import org.plmfrontier.launcher.studyfile.StudyFileException;
import org.plmfrontier.launcher.studyfile.StudySubmission;

/** The way from a study file to its runs: check, corpus, plan, submission, with what happens on the terminal. */
final class StudyStart {
    private static final int BAD_INPUT = 2;

    private final RestClient dataset;
    private final StudySubmission submission;
    private final Terminal terminal;
    private String corpus = "";

    StudyStart(RestClient dataset, StudyFile file, Terminal terminal) {
        this.dataset = dataset;
        this.submission = new StudySubmission(dataset, file);
        this.terminal = terminal;
    }

    /** Something that may find a study file wrong. */
    @FunctionalInterface
    interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    /** Exit status of an attempt: 2 where the study file can't be taken, whose problems are then on standard error. */
    static int orProblems(Attempt attempt) throws IOException, InterruptedException {
        try {
            attempt.run();
            return 0;
        } catch (StudyFileException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> System.err.println("frontier: " + line));
            return BAD_INPUT;
        }
    }

    /**
     * Checks the file, builds its corpus and plans the study; measures the trainers' speed first where the budget is of time
     * here and nobody knows it.
     *
     * @return answer of {@code POST /studies?preview=true}
     */
    JsonNode plan() throws IOException, InterruptedException {
        submission.check();
        JsonNode ready = submission.corpus(look -> terminal.live(CorpusLines.building(look)));
        terminal.keepLive();
        CorpusLines.ready(ready).forEach(terminal::line);
        corpus = ready.path("id").asText();
        try {
            return submission.preview(corpus);
        } catch (SpeedUnknownException e) {
            SpeedProbe probe = new SpeedProbe(dataset, corpus);
            probe.run(look -> terminal.live(List.of("measuring how fast the trainers are: " + look)));
            terminal.keepLive();
            return submission.preview(corpus);
        }
    }

    /** Submits what was planned. */
    JsonNode submit() throws IOException, InterruptedException {
        return submission.submit(corpus);
    }
}
