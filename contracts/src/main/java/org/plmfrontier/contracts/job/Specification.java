package org.plmfrontier.contracts.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;

/**
 * The hash of what decides a run's weights: shape, recipe, corpus and first weights. Two runs of one hash have the same
 * weights at the same position, on a CPU to the bit. Names, budgets and expected FLOPs are no part of it: a run that is
 * given a further budget stays what it is, and a schedule that ends with its budget says so itself.
 *
 * <p>The text that is hashed is written field by field and not taken from JSON, so that it is the same in every version.
 * A field that is added later is written only where it has not the value that all runs before it had.
 */
final class Specification {
    /** Bytes of SHA-256 that are kept: two of a million runs share them with a probability of 3e-8. */
    private static final int BYTES = 8;

    private Specification() {}

    /** The first 64 bits of the SHA-256 of the specification, as 16 hexadecimal digits. */
    static String hash(RunSpec run) {
        byte[] text = text(run).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(text), 0, BYTES);
    }

    /** One line per part, numbers in Java's shortest exact form. */
    static String text(RunSpec run) {
        Recipe recipe = run.recipe();
        StringBuilder text = new StringBuilder();
        line(text, "shape", shape(run.shape()));
        line(text, "schedule", schedule(recipe.schedule()));
        line(text, "optimizer", optimizer(recipe.optimizer()));
        line(text, "masking", masking(recipe.masking()));
        line(text, "tokenDropout", recipe.tokenDropout());
        line(text, "recordsPerStep", recipe.recordsPerStep());
        line(text, "precision", recipe.precision());
        line(text, "deterministic", recipe.deterministic());
        line(text, "seed", recipe.seed());
        line(text, "threads", recipe.threads());
        if (recipe.gradientShards() > 1) {
            line(text, "shards", recipe.gradientShards());
        }
        line(text, "corpus", run.corpus().id() + " " + run.corpus().records());
        if (run.initialWeights() != null) {
            line(text, "initialWeights", run.initialWeights());
        }
        return text.toString();
    }

    /** The parts in which two specifications differ, as {@code seed 2 instead of 1}; absent parts are {@code none}. */
    static List<String> differences(RunSpec run, RunSpec other) {
        Map<String, String> mine = parts(run);
        Map<String, String> theirs = parts(other);
        Set<String> names = new LinkedHashSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(mine.get(name), theirs.get(name)))
                .map(name -> "%s %s instead of %s"
                        .formatted(name, mine.getOrDefault(name, "none"), theirs.getOrDefault(name, "none")))
                .toList();
    }

    private static Map<String, String> parts(RunSpec run) {
        Map<String, String> parts = new LinkedHashMap<>();
        text(run).lines().forEach(line -> {
            int blank = line.indexOf(' ');
            parts.put(line.substring(0, blank), line.substring(blank + 1));
        });
        return parts;
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private static String shape(ModelShape shape) {
        return "%s %d %d %d %d%s"
                .formatted(
                        shape.family(),
                        shape.layers(),
                        shape.dModel(),
                        shape.ffnSize(),
                        shape.heads(),
                        shape.normalisesQueriesAndKeys() ? " qkNorm" : "");
    }

    private static String schedule(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Constant s -> words("constant", s.peakLearningRate(), s.warmupTokens());
            case Schedule.TokenDecay s -> words("token-decay", s.peakLearningRate(), s.factor(), s.perTokens());
            case Schedule.WarmupCosine s ->
                words("warmup-cosine", s.peakLearningRate(), s.warmupTokens(), s.totalTokens(), s.finalFraction());
        };
    }

    private static String optimizer(Optimizer o) {
        return words(o.decay().name(), o.beta1(), o.beta2(), o.epsilon(), o.weightDecay(), o.clipNorm());
    }

    private static String masking(Masking m) {
        return words("bert", m.selected(), m.masked(), m.random());
    }

    private static String words(String kind, double... numbers) {
        StringBuilder words = new StringBuilder(kind);
        for (double number : numbers) {
            words.append(' ').append(number);
        }
        return words.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
