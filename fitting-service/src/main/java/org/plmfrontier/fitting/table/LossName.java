package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a header says about a loss: on which data, in which unit.
 *
 * @param split ascending by preference
 * @param plain whether it says nothing else; else it names, say, one of several held-out sets
 */
record LossName(Split split, boolean plain, LossUnit unit) {
    private static final Set<String> VALIDATION =
            Set.of("val", "valid", "validation", "eval", "evaluation", "heldout", "held", "holdout", "hold", "dev");
    private static final Set<String> TRAINING = Set.of("train", "training", "tr");
    private static final Set<String> LOSS = Set.of("loss", "nll", "xent", "crossentropy", "entropy", "ce");
    private static final Set<String> PERPLEXITY = Set.of("ppl", "perplexity", "pplx");
    private static final Set<String> BITS = Set.of("bits", "bit", "bpc", "bpb", "bpt", "bpr", "log2");
    private static final Set<String> NATS = Set.of("nats", "nat");
    private static final Set<String> OTHERS = words(
            "out set cross lm mlm clm masked language model final mean avg average per"
                    + " token residue aa aminoacid byte char base e 2 log ln value total pseudo step epoch metric metrics");
    /** Words of what is beside a loss: its spread, its extremes so far, parts of an objective. */
    private static final Set<String> BESIDE =
            words("std stderr stdev err error sem var variance min max best worst low high"
                    + " lower upper ci delta diff gap change ratio scale scaled weight weighted norm count aux auxiliary z router"
                    + " balance balancing load moe kl reg regularization contrastive distill opt optimal improvement slope ema accuracy"
                    + " acc");

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
        List<String> unit = HeaderName.of(name.unit()).words();
        Split split = split(name.words(), unit);
        boolean plain = name.words().stream().allMatch(LossName::known);
        boolean named = split != Split.UNSAID && name.words().stream().noneMatch(BESIDE::contains);
        boolean ofARun = name.text().contains(WideExport.BETWEEN);
        if (!core || ofARun || !(plain || named)) {
            return Optional.empty();
        }
        return Optional.of(
                new LossName(split, plain, any(NATS, unit, List.of()) ? LossUnit.NATS : unit(name.words(), unit)));
    }

    /** The lower, the better: held-out before training, plain before others, nats before what is converted. */
    int rank() {
        return (2 * split.ordinal() + (plain ? 0 : 1)) * LossUnit.values().length + unit.ordinal();
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
                || NATS.contains(word)
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

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }
}
