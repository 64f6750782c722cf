package org.plmfrontier.fitting.live;

import java.util.Objects;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Bootstrap;

/**
 * How a study is fitted.
 *
 * @param stiffness of the smoothing splines
 * @param bootstrap of all intervals
 */
public record FitSettings(Stiffness stiffness, Bootstrap bootstrap) {
    public FitSettings {
        Objects.requireNonNull(stiffness, "stiffness");
        Objects.requireNonNull(bootstrap, "bootstrap");
    }
}
