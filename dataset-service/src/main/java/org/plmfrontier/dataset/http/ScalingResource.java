package org.plmfrontier.dataset.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.dataset.study.Backlog;
import org.plmfrontier.dataset.study.Studies;

/** The work left, for autoscalers. */
@Path("/scaling")
@Tag(name = "scaling")
@Blocking
public class ScalingResource {
    private final Studies studies;

    private final StudyEvaluations evaluations;

    public ScalingResource(Studies studies, StudyEvaluations evaluations) {
        this.studies = studies;
        this.evaluations = evaluations;
    }

    /** An autoscaler reads {@code usefulTrainers}. */
    @GET
    @Operation(operationId = "getBacklog", summary = "The work that is left")
    public Backlog backlog() {
        return studies.backlog().withEvaluations(evaluations.waiting());
    }
}
