package org.plmfrontier.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.repeated.RepeatedData;
import org.plmfrontier.fitting.repeated.RepeatedDataFit;

/**
 * Prints how often 95 % intervals cover the truth on planted studies of 24, 60 and 240 losses: of the exponent a and of N_opt,
 * D_opt and the loss at a budget within the compute observed, of every method that answers for a budget, and of the laws of
 * the loss alone. An honest interval covers in about 95 % of the studies; each of a thousand is known to 1.4 %.
 */
public final class CoverageTable {
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 200;
    private static final double RELATIVE_NOISE = 0.002;
    private static final double NOISE_NATS = 0.01;
    private static final double RUN_NATS = 0.003;
    private static final double POINT_NATS = 0.02;
    /** Within the observed compute. */
    private static final double BUDGET_FLOPS = 1e18;

    private static final int[][] SHAPES = {{6, 4}, {10, 6}, {20, 12}};

    private record Row(String method, String design, LossSurface truth, LongToStudy study, Method asked) {}

    /** A study from a seed. */
    private interface LongToStudy {
        StudyData from(long seed);
    }

    private CoverageTable() {}

    /**
     * Studies per row, 1,000 where absent, and the first seed, 1 where absent: an interval that was tried on some seeds is to
     * be judged by others.
     */
    public static void main(String[] args) {
        int studies = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        System.out.printf(
                Locale.ROOT,
                "%d studies per row, seeds %d to %d, %d resamples; N_opt, D_opt and loss at %.0e FLOPs%n",
                studies,
                first,
                first + studies - 1,
                RESAMPLES,
                BUDGET_FLOPS);
        System.out.println("| method | losses | a covered, median width | N_opt, width in ln N | D_opt, width in ln D |"
                + " loss, width in nats | no answer |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Row row : frontiers()) {
            printFrontier(row, first, studies);
        }
        System.out.println();
        System.out.println("| law of the loss | losses | floor covered, median width | exponent, width | no answer |");
        System.out.println("|---|---|---|---|---|");
        for (int[] shape : SHAPES) {
            printLaws(shape, first, studies);
        }
        printRepetition(first, Math.max(1, studies / 10));
    }

    private static List<Row> frontiers() {
        List<Row> rows = new ArrayList<>();
        for (int[] shape : SHAPES) {
            String grid = shape[0] * shape[1] + ": " + shape[0] + " sizes x " + shape[1];
            rows.add(new Row(
                    "a1",
                    grid + " budgets on one curve each",
                    PlantedStudy.TRUTH,
                    seed -> ofCurves(PlantedStudy.smoothed(shape[0], RUN_NATS, POINT_NATS, seed)),
                    Method.A1));
            rows.add(new Row(
                    "a2",
                    grid + " equal budgets",
                    PlantedStudy.TRUTH,
                    seed -> ofProfiles(PlantedStudy.equalCompute(shape[0], shape[1], NOISE_NATS, seed)),
                    Method.A2));
            rows.add(
                    new Row("a3", grid + " budgets", PlantedStudy.TRUTH, finals(PlantedStudy.TRUTH, shape), Method.A3));
            rows.add(new Row(
                    "kaplan",
                    grid + " budgets",
                    PlantedStudy.KAPLAN_TRUTH,
                    finals(PlantedStudy.KAPLAN_TRUTH, shape),
                    Method.KAPLAN));
        }
        return rows;
    }

    private static LongToStudy finals(LossSurface truth, int[] shape) {
        return seed -> ofLosses(PlantedStudy.finals(truth, shape[0], shape[1], NOISE_NATS, seed));
    }

    private static StudyData ofLosses(Observations losses) {
        return study(List.of(), losses, List.of());
    }

    private static StudyData ofCurves(List<SmoothedCurve> curves) {
        return study(curves, Observations.of(List.of()), List.of());
    }

    private static StudyData ofProfiles(List<IsoFlopProfile> profiles) {
        return study(List.of(), Observations.of(List.of()), profiles);
    }

    private static StudyData study(List<SmoothedCurve> curves, Observations losses, List<IsoFlopProfile> profiles) {
        return new StudyData(
                Convention.SIX_ND, curves, losses, new RepeatedData(losses, losses.tokens()), profiles, List.of());
    }

    private static List<Optional<MethodFit>> fits(LongToStudy study, Method method, long first, int studies) {
        return LongStream.range(first, first + studies)
                .parallel()
                .mapToObj(seed -> Analyses.fit(study.from(seed), method, new Bootstrap(RESAMPLES, LEVEL, seed))
                        .result())
                .toList();
    }

