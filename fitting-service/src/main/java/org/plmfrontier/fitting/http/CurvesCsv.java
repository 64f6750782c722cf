package org.plmfrontier.fitting.http;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;

/**
 * All points of a study as CSV in the columns that an import takes, read and written in bounded pieces.
 *
 * @param store where the points are read
 */
record CurvesCsv(Study study, StudyStore store) implements StreamingOutput {
    @Override
    public void write(OutputStream output) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
        writer.write("run,N,D,C,loss,step,lr\n");
        for (Run run : study.plannedRuns()) {
            store.steps(run.runId(), steps -> write(writer, run, steps));
        }
        writer.flush();
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
