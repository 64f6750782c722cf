package org.plmfrontier.fitting.prediction;

import java.util.Objects;
import org.plmfrontier.fitting.study.Offsets;

/**
 * What a prediction rests on, so that it can be computed again.
 *
 * @param log id of the topic of training events
 * @param asOf offsets of that topic, as {@code asOf} of every answer: all events of the study before them count, and no other
 * @param codeVersion of the code that computed it, see {@link CodeVersion}
 * @param seed of the forecaster
 */
public record Seal(String log, String asOf, String codeVersion, long seed) {
    public Seal {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(codeVersion, "codeVersion");
        if (Offsets.parse(asOf).isEmpty()) {
            throw new IllegalArgumentException("asOf is empty");
        }
    }
}
