package org.plmfrontier.fitting.usefulness;

import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * A state of a run with its loss and a number of another kind.
 *
 * @param run id
 * @param parameters N in the convention of the study
 * @param tokens training tokens
 * @param computeFlops training FLOPs
 * @param lossNats held-out loss; null where it is not known
 * @param value the number
 * @param low lower end of its 95 % interval; null where there is none
 * @param high upper end; null exactly where {@code low} is
 */
@StagedBuilder
public record MeasuredState(
        String run,
        double parameters,
        double tokens,
        double computeFlops,
        @Nullable Double lossNats,
        double value,
        @Nullable Double low,
        @Nullable Double high) {
    public MeasuredState {
        Objects.requireNonNull(run, "run");
        if (!Double.isFinite(value) || (lossNats != null && !(lossNats > 0))) {
            throw new IllegalArgumentException("state of run " + run + " has loss " + lossNats + ", value " + value);
        }
        if ((low == null) != (high == null)) {
            throw new IllegalArgumentException("interval of run " + run + " is " + low + " to " + high);
        }
    }

    /** The loss where it is known. */
    OptionalDouble loss() {
        return lossNats == null ? OptionalDouble.empty() : OptionalDouble.of(lossNats);
    }

    /**
     * Whether both have intervals, and these share no value.
     *
     * @param wider factor on the intervals' halves, 1 for the intervals as they are
     */
    boolean isApartFrom(MeasuredState other, double wider) {
        return value > other.value ? isAbove(other, wider) : other.isAbove(this, wider);
    }

    private boolean isAbove(MeasuredState other, double wider) {
        Double mine = low;
        Double others = other.high;
        return mine != null
                && others != null
                && value - wider * (value - mine) > other.value + wider * (others - other.value);
    }
}
