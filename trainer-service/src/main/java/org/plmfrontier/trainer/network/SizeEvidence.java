package org.plmfrontier.trainer.network;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The tensors of a file that show its sizes, by their names in the file.
 *
 * @param embedding token embedding, [tokens][dModel]
 * @param feedForward a matrix of the first layer with {@code rowsPerUnit * ffnSize} rows
 * @param layer a tensor of each layer; its first group is the layer's number
 */
public record SizeEvidence(String embedding, String feedForward, int rowsPerUnit, Pattern layer) {
    public SizeEvidence {
        Objects.requireNonNull(embedding, "embedding");
        Objects.requireNonNull(feedForward, "feedForward");
        Objects.requireNonNull(layer, "layer");
        if (rowsPerUnit <= 0) {
            throw new IllegalArgumentException("rowsPerUnit must be positive, got " + rowsPerUnit);
        }
    }
}
