package org.plmfrontier.fitting;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** CSV files of losses (run,step,N,D,loss) as people bring them, from known laws with seeded noise. */
public final class PlantedTable {
    private static final String HEADER = "run,step,N,D,loss\n";

    private PlantedTable() {}

    /**
     * Curves of 15 sizes from 1e6 to 1e9 parameters with equally many token budgets each. Law: E 1.7, alpha 0.33, beta 0.27,
     * so a is 0.45.
     *
     * @param runs a multiple of 15
     * @param rows of each run
     */
    public static String ofManyRuns(int runs, int rows, long seed) {
        Random noise = new Random(seed);
        StringBuilder csv = new StringBuilder(HEADER);
        int lengths = runs / 15;
        for (int run = 0; run < runs; run++) {
            double parameters = 1e6 * Math.pow(10, 3.0 * (run / lengths) / 14);
            double tokens = parameters * 2 * Math.pow(200, (double) (run % lengths) / Math.max(1, lengths - 1));
            for (int row = 1; row <= rows; row++) {
                double seen = tokens * row / rows;
                double loss = 1.7 + 120 / Math.pow(parameters, 0.33) + 95 / Math.pow(seen, 0.27);
                row(csv, "sweep-" + run, 100L * row, parameters, seen, loss + 0.005 * noise.nextGaussian());
            }
        }
        return csv.toString();
    }

    /** Final losses of sizes that grow by 2.2 from 1e6 parameters, each with 1 to 1024 tokens per parameter, so that best sizes lie within. */
    public static String ofGrid(int sizes, long seed) {
        Random noise = new Random(seed);
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < sizes * 6; i++) {
            double parameters = 1e6 * Math.pow(2.2, Math.floorDiv(i, 6));
            double tokens = parameters * Math.pow(4, i % 6);
            double loss = 1.8 + 400 / Math.pow(parameters, 0.34) + 900 / Math.pow(tokens, 0.36);
            row(csv, "cell-" + i, 100, parameters, tokens, loss * Math.exp(0.004 * noise.nextGaussian()));
        }
        return csv.toString();
    }

    /**
     * 82 curves of 22 rows whose methods contradict each other: the losses along a run are those of a schedule that has not
     * ended, so that curves and final losses have different exponents.
     */
    public static String ofContradictingCurves(long seed) {
        Random noise = new Random(seed);
        StringBuilder csv = new StringBuilder(HEADER);
        for (int run = 0; run < 82; run++) {
            double parameters = 4e6 * Math.pow(10, 2.8 * (run % 12) / 11);
            double tokens = 2e8 * Math.pow(10, 2.2 * (run / 12) / 6) * Math.exp(0.1 * noise.nextGaussian());
            for (int row = 1; row <= 22; row++) {
                double share = Math.pow(row / 22.0, 2);
                double finished = 1.9 + 30 / Math.pow(parameters, 0.32) + 40 / Math.pow(tokens * share, 0.26);
                double unfinished = 0.35 * (1 - share) * Math.pow(parameters / 1e7, 0.15);
                row(
                        csv,
                        "mlm-" + run,
                        500L * row,
                        parameters,
                        tokens * share,
                        finished + unfinished + 0.004 * noise.nextGaussian());
            }
        }
        return csv.toString();
    }

    /** One short curve per name, each of another size. */
    public static String ofNames(List<String> names, long seed) {
        Random noise = new Random(seed);
        StringBuilder csv = new StringBuilder(HEADER);
        for (int run = 0; run < names.size(); run++) {
            double parameters = 1e6 * Math.pow(3, run);
            for (int row = 1; row <= 10; row++) {
                double tokens = 1e8 * row;
                double loss = 1.7 + 40 / Math.pow(parameters, 0.3) + 60 / Math.pow(tokens, 0.28);
                row(csv, names.get(run), 100L * row, parameters, tokens, loss + 0.003 * noise.nextGaussian());
            }
        }
        return csv.toString();
    }

    private static void row(StringBuilder csv, String run, long step, double parameters, double tokens, double loss) {
        csv.append('"').append(run.replace("\"", "\"\"")).append('"');
        csv.append(String.format(Locale.ROOT, ",%d,%.0f,%.0f,%.5f%n", step, parameters, tokens, loss));
    }
}
