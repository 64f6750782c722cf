package org.plmfrontier.fitting.analysis;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The analyses, with the words for each; {@link Methods} says what each answers and how it is computed. */
public enum Method {
    /** Approach 1. */
    A1(
            "a1",
            "Envelope",
            "approach 1",
            "lower envelope of the smoothed curves (approach 1)",
            "curves",
            "lnNCoefficient and lnDCoefficient: ln N_opt and ln D_opt at C = 1 FLOP"),
    /** Approach 2. */
    A2(
            "a2",
            "IsoFLOP",
            "approach 2",
            "IsoFLOP parabolas (approach 2)",
            "budgets",
            "lnNCoefficient and lnDCoefficient as of a1; noiseNats: error of a loss"),
    /** Approach 3 with Hoffmann's law. */
    A3(
            "a3",
            "Hoffmann",
            "approach 3",
            "parametric fit (approach 3)",
            "losses",
            "E, A, B, alpha, beta of E + A N^-alpha + B D^-beta"),
    /** Approach 3 with Kaplan's law. */
    KAPLAN(
            "kaplan",
            "Kaplan",
            "surface",
            "Kaplan's form",
            "losses",
            "alphaN, alphaD, lnNc, lnDc of [(Nc/N)^(alphaN/alphaD) + Dc/D]^alphaD"),
    /** Verdict on each run. */
    PLATEAU("plateau", "Plateau", "verdicts", "verdict on each run", "curves", "none"),
    /** L(N) at one token count. */
    LN(
            "ln",
            "Loss of size",
            "L(N)",
            "power law of N with a floor",
            "losses",
            "E, lnA, exponent of E + A N^-exponent at the token count tokens; residualNats"),
    /** L(C) along the envelope. */
    LC(
            "lc",
            "Loss of compute",
            "L(C)",
            "power law of C with a floor",
            "envelope points",
            "E, lnA, exponent of E + A C^-exponent; residualNats"),
    /** What repeated data are worth. */
    REPEATED(
            "repeated",
            "Repeated data",
            "Muennighoff",
            "law of repeated data",
            "losses",
            "those of a3 for data seen once; RD, RN: decays of repeated data and of excess parameters"),
    /** Approach 3 with a free exponent of the interaction of N and D. */
    INTERACTION(
            "interaction",
            "Interaction",
            "surface",
            "Hoffmann's law with an interaction exponent",
            "losses",
            "E, A, B, alpha, beta, gamma of E + (A N^-alpha + B D^-beta)^gamma"),
    /** Approach 1 as published. */
    A1_PAPER(
            "a1-paper",
            "Envelope as published",
            "approach 1",
            "least squares over all of the envelope (approach 1 as published)",
            "curves",
            "lnNCoefficient and lnDCoefficient as of a1"),
    /** Power laws through a table of optima. */
    OPTIMA(
            "optima",
            "Optima",
            "power laws",
            "power laws through a table of optima",
            "optima",
            "lnNCoefficient and lnDCoefficient as of a1");

    private final MethodWords words;

    Method(String key, String name, String detail, String sentence, String used, String coefficients) {
        this.words = new MethodWords(key, name, detail, sentence, used, coefficients);
    }

    /** Name in results and on the command line. */
    public String label() {
        return words.key();
    }

    /** The method in words. */
    public MethodWords words() {
        return words;
    }

    /**
     * The method of a name.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static Method of(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown method '" + label + "', known are "
                        + Arrays.stream(values()).map(Method::label).collect(Collectors.joining(", "))));
    }
}
