package org.plmfrontier.fitting.analysis;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.plateau.LearningRates;
import org.plmfrontier.fitting.plateau.PlateauRule;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** The data of a study and what several methods compute from them, each at most once. For one thread. */
public final class StudyAnalysis {
    private final StudyData data;
    private final Bootstrap bootstrap;
    private final Function<SmoothedCurve, PlateauVerdict> judge;
    private @Nullable FitOutcome<EnvelopeFrontier> envelope;

    /** An analysis that judges each curve by itself. */
    public StudyAnalysis(StudyData data, Bootstrap bootstrap) {
        this(data, bootstrap, curve -> PlateauRule.judge(curve, LearningRates.of(curve.run()), bootstrap));
    }

    /**
     * An analysis.
     *
     * @param bootstrap of all intervals
     * @param judge the verdict on a curve, where it is known already
     */
    public StudyAnalysis(StudyData data, Bootstrap bootstrap, Function<SmoothedCurve, PlateauVerdict> judge) {
        this.data = Objects.requireNonNull(data, "data");
        this.bootstrap = Objects.requireNonNull(bootstrap, "bootstrap");
        this.judge = Objects.requireNonNull(judge, "judge");
    }

    StudyData data() {
        return data;
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    PlateauVerdict verdictOn(SmoothedCurve curve) {
        return judge.apply(curve);
    }

    /** Approach 1, which the frontier and L(C) rest on. */
    public FitOutcome<EnvelopeFrontier> envelope() {
        if (envelope == null) {
            envelope = Approach1.fit(data.curves(), bootstrap);
        }
        return envelope;
    }
}
