package org.plmfrontier.fitting.prediction;

import java.util.Objects;

/** A record of the topic forecasts; its time is that at which the broker appended it. */
public record SealedPrediction(Prediction prediction, Seal seal) {
    public SealedPrediction {
        Objects.requireNonNull(prediction, "prediction");
        Objects.requireNonNull(seal, "seal");
    }
}
