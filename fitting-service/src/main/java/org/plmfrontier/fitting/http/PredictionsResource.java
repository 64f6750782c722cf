package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.publication.PredictionsView;

/** Forecasts that were written down before their outcome. */
@Path("/studies/{id}/predictions")
@Tag(name = "fits")
public class PredictionsResource {
    private final LatestFits fits;
    private final PredictionBook book;

    public PredictionsResource(LatestFits fits, PredictionBook book) {
        this.fits = fits;
        this.book = book;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getPredictions",
            summary = "Final losses as they were predicted before they came, and what came",
            description =
                    "One per run when it was submitted and when it had spent 10, 30 and 60 % of its compute, from the topic"
                            + " forecasts; './frontier verify-predictions' computes each again from the log. 'outcomeNats' and"
                            + " 'score' once the run's last budget is evaluated. Stages that were not sealed in time stand under"
                            + " 'missed'. Imported studies have none.")
    public PredictionsView predictions(@RestPath String id) {
        return PredictionsView.of(fits.study(id), book);
    }
}
