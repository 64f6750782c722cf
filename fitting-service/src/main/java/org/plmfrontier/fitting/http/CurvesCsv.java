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
import java.util.function.Function;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.publication.EvaluationCells;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;

/**
 * All points of a study as CSV in the columns that an import takes, read and written in bounded pieces. Where evaluations have
 * parts, the rows of the steps at which a budget ended carry the held-out loss and its parts in columns of their own, behind
 * those of the import.
 *
 * @param store where the points are read
 */
record CurvesCsv(Study study, StudyStore store) implements StreamingOutput {
    @Override
    public void write(OutputStream output) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
        boolean mixed = study.families().size() > 1;
        boolean parts = EvaluationCells.anyIn(study);
        writer.write("run,N,D,C,loss,step,lr" + (mixed ? ",group" : "") + (parts ? EvaluationCells.HEADER : "") + "\n");
        for (Run run : study.knownRuns()) {
            String head = cell(run.spec().isPresent() ? run.runId() : run.name()) + "," + size(run) + ",";
            String group = mixed ? "," + cell(run.family()) : "";
            Function<StepCompleted, String> evaluation = parts ? new EvaluationCells(run)::at : step -> "";
            store.steps(run.runId(), steps -> write(writer, head, steps, step -> group + evaluation.apply(step)));
        }
        writer.flush();
    }

    private static void write(
            Writer writer, String head, List<TrainingEvent> steps, Function<StepCompleted, String> tail) {
        try {
            for (TrainingEvent event : steps) {
                if (event instanceof StepCompleted step) {
                    writer.write(head + step.tokens() + "," + step.computeFlops() + "," + step.lossNats() + ","
                            + step.step() + "," + step.learningRate() + tail.apply(step) + "\n");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts are whole; a file may give others. */
    private static String size(Run run) {
        double size = run.parameters();
        return size == Math.rint(size) && size < 1e15 ? Long.toString((long) size) : Double.toString(size);
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
