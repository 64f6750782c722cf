package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;

/** Brings a study from a FASTA file to its runs through the services' REST. Every call may be repeated. */
public final class StudyDriver {
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
        return CorpusBuild.await(dataset, dataset.post("/corpora", study.corpusRequest(fasta)), progress);
    }

    /** Submits the study; one that is there already is left as it is. */
    public JsonNode submit(DemoStudy study, String corpusId) throws IOException, InterruptedException {
        return dataset.post("/studies", study.studyRequest(corpusId));
    }

    /** Looks at the study. */
    public StudyWatch watch() {
        return new StudyWatch(fitting);
    }
}
