package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.dataset.study.Studies;

/** Commands to runs. */
@Path("/runs")
@Tag(name = "runs")
@Blocking
public class RunsResource {
    /** What a person may want of a run; deleting is for whole studies. */
    enum Action {
        STOP,
        RESUME;

        RunCommand.Action command() {
            return RunCommand.Action.valueOf(name());
        }
    }

    /** Body of a command: what to do, why, and who wants it. */
    record CommandRequest(Action action, String reason, String by) {}

    private final Studies studies;
    private final JsonFields fields;

    public RunsResource(Studies studies, ObjectMapper mapper) {
        this.studies = studies;
        this.fields = new JsonFields(mapper);
    }

    /** 202: trainers take it up at the next slice. */
    @POST
    @Path("{id}/commands")
    @Operation(operationId = "commandRun", summary = "Stop or resume a run")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CommandRequest.class)))
    @APIResponse(
            responseCode = "202",
            description = "The command, as trainers read it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunCommand.class)))
    public Response command(@PathParam("id") String id, @Nullable JsonNode body) {
        CommandRequest request = fields.read("", body, CommandRequest.class);
        RunCommand command = studies.command(id, request.action().command(), request.reason(), request.by());
        return Response.accepted(command).build();
    }
}
