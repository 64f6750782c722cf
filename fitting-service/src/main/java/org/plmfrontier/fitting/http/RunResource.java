package org.plmfrontier.fitting.http;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.publication.RunDetails;
import org.plmfrontier.fitting.publication.RunHistoryView;
import org.plmfrontier.fitting.publication.StepView;
import org.plmfrontier.fitting.study.RecordedStep;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.retry.FailureSentence;

/** One run of a study. */
@Path("/studies/{id}/runs/{run}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class RunResource {
    private static final int MOST_STEPS = 20_000;

    private final Studies studies;
    private final Refitter refitter;
    private final StudyStore store;

    public RunResource(Studies studies, Refitter refitter, StudyStore store) {
        this.studies = studies;
        this.refitter = refitter;
        this.store = store;
    }

    @GET
    @Operation(
            operationId = "getRun",
            summary = "A run with its latest change of state, its evaluations and its recipe",
            description = "Earlier changes of state, checkpoints and who trained which slice: see history.")
    public RunDetails run(@RestPath String id, @RestPath String run) {
        Study study = find(id);
        return RunDetails.of(
                find(study, run), refitter.fit(study).map(fit -> fit.runs().get(run)));
    }

    @GET
    @Path("/steps")
    @Operation(
            operationId = "getSteps",
            summary = "Steps of a run with learning rate, gradient norm, speed and time",
            description =
                    "At most about 'points' (default 2000): every second, third ... step, always the first and the last."
                            + " 503 while the database does not give them.")
    public List<StepView> steps(
            @RestPath String id, @RestPath String run, @QueryParam("points") @DefaultValue("2000") String points) {
        long most = Parameters.whole("points", points, 2, MOST_STEPS);
        Run found = find(find(id), run);
        long every = Math.max(1, Math.ceilDiv(found.step(), most));
        return kept(run, every).stream().map(StepView::of).toList();
    }

    @GET
    @Path("/history")
    @Operation(
            operationId = "getRunHistory",
            summary = "What became of a run: changes of state with reasons, who trained which slices on which device",
            description =
                    "Slices in a row that one trainer did on one device are one span. Empty of runs from files. 503 while"
                            + " the database does not give it.")
    public RunHistoryView history(@RestPath String id, @RestPath String run) {
        find(find(id), run);
        return read(run, "the history", () -> RunHistoryView.of(store.history(run)));
    }

    private List<RecordedStep> kept(String run, long every) {
        return read(run, "the steps", () -> store.steps(run, every));
    }

    private static <T> T read(String run, String what, Supplier<T> database) {
        try {
            return database.get();
        } catch (RuntimeException e) {
            throw Refused.busy(
                    what + " of run '" + run + "' cannot be read from the database now: " + FailureSentence.of(e));
        }
    }

    private Study find(String id) {
        return studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
    }

    private static Run find(Study study, String run) {
        Run found = study.runs().get(run);
        if (found == null || !found.isKnown()) {
            throw Refused.unknownRun(study.id(), run);
        }
        return found;
    }
}
