package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.frontier.Budgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.regression.ResampledPowerLaw;
import org.plmfrontier.fitting.table.OptimaTable;

/** The power laws N_opt ~ C^a and D_opt ~ C^b through a table of optima, whose losses are not known. */
public final class OptimaLaws {
    private OptimaLaws() {}

    /**
     * Fits a table of one group. Where it has no D_opt, C = 6 N D gives it, and a flag says so.
     *
     * @throws IllegalArgumentException if the table has several groups
     */
    public static FitOutcome<MethodFit> of(OptimaTable table, Bootstrap bootstrap) {
        if (table.groups().size() > 1) {
            throw new IllegalArgumentException("the table has the groups " + String.join(", ", table.groups())
                    + ", which must not be mixed in one fit: choose one");
        }
        List<OptimaTable.Row> rows = table.rows();
        double[] flops =
                rows.stream().mapToDouble(OptimaTable.Row::computeFlops).toArray();
        double[] parameters =
                rows.stream().mapToDouble(OptimaTable.Row::parameters).toArray();
        boolean given = rows.stream().allMatch(row -> row.tokens().isPresent());
        double[] tokens = rows.stream()
                .mapToDouble(row -> row.tokens().orElse(row.computeFlops() / (6 * row.parameters())))
                .toArray();
        double[] ratio = IntStream.range(0, tokens.length)
                .mapToDouble(i -> tokens[i] / parameters[i])
                .toArray();
        return ResampledPowerLaw.through(flops, parameters, bootstrap)
                .flatMap(n -> ResampledPowerLaw.through(flops, tokens, bootstrap)
                        .flatMap(d -> ResampledPowerLaw.through(flops, ratio, bootstrap)
                                .map(r -> fit(new Laws(n, d, r), flops, given, bootstrap))));
    }

    /** Losses are no optima. */
    static FitOutcome<MethodFit> ofLosses(StudyAnalysis study) {
        return FitOutcome.notIdentifiable(
                "optima is fitted to a table of optima, columns C and N_opt, and this is none");
    }

    /** N, D and D over N as functions of C. */
    private record Laws(ResampledPowerLaw parameters, ResampledPowerLaw tokens, ResampledPowerLaw ratio) {}

    private static MethodFit fit(Laws laws, double[] flops, boolean given, Bootstrap bootstrap) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnNCoefficient", laws.parameters().law().lnCoefficient());
        coefficients.put("lnDCoefficient", laws.tokens().law().lnCoefficient());
        return new FrontierFit(
                Method.OPTIMA,
                Coefficients.of(coefficients),
                new Frontier(
                        points(laws, flops),
                        laws.parameters().exponent(),
                        laws.tokens().exponent(),
                        Optional.empty()),
                Optional.empty(),
                new Basis(Convention.IMPORTED, flops.length, List.of(), flags(laws, flops, given), bootstrap));
    }

    private static List<FrontierPoint> points(Laws laws, double[] flops) {
        Domain domain = new Domain(
                Arrays.stream(flops).min().orElseThrow(),
                Arrays.stream(flops).max().orElseThrow());
        return Arrays.stream(Budgets.within(domain))
                .mapToObj(budget -> new FrontierPoint(
                        budget,
                        laws.parameters().at(budget),
                        laws.tokens().at(budget),
                        laws.ratio().at(budget),
                        FitOutcome.notIdentifiable("a table of optima has no losses")))
                .toList();
    }

    private static List<Flag> flags(Laws laws, double[] flops, boolean given) {
        List<Flag> flags = new ArrayList<>();
        if (!given) {
            flags.add(new Flag("D_BY_SIX_ND", "the table has no D_opt for each row: D is C / (6 N)"));
        }
        long budgets = Arrays.stream(flops).distinct().count();
        if (budgets < flops.length) {
            flags.add(new Flag(
                    "SEVERAL_PER_BUDGET",
                    flops.length + " optima stand at " + budgets
                            + " different C; if a column tells kinds of them apart, fit one"
                            + " kind with --columns group=HEADER --group NAME"));
        }
        if (laws.parameters().isExact()) {
            flags.add(new Flag(
                    "ON_THE_LAW",
                    "the optima lie on one power law to three digits, as values of a formula do: the interval is that of"
                            + " rounding"));
        }
        return flags;
    }
}
