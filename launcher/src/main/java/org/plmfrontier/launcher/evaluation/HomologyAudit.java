package org.plmfrontier.launcher.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * How many of the evaluated proteins have a relative among those that the model was trained on, by MMseqs2's search (Steinegger
 * and Soeding 2017): an alignment over 80 % of the evaluated protein at 30, 50 or 90 % identity.
 *
 * @param program name or path of MMseqs2
 */
public record HomologyAudit(String program) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double[] IDENTITIES = {0.3, 0.5, 0.9};
    private static final String COVERAGE = "0.8";
    /** The most sensitive search that its authors recommend. */
    private static final String SENSITIVITY = "7.5";

    private static final int LINES_OF_A_FAILURE = 5;

    /**
     * Searches.
     *
     * @param work empty folder, for files on the way
     * @return {@code proteins} and {@code relatives}, or {@code unknown} with the reason where MMseqs2 is not there
     * @throws IOException where a file cannot be read or the search fails
     */
    public ObjectNode of(List<Path> evaluated, List<Path> training, Path work)
            throws IOException, InterruptedException {
        Path queries = work.resolve("evaluated.fasta");
        Path targets = work.resolve("training.fasta");
        long proteins = numbered(evaluated, queries);
        long trained = numbered(training, targets);
        if (proteins == 0 || trained == 0) {
            throw new IOException((proteins == 0 ? evaluated : training) + " hold no protein");
        }
        ObjectNode found = JSON.createObjectNode().put("proteins", proteins).put("training", trained);
        Path hits = work.resolve("hits.tsv");
        try {
            search(queries, targets, hits, work);
        } catch (AbsentException e) {
            return found.put("unknown", "whether the model was trained on relatives: " + e.getMessage());
        }
        Map<String, Double> closest = closest(hits);
        for (double identity : IDENTITIES) {
            long related =
                    closest.values().stream().filter(best -> best >= identity).count();
            found.withArray("/relatives")
                    .addObject()
                    .put("identity", identity)
                    .put("proteins", related)
                    .put("share", (double) related / proteins);
        }
        return found;
    }

    /** The program cannot be run. */
    private static final class AbsentException extends Exception {
        private static final long serialVersionUID = 1;

        AbsentException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private void search(Path queries, Path targets, Path hits, Path work)
            throws IOException, InterruptedException, AbsentException {
        List<String> line = new ArrayList<>(List.of(program, "easy-search"));
        line.addAll(List.of(queries.toString(), targets.toString(), hits.toString()));
        line.add(work.resolve("tmp").toString());
        line.addAll(List.of("-s", SENSITIVITY, "-c", COVERAGE, "--cov-mode", "2", "-e", "0.001"));
        line.addAll(List.of("--format-output", "query,target,fident", "--remove-tmp-files", "1", "-v", "2"));
        Path log = work.resolve("mmseqs.log");
        Process process;
        try {
            process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new AbsentException(
                    "MMseqs2 ('" + program + "') is not on the path; install the Debian package mmseqs2", e);
        }
        try {
            int status = process.waitFor();
            if (status != 0) {
                List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
                throw new IOException("MMseqs2 failed with status " + status + ": "
                        + String.join(
                                "; ", lines.subList(Math.max(0, lines.size() - LINES_OF_A_FAILURE), lines.size())));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** Highest identity by query. */
    private static Map<String, Double> closest(Path hits) throws IOException {
        Map<String, Double> closest = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(hits, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split("\t", -1);
                closest.merge(columns[0], Double.parseDouble(columns[2]), Math::max);
            }
        }
        return closest;
    }

    /** Writes the records of FASTA files under their numbers, since names may occur twice; returns how many. */
    private static long numbered(List<Path> files, Path target) throws IOException {
        long records = 0;
        try (BufferedWriter out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            for (Path file : files) {
                try (BufferedReader lines = open(file)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        out.write(line.startsWith(">") ? ">" + ++records : line);
                        out.newLine();
                    }
                }
            }
        }
        return records;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}
