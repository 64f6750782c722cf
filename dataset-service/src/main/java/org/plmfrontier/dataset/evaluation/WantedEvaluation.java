package org.plmfrontier.dataset.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.job.Identifiers;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * An evaluation that somebody asks for.
 *
 * @param field where it stands in the request, for messages
 * @param name unique within its study
 * @param kind what is measured
 * @param files role to absolute paths or addresses
 * @param options by name
 * @param everyPercent how far apart states within runs are wanted, in per cent of a run's compute; null for the ends of budgets alone
 */
public record WantedEvaluation(
        String field,
        String name,
        EvaluationKind kind,
        Map<String, List<String>> files,
        Map<String, String> options,
        @Nullable Double everyPercent) {
    /** @throws RefusedException where a role is missing or unknown, or an option is, naming the field */
    public WantedEvaluation {
        try {
            Identifiers.require(field + ".name", name);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(field + ".name", String.valueOf(e.getMessage()));
        }
        if (everyPercent != null
                && !(everyPercent >= PlannedEvaluation.LEAST_PERCENT
                        && everyPercent <= PlannedEvaluation.MOST_PERCENT)) {
            throw new RefusedException(
                    field + ".everyPercent",
                    "%s.everyPercent must be from %.0f to %.0f per cent of a run's compute, got %s"
                            .formatted(
                                    field,
                                    PlannedEvaluation.LEAST_PERCENT,
                                    PlannedEvaluation.MOST_PERCENT,
                                    everyPercent));
        }
        files = new TreeMap<>(files);
        options = new TreeMap<>(options);
        for (String role : kind.roles()) {
            if (files.getOrDefault(role, List.of()).isEmpty()) {
                throw new RefusedException(
                        field + ".files." + role,
                        field + ".files." + role + " is missing: " + kind.text() + " needs files for " + kind.roles());
            }
        }
        for (String role : files.keySet()) {
            if (!kind.roles().contains(role) && !kind.furtherRoles().contains(role)) {
                throw new RefusedException(
                        field + ".files." + role,
                        field + ".files." + role + " is unknown: " + kind.text() + " has files for " + kind.roles()
                                + (kind.furtherRoles().isEmpty() ? "" : " and perhaps " + kind.furtherRoles()));
            }
        }
        for (Map.Entry<String, String> given : options.entrySet()) {
            String option = given.getKey();
            if (!kind.options().contains(option)) {
                throw new RefusedException(
                        field + ".options." + option,
                        field + ".options." + option + " is unknown: " + kind.text() + " has "
                                + kind.options().stream().sorted().toList());
            }
            Optional<String> problem = kind.form(option).problem(given.getValue());
            if (problem.isPresent()) {
                throw new RefusedException(
                        field + ".options." + option, field + ".options." + option + " " + problem.get());
            }
        }
        if (files.isEmpty()) {
            throw new RefusedException(
                    field + ".files",
                    field + ".files is missing: " + kind.text() + " needs files for some of " + kind.furtherRoles());
        }
    }
}
