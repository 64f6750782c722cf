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
import org.plmfrontier.fitting.curve.CurvePoint;
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
            Function<CurvePoint, String> evaluation = parts ? new EvaluationCells(run)::at : point -> "";
            store.points(run.runId(), points -> write(writer, head, points, point -> group + evaluation.apply(point)));
        }
        writer.flush();
    }

    private static void write(Writer writer, String head, List<CurvePoint> points, Function<CurvePoint, String> tail) {
        try {
            for (CurvePoint point : points) {
                String rate = point.learningRate().isPresent()
                        ? Double.toString(point.learningRate().getAsDouble())
                        : "";
                writer.write(head + point.tokens() + "," + point.computeFlops() + "," + point.lossNats() + ","
                        + point.step() + "," + rate + tail.apply(point) + "\n");
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
