package org.plmfrontier.launcher.fit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.TableRow;

/**
 * A file of losses and what is known of its runs, written as one table, a row per run and step, which a service takes.
 *
 * @param file to be deleted by whoever asked for it
 * @param findings about rows that were left out
 */
public record LongTable(Path file, List<Finding> findings) {
    private static final String HEADER = "run,group,N,D,%s,step,lr,unique_tokens,epochs";

    /**
     * Writes the table into the folder for temporary files.
     *
     * @throws BadInputException where the file is no table of losses
     */
    public static LongTable of(LossFile losses) throws BadInputException, IOException {
        Path target = Files.createTempFile("losses-", ".csv");
        FindingLog findings = new FindingLog();
        try (BufferedWriter writer = Files.newBufferedWriter(target)) {
            LossRows rows = losses.rows();
            boolean hasFlops = rows.hasFlops();
            String loss = rows.units().loss() ? "lossNats" : "loss";
            writer.write(HEADER.formatted(loss) + (hasFlops ? ",C\n" : "\n"));
            rows.read(findings, row -> write(writer, row, hasFlops));
        } catch (BadInputException | IOException | RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
        return new LongTable(target, findings.list());
    }

    private static void write(BufferedWriter writer, TableRow row, boolean hasFlops) {
        String cells = Stream.of(
                        quoted(row.run()),
                        quoted(row.group()),
                        Double.toString(row.parameters()),
                        Double.toString(row.tokens()),
                        Double.toString(row.lossNats()),
                        cell(row.step()),
                        cell(row.learningRate()),
                        cell(row.uniqueTokens()),
                        cell(row.epochs()))
                .collect(Collectors.joining(","));
        try {
            writer.write(cells + (hasFlops ? "," + cell(row.computeFlops()) : "") + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
