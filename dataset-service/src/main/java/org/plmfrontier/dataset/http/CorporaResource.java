package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.ingest.Corpora;
import org.plmfrontier.dataset.ingest.CorpusUploads;
import org.plmfrontier.dataset.ingest.Verification;

/** Corpora: ask for one, look at them. */
@Path("/corpora")
@Tag(name = "corpora")
@Blocking
public class CorporaResource {
    private final Corpora corpora;
    private final CorpusUploads uploads;
    private final JsonFields fields;

    public CorporaResource(Corpora corpora, CorpusUploads uploads, ObjectMapper mapper) {
        this.corpora = corpora;
        this.uploads = uploads;
        this.fields = new JsonFields(mapper);
    }

    /**
     * 202 where a build starts, 200 where the corpus is there or on its way.
     *
     * @param preview 200 with the corpus as it is or would be asked for, and nothing happens
     */
    @POST
    @Operation(operationId = "buildCorpus", summary = "A corpus from files, patterns or addresses")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CorpusRequest.class)))
    @APIResponse(
            responseCode = "202",
            description = "A build has begun",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CorpusView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The corpus is there, on its way, or only previewed",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CorpusView.class)))
    public Response ask(@Nullable JsonNode body, @QueryParam("preview") boolean preview) throws IOException {
        CorpusRequest request = fields.read("", body, CorpusRequest.class);
        if (preview) {
            return Response.ok(view(corpora.preview(request.wanted()))).build();
        }
        Corpora.Asked asked = corpora.ask(request.wanted());
        return Response.status(asked.started() ? Response.Status.ACCEPTED : Response.Status.OK)
                .entity(view(asked.corpus()))
                .build();
    }

    /** With their state; those that are built with their manifest. */
    @GET
    @Operation(operationId = "listCorpora", summary = "All corpora")
    public List<CorpusView> all() {
        return corpora.all().stream().map(this::view).toList();
    }

    /** With its state and, once it is built, its manifest; while it is built, how far it is. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getCorpus", summary = "A corpus")
    public CorpusView get(@PathParam("id") String id) {
        return view(corpora.get(id));
    }

    /** Browsers are sent to the page. */
    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML + ";qs=0.5")
    @Operation(hidden = true)
    public Response page(@PathParam("id") String id) {
        return Response.seeOther(URI.create("/corpora.html#" + corpora.get(id).id()))
                .build();
    }

    /** 204, a build of it is ended; 409 where a study uses it. */
    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteCorpus", summary = "Delete a corpus and its token logs")
    public void delete(@PathParam("id") String id) throws IOException, InterruptedException {
        corpora.delete(id);
        uploads.sweep();
    }

    /** Reads both logs from end to end; says whether they are what the manifest says, and what is wrong where. */
    @POST
    @Path("{id}/verification")
    @Operation(operationId = "verifyCorpus", summary = "Compare the token logs of a corpus with its manifest")
    public Verification verify(@PathParam("id") String id) {
        return corpora.verify(id);
    }

    /** 202: both logs are deleted and written again from the sources; 200 where a build runs already. */
    @POST
    @Path("{id}/repair")
    @Operation(operationId = "repairCorpus", summary = "Write the token logs of a corpus again")
    @APIResponse(
            responseCode = "202",
            description = "A build has begun",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CorpusView.class)))
    @APIResponse(
            responseCode = "200",
            description = "A build runs already",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CorpusView.class)))
    public Response repair(@PathParam("id") String id) {
        Corpora.Asked asked = corpora.repair(id);
        return Response.status(asked.started() ? Response.Status.ACCEPTED : Response.Status.OK)
                .entity(view(asked.corpus()))
                .build();
    }

    /** 200: the build has ended, the corpus is FAILED; 409 where none runs or waits. */
    @POST
    @Path("{id}/cancel")
    @Operation(operationId = "cancelCorpus", summary = "End the build of a corpus")
    public CorpusView cancel(@PathParam("id") String id) throws InterruptedException {
        return view(corpora.cancel(id));
    }

    private CorpusView view(Corpus corpus) {
        return CorpusView.of(
                corpus,
                corpora.progress(corpus.id()).orElse(null),
                corpora.problem(corpus.id()).orElse(null));
    }
}
