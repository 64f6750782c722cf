package org.plmfrontier.fitting.http;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.publication.FindingView;
import org.plmfrontier.fitting.publication.StudyView;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** What is known about studies, as JSON. */
@Path("/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class StudyResource {
    private static final int MOST_FINDINGS = 10_000;

    private final Studies studies;
    private final Refitter refitter;
    private final ImportStore imports;

    public StudyResource(Studies studies, Refitter refitter, ImportStore imports) {
        this.studies = studies;
        this.refitter = refitter;
        this.imports = imports;
    }

    @GET
    @Operation(
            operationId = "listStudies",
            summary = "All studies",
            description = "One line per study, ascending by id.")
    public List<StudyView.Line> all() {
        return studies.all().stream().map(StudyView.Line::of).toList();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getStudy", summary = "A study and its runs", description = "Runs ascend by model size.")
    public StudyView study(@RestPath String id) {
        Study study = find(id);
        return StudyView.of(study, refitter.fit(study));
    }

    @GET
    @Path("/{id}/findings")
    @Operation(
            operationId = "getFindings",
            summary = "What was found wrong with the file of an imported study",
            description =
                    "All are counted; of each kind in each column the first 50 are listed, with run, row and column, and one more says"
                            + " how many follow. 'most' (default 1000) bounds the list. None for other studies.")
    public FindingView findings(@RestPath String id, @QueryParam("most") @DefaultValue("1000") String most) {
        return FindingView.of(find(id).id(), imports.findings(id, Parameters.whole("most", most, 0, MOST_FINDINGS)));
    }

    private Study find(String id) {
        return studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
    }
}
