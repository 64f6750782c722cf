package org.plmfrontier.fitting.envelope;

import java.util.Locale;
import java.util.Objects;
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
        if (crossovers.places().size() < FEWEST) {
            return FitOutcome.notIdentifiable(tooFew(crossovers));
        }
        PowerLawFit flops = new PowerLawFit();
        PowerLawFit tokens = new PowerLawFit();
        crossovers.places().forEach(place -> {
            double weight = place.steepness() * place.steepness();
            flops.add(place.lnParameters(), place.lnFlops(), weight);
            tokens.add(place.lnParameters(), place.lnTokens(), weight);
        });
        return flops.law().flatMap(c -> tokens.law().flatMap(d -> inverted(c, d)));
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
            return "only one size lies on the envelope, so nothing tells how the best size grows with compute";
        }
        return String.format(
                Locale.ROOT,
                "of the %d sizes on the envelope %s another where both have been at the same compute (%d pairs are decided by"
                        + " runs that end or begin), and a power law needs %d such places: train the smaller sizes for"
                        + " longer, or the larger ones from less compute on",
                crossovers.leaders(),
                crossovers.places().isEmpty()
                        ? "none overtakes"
                        : "only " + crossovers.places().size() + " overtake",
                crossovers.undecided(),
                FEWEST);
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
