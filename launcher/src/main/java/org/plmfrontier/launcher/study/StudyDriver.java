package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;

/** Brings a study from a FASTA file to its runs through the services' REST. Every call may be repeated. */
public final class StudyDriver {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RestClient dataset;
    private final RestClient fitting;

    public StudyDriver(RestClient dataset, RestClient fitting) {
        this.dataset = dataset;
        this.fitting = fitting;
    }

    /**
     * Registers the corpus and waits until its token log is complete.
     *
     * @param progress receives the corpus object at each look
     * @return the corpus object, READY, with its manifest
     * @throws RefusedException where the ingest failed, with the service's reason
     */
    public JsonNode corpus(DemoStudy study, Path fasta, Consumer<JsonNode> progress)
            throws IOException, InterruptedException {
        JsonNode corpus = dataset.post("/corpora", study.corpusRequest(fasta));
        String id = corpus.get("id").asText();
        while (!corpus.get("state").asText().equals("READY")) {
            if (corpus.get("state").asText().equals("FAILED")) {
                throw new RefusedException(500, corpus.path("error").asText("the ingest failed"));
            }
            progress.accept(corpus);
            Thread.sleep(PAUSE);
            corpus = dataset.get("/corpora/" + id);
        }
        return corpus;
    }

    /** Submits the study; one that is there already is left as it is. */
    public JsonNode submit(DemoStudy study, String corpusId) throws IOException, InterruptedException {
        return dataset.post("/studies", study.studyRequest(corpusId));
    }

    /** Follows the study as {@link StudyWatch} does. */
    public StudyView follow(String studyId, StudyWatch.Watcher watcher) throws IOException, InterruptedException {
        return new StudyWatch(fitting).follow(studyId, watcher);
    }

    /** The study as the fitting service has it now; without runs before it has observed any. */
    public StudyView view(String studyId) throws IOException, InterruptedException {
        return new StudyWatch(fitting).view(studyId);
    }
}
