package org.plmfrontier.trainer.likelihood;

import java.util.Arrays;
import java.util.Optional;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.ranking.Bootstrap;
import org.plmfrontier.trainer.ranking.Interval;

/** Summed negative log-likelihood of each protein, and of how many tokens. Not thread-safe. */
final class Nats {
    private final double[] sums;
    private final long[] tokens;

    /** @param proteins how many there are */
    Nats(int proteins) {
        sums = new double[proteins];
        tokens = new long[proteins];
    }

    /** @param nats negative log-likelihood of one token of a protein */
    void add(int protein, double nats) {
        sums[protein] += nats;
        tokens[protein]++;
    }

    void add(Nats other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
            tokens[i] += other.tokens[i];
        }
    }

    long tokens() {
        return Arrays.stream(tokens).sum();
    }

    /** exp of the mean over all tokens; NaN where there is none. */
    double perplexity() {
        int[] each = new int[sums.length];
        Arrays.fill(each, 1);
        return perplexity(each);
    }

    private double perplexity(int[] counts) {
        double sum = 0;
        long size = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * sums[i];
            size += counts[i] * tokens[i];
        }
        return Math.exp(sum / size);
    }

    /** The perplexity with its interval over the proteins; empty where it is no number. */
    Optional<Measure> measure(String metric, long seed) {
        double value = perplexity();
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        Optional<Interval> interval = Bootstrap.interval(new Bootstrap(seed).replicates(sums.length, this::perplexity));
        boolean several = Arrays.stream(tokens).filter(count -> count > 0).count() > 1;
        return Optional.of(new Measure(
                metric,
                "",
                value,
                interval.filter(found -> several).map(Interval::low).orElse(null),
                interval.filter(found -> several).map(Interval::high).orElse(null),
                tokens()));
    }
}
