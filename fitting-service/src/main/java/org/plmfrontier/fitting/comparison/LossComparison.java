package org.plmfrontier.fitting.comparison;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.forecast.EffectiveCompute;
import org.plmfrontier.fitting.forecast.Forecast;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What two studies reach with one budget, each with its best size, on losses that are taken for comparable.
 *
 * @param budgetFlops 6 N D
 * @param lossNats loss of the other study less that of the first, nats
 * @param compute compute that the first needs for the other's loss over the budget; not identifiable where it does not get there
 */
public record LossComparison(double budgetFlops, Estimate lossNats, FitOutcome<EffectiveCompute> compute) {
    public LossComparison {
        Objects.requireNonNull(lossNats, "lossNats");
        Objects.requireNonNull(compute, "compute");
    }

    /**
     * Compares two studies.
     *
     * @param budgetFlops 6 N D
     */
    public static LossComparison of(Forecaster first, Forecaster other, double budgetFlops) {
        return new LossComparison(
                budgetFlops,
                Difference.of(loss(first.leastLoss(budgetFlops)), loss(other.leastLoss(budgetFlops))),
                EffectiveCompute.of(first, other, budgetFlops));
    }

    /** A forecast as an estimate, nats. */
    public static Estimate loss(Forecast forecast) {
        return new Estimate(forecast.lossNats(), forecast.low(), forecast.high(), Forecaster.LEVEL);
    }

    /** Told apart only where neither the interval of the losses nor that of the compute holds the case that both are alike. */
    public Standing standing() {
        boolean open = lossNats.covers(0)
                || factor().filter(factor -> factor.covers(1)).isPresent();
        if (open) {
            return Standing.NOT_TOLD_APART;
        }
        return lossNats.value() < 0 ? Standing.BETTER : Standing.WORSE;
    }

    /** The factor of compute, above 1 where the other study is better. */
    public Optional<Estimate> factor() {
        return compute.result().map(EffectiveCompute::factor);
    }

    /**
     * The comparison for people.
     *
     * @param first name of the first study
     * @param other name of the other
     */
    public String sentence(String first, String other) {
        String head = switch (standing()) {
            case BETTER -> other + " is better than " + first;
            case WORSE -> other + " is worse than " + first;
            case NOT_TOLD_APART -> other + " and " + first + " are not told apart";
        };
        return String.format(Locale.ROOT, "%s at %.3g FLOPs (6 N D): %s", head, budgetFlops, figures(first, other));
    }

    /** The numbers alone. */
    public String figures(String first, String other) {
        String difference = String.format(
                Locale.ROOT,
                "the loss of %s less that of %s is %+.4f [%+.4f, %+.4f] nats",
                other,
                first,
                lossNats.value(),
                lossNats.low(),
                lossNats.high());
        return difference
                + factor().map(factor -> String.format(
                                Locale.ROOT,
                                ", and %s needs %.3g [%.3g, %.3g] times the compute for it",
                                first,
                                factor.value(),
                                factor.low(),
                                factor.high()))
                        .orElse(", and the factor of compute is not determined");
    }
}
