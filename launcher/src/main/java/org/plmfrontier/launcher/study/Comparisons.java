package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What losses are compared with, in words: predictors that need no network, each at the task of the loss. */
public final class Comparisons {
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
