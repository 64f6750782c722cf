package org.plmfrontier.fitting.analysis;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.plmfrontier.fitting.form.HoffmannForm;
import org.plmfrontier.fitting.form.InteractionForm;
import org.plmfrontier.fitting.form.KaplanForm;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * The registry of methods: what each answers, who asks for it, and how it is computed. A method that is not here does not
 * exist for the command line, REST and the page.
 */
public final class Methods {

    /** What a method answers. */
    public enum Answers {
        /** How to divide compute between N and D. */
        FRONTIER,
        /** How the loss falls. */
        LOSS,
        /** Whether the loss has stopped falling. */
        VERDICTS
    }

    /** When a method is computed without being asked for. */
    private enum Asked {
        /** With every file and at each fit of a study. */
        ALWAYS,
        /** At each fit of a study. */
        LIVE,
        /** At each fit of a study whose runs repeat data. */
        LIVE_REPEATED,
        /** Never. */
        BY_NAME
    }

    /** How a method is computed. */
    private interface Computation {
        FitOutcome<MethodFit> of(StudyAnalysis study);
    }

    private record Entry(Answers answers, Asked asked, Computation computation) {}

    private static final Map<Method, Entry> ENTRIES = new EnumMap<>(Map.ofEntries(
            entry(Method.A1, Answers.FRONTIER, Asked.ALWAYS, EnvelopeAnswer::of),
            entry(Method.A1_PAPER, Answers.FRONTIER, Asked.BY_NAME, EnvelopeAnswer::asPublished),
            entry(Method.A2, Answers.FRONTIER, Asked.ALWAYS, ParabolaAnswer::of),
            surface(Method.A3, Asked.ALWAYS, new HoffmannForm()),
            surface(Method.KAPLAN, Asked.ALWAYS, new KaplanForm()),
            surface(Method.INTERACTION, Asked.BY_NAME, new InteractionForm()),
            entry(Method.PLATEAU, Answers.VERDICTS, Asked.ALWAYS, VerdictsAnswer::of),
            entry(Method.LN, Answers.LOSS, Asked.LIVE, LossLaws::ofSize),
            entry(Method.LC, Answers.LOSS, Asked.LIVE, LossLaws::ofCompute),
            entry(Method.REPEATED, Answers.LOSS, Asked.LIVE_REPEATED, LossLaws::ofRepetition),
            entry(Method.OPTIMA, Answers.FRONTIER, Asked.BY_NAME, OptimaLaws::ofLosses)));

    private Methods() {}

    private static Map.Entry<Method, Entry> entry(
            Method method, Answers answers, Asked asked, Computation computation) {
        return Map.entry(method, new Entry(answers, asked, computation));
    }

    private static Map.Entry<Method, Entry> surface(Method method, Asked asked, LossForm form) {
        Approach3 approach = new Approach3(form, Approach3.USUAL_DELTA);
        return entry(method, Answers.FRONTIER, asked, study -> SurfaceAnswer.of(study, method, approach));
    }

    /** The methods that every file is asked: those of the frontier, and the verdicts. */
    public static Set<Method> usual() {
        return all(entry -> entry.asked() == Asked.ALWAYS);
    }

    /** The methods that a study is asked at each fit, where its data have what they need. */
    public static Set<Method> live() {
        return all(entry -> entry.asked() != Asked.BY_NAME);
    }

    /** Those of {@link #live()} that have anything to say of these data. */
    public static Set<Method> live(StudyData data) {
        return all(entry -> entry.asked() != Asked.BY_NAME
                && (entry.asked() != Asked.LIVE_REPEATED || data.repeated().isRepeated()));
    }

    /** Those of {@link #live()} that answer this. */
    public static Set<Method> live(Answers answers) {
        Set<Method> live = live();
        live.removeIf(method -> answers(method) != answers);
        return live;
    }

    /** What a method answers. */
    public static Answers answers(Method method) {
        return entry(method).answers();
    }

    /**
     * The method's answer. Data on which it computes an impossible number are its failure and nobody else's; resamples that
     * all give the same exponent are no sign of certainty and no answer.
     */
    public static FitOutcome<MethodFit> fit(Method method, StudyAnalysis study) {
        try {
            return entry(method).computation().of(study).flatMap(Methods::withWidth);
        } catch (IllegalArgumentException impossible) {
            return FitOutcome.notConverged(method.label() + " broke off on these data: " + impossible.getMessage());
        }
    }

    /**
     * A fit whose intervals have widths. Resamples that all give the same are no sign of certainty: the losses lie on the law
     * exactly, or none of them moves the number. Not identifiable where that is an exponent; other estimates are left out.
     */
    static FitOutcome<MethodFit> withWidth(MethodFit fit) {
        return fit.frontier().stream()
                .flatMap(frontier -> Arrays.asList(frontier.a(), frontier.b()).stream())
                .filter(exponent -> !(exponent.width() > 0))
                .findFirst()
                .<FitOutcome<MethodFit>>map(
                        exponent -> FitOutcome.notIdentifiable("all resamples give the same exponent, "
                                + exponent.value() + ", so nothing tells how far it can be trusted"))
                .orElseGet(() -> FitOutcome.fitted(fit.withoutEmptyIntervals()));
    }

    private static Entry entry(Method method) {
        Entry entry = ENTRIES.get(method);
        if (entry == null) {
            throw new IllegalStateException("method " + method.label() + " is not registered");
        }
        return entry;
    }

    private static Set<Method> all(Predicate<Entry> wanted) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        ENTRIES.forEach((method, entry) -> {
            if (wanted.test(entry)) {
                methods.add(method);
            }
        });
        return methods;
    }
}
