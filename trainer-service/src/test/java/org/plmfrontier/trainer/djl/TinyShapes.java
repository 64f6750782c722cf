package org.plmfrontier.trainer.djl;

import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;

/** A shape of each family that trains in milliseconds. */
final class TinyShapes {
    private TinyShapes() {}

    static ModelShape of(Family family) {
        return of(family, 2);
    }

    static ModelShape of(Family family, int layers) {
        return switch (family) {
            case ESM2 -> ModelShape.esm2(layers, 32, 2);
            case CAUSAL -> ModelShape.causal(layers, 32, 2);
            case LSTM -> ModelShape.lstm(layers, 24, 32);
            case MODERN -> ModelShape.modern(layers, 32, 2).withQkNorm();
            case MODERN_CAUSAL -> ModelShape.modernCausal(layers, 32, 2);
        };
    }
}
