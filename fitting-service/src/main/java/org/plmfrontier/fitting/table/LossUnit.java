package org.plmfrontier.fitting.table;

/** In what a file gives its losses. */
public enum LossUnit {
    /** Natural logarithms. */
    NATS("nats") {
        @Override
        double toNats(double value) {
            return value;
        }
    },
    /** Logarithms to base 2. */
    BITS("bits") {
        @Override
        double toNats(double value) {
            return value * Math.log(2);
        }
    },
    /** Exponentials of nats. */
    PERPLEXITY("perplexity") {
        @Override
        double toNats(double value) {
            return Math.log(value);
        }
    };

    private final String label;

    LossUnit(String label) {
        this.label = label;
    }

    /** Name in column mappings. */
    public String label() {
        return label;
    }

    /** The loss in nats; not positive where the value is impossible. */
    abstract double toNats(double value);
}
