package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;

/** A corpus on its way. */
public final class CorpusBuild {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int FAILED = 500;

    private CorpusBuild() {}

    /**
     * Waits until the token log of a corpus is complete.
     *
     * @param asked the corpus object as the dataset service answered
     * @param progress receives the corpus object at each look
     * @return the corpus object, READY, with its manifest
     * @throws RefusedException where the ingest failed, with the service's reason
     */
    public static JsonNode await(RestClient dataset, JsonNode asked, Consumer<JsonNode> progress)
            throws IOException, InterruptedException {
        JsonNode corpus = asked;
        while (!corpus.path("state").asText().equals("READY")) {
            if (corpus.path("state").asText().equals("FAILED")) {
                throw new RefusedException(FAILED, corpus.path("error").asText("the ingest failed"));
            }
            progress.accept(corpus);
            Thread.sleep(PAUSE);
            corpus = dataset.get("/corpora/" + corpus.path("id").asText());
        }
        return corpus;
    }
}
