package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.dataset.evaluation.WantedEvaluation;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.study.Studies;

/** What is measured of a study's runs beside their loss. */
@Path("/studies/{id}/evaluations")
@Tag(name = "studies")
@Blocking
public class EvaluationsResource {
    private final StudyEvaluations evaluations;
    private final Studies studies;
    private final EvaluationField field;

    public EvaluationsResource(StudyEvaluations evaluations, Studies studies, ObjectMapper mapper) {
        this.evaluations = evaluations;
        this.studies = studies;
        this.field = new EvaluationField(new JsonFields(mapper));
    }

    /**
     * An evaluation of a study.
     *
     * @param name unique within the study
     * @param kind variant-effect, secondary-structure, contacts or perplexity
     * @param options how it is measured, by name; those that were given
     * @param hash of kind, options and files: equal hashes measure the same
     * @param data its files
     * @param everyPercent also within runs, at every so many per cent of a run's compute; null: at the ends of budgets alone
     * @param asked states of runs that trainers were asked to evaluate, done or not
     * @param missed places within runs where it is not measured although it is wanted there
     * @param notes why not, a sentence each
     */
    @StagedBuilder
    record EvaluationView(
            String name,
            String kind,
            Map<String, String> options,
            String hash,
            List<EvaluationData> data,
            @Nullable Double everyPercent,
            int asked,
            int missed,
            List<String> notes) {
        static EvaluationView of(StudyEvaluations.StudyEvaluation one) {
            EvaluationSpec evaluation = one.planned().spec();
            return EvaluationsResourceEvaluationViewBuilder.builder()
                    .name(evaluation.name())
                    .kind(evaluation.kind().text())
                    .options(evaluation.options())
                    .hash(evaluation.hash())
                    .data(evaluation.data())
                    .asked(one.asked())
                    .missed(one.missed())
                    .notes(notes(one))
                    .everyPercent(one.planned().everyPercent())
                    .build();
        }

        private static List<String> notes(StudyEvaluations.StudyEvaluation one) {
            return one.missed() == 0
                    ? List.of()
                    : List.of(
                            "%s: at %d places within runs it is not measured, since their slices were cut before it was added, or before the study was extended: only places ahead of what is cut are possible"
                                    .formatted(one.planned().spec().name(), one.missed()));
        }
    }

    /** In the order in which they were added. */
    @GET
    @Operation(operationId = "listEvaluations", summary = "The evaluations of a study")
    public List<EvaluationView> all(@PathParam("id") String id) {
        return evaluations.of(id).stream().map(EvaluationView::of).toList();
    }

    /**
     * 200 with all evaluations of the study: those that are added are asked of the budgets that have ended, and of each that
     * ends; within runs at the places ahead of the slices that are cut. The same again changes nothing; 409 where one of such a name measures something else.
     */
    @POST
    @Operation(operationId = "addEvaluations", summary = "Evaluations for a study")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationField.EvaluationRequest[].class)))
    public List<EvaluationView> add(@PathParam("id") String id, @Nullable JsonNode body) throws IOException {
        studies.get(id);
        List<WantedEvaluation> wanted = field.readAll("evaluations", body);
        if (wanted.isEmpty()) {
            throw new RefusedException("evaluations", "the request must be a list of at least one evaluation");
        }
        evaluations.with(id, wanted, () -> id);
        return all(id);
    }

    /** 204: it is asked no more, and its results stay. Added again, it is asked anew of every budget that has ended. */
    @DELETE
    @Path("{name}")
    @Operation(operationId = "removeEvaluation", summary = "Take an evaluation from a study")
    public void remove(@PathParam("id") String id, @PathParam("name") String name) {
        evaluations.remove(id, name);
    }
}
