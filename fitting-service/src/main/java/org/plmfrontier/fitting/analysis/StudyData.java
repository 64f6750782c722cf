package org.plmfrontier.fitting.analysis;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.repeated.RepeatedData;

/**
 * A study as the methods need it.
 *
 * @param curves smoothed curves, for the envelope and the verdicts
 * @param observations final losses, or what stands for them, for surfaces: none of many epochs
 * @param repeated the same with those of many epochs, for the worth of repetition
 * @param profiles models at equal compute, for parabolas
 * @param excluded one sentence per kind of data that was left out or condensed
 */
public record StudyData(
        Convention convention,
        List<SmoothedCurve> curves,
        Observations observations,
        RepeatedData repeated,
        List<IsoFlopProfile> profiles,
        List<String> excluded) {
    public StudyData {
        Objects.requireNonNull(convention, "convention");
        curves = List.copyOf(curves);
        Objects.requireNonNull(observations, "observations");
        Objects.requireNonNull(repeated, "repeated");
        profiles = List.copyOf(profiles);
        excluded = List.copyOf(excluded);
    }
}
