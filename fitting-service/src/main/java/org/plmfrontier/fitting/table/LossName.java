package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a header says about a loss: on which data, in which unit.
 *
 * @param split ascending by preference
 */
record LossName(Split split, LossUnit unit) {
    private static final Set<String> VALIDATION =
            Set.of("val", "valid", "validation", "eval", "evaluation", "heldout", "held", "holdout", "hold", "dev");
    private static final Set<String> TRAINING = Set.of("train", "training", "tr");
    private static final Set<String> LOSS = Set.of("loss", "nll", "xent", "crossentropy", "entropy", "ce");
    private static final Set<String> PERPLEXITY = Set.of("ppl", "perplexity", "pplx");
    private static final Set<String> BITS = Set.of("bits", "bit", "bpc", "bpb", "bpt", "bpr", "log2");
    private static final Set<String> NATS = Set.of("nats", "nat");
    private static final Set<String> OTHERS = Set.of(
            "out",
            "set",
            "cross",
            "lm",
            "mlm",
            "clm",
            "masked",
            "language",
            "model",
            "final",
            "mean",
            "avg",
            "average",
            "nats",
            "nat",
            "per",
            "token",
            "residue",
            "aa",
            "aminoacid",
            "byte",
            "char",
            "base",
            "e",
            "2",
            "log",
            "ln",
            "value",
            "total",
            "pseudo");

    /** The data of a loss. */
    enum Split {
        VALIDATION,
        TEST,
        UNSAID,
        TRAINING
    }

    /** Reads a header and its unit; empty where it is no loss. */
    static Optional<LossName> of(HeaderName name) {
        boolean core = name.words().stream()
                .anyMatch(word ->
                        LOSS.contains(word) || PERPLEXITY.contains(word) || BITS.contains(word) || word.equals("nats"));
        if (!core || !name.words().stream().allMatch(LossName::known)) {
            return Optional.empty();
        }
        List<String> unit = HeaderName.of(name.unit()).words();
        return Optional.of(new LossName(
                split(name.words(), unit), any(NATS, unit, List.of()) ? LossUnit.NATS : unit(name.words(), unit)));
    }

    /** Whether a header names the unit of its losses. */
    static boolean saysUnit(HeaderName name) {
        List<String> unit = HeaderName.of(name.unit()).words();
        return any(NATS, name.words(), unit) || unit(name.words(), unit) != LossUnit.NATS;
    }

    /** Whether the words of a unit say something that is known of losses. */
    static boolean knows(String unit) {
        return HeaderName.of(unit).words().stream().allMatch(LossName::known);
    }

    private static boolean known(String word) {
        return VALIDATION.contains(word)
                || TRAINING.contains(word)
                || LOSS.contains(word)
                || PERPLEXITY.contains(word)
                || BITS.contains(word)
                || OTHERS.contains(word)
                || word.equals("test");
    }

    private static Split split(List<String> words, List<String> unit) {
        if (any(VALIDATION, words, unit)) {
            return Split.VALIDATION;
        }
        if (any(Set.of("test"), words, unit)) {
            return Split.TEST;
        }
        return any(TRAINING, words, unit) ? Split.TRAINING : Split.UNSAID;
    }

    private static LossUnit unit(List<String> words, List<String> unit) {
        boolean base2 = String.join("", words).contains("base2")
                || String.join("", unit).contains("base2");
        if (any(PERPLEXITY, words, unit)) {
            return LossUnit.PERPLEXITY;
        }
        return base2 || any(BITS, words, unit) ? LossUnit.BITS : LossUnit.NATS;
    }

    private static boolean any(Set<String> wanted, List<String> words, List<String> unit) {
        return words.stream().anyMatch(wanted::contains) || unit.stream().anyMatch(wanted::contains);
    }
}
