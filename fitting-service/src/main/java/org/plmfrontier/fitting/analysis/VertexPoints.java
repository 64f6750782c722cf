package org.plmfrontier.fitting.analysis;

import java.util.List;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.isoflop.Vertex;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Vertices of parabolas as points of a frontier. */
final class VertexPoints {
    private VertexPoints() {}

    static List<FrontierPoint> of(List<Vertex> vertices) {
        return vertices.stream()
                .map(v -> new FrontierPoint(
                        v.budgetFlops(),
                        v.parameters(),
                        v.tokens(),
                        ratio(v.tokens(), v.parameters()),
                        FitOutcome.fitted(v.lossNats())))
                .toList();
    }

    /** At a given budget more parameters are fewer tokens, so the ratio is lowest where D is lowest and N highest. */
    private static Estimate ratio(Estimate tokens, Estimate parameters) {
        return new Estimate(
                tokens.value() / parameters.value(),
                tokens.low() / parameters.high(),
                tokens.high() / parameters.low(),
                tokens.level());
    }
}
