package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.design.ComputeBudget;
import org.plmfrontier.dataset.evaluation.EvaluationTimes;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.dataset.evaluation.WantedEvaluation;
import org.plmfrontier.dataset.plan.BudgetKind;
import org.plmfrontier.dataset.plan.CellBudgets;
import org.plmfrontier.dataset.plan.PlanWarnings;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.study.DeletedStudy;
import org.plmfrontier.dataset.study.ProgressBook;
import org.plmfrontier.dataset.study.Studies;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyDeletion;
import org.plmfrontier.dataset.study.StudyDesigns;

/** Studies: submit one, look at them. */
@Path("/studies")
@Tag(name = "studies")
@Blocking
public class StudiesResource {
    private static final int LONGEST_TEXT = 500;

    private final Studies studies;
    private final StudyDeletion deletion;
    private final StudyEvaluations evaluations;
    private final ProgressBook book;
    private final ObjectMapper mapper;
    private final JsonFields fields;
    private final StudyDesigns designs;
    private final EvaluationTimes times;

    public StudiesResource(
            Studies studies,
            StudyDeletion deletion,
            StudyEvaluations evaluations,
            EvaluationTimes times,
            ProgressBook book,
            ObjectMapper mapper) {
        this.evaluations = evaluations;
        this.times = times;
        this.studies = studies;
        this.deletion = deletion;
        this.book = book;
        this.mapper = mapper;
        this.fields = new JsonFields(mapper);
        this.designs = new StudyDesigns(studies);
    }

