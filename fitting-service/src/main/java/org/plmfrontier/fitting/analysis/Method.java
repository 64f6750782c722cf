package org.plmfrontier.fitting.analysis;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The analyses by the names under which results are reported. */
public enum Method {
    /** Envelope. */
    A1("a1"),
    /** IsoFLOP parabolas. */
    A2("a2"),
    /** Hoffmann's surface. */
    A3("a3"),
    /** Kaplan's surface. */
    KAPLAN("kaplan"),
    /** Verdict on each run. */
    PLATEAU("plateau"),
    /** L(N) at one token count. */
    LN("ln"),
    /** L(C) along the envelope. */
    LC("lc"),
    /** What repeated data are worth. */
    REPEATED("repeated"),
    /** Power laws through a table of optima. */
    OPTIMA("optima");

    private final String label;

    Method(String label) {
        this.label = label;
    }

    /** The methods that say how to divide compute between N and D. */
    public static Set<Method> frontiers() {
        return EnumSet.of(A1, A2, A3, KAPLAN);
    }

    /** The methods that every study is asked: those of the frontier, and the verdicts. */
    public static Set<Method> usual() {
        return EnumSet.of(A1, A2, A3, KAPLAN, PLATEAU);
    }

    /** Name in results and on the command line. */
    public String label() {
        return label;
    }

    /**
     * The method of a name.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static Method of(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown method '" + label + "', known are "
                        + Arrays.stream(values()).map(Method::label).collect(Collectors.joining(", "))));
    }
}
