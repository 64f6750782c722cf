package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.launcher.fit.BadInputException;
import org.plmfrontier.launcher.fit.LongTable;
import org.plmfrontier.launcher.fit.LossFile;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier import FILE.csv}: makes a study of a file in a running suite. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Makes a study of a CSV file (columns as for fit) in a running suite. The same file again is the same"
                        + " study. Exit status 0: imported; 2: bad input; 1: anything else.")
final class ImportCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final int BAD_REQUEST = 400;
    private static final int CREATED = 201;
    private static final int MOST_FINDINGS = 20;

    @Parameters(index = "0", description = "CSV file")
    Path file = Path.of("");

    @Option(names = "--study", description = "id of the study (default: from the file's name)")
    @Nullable
    String study;

    @Option(names = "--columns", description = "headers of the file, as for fit")
    @Nullable
    String columns;

    @Option(
            names = "--runs",
            description =
                    "CSV file of run,N,tokens_per_step, as for fit; what is imported is then one table with a row per run"
                            + " and step, whose lines findings name",
            paramLabel = "RUNS.csv")
    @Nullable
    Path runs;

    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service (default: ${DEFAULT-VALUE})")
    String address = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            System.err.println("frontier: there is no file " + file);
            return BAD_INPUT;
        }
        String id = study == null ? idOf(file) : study;
        if (runs == null) {
            return send(id, file, columns);
        }
        try {
            ColumnMapping mapping = columns == null ? ColumnMapping.usual() : ColumnMapping.parse(columns);
            LongTable table = LongTable.of(new LossFile(file, mapping, runs));
            table.findings().forEach(finding -> System.out.println("  " + file + ", " + finding.sentence()));
            try {
                return send(id, table.file(), null);
            } finally {
                Files.deleteIfExists(table.file());
            }
        } catch (BadInputException | IllegalArgumentException e) {
            System.err.println("frontier: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private int send(String id, Path table, @Nullable String columns) throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(address).expecting("fitting-service")) {
            String path = "/imports?study=" + encoded(id) + (columns == null ? "" : "&columns=" + encoded(columns));
            RestClient.Answer answer = fitting.post(path, "text/csv", table);
            print(answer, fitting.get("/studies/" + id + "/findings?most=" + MOST_FINDINGS), id);
            return 0;
        } catch (RefusedException e) {
            System.err.println("frontier: " + file + ": " + e.getMessage());
            return e.status() == BAD_REQUEST ? BAD_INPUT : 1;
        }
    }

    private void print(RestClient.Answer answer, JsonNode findings, String id) {
        String how = answer.status() == CREATED ? "imported" : "known already";
        System.out.println("study " + id + " " + how + ": "
                + answer.body().path("runs").asText() + " runs, see " + address + "/#" + id);
        findings.path("findings")
                .forEach(finding -> System.out.println("  "
                        + finding.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', ' ') + ": "
                        + finding.path("sentence").asText()));
        long more = findings.path("total").asLong() - findings.path("findings").size();
        if (more > 0) {
            System.out.println("  and " + more + " more: " + address + "/studies/" + id + "/findings");
        }
    }

    /** The file's name without its ending, of characters that an id may have. */
    static String idOf(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String stem = name.replaceFirst("\\.[a-z0-9]+$", "");
        return stem.replaceAll("[^a-z0-9._-]+", "-").replaceFirst("^[^a-z0-9]+", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
