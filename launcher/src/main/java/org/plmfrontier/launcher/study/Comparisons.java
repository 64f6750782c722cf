package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What losses are compared with, in words: predictors that need no network, each at the task of the loss. */
public final class Comparisons {
    /** A loss that is no more than this below the frequencies' has learned hardly anything else. */
    private static final double LITTLE_NATS = 0.05;

    private Comparisons() {}

    /** Of masked models, from the references of a corpus's manifest. */
    public static String ofMasked(JsonNode references) {
        JsonNode masked = references.path("masked");
        if (!masked.isObject()) {
            return "under the masks of the evaluation: not computed (the corpus was built before there were any)";
        }
        return String.format(
                Locale.ROOT,
                "under the masks of the evaluation: ln 29 %.3f, frequencies %.3f, visible neighbours %.3f nats; on MASK"
                        + " frequencies, H(f), %.3f, visible neighbours %.3f",
                references.path("uniformNats").asDouble(),
                masked.path("frequenciesNats").asDouble(),
                masked.path("neighboursNats").asDouble(),
                masked.path("frequenciesOnMaskNats").asDouble(),
                masked.path("neighboursOnMaskNats").asDouble());
    }

    /** One sentence per family, from {@code comparisons} of the fitting service. */
    static List<String> sentences(JsonNode comparisons) {
        List<String> sentences = new ArrayList<>();
        for (JsonNode family : comparisons) {
            StringBuilder sentence = new StringBuilder("Losses that need no network, for ")
                    .append(family.path("family").asText())
                    .append(": ")
                    .append(lines(family.path("lines")));
            if (!family.path("onMask").isEmpty()) {
                sentence.append("; on MASK: ").append(lines(family.path("onMask")));
            }
            if (family.hasNonNull("note")) {
                sentence.append("; ").append(family.path("note").asText());
            }
            sentences.add(sentence.toString());
        }
        return sentences;
    }

    /**
     * For each family whose best run has learned hardly more than the frequencies of amino acids, that this is so: what such a
     * study finds of sizes and budgets does not speak of proteins.
     *
     * @param study {@code GET /studies/{id}} of the fitting service
     */
    static List<String> compositionOnly(JsonNode study) {
        List<String> sentences = new ArrayList<>();
        for (JsonNode family : study.path("comparisons")) {
            double best = best(study.path("runs"), family.path("family").asText());
            for (JsonNode line : family.path("lines")) {
                double below = line.path("lossNats").asDouble() - best;
                if (Double.isFinite(best) && line.path("name").asText().equals("frequencies") && below < LITTLE_NATS) {
                    sentences.add(String.format(
                            Locale.ROOT,
                            "These models have learned the composition of proteins and little else: the best held-out loss of %s,"
                                    + " %.3f nats, is %.3f %s what %s alone reach. How they scale is not how protein models do.",
                            family.path("family").asText(),
                            best,
                            Math.abs(below),
                            below < 0 ? "above" : "below",
                            line.path("label").asText()));
                }
            }
        }
        return sentences;
    }

    /** Infinity before the first evaluation, which is a long way above everything. */
    private static double best(JsonNode runs, String family) {
        double best = Double.POSITIVE_INFINITY;
        for (JsonNode run : runs) {
            if (run.path("family").asText().equals(family) && run.hasNonNull("heldOutNats")) {
                best = Math.min(best, run.get("heldOutNats").asDouble());
            }
        }
        return best;
    }

    private static String lines(JsonNode lines) {
        List<String> words = new ArrayList<>();
        for (JsonNode line : lines) {
            words.add(String.format(
                    Locale.ROOT,
                    "%s %.3f",
                    line.path("label").asText(),
                    line.path("lossNats").asDouble()));
        }
        return String.join(", ", words) + " nats";
    }
}
