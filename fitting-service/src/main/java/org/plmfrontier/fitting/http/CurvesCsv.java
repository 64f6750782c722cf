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
import org.plmfrontier.fitting.curve.CurvePoint;
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
        boolean mixed = study.families().size() > 1;
        writer.write("run,N,D,C,loss,step,lr" + (mixed ? ",group" : "") + "\n");
        for (Run run : study.knownRuns()) {
            String head = cell(run.spec().isPresent() ? run.runId() : run.name()) + "," + size(run) + ",";
            String tail = mixed ? "," + cell(run.family()) + "\n" : "\n";
            store.points(run.runId(), points -> write(writer, head, points, tail));
        }
        writer.flush();
    }

    private static void write(Writer writer, String head, List<CurvePoint> points, String tail) {
        try {
            for (CurvePoint point : points) {
                String rate = point.learningRate().isPresent()
                        ? Double.toString(point.learningRate().getAsDouble())
                        : "";
                writer.write(head + point.tokens() + "," + point.computeFlops() + "," + point.lossNats() + ","
                        + point.step() + "," + rate + tail);
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
