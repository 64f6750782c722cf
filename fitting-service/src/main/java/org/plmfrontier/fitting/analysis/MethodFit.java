package org.plmfrontier.fitting.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.Flag;

/** One method's result: a frontier, a law of the loss alone, or verdicts. */
public sealed interface MethodFit permits FrontierFit, LossLawFit, VerdictsFit {

    /** The method that was asked. */
    Method method();

    /** What the result rests on. */
    Basis basis();

    /** Coefficients of the method's law and their intervals. */
    default Coefficients law() {
        return Coefficients.NONE;
    }

    /** How to divide compute; empty for laws of the loss alone and verdicts. */
    default Optional<Frontier> frontier() {
        return Optional.empty();
    }

    /** How the search for the law ended; empty where nothing was searched for. */
    default Optional<Convergence> convergence() {
        return Optional.empty();
    }

    /** Another optimum of a surface that is nearly as good. */
    default Optional<RobustFit.SecondBasin> second() {
        return Optional.empty();
    }

    /** The same without the intervals of no width. */
    MethodFit withoutEmptyIntervals();

    /** Coefficients by name, all finite. */
    default Map<String, Double> coefficients() {
        return law().values();
    }

    /** Intervals of those coefficients that have one, by name. */
    default Map<String, Estimate> estimates() {
        return law().estimates();
    }

    /** Exponent of N_opt ~ C^a. */
    default Optional<Estimate> a() {
        return frontier().map(Frontier::a);
    }

    /** Exponent of D_opt ~ C^b. */
    default Optional<Estimate> b() {
        return frontier().map(Frontier::b);
    }

    /** Which N, D and C the result is about. */
    default Convention convention() {
        return basis().convention();
    }

    /** Curves, budgets or losses that entered. */
    default int used() {
        return basis().used();
    }

    /** One sentence each about what was left out. */
    default List<String> excluded() {
        return basis().excluded();
    }

    /** What a reader must know. */
    default List<Flag> flags() {
        return basis().flags();
    }

    /** How the intervals were made; its seed reproduces them. */
    default Bootstrap bootstrap() {
        return basis().bootstrap();
    }
}
