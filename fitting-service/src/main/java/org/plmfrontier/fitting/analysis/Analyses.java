package org.plmfrontier.fitting.analysis;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plmfrontier.fitting.frontier.Consensus;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Runs the methods by name. */
public final class Analyses {
    private Analyses() {}

    /** Every asked method's answer, in the order of {@link Method}. */
    public static Map<Method, FitOutcome<MethodFit>> fit(
            StudyData study, Collection<Method> methods, Bootstrap bootstrap) {
        StudyAnalysis analysis = new StudyAnalysis(study, bootstrap);
        Map<Method, FitOutcome<MethodFit>> answers = new EnumMap<>(Method.class);
        for (Method method : methods) {
            answers.put(method, Methods.fit(method, analysis));
        }
        return answers;
    }

    /** One method's answer. */
    public static FitOutcome<MethodFit> fit(StudyData study, Method method, Bootstrap bootstrap) {
        return Methods.fit(method, new StudyAnalysis(study, bootstrap));
    }

    /** What all methods that answered say about a budget, and whether they agree. */
    public static Consensus at(double budgetFlops, Map<Method, FitOutcome<MethodFit>> answers) {
        return Consensus.at(budgetFlops, frontiers(answers));
    }

    /** The frontiers of those methods that give one at any budget, by name. */
    public static Map<String, FitOutcome<FrontierAt>> frontiers(Map<Method, FitOutcome<MethodFit>> answers) {
        Map<String, FitOutcome<FrontierAt>> frontiers = new LinkedHashMap<>();
        answers.forEach((method, answer) -> {
            if (Methods.answers(method) == Methods.Answers.FRONTIER) {
                frontiers.put(method.label(), answer.flatMap(fit -> frontier(method, fit)));
            }
        });
        return frontiers;
    }

    private static FitOutcome<FrontierAt> frontier(Method method, MethodFit fit) {
        return fit.frontier()
                .flatMap(Frontier::at)
                .map(FitOutcome::fitted)
                .orElseGet(() -> FitOutcome.notIdentifiable(method.label() + " gives no frontier"));
    }
}
