package org.plmfrontier.fitting.http;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.publication.CurveView;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;

/** Loss curves: chosen points as JSON, or all points as CSV. */
@Path("/studies/{id}/curves")
@Tag(name = "studies")
public class CurvesResource {
    static final String CSV = "text/csv";
    private static final int MOST_POINTS = 20_000;

    private final Studies studies;
    private final Refitter refitter;
    private final StudyStore store;

    public CurvesResource(Studies studies, Refitter refitter, StudyStore store) {
        this.studies = studies;
        this.refitter = refitter;
        this.store = store;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "getCurves",
            summary = "Loss curves",
            description = "As JSON at most 'points' points per run, spread over the logarithm of compute. As text/csv"
                    + " all points: run, N (Table 6), D (tokens), C (training FLOPs), loss (nats), step, lr; where"
                    + " evaluations have parts, also selected_nats and mask_nats, mask_residues, random_nats,"
                    + " random_residues, unchanged_nats, unchanged_residues at the steps where a budget ended. format=csv says the"
                    + " same as the header Accept, for links.")
    @APIResponse(
            responseCode = "200",
            description = "The curves, or all of their points",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = CurveView.class)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    public Response curves(
            @RestPath String id,
            @QueryParam("points") @DefaultValue("400") String points,
            @QueryParam("format") @DefaultValue("") String format,
            @Context HttpHeaders headers) {
        Study study = studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
        if (!format.isEmpty() && !format.equals("csv") && !format.equals("json")) {
            throw Refused.badField("format", "format must be csv or json, got '" + format + "'");
        }
        boolean csv = format.isEmpty()
                ? headers.getAcceptableMediaTypes().getFirst().equals(MediaType.valueOf(CSV))
                : format.equals("csv");
        return csv
                ? Response.ok((StreamingOutput) new CurvesCsv(study, store), CSV)
                        .header("Content-Disposition", "attachment; filename=\"" + study.id() + ".csv\"")
                        .build()
                : Response.ok(
                                sheets(study, Parameters.whole("points", points, 2, MOST_POINTS)),
                                MediaType.APPLICATION_JSON)
                        .build();
    }

    private List<CurveView> sheets(Study found, int most) {
        Study study = refitter.loaded(found);
        Optional<StudyFit> fit = refitter.fit(study);
        return study.knownRuns().stream()
                .map(run -> CurveView.of(run, fit.map(known -> known.runs().get(run.runId())), most))
                .toList();
    }
}
