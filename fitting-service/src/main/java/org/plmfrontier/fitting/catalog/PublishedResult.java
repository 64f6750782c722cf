package org.plmfrontier.fitting.catalog;

import java.util.Objects;

/**
 * One figure of a paper, and what of a study stands beside it.
 *
 * @param place where it stands, for example {@code Table 1}
 * @param quantity what it is, for people
 * @param published as it is printed
 * @param beside the same quantity of a study
 */
public record PublishedResult(String place, String quantity, String published, Quantity beside) {
    public PublishedResult {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(quantity, "quantity");
        Objects.requireNonNull(published, "published");
        Objects.requireNonNull(beside, "beside");
    }

    /** What of a study stands beside a published figure. */
    public sealed interface Quantity {}

    /** The exponent of N_opt ~ C^a by a method. */
    public record SizeExponent(String method) implements Quantity {}

    /** The exponent of D_opt ~ C^b by a method. */
    public record TokensExponent(String method) implements Quantity {}

    /** A coefficient of a method's law; {@code isLn} where the method gives its logarithm. */
    public record Coefficient(String method, String name, boolean isLn) implements Quantity {}

    /** The loss to which all runs converge, nats. */
    public record PlateauLevel() implements Quantity {}

    /** Coefficient of the FLOPs to a share of the plateau as a straight line of N: 0 the constant, 1 the slope. */
    public record PlateauLine(double share, int power) implements Quantity {}

    /** The size for which a budget just reaches the plateau. */
    public record PlateauSize(double budgetFlops) implements Quantity {}

    /** Perplexity of the best run on held-out proteins. */
    public record HeldOutPerplexity() implements Quantity {}

    /** Token budgets of the runs. */
    public record TokenBudgets() implements Quantity {}

    /** Shapes of the runs. */
    public record Shapes() implements Quantity {}

    /** Parameters of the paper's own shapes by its Table 6, as this suite counts them. */
    public record CountedParameters() implements Quantity {}

    /** Training FLOPs of the paper's own shapes over 6 N D by its Table 5, as this suite counts them. */
    public record CountedFlops() implements Quantity {}
}
