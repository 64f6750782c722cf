package org.plmfrontier.fitting.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where one size takes the lead from a smaller one while both are there to compare. Only such places say how the best size
 * grows with compute: where the leader changes because a rival has ended or has not begun, N_opt is bounded from one side and
 * not placed, and the smallest and the largest size lead for want of others.
 *
 * <p>At equal compute the loss over ln N is a valley of the same shape around N_opt for every compute, so two sizes with
 * equal loss lie on either side of it and their geometric mean is N_opt. For sizes at a constant ratio on Hoffmann's surface
 * the exponent through these places is the surface's exactly; a staircase of leaders over all compute flattens at both ends.
 *
 * @param places ascending by size
 * @param leaders sizes that lead somewhere on the envelope
 * @param undecided pairs of neighbouring leaders of which neither overtakes the other where both have been
 */
record Crossovers(List<Crossover> places, int leaders, List<Undecided> undecided) {
    /** Grid values on either side over which the steepness is taken. */
    private static final int REACH = 20;

    private static final double LEAST_SHARE = 0.1;
    /** Where noise lets the lead pass zero more than once. */
    private static final double MIDDLE = 0.5;

    /**
     * One such place.
     *
     * @param lnFlops ln C
     * @param lnParameters mean of ln N of the two sizes
     * @param lnTokens mean of ln D of the two sizes there
     * @param steepness by how much the larger gains on the smaller, nats per e-fold of compute: an error of so many nats
     *     between the two moves the place by one e-fold
     */
    record Crossover(double lnFlops, double lnParameters, double lnTokens, double steepness) {}

    /**
     * Two sizes of which the data do not say where the larger takes over.
     *
     * @param smaller its N
     * @param larger its N
     * @param smallerLeads whether the smaller one leads to the end of what both have been at, or, where they have not met,
     *     ends before the larger begins; else the larger leads from the beginning
     * @param flops compute at that end or beginning
     */
    record Undecided(double smaller, double larger, boolean smallerLeads, double flops) {
        /** The run that would decide. */
        String sentence() {
            return smallerLeads
                    ? String.format(
                            Locale.ROOT,
                            "train N = %.3g and N = %.3g both beyond %.3g FLOPs, where the smaller still leads",
                            smaller,
                            larger,
                            flops)
                    : String.format(
                            Locale.ROOT,
                            "compare N = %.3g with N = %.3g below %.3g FLOPs, from where on the larger leads",
                            smaller,
                            larger,
                            flops);
        }
    }

    /** The crossovers of the curves as they are. */
    static Crossovers of(EnvelopeGrid grid) {
        return of(grid, new double[grid.curves().size()]);
    }

    /**
     * The crossovers with each run's loss shifted.
     *
     * @param shift [runs] nats
     */
    static Crossovers of(EnvelopeGrid grid, double[] shift) {
        List<Lead> leads = leads(grid, shift);
        List<Crossover> places = new ArrayList<>();
        List<Undecided> undecided = new ArrayList<>();
        for (int k = 1; k < leads.size(); k++) {
            between(grid, leads.get(k - 1), leads.get(k), places, undecided);
        }
        return new Crossovers(List.copyOf(places), leads.size(), List.copyOf(undecided));
    }

    /**
     * The best of a size's runs at each grid value.
     *
     * @param loss [grid] infinite where none has been
     * @param lnTokens [grid] of the best run
     */
    private record Lead(double parameters, double[] loss, double[] lnTokens) {}

    /** Of the sizes that lead somewhere, ascending by N. */
    private static List<Lead> leads(EnvelopeGrid grid, double[] shift) {
        double[] sizes = grid.curves().stream()
                .mapToDouble(curve -> curve.run().parameters())
                .distinct()
                .sorted()
                .toArray();
        boolean[] leading = new boolean[sizes.length];
        for (int run : grid.winners(shift)) {
            if (run != EnvelopeGrid.NOBODY) {
                leading[Arrays.binarySearch(sizes, grid.parameters(run))] = true;
            }
        }
        List<Lead> leads = new ArrayList<>();
        for (int s = 0; s < sizes.length; s++) {
            if (leading[s]) {
                leads.add(lead(grid, sizes[s], shift));
            }
        }
        return leads;
    }

    private static Lead lead(EnvelopeGrid grid, double size, double[] shift) {
        double[] loss = new double[grid.flops().length];
        double[] lnTokens = new double[loss.length];
        Arrays.fill(loss, Double.POSITIVE_INFINITY);
        for (int run = 0; run < shift.length; run++) {
            if (grid.parameters(run) == size) {
                for (int i = 0; i < loss.length; i++) {
                    double mine = grid.loss()[run][i] + shift[run];
                    if (mine < loss[i]) {
                        loss[i] = mine;
                        lnTokens[i] = grid.lnTokens()[run][i];
                    }
                }
            }
        }
        return new Lead(size, loss, lnTokens);
    }

    /** Adds the place at which the larger takes over, where the smaller leads at first and the larger at last. */
    private static void between(
            EnvelopeGrid grid, Lead smaller, Lead larger, List<Crossover> places, List<Undecided> undecided) {
        int first = -1;
        int last = -1;
        int smallerLeads = 0;
        double[] lead = new double[grid.flops().length];
        for (int i = 0; i < lead.length; i++) {
            if (Double.isFinite(smaller.loss[i]) && Double.isFinite(larger.loss[i])) {
                lead[i] = smaller.loss[i] - larger.loss[i];
                first = first < 0 ? i : first;
                last = i;
                smallerLeads += lead[i] < 0 ? 1 : 0;
            }
        }
        if (first >= 0 && lead[first] < 0 && lead[last] > 0) {
            int i = first + smallerLeads - 1;
            double[] ln = grid.lnFlops();
            double share = lead[i] < 0 && lead[i + 1] >= 0 ? lead[i] / (lead[i] - lead[i + 1]) : MIDDLE;
            places.add(new Crossover(
                    ln[i] + share * (ln[i + 1] - ln[i]),
                    0.5 * (Math.log(smaller.parameters) + Math.log(larger.parameters)),
                    0.5 * (at(smaller.lnTokens, i, share) + at(larger.lnTokens, i, share)),
                    steepness(ln, lead, i, first, last)));
        } else if (first < 0) {
            double end = grid.flops()[last(smaller.loss)];
            undecided.add(new Undecided(smaller.parameters, larger.parameters, true, end));
        } else {
            boolean leads = lead[last] <= 0;
            undecided.add(
                    new Undecided(smaller.parameters, larger.parameters, leads, grid.flops()[leads ? last : first]));
        }
    }

    /** Index of the last finite value. */
    private static int last(double[] values) {
        int last = values.length - 1;
        while (last > 0 && !Double.isFinite(values[last])) {
            last--;
        }
        return last;
    }

    /** Around the place, but at least a tenth of the mean over all compute that both have been at. */
    private static double steepness(double[] ln, double[] lead, int i, int first, int last) {
        int from = Math.max(first, i - REACH);
        int to = Math.min(last, i + 1 + REACH);
        double mean = (lead[last] - lead[first]) / (ln[last] - ln[first]);
        return Math.max((lead[to] - lead[from]) / (ln[to] - ln[from]), LEAST_SHARE * mean);
    }

    private static double at(double[] values, int i, double share) {
        return values[i] + share * (values[i + 1] - values[i]);
    }
}
