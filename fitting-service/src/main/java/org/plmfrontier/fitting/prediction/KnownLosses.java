package org.plmfrontier.fitting.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * Held-out final losses of the runs of one family, smallest model first, as N, D and nats: those of at most
 * {@value #MOST_EPOCHS} epochs, up to which repeated data are nearly as good as new (Muennighoff et al. 2023).
 */
record KnownLosses(double[] parameters, double[] tokens, double[] lossNats) {
    static final double MOST_EPOCHS = 4;

    static KnownLosses of(Study study, String family) {
        List<double[]> losses = new ArrayList<>();
        for (Run run : study.knownRuns()) {
            if (!run.family().equals(family)) {
                continue;
            }
            for (FinalPoint point : run.curve().finals()) {
                if (point.tokens() <= mostTokens(run)) {
                    losses.add(new double[] {run.parameters(), point.tokens(), point.lossNats()});
                }
            }
        }
        return new KnownLosses(column(losses, 0), column(losses, 1), column(losses, 2));
    }

    /** Tokens after which a run's data are repeated too often. */
    static double mostTokens(Run run) {
        RunSpec plan = run.spec().orElseThrow();
        return MOST_EPOCHS * plan.corpus().tokens();
    }

    int size() {
        return lossNats.length;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownLosses that
                && Arrays.equals(parameters, that.parameters)
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(lossNats, that.lossNats);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(parameters), Arrays.hashCode(tokens), Arrays.hashCode(lossNats));
    }
}
