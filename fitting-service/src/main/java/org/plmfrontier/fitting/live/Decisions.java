package org.plmfrontier.fitting.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.forecast.DecidingRun;
import org.plmfrontier.fitting.forecast.DecidingRuns;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.parametric.Observations;

/** The runs that would decide, kept for the questions that were asked last: each takes about half a second. Thread-safe. */
public final class Decisions {
    private static final int KEPT = 64;

    private final Map<Question, List<DecidingRun>> made = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Question(Forecaster forecaster, double budgetFlops, double mostTokens) {}

    /**
     * Of which each alone would make the answer for a budget more certain.
     *
     * @param mostTokens that a run may train on
     */
    public synchronized List<DecidingRun> of(Forecaster forecaster, double budgetFlops, double mostTokens) {
        Question question = new Question(forecaster, budgetFlops, mostTokens);
        List<DecidingRun> known = made.get(question);
        if (known == null) {
            known = DecidingRuns.of(forecaster, budgetFlops, mostTokens);
            made.put(question, known);
            if (made.size() > KEPT) {
                made.remove(made.keySet().iterator().next());
            }
        }
        return known;
    }

    /** With which together there would be losses enough for a forecast; none where nothing is trained. */
    public static List<DecidingRun> first(Observations finals) {
        int known = finals.parameters().length;
        return known == 0 || known >= Forecaster.FEWEST
                ? List.of()
                : DecidingRuns.first(finals.parameters(), finals.tokens());
    }
}
