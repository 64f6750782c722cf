package org.plmfrontier.fitting.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.plmfrontier.fitting.quantity.Convention;

/**
 * Whether losses of two studies are of one quantity.
 *
 * @param kind how far they are
 * @param caveats one sentence each, the one about the losses first
 */
public record Comparability(Kind kind, List<String> caveats) {
    private static final int DIGEST_DIGITS = 64;
    private static final int SHOWN = 12;

    /** How far losses are of one quantity. */
    public enum Kind {
        /** One task, one held-out set, one vocabulary. */
        SAME,
        /** Nobody told of at least one of them. */
        UNKNOWN,
        /** One task on different proteins: a difference may be one of the proteins. */
        OTHER_HELD_OUT,
        /** Two quantities, whose difference means nothing. */
        OTHER_TASK
    }

    public Comparability {
        Objects.requireNonNull(kind, "kind");
        caveats = List.copyOf(caveats);
    }

    /** Whether a difference of losses may be read as one of the training, as far as is known. */
    public boolean tells() {
        return kind == Kind.SAME || kind == Kind.UNKNOWN;
    }

    /**
     * Compares what two studies measured.
     *
     * @param firstName name of the first, for the sentences
     * @param otherName name of the other
     */
    public static Comparability of(String firstName, Measurement first, String otherName, Measurement other) {
        List<String> caveats = new ArrayList<>();
        Kind kind = kind(first, other);
        switch (kind) {
            case SAME -> {}
            case UNKNOWN ->
                caveats.add(
                        "A file does not say on which proteins, masks and vocabulary its losses were measured: a member that"
                                + " comes from one is comparable only if these are the same.");
            case OTHER_HELD_OUT -> caveats.add(otherProteins(firstName, first, otherName, other));
            case OTHER_TASK ->
                caveats.add(String.format(
                        Locale.ROOT,
                        "The losses of %s are of %s, those of %s of %s: two quantities, whose difference means nothing.",
                        firstName,
                        first.task().words(),
                        otherName,
                        other.task().words()));
        }
        if (!first.convention().equals(other.convention())) {
            caveats.add(String.format(
                    Locale.ROOT,
                    "%s counts %s, %s counts %s: exponents of methods that read curves may differ by that alone; losses at a budget"
                            + " and factors of compute are over 6 N D in both.",
                    firstName,
                    words(first.convention()),
                    otherName,
                    words(other.convention())));
        }
        return new Comparability(kind, caveats);
    }

    private static Kind kind(Measurement first, Measurement other) {
        boolean tasksKnown = first.task() != Measurement.Task.UNKNOWN && other.task() != Measurement.Task.UNKNOWN;
        if (tasksKnown && first.task() != other.task()) {
            return Kind.OTHER_TASK;
        }
        if (!tasksKnown || first.heldOut().isEmpty() || other.heldOut().isEmpty()) {
            return Kind.UNKNOWN;
        }
        return first.sameSetAs(other) ? Kind.SAME : Kind.OTHER_HELD_OUT;
    }

    private static String otherProteins(String firstName, Measurement first, String otherName, Measurement other) {
        String sentence = String.format(
                Locale.ROOT,
                "%s is judged on the held-out proteins of %s, %s on those of %s: a difference of losses may be one of the"
                        + " proteins and not of the training",
                firstName,
                sets(first),
                otherName,
                sets(other));
        return first.frequenciesNats().isPresent() && other.frequenciesNats().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%s (amino-acid frequencies alone reach %.3f nats on the first and %.3f on the others).",
                        sentence,
                        first.frequenciesNats().getAsDouble(),
                        other.frequenciesNats().getAsDouble())
                : sentence + ".";
    }

    /** As "corpus c0ffee" or "the common set 3a7b5c9d1e2f". */
    private static String sets(Measurement measurement) {
        return measurement.heldOut().stream()
                .map(set ->
                        set.length() == DIGEST_DIGITS ? "the common set " + set.substring(0, SHOWN) : "corpus " + set)
                .collect(Collectors.joining(" and "));
    }

    private static String words(Convention convention) {
        return "N " + words(convention.parameters()) + ", D " + words(convention.tokens()) + " and C "
                + words(convention.compute());
    }

    /** As "as table 6". */
    private static String words(Enum<?> way) {
        String words = way == Convention.Compute.SIX_ND
                ? "6 N D"
                : way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.startsWith("as ") ? words : "as " + words;
    }
}
