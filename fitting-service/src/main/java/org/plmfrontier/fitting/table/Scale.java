package org.plmfrontier.fitting.table;

/**
 * By what the numbers of a column are multiplied: {@code rest} times ten to the exponent. The power of ten is kept apart so
 * that 41.8 in millions is the very number that 41.8e6 is.
 */
record Scale(int exponent, double rest) {
    static final Scale ONE = new Scale(0, 1);

    Scale {
        if (!(rest > 0) || Double.isInfinite(rest)) {
            throw new IllegalArgumentException("a scale must be positive and finite, got " + rest);
        }
    }

    static Scale tenTo(int exponent) {
        return new Scale(exponent, 1);
    }

    /** Of a number; exact powers of ten are kept as such. */
    static Scale of(double factor) {
        int exponent = (int) Math.rint(Math.log10(factor));
        return Double.parseDouble("1e" + exponent) == factor ? tenTo(exponent) : new Scale(0, factor);
    }

    double factor() {
        return rest * Double.parseDouble("1e" + exponent);
    }

    boolean isOne() {
        return exponent == 0 && rest == 1;
    }
}
