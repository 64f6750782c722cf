package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.curve.Decimation;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.publication.AnswerView;
import org.plmfrontier.fitting.publication.BacktestView;
import org.plmfrontier.fitting.publication.CurveView;
import org.plmfrontier.fitting.publication.EvaluationsView;
import org.plmfrontier.fitting.publication.FamilyView;
import org.plmfrontier.fitting.publication.FindingView;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.publication.PaperView;
import org.plmfrontier.fitting.publication.PredictionsView;
import org.plmfrontier.fitting.publication.RunForecastView;
import org.plmfrontier.fitting.publication.StudyView;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.http.ExpensiveReads;

/** A study as one HTML file that needs no server: the live page with its scripts, its styles and the data inside. */
@Path("/studies/{id}/report")
@Tag(name = "studies")
public class ReportResource {
    /** Most points of one run; fewer where there are many runs. */
    private static final int MOST_POINTS = 800;

    private static final int MOST_FINDINGS = 100;

    private final Studies studies;
    private final Refitter refitter;
    private final StudyForecasts forecasts;
    private final ImportStore imports;
    private final PredictionBook book;
    private final StudyStore store;
    private final ObjectMapper mapper;
    private final ExpensiveReads reads;
    private final SingleFilePage page = SingleFilePage.load();

    /** What the page draws. */
    @StagedBuilder
    public record Data(
            StudyView study,
            List<CurveView> curves,
            FrontierView frontier,
            List<FamilyView> families,
            List<AnswerView> answers,
            List<BacktestView.OfFamily> backtests,
            List<RunForecastView> runForecasts,
            FindingView findings,
            PredictionsView predictions,
            List<PaperView> papers,
            EvaluationsView evaluations) {}

    public ReportResource(
            Studies studies,
            Refitter refitter,
            StudyForecasts forecasts,
            ImportStore imports,
            PredictionBook book,
            StudyStore store,
            ObjectMapper mapper,
            ExpensiveReads reads) {
        this.studies = studies;
        this.refitter = refitter;
        this.forecasts = forecasts;
        this.imports = imports;
        this.book = book;
        this.store = store;
        this.mapper = mapper;
        this.reads = reads;
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @Operation(
            operationId = "getReport",
            summary = "The study as a single HTML file",
            description =
                    "Works without a server or a network. One at a time is made; outside of the profiles local, dev and"
                            + " test it needs a bearer token.")
    @APIResponse(
            responseCode = "200",
            description = "The page with its data",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    public Response report(@RestPath String id) {
        return reads.authorized(() -> Response.ok(page(id))
                .header("Content-Security-Policy", page.policy())
                .build());
    }

    private String page(String id) {
        Study study = refitter.loaded(studies.find(id).orElseThrow(() -> Refused.unknownStudy(id)));
        Optional<StudyFit> latest = refitter.fit(study);
        StudyFit fit = latest.orElseGet(() -> refitter.fitOf(study));
        List<Run> runs = study.knownRuns();
        int most = Decimation.pointsPerCurve(runs.size(), MOST_POINTS);
        List<CurveView> curves = runs.stream()
                .map(run -> CurveView.of(run, Optional.ofNullable(fit.runs().get(run.runId())), most))
                .toList();
        Data data = ReportResourceDataBuilder.builder()
                .study(StudyView.of(study, latest))
                .curves(curves)
                .frontier(FrontierView.of(fit))
                .families(FamilyView.of(fit))
                .answers(forecasts.answers(fit))
                .backtests(forecasts.backtests(fit))
                .runForecasts(forecasts.ofRuns(fit))
                .findings(FindingView.of(id, imports.findings(id, MOST_FINDINGS)))
                .predictions(PredictionsView.of(study, book))
                .papers(PaperView.of(fit))
                .evaluations(EvaluationsView.of(study, store.evaluations(id), family -> null))
                .build();
        return page.with(json(data));
    }

    private String json(Data data) {
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }
}
