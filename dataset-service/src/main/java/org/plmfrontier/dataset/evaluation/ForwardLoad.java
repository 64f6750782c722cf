package org.plmfrontier.dataset.evaluation;

import java.util.Map;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.model.Family;

/**
 * What one state has to compute for an evaluation: forward passes over so many tokens. Regressions and baselines, which are of the
 * host, are not part of it.
 *
 * @param tokens of all sequences, START and END included
 * @param tokensSquared sum of the squares of the sequences' tokens
 */
record ForwardLoad(double tokens, double tokensSquared) {
    static final ForwardLoad NONE = new ForwardLoad(0, 0);

    private static final String USUAL_WINDOW = "1024";
    private static final String USUAL_CROP = "1022";
    private static final String USUAL_LONGEST = "400";
    private static final String QUICK_CROP = "254";
    private static final String QUICK_PROTEINS = "60";
    private static final int ENDS = 2;

    ForwardLoad plus(ForwardLoad other) {
        return new ForwardLoad(tokens + other.tokens, tokensSquared + other.tokensSquared);
    }

    ForwardLoad times(double factor) {
        return new ForwardLoad(tokens * factor, tokensSquared * factor);
    }

    /** Most tokens of a sequence that a model sees at once. */
    static long mostTokens(EvaluationKind kind, Map<String, String> options) {
        return switch (kind) {
            case VARIANT_EFFECT, PERPLEXITY -> number(options, "context", USUAL_WINDOW);
            case SECONDARY_STRUCTURE ->
                ENDS + number(options, "maxResidues", isQuick(options) ? QUICK_CROP : USUAL_CROP);
            case CONTACTS -> ENDS + number(options, "maxLength", USUAL_LONGEST);
        };
    }

    /**
     * The load of an evaluation.
     *
     * @param lengths role to its sequences; roles without any may be absent
     */
    static ForwardLoad of(
            EvaluationKind kind, Map<String, String> options, Family family, Map<String, ProteinLengths> lengths) {
        return switch (kind) {
            case PERPLEXITY -> perplexity(options, family, lengths);
            case VARIANT_EFFECT -> variants(options, family, lengths);
            case SECONDARY_STRUCTURE -> {
                String some = isQuick(options) ? QUICK_PROTEINS : "500";
                String all = isQuick(options) ? QUICK_PROTEINS : String.valueOf(Integer.MAX_VALUE);
                yield once("training", number(options, "trainingProteins", some), lengths)
                        .plus(once("validation", number(options, "validationProteins", all), lengths));
            }
            case CONTACTS -> {
                long training = number(options, "trainingProteins", "100");
                yield once("trainingProteins", training, lengths)
                        .plus(once("trainingStructures", training, lengths))
                        .plus(once("proteins", Integer.MAX_VALUE, lengths))
                        .plus(once("structures", Integer.MAX_VALUE, lengths));
            }
        };
    }

    private static ForwardLoad perplexity(
            Map<String, String> options, Family family, Map<String, ProteinLengths> lengths) {
        ForwardLoad proteins = once("proteins", number(options, "proteins", "8000"), lengths);
        ProteinLengths all = lengths.get("proteins");
        return !family.masked() || all == null
                ? proteins
                : proteins.times(number(options, "maskings", "5"))
                        .plus(all.onceForEachToken(number(options, "pseudoSequences", "50")));
    }

    private static ForwardLoad variants(
            Map<String, String> options, Family family, Map<String, ProteinLengths> lengths) {
        ProteinLengths wild = lengths.get("wildType");
        ProteinLengths scores = lengths.get("scores");
        if (wild == null || scores == null || wild.sequences() == 0) {
            return NONE;
        }
        return switch (options.getOrDefault("scoring", family.masked() ? "masked-marginals" : "likelihood")) {
            case "wt-marginals" -> wild.once(Integer.MAX_VALUE);
            case "likelihood" -> wild.once(Integer.MAX_VALUE).times((double) scores.rows() / wild.sequences());
            default -> wild.onceForEachToken(Integer.MAX_VALUE);
        };
    }

    private static ForwardLoad once(String role, double atMost, Map<String, ProteinLengths> lengths) {
        ProteinLengths ofRole = lengths.get(role);
        return ofRole == null ? NONE : ofRole.once(atMost);
    }

    private static boolean isQuick(Map<String, String> options) {
        return Boolean.parseBoolean(options.get("quick"));
    }

    /** What is no number is refused by the trainer, and estimated as if it were absent. */
    private static long number(Map<String, String> options, String option, String usual) {
        try {
            return Long.parseLong(options.getOrDefault(option, usual));
        } catch (NumberFormatException e) {
            return Long.parseLong(usual);
        }
    }
}
