package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.publication.StudySheet;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** What is known about studies, as JSON. */
@Path("/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class StudyResource {
    private final Studies studies;
    private final Refitter refitter;

    public StudyResource(Studies studies, Refitter refitter) {
        this.studies = studies;
        this.refitter = refitter;
    }

    @GET
    @Operation(summary = "All studies", description = "One line per study, ascending by id.")
    public List<StudySheet.Line> all() {
        return studies.all().stream().map(StudySheet.Line::of).toList();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A study and its runs", description = "Runs ascend by model size.")
    public StudySheet study(@RestPath String id) {
        return StudySheet.of(find(id), refitter.fit(id));
    }

    private Study find(String id) {
        return studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
    }
}
