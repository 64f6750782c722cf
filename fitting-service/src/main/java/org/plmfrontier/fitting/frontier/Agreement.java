package org.plmfrontier.fitting.frontier;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * One quantity by every method that answers, and what they say together: a number only where at least two answer and one
 * value lies within the intervals of all. It is then the mean of their values with the hull of their intervals, since the
 * methods read the same data and agreement narrows nothing.
 *
 * @param answers by method, in the order asked
 * @param together the common answer, or why there is none
 */
public record Agreement(Map<String, Estimate> answers, FitOutcome<Estimate> together) {
    public Agreement {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /**
     * Compares the answers.
     *
     * @param quantity its name, for the reason
     */
    public static Agreement on(String quantity, Map<String, Estimate> answers) {
        return new Agreement(answers, together(quantity, answers));
    }

    private static FitOutcome<Estimate> together(String quantity, Map<String, Estimate> answers) {
        if (answers.size() < 2) {
            return tooFew(answers);
        }
        String apart = apart(quantity, answers);
        if (!apart.isEmpty()) {
            return FitOutcome.notIdentifiable("the methods do not agree: " + apart);
        }
        double mean =
                answers.values().stream().mapToDouble(Estimate::value).average().orElseThrow();
        return FitOutcome.fitted(new Estimate(
                mean,
                lowest(answers),
                highest(answers),
                answers.values().iterator().next().level()));
    }

    /** Why fewer than two methods are no consensus. */
    static <T> FitOutcome<T> tooFew(Map<String, ?> answers) {
        return FitOutcome.notIdentifiable("a consensus needs two methods that answer, "
                + (answers.isEmpty()
                        ? "none does"
                        : "only " + answers.keySet().iterator().next() + " does"));
    }

    /** Empty where one value lies in all intervals, else which method gives which interval. */
    static String apart(String quantity, Map<String, Estimate> answers) {
        double highestLow =
                answers.values().stream().mapToDouble(Estimate::low).max().orElseThrow();
        double lowestHigh =
                answers.values().stream().mapToDouble(Estimate::high).min().orElseThrow();
        if (highestLow <= lowestHigh) {
            return "";
        }
        return quantity + " is "
                + answers.entrySet().stream()
                        .map(answer -> String.format(
                                Locale.ROOT,
                                "%.3g to %.3g by %s",
                                answer.getValue().low(),
                                answer.getValue().high(),
                                answer.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** Lower end of the hull of all intervals. */
    static double lowest(Map<String, Estimate> answers) {
        return answers.values().stream().mapToDouble(Estimate::low).min().orElseThrow();
    }

    /** Upper end of the hull of all intervals. */
    static double highest(Map<String, Estimate> answers) {
        return answers.values().stream().mapToDouble(Estimate::high).max().orElseThrow();
    }
}
