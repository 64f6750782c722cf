package org.plmfrontier.fitting.envelope;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.PowerLaw;
import org.plmfrontier.fitting.regression.PowerLawFit;

/**
 * The laws along an envelope.
 *
 * @param parameters N_opt(C), exponent a
 * @param tokens D_opt(C), exponent b
 */
public record EnvelopeLaws(PowerLaw parameters, PowerLaw tokens) {
    /** Two crossovers determine a line exactly, and nothing tells how far it can be trusted. */
    static final int FEWEST = 3;

    private static final String ONE_SIZE =
            "only one size lies on the envelope, so nothing tells how the best size grows with compute";

    public EnvelopeLaws {
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * The laws through crossovers. The sizes are given and the compute of a crossover is what is measured, so ln C is
     * regressed on ln N and the line read the other way round: N on C would be flattened by the errors of C. Weights are the
     * squares of the steepness, the inverse variances for errors of the losses that are alike. Not identifiable with fewer than
     * {@value #FEWEST} crossovers, or where they do not ascend.
     */
    static FitOutcome<EnvelopeLaws> through(Crossovers crossovers) {
        return crossovers.places().size() < FEWEST ? FitOutcome.notIdentifiable(tooFew(crossovers)) : line(crossovers);
    }

    /** The laws of a resample, which two crossovers determine: how far they can be trusted is told by the resamples together. */
    static FitOutcome<EnvelopeLaws> resampled(Crossovers crossovers) {
        return line(crossovers);
    }

    private static FitOutcome<EnvelopeLaws> line(Crossovers crossovers) {
        PowerLawFit flops = new PowerLawFit();
        PowerLawFit tokens = new PowerLawFit();
        crossovers.places().forEach(place -> {
            double weight = place.steepness() * place.steepness();
            flops.add(place.lnParameters(), place.lnFlops(), weight);
            tokens.add(place.lnParameters(), place.lnTokens(), weight);
        });
        return flops.law().flatMap(c -> tokens.law().flatMap(d -> inverted(c, d)));
    }

    /**
     * Least squares of ln N and ln D on ln C over all of the envelope, as published.
     *
     * @param shift [runs] nats
     */
    static FitOutcome<EnvelopeLaws> throughAll(EnvelopeGrid grid, double[] shift) {
        int[] winners = grid.winners(shift);
        PowerLawFit parameters = new PowerLawFit();
        PowerLawFit tokens = new PowerLawFit();
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < winners.length; i++) {
            int run = winners[i];
            if (run != EnvelopeGrid.NOBODY) {
                double n = grid.parameters(run);
                parameters.add(grid.lnFlops()[i], Math.log(n), 1);
                tokens.add(grid.lnFlops()[i], grid.lnTokens()[run][i], 1);
                smallest = Math.min(smallest, n);
                largest = Math.max(largest, n);
            }
        }
        return smallest < largest
                ? parameters.law().flatMap(n -> tokens.law().map(d -> new EnvelopeLaws(n, d)))
                : FitOutcome.notIdentifiable(ONE_SIZE);
    }

    /** N and D over C from C and D over N. */
    private static FitOutcome<EnvelopeLaws> inverted(PowerLaw flops, PowerLaw tokens) {
        if (!(flops.exponent() > 0)) {
            return FitOutcome.notIdentifiable(
                    "larger sizes take the lead at less compute than smaller ones, so no power law leads through the envelope");
        }
        PowerLaw parameters = new PowerLaw(-flops.lnCoefficient() / flops.exponent(), 1 / flops.exponent());
        return FitOutcome.fitted(new EnvelopeLaws(
                parameters,
                new PowerLaw(
                        tokens.lnCoefficient() + tokens.exponent() * parameters.lnCoefficient(),
                        tokens.exponent() * parameters.exponent())));
    }

    private static String tooFew(Crossovers crossovers) {
        if (crossovers.leaders() < 2) {
            return ONE_SIZE;
        }
        return String.format(
                Locale.ROOT,
                "of the %d sizes on the envelope %s another where both have been at the same compute%s, and a power law needs %d"
                        + " such places%s",
                crossovers.leaders(),
                crossovers.places().isEmpty()
                        ? "none overtakes"
                        : "only " + crossovers.places().size() + " overtake",
                crossovers.undecided().isEmpty()
                        ? ""
                        : " (pairs decided by runs that end or begin: "
                                + crossovers.undecided().size() + ")",
                FEWEST,
                crossovers.undecided().isEmpty()
                        ? ": train further sizes"
                        : "; runs that would decide: "
                                + crossovers.undecided().stream()
                                        .map(Crossovers.Undecided::sentence)
                                        .collect(Collectors.joining("; ")));
    }

    /**
     * Standard deviation of a run's loss as the crossovers show it, nats: a crossover off the line by so many e-folds of
     * compute is two runs off by the steepness times that.
     */
    double scatterNats(Crossovers crossovers) {
        double squares = 0;
        for (Crossovers.Crossover place : crossovers.places()) {
            double onLine = (place.lnParameters() - parameters.lnCoefficient()) / parameters.exponent();
            squares += Math.pow(place.steepness() * (place.lnFlops() - onLine), 2);
        }
        return Math.sqrt(0.5 * squares / freedom(crossovers));
    }

    /** Degrees of freedom of that scatter. */
    static int freedom(Crossovers crossovers) {
        return crossovers.places().size() - 2;
    }
}