    /**
     * 201 for a new study, 200 where the same one is there.
     *
     * @param preview 200 with what the study would be and cost, and nothing happens
     * @param strict 400 where there is anything to warn of
     * @param flopsPerSecond what the preview reckons its time with; absent for what the trainers did of late
     */
    @POST
    @Operation(operationId = "submitStudy", summary = "A study, or what it would be")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StudyRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new study",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StudyView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The study that is there, or the preview that was asked for",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {StudyView.class, StudyPreview.class})))
    public Response submit(
            @Nullable JsonNode body,
            @QueryParam("preview") boolean preview,
            @QueryParam("strict") boolean strict,
            @QueryParam("flopsPerSecond") @Nullable Double flopsPerSecond)
            throws IOException {
        WantedStudy read = WantedStudy.read(body, mapper, fields);
        WantedStudy.Resolved wanted = read.resolve(designs, studies::find);
        StudySpec spec = wanted.spec();
        if (preview || strict) {
            OptionalDouble speed = speed(flopsPerSecond);
            PlanWarnings warnings = new PlanWarnings(speed, studies.deviceSpeed());
            StudyPlan plan = studies.preview(spec, marks(read.evaluations()));
            if (strict) {
                require(warnings.of(plan.runs()));
            }
            if (preview) {
                return Response.ok(StudyPreview.of(
                                plan,
                                speed,
                                warnings,
                                sentences(wanted.choices(), plan, read.evaluations(), warnings),
                                designs::flopsToBudgets))
                        .build();
            }
        }
        deletion.complete();
        Studies.Submitted submitted =
                evaluations.with(spec.id(), read.evaluations(), () -> studies.submit(spec, marks(read.evaluations())));
        return Response.status(submitted.created() ? Response.Status.CREATED : Response.Status.OK)
                .entity(view(submitted.study()))
                .build();
    }

    /** What was chosen, what is measured beside the loss, and how long that takes. */
    private StudyPreview.Sentences sentences(
            List<String> choices, StudyPlan plan, List<WantedEvaluation> wanted, PlanWarnings speeds)
            throws IOException {
        List<String> omissions = designs.omissions(plan.spec());
        if (wanted.isEmpty()) {
            return new StudyPreview.Sentences(choices, omissions, List.of(), 0);
        }
        List<EvaluationTimes.Estimate> estimates = times.of(plan, wanted, studies.deviceSpeed());
        double training = plan.runs().stream().mapToDouble(speeds::hours).sum()
                * Duration.ofHours(1).toSeconds();
        CellBudgets cells = plan.spec().cells();
        String asked = cells == null ? null : cells.asked();
        boolean ofTime = asked != null && !(ComputeBudget.parse("budget", asked) instanceof ComputeBudget.Flops);
        return new StudyPreview.Sentences(
                Stream.concat(
                                choices.stream(),
                                Stream.of(
                                        EvaluationSentences.states(plan, wanted),
                                        EvaluationSentences.times(estimates, training, ofTime)))
                        .toList(),
                omissions,
                EvaluationSentences.warnings(estimates, training),
                EvaluationSentences.seconds(estimates));
    }

    private static Set<Double> marks(List<WantedEvaluation> evaluations) {
        return evaluations.stream()
                .map(WantedEvaluation::everyPercent)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static void require(List<PlanWarnings.Warning> warnings) {
        if (!warnings.isEmpty()) {
            throw new RefusedException(
                    warnings.getFirst().field(),
                    warnings.stream().map(PlanWarnings.Warning::sentence).collect(Collectors.joining("; "))
                            + " (strict=true refuses what is only odd)");
        }
    }

    /**
     * Body of an extension: further shapes, larger budgets, either or both.
     *
     * @param tokenBudgets of a study with token budgets
     * @param flopBudgets of a study with FLOP budgets
     * @param tokensPerParameter of a study with those
     */
    record ExtensionRequest(
            @Schema(implementation = ModelShape[].class) @Nullable
            List<JsonNode> shapes,

            @Schema(implementation = double[].class) @Nullable
            JsonNode tokenBudgets,

            @Schema(implementation = double[].class) @Nullable
            JsonNode flopBudgets,

            @Schema(implementation = double[].class) @Nullable
            JsonNode tokensPerParameter) {}

    /**
     * 200 with the extended study: its runs go on to the further budgets from where they ended, further shapes become new
     * runs. The same again changes nothing.
     */
    @POST
    @Path("{id}/extend")
    @Operation(operationId = "extendStudy", summary = "Larger budgets or further shapes for a study")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExtensionRequest.class)))
    public StudyView extend(@PathParam("id") String id, @Nullable JsonNode body) {
        ExtensionRequest request = fields.read("", body, ExtensionRequest.class);
        List<ModelShape> shapes = ShapeField.readAll("shapes", request.shapes(), fields);
        BudgetKind kind = studies.get(id).spec().budgetKind();
        List<Double> budgets = List.of();
        for (BudgetKind stated : BudgetKind.values()) {
            List<Double> values = AmountField.readAll(stated.field(), of(request, stated));
            if (stated != kind && !values.isEmpty()) {
                throw new RefusedException(
                        stated.field(), "study " + id + " has " + kind.field() + ", which are extended by such alone");
            }
            budgets = stated == kind ? values : budgets;
        }
        if (shapes.isEmpty() && budgets.isEmpty()) {
            throw new RefusedException(kind.field(), "an extension must have " + kind.field() + " or shapes");
        }
        return view(studies.extend(id, shapes, budgets));
    }

    private static @Nullable JsonNode of(ExtensionRequest request, BudgetKind kind) {
        return switch (kind) {
            case TOKENS -> request.tokenBudgets();
            case FLOPS -> request.flopBudgets();
            case TOKENS_PER_PARAMETER -> request.tokensPerParameter();
        };
    }

    /**
     * What a repair did.
     *
     * @param publishedJobs jobs that were published again
     */
    record Repaired(StudyView study, int publishedJobs) {}

    /** 200: jobs that are not done and that the topic has lost are published again. Where none is lost nothing happens. */
    @POST
    @Path("{id}/repair")
    @Operation(operationId = "repairStudy", summary = "Publish again the jobs that their topic has lost")
    public Repaired repair(@PathParam("id") String id) {
        int published = studies.repair(id);
        return new Repaired(view(studies.get(id)), published);
    }

    /** 202: STOP cancels every run that is not over, RESUME goes on with them. */
    @POST
    @Path("{id}/commands")
    @Operation(operationId = "commandStudy", summary = "Stop or resume a study")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunsResource.CommandRequest.class)))
    @APIResponse(
            responseCode = "202",
            description = "The commands, one per run",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = RunCommand.class)))
    public Response command(@PathParam("id") String id, @Nullable JsonNode body) {
        RunsResource.CommandRequest request = fields.read("", body, RunsResource.CommandRequest.class);
        return Response.accepted(studies.commandAll(id, request.action().command(), request.reason(), request.by()))
                .build();
    }

    /**
     * 200 with what was removed: the study, its runs, their slices and their progress, here and, as the log of events is read, in
     * every service. Runs that were active are stopped; their jobs are dropped, and their checkpoints and pointers deleted, by the
     * trainers, once the command has reached them. Sealed predictions stay on their topic. 404 where there is no such study, as
     * the second time. The study may be submitted again: that is a new one, whose runs begin at their beginning.
     *
     * @param reason one sentence for people
     * @param by who wants it
     */
    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteStudy", summary = "Delete a study everywhere")
    public DeletedStudy delete(
            @PathParam("id") String id,
            @QueryParam("reason") @DefaultValue("") String reason,
            @QueryParam("by") @DefaultValue("") String by) {
        requireText("reason", reason);
        requireText("by", by);
        DeletedStudy deleted = deletion.delete(id, reason, by);
        evaluations.sweep();
        return deleted;
    }

    private static void requireText(String field, String text) {
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(
                    field,
                    field + " must be one line of at most " + LONGEST_TEXT + " characters, got " + text.length()
                            + (text.length() > LONGEST_TEXT ? "" : " with a control character"));
        }
    }

    private OptionalDouble speed(@Nullable Double stated) {
        if (stated == null) {
            return book.throughput().flopsPerSecond();
        }
        if (!(stated > 0)) {
            throw new RefusedException("flopsPerSecond", "flopsPerSecond must be positive, got " + stated);
        }
        return OptionalDouble.of(stated);
    }

    /** Oldest first. */
    @GET
    @Operation(operationId = "listStudies", summary = "All studies")
    public List<StudyView> all() {
        return studies.all().stream().map(this::view).toList();
    }

    /** As it was submitted and extended, with its runs and what is left. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getStudy", summary = "A study")
    public StudyView get(@PathParam("id") String id) {
        return view(studies.get(id));
    }

    /** Smallest model first. */
    @GET
    @Path("{id}/runs")
    @Operation(operationId = "listRuns", summary = "The runs of a study")
    public List<RunView> runs(@PathParam("id") String id) {
        return studies.runs(id).stream().map(RunView::of).toList();
    }

    private StudyView view(Study study) {
        return StudyView.of(study, studies.runs(study.id()), studies.jobsAreLost(study), studies.deviceSpeed());
    }
}