    private static void printFrontier(Row row, long first, int studies) {
        List<MethodFit> answers = fits(row.study(), row.asked(), first, studies).stream()
                .flatMap(Optional::stream)
                .toList();
        List<FrontierPoint> points = answers.stream()
                .flatMap(fit -> fit.frontier().orElseThrow().at().orElseThrow().at(BUDGET_FLOPS).result().stream())
                .toList();
        LossSurface truth = row.truth();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %.1f %% |%n",
                row.method(),
                row.design(),
                text(answers.stream().map(fit -> fit.a().orElseThrow()).toList(), truth.a(), CoverageTable::width),
                text(
                        points.stream().map(FrontierPoint::nOpt).toList(),
                        truth.parametersAt(BUDGET_FLOPS),
                        CoverageTable::lnWidth),
                text(
                        points.stream().map(FrontierPoint::dOpt).toList(),
                        truth.optimum(BUDGET_FLOPS).tokens(),
                        CoverageTable::lnWidth),
                text(
                        points.stream()
                                .flatMap(point -> point.lossNats().result().stream())
                                .toList(),
                        truth.optimum(BUDGET_FLOPS).lossNats(),
                        CoverageTable::width),
                100.0 * (studies - points.size()) / studies);
    }

    /** Along the best sizes Hoffmann's excess is C^-(alpha beta / (alpha + beta)), at one D it is N^-alpha. */
    private static void printLaws(int[] shape, long first, int studies) {
        HoffmannLaw truth = PlantedStudy.TRUTH;
        double largest = 1e10;
        printLaw(
                "ln",
                shape,
                fits(finals(truth, shape), Method.LN, first, studies),
                Math.exp(truth.lnE()) + Math.exp(truth.lnB() - truth.beta() * Math.log(largest)),
                truth.alpha());
        printLaw(
                "lc",
                shape,
                fits(
                        seed -> ofCurves(PlantedStudy.smoothed(shape[0], RUN_NATS, POINT_NATS, seed)),
                        Method.LC,
                        first,
                        studies),
                Math.exp(truth.lnE()),
                truth.alpha() * truth.beta() / (truth.alpha() + truth.beta()));
    }

    private static void printLaw(
            String name, int[] shape, List<Optional<MethodFit>> fits, double floor, double exponent) {
        List<MethodFit> answers = fits.stream().flatMap(Optional::stream).toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d: %d sizes x %d budgets | %s | %s | %.1f %% |%n",
                name,
                shape[0] * shape[1],
                shape[0],
                shape[1],
                text(estimates(answers, "E"), floor, CoverageTable::width),
                text(estimates(answers, "exponent"), exponent, CoverageTable::width),
                100.0 * (fits.size() - answers.size()) / fits.size());
    }

    private static List<Estimate> estimates(List<MethodFit> answers, String name) {
        return answers.stream()
                .flatMap(fit -> Optional.ofNullable(fit.estimates().get(name)).stream())
                .toList();
    }

    /** Muennighoff's decays. */
    private static void printRepetition(long first, int studies) {
        List<RepeatedDataFit> fits = LongStream.range(first, first + studies)
                .mapToObj(seed -> RepeatedDataFit.of(
                        PlantedStudy.repeated(RELATIVE_NOISE, seed), new Bootstrap(RESAMPLES, LEVEL, seed)))
                .flatMap(outcome -> outcome.result().stream())
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%nrepeated data, noise %.1f %%: %d of %d studies answered; R_D* %s, R_N* %s%n",
                100 * RELATIVE_NOISE,
                fits.size(),
                studies,
                text(
                        fits.stream().map(RepeatedDataFit::tokenDecay).toList(),
                        PlantedStudy.REPEATED_TRUTH.tokenDecay(),
                        CoverageTable::lnWidth),
                text(
                        fits.stream().map(RepeatedDataFit::parameterDecay).toList(),
                        PlantedStudy.REPEATED_TRUTH.parameterDecay(),
                        CoverageTable::lnWidth));
    }

    private static double width(Estimate estimate) {
        return estimate.width();
    }

    private static double lnWidth(Estimate estimate) {
        return Math.log(estimate.high() / estimate.low());
    }

    private static String text(List<Estimate> answers, double truth, Function<Estimate, Double> width) {
        if (answers.isEmpty()) {
            return "-";
        }
        long covered = answers.stream().filter(a -> a.covers(truth)).count();
        double[] widths = answers.stream().mapToDouble(width::apply).sorted().toArray();
        return String.format(Locale.ROOT, "%.1f %%, %.3f", 100.0 * covered / answers.size(), widths[widths.length / 2]);
    }
}
