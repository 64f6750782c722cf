package org.plmfrontier.fitting.table;

import java.util.OptionalInt;

/** What the name under which a tracker logged a scalar says about it. */
public final class MetricName {
    private MetricName() {}

    /** How well the name answers to a loss, the lowest best: held-out before training losses; empty where it is none. */
    public static OptionalInt rank(String name) {
        return Column.LOSS.rank(HeaderName.of(name));
    }

    /** Of its values; nats where it says nothing. */
    public static LossUnit unit(String name) {
        return LossName.of(HeaderName.of(name)).map(LossName::unit).orElse(LossUnit.NATS);
    }

    /** Whether it says the unit of its values. */
    public static boolean saysUnit(String name) {
        return LossName.saysUnit(HeaderName.of(name));
    }
}
