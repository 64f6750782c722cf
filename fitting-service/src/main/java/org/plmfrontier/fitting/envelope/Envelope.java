package org.plmfrontier.fitting.envelope;

import java.util.List;
import org.plmfrontier.fitting.curve.Domain;

/**
 * The lower envelope of smoothed curves.
 *
 * @param domain FLOPs between the first and the last point of any run
 * @param points the best run at each grid value that some run covers, ascending
 */
record Envelope(Domain domain, List<EnvelopePoint> points) {
    Envelope {
        points = List.copyOf(points);
    }
}
