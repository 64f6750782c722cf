package org.plmfrontier.fitting.curve;

/**
 * Which steps of a long curve are kept: all up to {@code perOctave}, and then every second, fourth, eighth ... so that
 * each doubling of the step holds at most {@code perOctave} points. Since the choice depends on the step alone, the kept
 * points do not depend on the order of arrival. The spacing in ln(step) is at most {@code 1 / perOctave}, so a
 * curve whose second derivative over ln(step) stays below k is interpolated between kept points with an error of at most
 * {@code k / (8 perOctave^2)}.
 *
 * @param perOctave most points per doubling of the step
 */
public record StepThinning(int perOctave) {
    /** 2,048 per doubling: a million steps keep about 20,000 points, 1 MB. */
    public static final StepThinning USUAL = new StepThinning(2048);

    /** Keeps every step. */
    public static final StepThinning NONE = new StepThinning(Integer.MAX_VALUE);

    public StepThinning {
        if (perOctave < 16) {
            throw new IllegalArgumentException("perOctave must be at least 16, got " + perOctave);
        }
    }

    /** Whether the step is kept wherever it stands in the curve; a curve's last point is kept anyway. */
    public boolean keeps(long step) {
        return step % stride(step) == 0;
    }

    /** Distance between kept steps around this step, a power of two. */
    public long stride(long step) {
        return Math.max(1, Long.highestOneBit((step - 1) / perOctave));
    }
}
