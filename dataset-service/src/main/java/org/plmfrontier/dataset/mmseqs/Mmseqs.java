package org.plmfrontier.dataset.mmseqs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.identity.IdentityTools;

/** The MMseqs2 program (Steinegger, Soeding 2017) as a process. Its results do not depend on its threads. */
public final class Mmseqs implements IdentityTools {
    /** The most sensitive search that its authors recommend. */
    private static final String SENSITIVITY = "7.5";

    private static final String TARGETS_PER_QUERY = "4000";
    private static final String EXPECTED_BY_CHANCE = "0.001";
    private static final int LINES_OF_A_FAILURE = 5;

    private static final List<String> NICE = List.of("nice", "-n", "19");

    private final String command;
    private final int threads;
    private final boolean nice;

    /**
     * @param command path or name of the program
     * @param threads threads that it may use; 0 for one per processor
     */
    public Mmseqs(String command, int threads) {
        this(command, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads, false);
    }

    private Mmseqs(String command, int threads, boolean nice) {
        this.command = command;
        this.threads = threads;
        this.nice = nice;
    }

    /**
     * The same program for work that nobody waits for: it runs at the lowest priority, so that what trains on the same processors
     * goes first. Without a program {@code nice} it runs like any other.
     */
    public Mmseqs unhurried() {
        return new Mmseqs(command, threads, true);
    }

    @Override
    public String version() throws IOException {
        Path output = Files.createTempFile("mmseqs", ".version");
        try {
            run(List.of(command, "version"), output);
            return "MMseqs2 " + Files.readString(output).strip();
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void cluster(Path proteins, Clustering wanted, Path work, LongConsumer members) throws IOException {
        Files.createDirectories(work);
        Path result = work.resolve("clusters");
        call(
                work,
                wanted.method() == Clustering.Method.CLUSTER ? "easy-cluster" : "easy-linclust",
                proteins.toString(),
                result.toString(),
                work.resolve("tmp").toString(),
                "--min-seq-id",
                Double.toString(wanted.identity()),
                "-c",
                Double.toString(wanted.coverage()),
                "--cov-mode",
                "0");
        rows(work.resolve("clusters_cluster.tsv"), columns -> {
            if (!columns[0].equals(columns[1])) {
                members.accept(Long.parseLong(columns[1]));
            }
        });
    }

    @Override
    public void search(Path queries, Path targets, IdentityBound bound, Path work, Hits hits) throws IOException {
        Files.createDirectories(work);
        Path result = work.resolve("hits.tsv");
        call(
                work,
                "easy-search",
                queries.toString(),
                targets.toString(),
                result.toString(),
                work.resolve("tmp").toString(),
                "-s",
                SENSITIVITY,
                "--max-seqs",
                TARGETS_PER_QUERY,
                "-e",
                EXPECTED_BY_CHANCE,
                "-c",
                Double.toString(bound.coverage()),
                "--cov-mode",
                "2",
                "--format-output",
                "query,target,fident");
        rows(
                result,
                columns -> hits.hit(
                        Long.parseLong(columns[0]), Long.parseLong(columns[1]), Double.parseDouble(columns[2])));
    }

    private void call(Path work, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(command);
        line.addAll(List.of(arguments));
        line.addAll(List.of("--threads", Integer.toString(threads), "--remove-tmp-files", "1", "-v", "2"));
        run(line, work.resolve("mmseqs.log"));
    }

    private void run(List<String> line, Path output) throws IOException {
        Process process = start(line, output);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(
                        "'" + String.join(" ", line) + "' failed with status " + status + ": " + end(output));
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("MMseqs2 was not waited for");
        }
    }

    private Process start(List<String> line, Path output) throws IOException {
        try {
            return nice && hasNice()
                    ? process(Stream.concat(NICE.stream(), line.stream()).toList(), output)
                    : process(line, output);
        } catch (IOException e) {
            throw new IOException(
                    "identity clustering and held-out sets by identity need MMseqs2, and '" + line.getFirst()
                            + "' cannot be run: install the Debian package mmseqs2, or set dataset.mmseqs.command ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    private static Process process(List<String> line, Path output) throws IOException {
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static boolean hasNice() {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, NICE.getFirst())));
    }

    private static String end(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
        return String.join("; ", lines.subList(Math.max(0, lines.size() - LINES_OF_A_FAILURE), lines.size()));
    }

    private static void rows(Path table, Consumer<String[]> row) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                row.accept(line.split("\t", -1));
            }
        }
    }
}
