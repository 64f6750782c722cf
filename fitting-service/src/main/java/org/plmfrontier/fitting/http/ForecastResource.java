package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.publication.AnswerView;
import org.plmfrontier.fitting.publication.BacktestView;
import org.plmfrontier.fitting.publication.EffectiveComputeView;
import org.plmfrontier.fitting.publication.ForecastView;
import org.plmfrontier.fitting.publication.RunForecastView;

/** What the latest fit of a study says of runs and budgets that lie ahead; computed on the thread of the request. */
@Path("/studies/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "forecasts")
public class ForecastResource {
    private final LatestFits fits;
    private final StudyForecasts forecasts;

    public ForecastResource(LatestFits fits, StudyForecasts forecasts) {
        this.fits = fits;
        this.forecasts = forecasts;
    }

    @GET
    @Path("/forecast")
    @Operation(
            operationId = "getForecast",
            summary = "The loss that a run of a size and a number of tokens would end with",
            description =
                    "With an interval that counts the laws' own errors, as their past shows them, and how such forecasts"
                            + " would have done so far. 'outcome' and 'reason' while there are too few final losses; 422 more than"
                            + " 10,000 times beyond what was trained. The first answer takes up to about two seconds; it may be half"
                            + " a minute old ('ageSeconds', 'current') while runs train, and rests on at most 120 losses.")
    public ForecastView forecast(
            @RestPath String id,
            @QueryParam("family") @Nullable String family,
            @QueryParam("parameters") @Nullable String parameters,
            @QueryParam("tokens") @Nullable String tokens) {
        FittedStudy study = fits.of(id);
        return forecasts.forecast(
                study.fit(),
                study.chosen(family),
                Parameters.positive("parameters", parameters),
                Parameters.positive("tokens", tokens));
    }

    @GET
    @Path("/answer")
    @Operation(
            operationId = "getAnswer",
            summary = "The size, the tokens and the loss for a budget, as one answer",
            description =
                    "By default for ten times the compute that was trained, as 6 N D. Intervals count the laws' own errors;"
                            + " beside it how much worse half and twice the size would be, in nats and as the share of the budget with"
                            + " which the best size would end as badly, each with its interval ('halfSize', 'twiceSize'). 'outcome' NOT_IDENTIFIABLE and 'reason' while it"
                            + " is not decided; 'decidingRuns' are those that would make it more certain, with their cost; 422 more than 10,000 times beyond what was trained.")
    public AnswerView answer(
            @RestPath String id,
            @QueryParam("family") @Nullable String family,
            @QueryParam("budgetFlops") @Nullable String budgetFlops) {
        FittedStudy study = fits.of(id);
        return forecasts.answer(study.fit(), study.chosen(family), Parameters.budget(budgetFlops));
    }

    @GET
    @Path("/effective-compute")
    @Operation(
            operationId = "getEffectiveCompute",
            summary = "What another study is worth in compute of this one",
            description =
                    "How many times 'budgetFlops' (by default all that the other study was trained with, as 6 N D) this study needs"
                            + " for the loss that the other reaches with it, each with its best size and a floor of its own, so the"
                            + " factor is that at one loss. Both must be judged on the same held-out set under the same masks.")
    public EffectiveComputeView effectiveCompute(
            @RestPath String id,
            @QueryParam("with") @Nullable String other,
            @QueryParam("family") @Nullable String family,
            @QueryParam("withFamily") @Nullable String otherFamily,
            @QueryParam("budgetFlops") @Nullable String budgetFlops) {
        if (other == null) {
            throw Refused.badField("with", "with is missing: the study to compare '" + id + "' with");
        }
        FittedStudy study = fits.of(id);
        FittedStudy with = fits.of(other);
        return forecasts.compare(
                study.fit(),
                study.chosen(family),
                with.fit(),
                with.chosen(otherFamily),
                Parameters.budget(budgetFlops));
    }

    @GET
    @Path("/backtest")
    @Operation(
            operationId = "getBacktest",
            summary = "How the study's larger runs would have been forecast from its smaller ones",
            description =
                    "Each forecast with what came, and by multiple k of the compute that was known: coverage, width, interval"
                            + " score and median error, beside those of intervals that take the law for true. The same as ./frontier"
                            + " backtest --json prints of a file; 'outcome' and 'reason' where there are too few losses.")
    public BacktestView.OfFamily backtest(@RestPath String id, @QueryParam("family") @Nullable String family) {
        FittedStudy study = fits.of(id);
        return forecasts.backtest(study.fit(), study.chosen(family));
    }

    @GET
    @Path("/run-forecasts")
    @Operation(
            operationId = "getRunForecasts",
            summary = "The held-out loss that each unfinished run will end with",
            description =
                    "One entry per run that is planned or trains, of all families. Where the schedule lets a run share prefixes, its own"
                            + " loss so far counts, so intervals narrow as runs train. At most half a minute old.")
    public List<RunForecastView> ofRuns(@RestPath String id) {
        return forecasts.ofRuns(fits.of(id).fit());
    }
}
