package org.plmfrontier.launcher.fit;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.analysis.OptimaLaws;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.OptimaTable;

/**
 * The answers of the asked methods for one file.
 *
 * @param answers by method, in the order of {@link Method}
 * @param findings what is wrong with the file, by line
 */
public record FileFit(Map<Method, FitOutcome<MethodFit>> answers, List<Finding> findings) {
    private static final String NO_LOSSES =
            "the file is a table of optima (C and N_opt) without losses, which --method optima fits";

    public FileFit {
        findings = List.copyOf(findings);
    }

    /**
     * Reads and fits a file.
     *
     * @param group the group to fit where the file has several
     * @param methods none for the usual ones; a table of optima is always fitted by {@link Method#OPTIMA}
     * @throws BadInputException where the file is no table of losses or optima, or holds no usable row
     */
    public static FileFit of(LossFile file, @Nullable String group, Collection<Method> methods, Bootstrap bootstrap)
            throws BadInputException {
        try {
            return switch (file.read()) {
                case LossTable losses -> of(file, losses, group, methods, bootstrap);
                case OptimaTable optima -> of(file, optima.group(group), group, methods, bootstrap);
            };
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file.file() + ": " + e.getMessage(), e);
        }
    }

    /** Whether every asked method answered. */
    public boolean isComplete() {
        return answers.values().stream().allMatch(answer -> answer.result().isPresent());
    }

    private static FileFit of(
            LossFile file, LossTable all, @Nullable String group, Collection<Method> methods, Bootstrap bootstrap)
            throws BadInputException {
        LossTable table = group == null ? all : all.group(group);
        if (table.rows().isEmpty()) {
            throw unusable(file, table.findings(), group);
        }
        Collection<Method> asked = methods.isEmpty() ? Methods.usual() : methods;
        return new FileFit(Analyses.fit(TableStudy.of(table), asked, bootstrap), table.findings());
    }

    private static FileFit of(
            LossFile file, OptimaTable table, @Nullable String group, Collection<Method> methods, Bootstrap bootstrap)
            throws BadInputException {
        if (table.rows().isEmpty()) {
            throw unusable(file, table.findings(), group);
        }
        Map<Method, FitOutcome<MethodFit>> answers = new EnumMap<>(Method.class);
        methods.forEach(method -> answers.put(method, FitOutcome.notIdentifiable(NO_LOSSES)));
        answers.put(Method.OPTIMA, OptimaLaws.of(table, bootstrap));
        return new FileFit(answers, table.findings());
    }

    static BadInputException unusable(LossFile file, List<Finding> findings, @Nullable String group) {
        Optional<Finding> first =
                findings.stream().filter(finding -> finding.kind().isFatal()).findFirst();
        String sentence = file.file() + " holds no usable row" + (group == null ? "" : " in group '" + group + "'")
                + first.map(finding -> ": " + finding.sentence()).orElse("");
        return new BadInputException(
                sentence,
                null,
                first.map(finding -> new BadInputException.Place(finding.line(), finding.column()))
                        .orElse(null));
    }
}
