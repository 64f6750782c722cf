package org.plmfrontier.dataset.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.plmfrontier.dataset.study.Backlog;
import org.plmfrontier.dataset.study.Studies;

/** The work left, for autoscalers. */
@Path("/scaling")
@Blocking
public class ScalingResource {
    private final Studies studies;

    public ScalingResource(Studies studies) {
        this.studies = studies;
    }

    @GET
    public Backlog backlog() {
        return studies.backlog();
    }
}
