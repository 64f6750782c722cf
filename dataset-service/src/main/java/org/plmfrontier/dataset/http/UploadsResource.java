package org.plmfrontier.dataset.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.ingest.CorpusUploads;
import org.plmfrontier.dataset.source.Uploads;

/** Files that people send to make corpora of. */
@Path("/uploads")
@Blocking
public class UploadsResource {
    private final CorpusUploads uploads;

    public UploadsResource(CorpusUploads uploads) {
        this.uploads = uploads;
    }

    /** 201 with the address that a corpus takes as a source; the same content again is kept once. */
    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "uploadFile",
            summary = "Send a FASTA file",
            description =
                    "The body is the file, plain or compressed. The answer's address is a source of a corpus (POST /corpora)."
                            + " The same content again is kept once; what no corpus is made of is deleted after a day. 409 where this"
                            + " service takes no files, 413, 503 and 507 where there is no room for it.")
    @APIResponse(
            responseCode = "201",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = Uploads.Upload.class)))
    public Response keep(@QueryParam("name") @Nullable String name, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        @Nullable String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return Response.status(Response.Status.CREATED)
                .entity(uploads.keep(name == null ? "" : name, length == null ? "" : length, body))
                .build();
    }
}
