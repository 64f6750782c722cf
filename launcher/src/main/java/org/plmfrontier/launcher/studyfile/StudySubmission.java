package org.plmfrontier.launcher.studyfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.CorpusBuild;

/** Brings what a study file describes to a dataset service, and its refusals back to the lines of the file. */
public final class StudySubmission {
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final String CORPUS = "corpus";

    private final RestClient dataset;
    private final StudyFile file;

    public StudySubmission(RestClient dataset, StudyFile file) {
        this.dataset = dataset;
        this.file = file;
    }

    /**
     * Asks whether corpus and study can be, before anything is built.
     *
     * @throws StudyFileException with everything that is wrong with either
     */
    public void check() throws IOException, InterruptedException {
        List<FileProblem> problems = new ArrayList<>();
        if (file.corpusId().isEmpty()) {
            problems.addAll(problems(CORPUS + ".", () -> dataset.post("/corpora?preview=true", file.corpusRequest())));
        }
        ObjectNode study = file.studyRequest();
        file.corpusId().ifPresent(id -> study.put(CORPUS, id));
        boolean built = file.corpusId().isPresent();
        problems("", () -> dataset.post("/studies?preview=true", study)).stream()
                .filter(problem -> built || !problem.field().equals(CORPUS))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new StudyFileException(problems);
        }
    }

    /**
     * Has the corpus built and waits until its token log is complete.
     *
     * @param progress receives the corpus object at each look
     * @return the corpus object, READY, with its manifest
     * @throws StudyFileException where the ingest failed, with the service's reason
     */
    public JsonNode corpus(Consumer<JsonNode> progress) throws IOException, InterruptedException {
        JsonNode corpus = file.corpusId().isPresent()
                ? dataset.get("/corpora/" + file.corpusId().get())
                : placed(CORPUS + ".", () -> dataset.post("/corpora", file.corpusRequest()));
        try {
            return CorpusBuild.await(dataset, corpus, progress);
        } catch (RefusedException e) {
            throw new StudyFileException(List.of(file.problem(CORPUS, String.valueOf(e.getMessage()))));
        }
    }

    /**
     * What the study would be.
     *
     * @throws StudyFileException with everything that is wrong
     * @throws SpeedUnknownException where its budget is time here, and nothing has trained here
     */
    public JsonNode preview(String corpusId) throws IOException, InterruptedException {
        try {
            return placed("", () -> dataset.post("/studies?preview=true", request(corpusId)));
        } catch (RefusedException e) {
            if (e.status() == CONFLICT && file.studyRequest().hasNonNull("budget")) {
                throw new SpeedUnknownException(e);
            }
            throw e;
        }
    }

    /** Submits the study; one that is there already is left as it is. */
    public JsonNode submit(String corpusId) throws IOException, InterruptedException {
        return placed("", () -> dataset.post("/studies", request(corpusId)));
    }

    private ObjectNode request(String corpusId) {
        return file.studyRequest().put(CORPUS, corpusId);
    }

    /** A request to the service. */
    @FunctionalInterface
    private interface Call {
        JsonNode send() throws IOException, InterruptedException;
    }

    private JsonNode placed(String prefix, Call call) throws IOException, InterruptedException {
        try {
            return call.send();
        } catch (RefusedException e) {
            if (e.status() != BAD_REQUEST) {
                throw e;
            }
            throw new StudyFileException(placed(prefix, e));
        }
    }

    private List<FileProblem> problems(String prefix, Call call) throws IOException, InterruptedException {
        try {
            call.send();
            return List.of();
        } catch (RefusedException e) {
            if (e.status() != BAD_REQUEST) {
                return List.of();
            }
            return placed(prefix, e);
        }
    }

    private List<FileProblem> placed(String prefix, RefusedException refusal) {
        if (refusal.problems().isEmpty()) {
            return List.of(file.problem("", String.valueOf(refusal.getMessage())));
        }
        return refusal.problems().stream()
                .map(problem ->
                        file.problem((prefix + problem.field()).replaceFirst("\\.$", ""), prefix + problem.sentence()))
                .toList();
    }
}
