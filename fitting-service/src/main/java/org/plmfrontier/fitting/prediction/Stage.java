package org.plmfrontier.fitting.prediction;

import java.util.Arrays;
import java.util.Optional;

/** How far a run is when its final loss is forecast. */
public enum Stage {
    /** It is planned. */
    SUBMITTED(0),
    /** It has spent a tenth of its compute. */
    TENTH(10),
    /** It has spent 30 %. */
    THIRTY(30),
    /** It has spent 60 %. */
    SIXTY(60);

    private final int percent;

    Stage(int percent) {
        this.percent = percent;
    }

    /** Least share of the planned compute, per cent. */
    public int percent() {
        return percent;
    }

    /**
     * The last stage that a run has reached.
     *
     * @param computeShare spent FLOPs over planned ones, not negative
     */
    public static Stage at(double computeShare) {
        Stage reached = SUBMITTED;
        for (Stage stage : values()) {
            if (100 * computeShare >= stage.percent) {
                reached = stage;
            }
        }
        return reached;
    }

    /** The stage of that per cent. */
    public static Optional<Stage> ofPercent(int percent) {
        return Arrays.stream(values()).filter(stage -> stage.percent == percent).findFirst();
    }
}
