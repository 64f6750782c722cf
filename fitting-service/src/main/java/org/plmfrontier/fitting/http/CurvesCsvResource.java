package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.StudyStore;

/** Curves as CSV with all points, in the columns that an import takes. */
@Path("/studies/{id}/curves")
@Tag(name = "studies")
public class CurvesCsvResource {
    private final Studies studies;
    private final StudyStore store;

    public CurvesCsvResource(Studies studies, StudyStore store) {
        this.studies = studies;
        this.store = store;
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(
            summary = "All points of all runs",
            description = "Columns run, N (Table 6), D (tokens), C (training FLOPs), loss (nats), step, lr.")
    public StreamingOutput csv(@RestPath String id) {
        List<Run> runs =
                studies.find(id).orElseThrow(() -> Refused.unknownStudy(id)).plannedRuns();
        return output -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
            writer.write("run,N,D,C,loss,step,lr\n");
            for (Run run : runs) {
                store.steps(run.runId(), steps -> write(writer, run, steps));
            }
            writer.flush();
        };
    }

    private static void write(Writer writer, Run run, List<TrainingEvent> steps) {
        try {
            for (TrainingEvent event : steps) {
                if (event instanceof StepCompleted step) {
                    writer.write(line(run, step));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Run run, StepCompleted step) {
        return run.runId() + "," + run.parameters().table6() + "," + step.tokens() + "," + step.computeFlops() + ","
                + step.lossNats() + "," + step.step() + "," + step.learningRate() + "\n";
    }
}
