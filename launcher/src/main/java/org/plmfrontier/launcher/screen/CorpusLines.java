package org.plmfrontier.launcher.screen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.launcher.study.Comparisons;

/** Corpora as lines of text. */
public final class CorpusLines {
    private static final double PERCENT = 100;
    private static final int SHOWN = 12;

    private CorpusLines() {}

    /** @param corpus of {@code GET /corpora/{id}} while it is built */
    public static List<String> building(JsonNode corpus) {
        JsonNode progress = corpus.path("progress");
        if (!progress.isObject()) {
            return List.of("corpus " + corpus.path("id").asText() + " waits to be built");
        }
        double total = progress.path("bytesTotal").asDouble();
        return List.of(String.format(
                Locale.ROOT,
                "building corpus %s: %s, %.0f %% of the sources read",
                corpus.path("id").asText(),
                progress.path("phase").asText().toLowerCase(Locale.ROOT),
                total > 0 ? PERCENT * progress.path("bytesRead").asDouble() / total : 0));
    }

    /** @param corpus of {@code GET /corpora/{id}}, READY */
    public static List<String> ready(JsonNode corpus) {
        JsonNode manifest = corpus.path("manifest");
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "corpus %s: %s tokens in %s batches; losses to beat on its held-out proteins %s",
                corpus.path("id").asText(),
                Quantities.si(manifest.path("tokens").asDouble()),
                manifest.path("records").asText(),
                Comparisons.ofMasked(manifest.path("references"))));
        if (manifest.path("heldOut").isObject()) {
            lines.add("  " + common(manifest));
        }
        corpus.path("findings").forEach(finding -> lines.add("  " + finding(finding)));
        return lines;
    }

    /** With what losses on it are comparable. */
    private static String common(JsonNode manifest) {
        JsonNode set = manifest.path("heldOut");
        String digest = set.path("sha256").asText();
        String masks = set.path("masks").asText();
        return String.format(
                Locale.ROOT,
                "held out: %s proteins of %s, %s of which were among the sources; losses are comparable with those on every"
                        + " corpus that holds them out",
                manifest.path("counts").path("heldOut").asText(),
                masks.equals(digest) ? "the common set " + digest.substring(0, SHOWN) : "corpus " + masks,
                manifest.at("/counts/setApart/HELD_OUT").asText("0"));
    }

    private static String finding(JsonNode finding) {
        JsonNode first = finding.path("first");
        return finding.path("type").asText().toLowerCase(Locale.ROOT).replace('_', ' ') + ": "
                + finding.path("count").asText() + ", first in "
                + first.path("file").asText() + ", line "
                + first.path("line").asText();
    }

    /** One line for each corpus of {@code GET /corpora}. */
    public static List<String> of(JsonNode corpora) {
        List<String> lines = new ArrayList<>();
        if (corpora.isEmpty()) {
            lines.add("no corpus yet: ./frontier corpus add proteins.fasta.gz");
        }
        for (JsonNode corpus : corpora) {
            JsonNode manifest = corpus.path("manifest");
            String size = manifest.isObject()
                    ? Quantities.si(manifest.path("tokens").asDouble()) + " tokens, "
                            + manifest.path("counts").path("kept").asText() + " proteins, "
                            + manifest.path("sources").path(0).path("path").asText()
                    : corpus.path("error").asText();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s  %-9s  %s",
                    corpus.path("id").asText(),
                    corpus.path("state").asText(),
                    size));
        }
        return lines;
    }
}
