package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.publication.FitSheet;
import org.plmfrontier.fitting.publication.FrontierSheet;
import org.plmfrontier.fitting.publication.PlateauSheet;
import org.plmfrontier.fitting.publication.RecommendationSheet;
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

    @GET
    @Path("/{id}/frontier")
    @Operation(summary = "The compute-optimal frontier", description = "Or 'outcome' and 'reason' while there is none.")
    public FrontierSheet frontier(@RestPath String id) {
        return FrontierSheet.of(fit(id));
    }

    @GET
    @Path("/{id}/fits")
    @Operation(summary = "Coefficients and exponents of each method")
    public List<FitSheet> fits(@RestPath String id) {
        return FitSheet.of(fit(id));
    }

    @GET
    @Path("/{id}/plateau")
    @Operation(summary = "Whether each run's loss has stopped falling, and why")
    public List<PlateauSheet.OfRun> plateau(@RestPath String id) {
        return fit(id).runs().values().stream().map(PlateauSheet.OfRun::of).toList();
    }

    @GET
    @Path("/{id}/recommendation")
    @Operation(summary = "Model size and tokens for a budget of training FLOPs")
    public RecommendationSheet recommendation(
            @RestPath String id, @QueryParam("budgetFlops") @Nullable String budgetFlops) {
        return RecommendationSheet.of(fit(id), Parameters.positive("budgetFlops", budgetFlops));
    }

    private Study find(String id) {
        return studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
    }

    private StudyFit fit(String id) {
        return refitter.fitOf(find(id));
    }
}
