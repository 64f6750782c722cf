package org.plmfrontier.fitting.study;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;

/** Where a run comes from: a plan of the suite, or a file. */
public sealed interface Origin {

    /** Label for people. */
    String name();

    /** N in the convention of the study. */
    double parameters();

    /**
     * What may be fitted together: losses of different families are different quantities, so a frontier never mixes
     * them. Of a planned run the kind of model, of an imported one the file's group.
     */
    String family();

    /** The plan of a run of the suite. */
    default Optional<RunSpec> spec() {
        return Optional.empty();
    }

    /** A run that the dataset service planned. */
    record Planned(RunSpec plan) implements Origin {
        public Planned {
            Objects.requireNonNull(plan, "plan");
        }

        @Override
        public String name() {
            return plan.name();
        }

        @Override
        public double parameters() {
            return ParameterCount.of(plan.shape()).table6();
        }

        @Override
        public String family() {
            return plan.shape().family().name();
        }

        @Override
        public Optional<RunSpec> spec() {
            return Optional.of(plan);
        }
    }

    /**
     * A run from a file.
     *
     * @param name the file's name of the run
     * @param parameters N as the file gives it
     * @param group the file's group; empty where it has none
     * @param computedFlops whether C of the run is 6 N D and not the file's; null where an older version imported it
     * @param ordinal place of the run among those of the file, as it first names them; null where an older version imported it
     */
    record Imported(
            String name,
            double parameters,
            String group,
            @Nullable Boolean computedFlops,
            @Nullable Integer ordinal) implements Origin {
        /** The family of files that name no group. */
        public static final String UNGROUPED = "imported";

        public Imported {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(group, "group");
            if (!(parameters > 0) || Double.isInfinite(parameters)) {
                throw new IllegalArgumentException(
                        "parameters of run " + name + " must be positive and finite, got " + parameters);
            }
        }

        /** A run of which nothing is known of its C but the file's. */
        public Imported(String name, double parameters, String group) {
            this(name, parameters, group, null, null);
        }

        @Override
        public String family() {
            return group.isEmpty() ? UNGROUPED : group;
        }
    }
}
