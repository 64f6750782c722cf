package org.plmfrontier.launcher.repair;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;

/** Goes through corpora and studies of a dataset service and mends what is not whole. Every run of it may be repeated. */
public final class Repair {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String FAILED = "FAILED";

    private final RestClient dataset;
    private final boolean dryRun;
    private final Consumer<String> said;

    /**
     * @param dryRun whether nothing is changed
     * @param said receives one line per corpus and study
     */
    public Repair(RestClient dataset, boolean dryRun, Consumer<String> said) {
        this.dataset = dataset;
        this.dryRun = dryRun;
        this.said = said;
    }

    /** Mends; whether everything is whole now, or would be. */
    public boolean run() throws IOException, InterruptedException {
        boolean whole = true;
        for (JsonNode corpus : dataset.get("/corpora")) {
            whole &= corpus(corpus);
        }
        for (JsonNode study : dataset.get("/studies")) {
            whole &= study(study);
        }
        return whole;
    }

    private boolean corpus(JsonNode corpus) throws IOException, InterruptedException {
        String name = "corpus " + corpus.get("id").asText();
        String path = "/corpora/" + corpus.get("id").asText();
        String state = corpus.get("state").asText();
        if (state.equals("INGESTING")) {
            said.accept(name + " is being built");
            return true;
        }
        String damage = state.equals(FAILED) ? corpus.path("error").asText() : damage(path);
        if (damage.isEmpty()) {
            said.accept(name + " is whole");
            return true;
        }
        said.accept(name + " is damaged: " + damage);
        if (dryRun) {
            return true;
        }
        dataset.post(path + "/repair", Map.of());
        return written(name, path);
    }

    /** What is wrong with the logs of a corpus; empty where nothing is. */
    private String damage(String path) throws IOException, InterruptedException {
        JsonNode verified = dataset.postLong(path + "/verification", Map.of());
        if (verified.get("sound").asBoolean()) {
            return "";
        }
        StringBuilder damage = new StringBuilder();
        for (String part : new String[] {"training", "heldOut"}) {
            for (JsonNode defect : verified.path(part).path("defects")) {
                damage.append(damage.isEmpty() ? "" : "; ")
                        .append(part)
                        .append(' ')
                        .append(defect.asText());
            }
        }
        for (JsonNode disagreement : verified.path("disagreements")) {
            damage.append(damage.isEmpty() ? "" : "; ").append(disagreement.asText());
        }
        return damage.toString();
    }

    private boolean written(String name, String path) throws IOException, InterruptedException {
        JsonNode corpus = dataset.get(path);
        while (corpus.get("state").asText().equals("INGESTING")) {
            Thread.sleep(PAUSE);
            corpus = dataset.get(path);
        }
        if (corpus.get("state").asText().equals(FAILED)) {
            said.accept(name + " could not be written again: "
                    + corpus.path("error").asText());
            return false;
        }
        if (corpus.hasNonNull("problem")) {
            said.accept(name + ": " + corpus.get("problem").asText());
            return false;
        }
        said.accept(name + " is written again");
        return true;
    }

    private boolean study(JsonNode study) throws IOException, InterruptedException {
        String id = study.get("id").asText();
        if (dryRun) {
            said.accept("study " + id
                    + (study.hasNonNull("problem") ? ": " + study.get("problem").asText() : " is whole"));
            return true;
        }
        try {
            int jobs = dataset.postLong("/studies/" + id + "/repair", Map.of())
                    .get("publishedJobs")
                    .asInt();
            said.accept("study " + id + (jobs == 0 ? " has all its jobs" : ": " + jobs + " jobs are published again"));
            return true;
        } catch (RefusedException e) {
            said.accept("study " + id + " cannot be mended: " + e.getMessage());
            return false;
        }
    }
}
