package org.plmfrontier.fitting.form;

/** {@code ln(e^u + e^v + e^w)} and its derivatives, for forms that are sums of power laws. */
final class LogSum {
    private LogSum() {}

    /**
     * The logarithm of the sum; infinite where an exponential overflows, as no loss near the observed ones does.
     *
     * @param shares [3] receives each part's share of the sum
     */
    static double of(double u, double v, double w, double[] shares) {
        double first = Math.exp(u);
        double second = Math.exp(v);
        double third = Math.exp(w);
        double sum = first + second + third;
        double inverse = 1 / sum;
        shares[0] = first * inverse;
        shares[1] = second * inverse;
        shares[2] = third * inverse;
        return Math.log(sum);
    }

    /** Derivatives over E's, A's and B's logarithm and the two exponents, in this order. */
    static void derivatives(double[] s, double x, double y, double[] g, double[] h) {
        g[0] = s[0];
        g[1] = s[1];
        g[2] = s[2];
        g[3] = -x * s[1];
        g[4] = -y * s[2];
        int k = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j <= i; j++) {
                h[k++] = -g[i] * g[j];
            }
        }
        h[0] += s[0];
        h[2] += s[1];
        h[5] += s[2];
        h[7] -= x * s[1];
        h[9] += x * x * s[1];
        h[12] -= y * s[2];
        h[14] += y * y * s[2];
    }

    /** Values of an exponent from which searches start. */
    static final double[] EXPONENTS = {0.06, 0.12, 0.2, 0.3, 0.45, 0.65, 0.9, 1.3};
}
