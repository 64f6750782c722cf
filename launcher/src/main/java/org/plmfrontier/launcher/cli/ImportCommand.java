package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.launcher.fit.BadInputException;
import org.plmfrontier.launcher.fit.FileOverview;
import org.plmfrontier.launcher.fit.LongTable;
import org.plmfrontier.launcher.fit.LossFile;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier import FILE}: makes a study of a file in a running suite. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Makes a study of a file of losses (as for fit) in a running suite, after printing what was understood of it."
                        + " The same file again is the same study. Exit status 0: imported; 2: bad input; 1: anything else.")
final class ImportCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final int BAD_REQUEST = 400;
    private static final int CREATED = 201;
    private static final int MOST_FINDINGS = 20;

    @Mixin
    LossFileArguments input = new LossFileArguments();

    @Option(names = "--study", description = "id of the study (default: from the file's name)")
    @Nullable
    String study;

    @Option(names = "--dry-run", description = "print what was understood of the file, and import nothing")
    boolean dryRun;

    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service (default: ${DEFAULT-VALUE})")
    String address = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            LossFile losses = input.losses();
            FileOverview overview = FileOverview.of(losses);
            System.out.print(overview.text());
            if (dryRun) {
                return 0;
            }
            String id = study == null ? idOf(Path.of(losses.title())) : study;
            if (losses.isWholeTable()) {
                return send(id, losses.file(), input.columns, overview);
            }
            LongTable table = LongTable.of(losses);
            try {
                return send(id, table.file(), null, overview);
            } finally {
                Files.deleteIfExists(table.file());
            }
        } catch (BadInputException | IllegalArgumentException e) {
            System.err.println("frontier: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private int send(String id, Path table, @Nullable String columns, FileOverview overview)
            throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(address).expecting("fitting-service")) {
            String path = "/imports?study=" + encoded(id) + (columns == null ? "" : "&columns=" + encoded(columns));
            RestClient.Answer answer = fitting.post(path, "text/csv", table);
            print(answer, fitting.get("/studies/" + id + "/findings?most=" + MOST_FINDINGS), id, overview);
            return 0;
        } catch (RefusedException e) {
            System.err.println("frontier: " + input.file + ": " + e.getMessage());
            return e.status() == BAD_REQUEST ? BAD_INPUT : 1;
        }
    }

    private void print(RestClient.Answer answer, JsonNode findings, String id, FileOverview overview) {
        String how = answer.status() == CREATED ? "imported" : "known already";
        System.out.println("study " + id + " " + how + ": "
                + answer.body().path("runs").asText() + " runs, see " + address + "/#" + id);
        Set<String> known = overview.findings().stream().map(Finding::sentence).collect(Collectors.toSet());
        for (JsonNode finding : findings.path("findings")) {
            String sentence = finding.path("sentence").asText();
            if (!known.contains(sentence)) {
                String kind =
                        finding.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
                System.out.println("  " + kind + ": " + sentence);
            }
        }
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
