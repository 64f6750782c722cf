package org.plmfrontier.fitting.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.intake.Importer;
import org.plmfrontier.fitting.intake.TableFile;
import org.plmfrontier.fitting.intake.UnusableFileException;
import org.plmfrontier.fitting.publication.StudyView;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.runtime.retry.StartupSequence;

/** Makes studies of files. A file goes to disk first, so its size is no matter of memory. */
@Path("/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "imports")
public class ImportResource {
    private final Importer importer;
    private final Studies studies;
    private final StartupSequence startup;
    private final SpoolFolder spools;

    public ImportResource(Importer importer, Studies studies, StartupSequence startup, SpoolFolder spools) {
        this.importer = importer;
        this.studies = studies;
        this.startup = startup;
        this.spools = spools;
    }

    @POST
    @Consumes(CurvesResource.CSV)
    @Operation(
            operationId = "importTable",
            summary = "A study from a CSV file",
            description = "Columns run,N,D,C,loss and optionally step,lr,unique_tokens,epochs,group, under their usual"
                    + " names; others by 'columns', as in N=params,loss=eval_loss (N=params*1e6 multiplies, perplexity=header"
                    + " and bits=header name the loss with its unit, C=6ND leaves C out). Separators, decimal marks and"
                    + " encodings are recognised. 201 for a new study, 200 for the same file again, 409"
                    + " for another file under a known id, 400 with 'field' and 'row' for a file that is none.")
    @APIResponse(
            responseCode = "201",
            description = "The new study",
            content = @Content(schema = @Schema(implementation = StudyView.Line.class)))
    @APIResponse(
            responseCode = "200",
            description = "The study that the same file has made before",
            content = @Content(schema = @Schema(implementation = StudyView.Line.class)))
    public Response csv(
            @QueryParam("study") @Nullable String study,
            @QueryParam("columns") @Nullable String columns,
            @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        requireBegun();
        String id = required(study);
        ColumnMapping mapping = mapping(columns);
        try (Spool spool = spools.spool(body, length(headers), String.valueOf(columns))) {
            return take(id, mapping, spool);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A study from JSON",
            description =
                    "An object of 'study', optionally 'columns' (as in N=params,loss=eval_loss), and 'rows', objects"
                            + " of the columns of the CSV form.")
    @APIResponse(
            responseCode = "201",
            description = "The new study",
            content = @Content(schema = @Schema(implementation = StudyView.Line.class)))
    @APIResponse(
            responseCode = "200",
            description = "The study that the same file has made before",
            content = @Content(schema = @Schema(implementation = StudyView.Line.class)))
    public Response json(@Context HttpHeaders headers, InputStream body) throws IOException {
        requireBegun();
        try (JsonRows rows = JsonRows.spool(spools, length(headers), body)) {
            return take(required(rows.study()), mapping(rows.columns()), rows.spool());
        }
    }

    @DELETE
    @Path("/{study}")
    @Operation(
            operationId = "deleteImport",
            summary = "Delete an imported study",
            description =
                    "With its points, findings, fits and published frontier. 204; 404 where there is no import of that"
                            + " id, 409 for a study that the suite trains.")
    public void delete(@RestPath String study) {
        requireBegun();
        if (importer.delete(study)) {
            return;
        }
        if (studies.find(study).isPresent()) {
            throw Refused.conflict("study '" + study + "' is one that the suite trains, and no import");
        }
        throw Refused.unknownStudy(study);
    }

    private static @Nullable String length(HttpHeaders headers) {
        return headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    }

    /** Before the studies are read, nobody can say which ids are taken. */
    private void requireBegun() {
        startup.notReadyReason().ifPresent(reason -> {
            throw Refused.busy("the service is starting and takes imports once it is ready: " + reason);
        });
    }

    private Response take(String id, ColumnMapping mapping, Spool spool) throws IOException {
        try {
            TextSource text = spool.text();
            return answer(importer.take(id, spool.hash(), () -> new TableFile(text, mapping)));
        } catch (BadTableException e) {
            throw Refused.badTable(e);
        } catch (UnusableFileException e) {
            throw e.first()
                    .map(finding -> Refused.badCell(finding, String.valueOf(e.getMessage())))
                    .orElseGet(() -> Refused.badField("body", String.valueOf(e.getMessage())));
        }
    }

    private static Response answer(Importer.Outcome outcome) {
        return switch (outcome) {
            case Importer.Outcome.Done done ->
                Response.status(done.fresh() ? Response.Status.CREATED : Response.Status.OK)
                        .location(URI.create("/studies/" + done.study().id()))
                        .entity(StudyView.Line.of(done.study()))
                        .build();
            case Importer.Outcome.Taken taken -> throw Refused.conflict(taken.reason());
        };
    }

    private static String required(@Nullable String study) {
        if (study == null || study.isBlank()) {
            throw Refused.badField("study", "study is missing: the id of the study to make");
        }
        try {
            Importer.requireId(study);
        } catch (IllegalArgumentException e) {
            throw Refused.badField("study", String.valueOf(e.getMessage()));
        }
        return study;
    }

    private static ColumnMapping mapping(@Nullable String columns) {
        try {
            return columns == null ? ColumnMapping.usual() : ColumnMapping.parse(columns);
        } catch (IllegalArgumentException e) {
            throw Refused.badField("columns", String.valueOf(e.getMessage()));
        }
    }
}
