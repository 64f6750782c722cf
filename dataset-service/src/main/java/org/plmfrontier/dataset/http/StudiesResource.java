package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.study.Studies;
import org.plmfrontier.dataset.study.Study;

/** Studies: submit one, look at them. */
@Path("/studies")
@Blocking
public class StudiesResource {
    private final Studies studies;
    private final ObjectMapper mapper;
    private final JsonFields fields;

    public StudiesResource(Studies studies, ObjectMapper mapper) {
        this.studies = studies;
        this.mapper = mapper;
        this.fields = new JsonFields(mapper);
    }

    /** 201 for a new study, 200 where the same one is there. */
    @POST
    @RequestBody(content = @Content(schema = @Schema(implementation = StudyRequest.class)))
    public Response submit(JsonNode body) {
        StudySpec spec = fields.partial("", body, StudyRequest.class).spec(mapper, fields);
        Studies.Submitted submitted = studies.submit(spec);
        return Response.status(submitted.created() ? Response.Status.CREATED : Response.Status.OK)
                .entity(view(submitted.study()))
                .build();
    }

    @GET
    public List<StudyView> all() {
        return studies.all().stream().map(this::view).toList();
    }

    @GET
    @Path("{id}")
    public StudyView get(@PathParam("id") String id) {
        return view(studies.get(id));
    }

    @GET
    @Path("{id}/runs")
    public List<RunView> runs(@PathParam("id") String id) {
        return studies.runs(id).stream().map(RunView::of).toList();
    }

    private StudyView view(Study study) {
        return StudyView.of(study, studies.runs(study.id()));
    }
}
