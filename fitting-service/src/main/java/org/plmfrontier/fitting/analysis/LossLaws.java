package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.regression.PlainLaw;
import org.plmfrontier.fitting.repeated.RepeatedDataFit;

/** The laws that say how the loss falls without saying how to divide compute: L(N), L(C), and what repeated data are worth. */
final class LossLaws {
    private static final int FEWEST_SIZES = 4;
    /** Token counts that differ by less count as equal. */
    private static final double SAME_TOKENS = 1.01;

    private LossLaws() {}

    /**
     * L(N) at the largest token count that at least four sizes reached: at one D, surfaces of Hoffmann's form are exactly a
     * power law of N with a floor. Coefficient {@code tokens} is that D.
     */
    static FitOutcome<MethodFit> ofSize(StudyAnalysis study) {
        Observations losses = study.data().observations();
        OptionalDouble most = Arrays.stream(losses.tokens())
                .filter(tokens -> sizesAt(losses, tokens) >= FEWEST_SIZES)
                .max();
        if (most.isEmpty()) {
            return FitOutcome.notIdentifiable(
                    "no token count was reached by " + FEWEST_SIZES + " sizes, so none gives a law of N alone");
        }
        int[] rows = near(losses, most.getAsDouble());
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("tokens", most.getAsDouble());
        return PlainLaw.fit(
                        Arrays.stream(rows).mapToObj(i -> losses.run()[i]).toArray(String[]::new),
                        Arrays.stream(rows)
                                .mapToDouble(i -> losses.parameters()[i])
                                .toArray(),
                        Arrays.stream(rows)
                                .mapToDouble(i -> losses.lossNats()[i])
                                .toArray(),
                        study.bootstrap())
                .map(law -> plain(study.data(), Method.LN, coefficients, law));
    }

    /** L(C) along the envelope. */
    static FitOutcome<MethodFit> ofCompute(StudyAnalysis study) {
        return study.envelope()
                .flatMap(EnvelopeFrontier::lossLaw)
                .map(law -> plain(study.data(), Method.LC, new LinkedHashMap<>(), law));
    }

    /** Muennighoff's law: Hoffmann's surface of data seen once, and the decays of repetition. */
    static FitOutcome<MethodFit> ofRepetition(StudyAnalysis study) {
        return RepeatedDataFit.of(study.data().repeated(), study.bootstrap()).map(fit -> repetition(study.data(), fit));
    }

    private static MethodFit repetition(StudyData study, RepeatedDataFit fit) {
        HoffmannLaw fresh = fit.law().fresh();
        Map<String, Double> coefficients = new LinkedHashMap<>(fresh.coefficients());
        coefficients.put("RD", fit.law().tokenDecay());
        coefficients.put("RN", fit.law().parameterDecay());
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put("RD", fit.tokenDecay());
        estimates.put("RN", fit.parameterDecay());
        return new LossLawFit(
                Method.REPEATED,
                new Coefficients(coefficients, estimates),
                fit.convergence(),
                new Basis(study.convention(), fit.used(), study.excluded(), flags(fit), fit.bootstrap()));
    }

    private static List<Flag> flags(RepeatedDataFit fit) {
        List<Flag> flags = new ArrayList<>();
        fit.others().stream()
                .findFirst()
                .ifPresent(other -> flags.add(new Flag(
                        "SECOND_BASIN",
                        String.format(
                                Locale.ROOT,
                                "the decays R_D* %.3g and R_N* %.3g fit within 10 %% as well",
                                other.tokenDecay(),
                                other.parameterDecay()))));
        if (fit.unbounded() > 0) {
            flags.add(new Flag(
                    "DECAY_UNBOUNDED",
                    String.format(
                            Locale.ROOT,
                            "in %.0f %% of the resamples a decay has no upper bound; 10000 stands for it",
                            100 * fit.unbounded())));
        }
        return flags;
    }

    private static MethodFit plain(StudyData study, Method method, Map<String, Double> coefficients, PlainLaw law) {
        coefficients.put("E", law.floor().value());
        coefficients.put("lnA", law.lnAmplitude().value());
        coefficients.put("exponent", law.exponent().value());
        coefficients.put("residualNats", law.residualNats());
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put("E", law.floor());
        estimates.put("lnA", law.lnAmplitude());
        estimates.put("exponent", law.exponent());
        return new LossLawFit(
                method,
                new Coefficients(coefficients, estimates),
                law.convergence(),
                new Basis(study.convention(), law.used(), study.excluded(), List.of(), law.bootstrap()));
    }

    private static long sizesAt(Observations losses, double tokens) {
        return Arrays.stream(near(losses, tokens))
                .mapToDouble(i -> losses.parameters()[i])
                .distinct()
                .count();
    }

    /** The losses at no more tokens than these, and no fewer than 1 % less. */
    private static int[] near(Observations losses, double tokens) {
        return IntStream.range(0, losses.size())
                .filter(i -> losses.tokens()[i] <= tokens && losses.tokens()[i] * SAME_TOKENS >= tokens)
                .toArray();
    }
}
