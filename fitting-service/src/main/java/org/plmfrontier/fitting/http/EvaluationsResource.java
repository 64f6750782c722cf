package org.plmfrontier.fitting.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.fitting.publication.AnswerView;
import org.plmfrontier.fitting.publication.EvaluationsCsv;
import org.plmfrontier.fitting.publication.EvaluationsView;
import org.plmfrontier.fitting.publication.Verdicts;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;

/** What models are good for beside their loss. */
@Singleton
@Path("/studies/{id}/evaluations")
@Tag(name = "studies")
public class EvaluationsResource {
    private static final String CSV = "text/csv";

    /** Of a dozen metrics of twenty studies; one of 1,200 states takes 100 KiB. */
    private static final int MOST_VERDICTS = 240;

    private final LatestFits fits;
    private final StudyStore store;
    private final StudyForecasts forecasts;
    private final Verdicts verdicts = new Verdicts(MOST_VERDICTS);

    public EvaluationsResource(LatestFits fits, StudyStore store, StudyForecasts forecasts) {
        this.fits = fits;
        this.store = store;
        this.forecasts = forecasts;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "getEvaluations",
            summary = "Variant effects, secondary structure, contacts and perplexity along the frontier",
            description =
                    "By evaluation and metric: each state's value with its interval, what predictors reach that know"
                            + " nothing of the model, published models, whether the held-out loss determines the metric, and the state with the"
                            + " best metric beside the one with the lowest loss. With 'budgetFlops' also the metric at the loss that the"
                            + " budget's best size is expected to reach. format=csv: a row for each state and metric.")
    @APIResponse(
            responseCode = "200",
            description = "The results so far",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = EvaluationsView.class)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    public Response evaluations(
            @RestPath String id,
            @QueryParam("budgetFlops") @Nullable String budgetFlops,
            @QueryParam("format") @DefaultValue("json") String format) {
        Study study = fits.study(id);
        OptionalDouble budget = Parameters.budget(budgetFlops);
        List<DownstreamEvaluated> results = store.evaluations(id);
        EvaluationsView view = EvaluationsView.of(study, results, family -> answer(id, family, budget), verdicts);
        return switch (format) {
            case "json" -> Response.ok(view, MediaType.APPLICATION_JSON).build();
            case "csv" ->
                Response.ok(EvaluationsCsv.of(view), CSV)
                        .header("Content-Disposition", "attachment; filename=\"" + id + "-evaluations.csv\"")
                        .build();
            default -> throw Refused.badField("format", "format must be csv or json, got '" + format + "'");
        };
    }

    private @Nullable AnswerView answer(String id, String family, OptionalDouble budget) {
        FittedStudy study = fits.of(id);
        return budget.isEmpty() || study.fit().family(family).isEmpty()
                ? null
                : forecasts.answer(study.fit(), study.chosen(family), budget);
    }
}
