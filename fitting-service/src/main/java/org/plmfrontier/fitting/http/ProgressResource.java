package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.publication.ProgressCursor;
import org.plmfrontier.fitting.publication.ProgressView;
import org.plmfrontier.fitting.study.Studies;

/** Steps of slices that train, before they are committed. */
@Path("/studies/{id}/progress")
@Tag(name = "studies")
public class ProgressResource {
    private final Studies studies;
    private final Progress progress;

    public ProgressResource(Studies studies, Progress progress) {
        this.studies = studies;
        this.progress = progress;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getProgress",
            summary = "Steps that are not committed yet",
            description =
                    "Of each run that trains, the steps behind its last committed one, as its trainer said them last."
                            + " They may never be committed, and nothing is fitted to them. Runs without any are left out.")
    public List<ProgressView> progress(@RestPath String id) {
        return studies.find(id)
                .map(study -> new ProgressCursor().next(study, progress))
                .orElseThrow(() -> Refused.unknownStudy(id));
    }
}
