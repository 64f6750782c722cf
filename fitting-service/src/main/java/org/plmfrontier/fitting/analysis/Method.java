package org.plmfrontier.fitting.analysis;

import java.util.Arrays;
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
    PLATEAU("plateau");

    private final String label;

    Method(String label) {
        this.label = label;
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
