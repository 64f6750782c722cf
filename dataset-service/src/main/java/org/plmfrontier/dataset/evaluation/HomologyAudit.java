package org.plmfrontier.dataset.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.identity.IdentityTools;

/** Searches relatives of an evaluation's proteins among those of a corpus. Thread-safe. */
public final class HomologyAudit {
    private static final List<Double> IDENTITIES = List.of(0.3, 0.5, 0.9);

    /** Share of the evaluated protein that an alignment covers. */
    private static final double COVERAGE = 0.8;

    private final IdentityTools tools;
    private final TrainingProteins training;
    private final EvaluatedProteins.Opener files;

    /** Gives the proteins that a corpus trains on. */
    @FunctionalInterface
    public interface TrainingProteins {
        /** Writes them as FASTA under their ordinals. */
        void write(String corpusId, Path fasta) throws IOException;
    }

    HomologyAudit(IdentityTools tools, TrainingProteins training, EvaluatedProteins.Opener files) {
        this.tools = tools;
        this.training = training;
        this.files = files;
    }

    /**
     * Searches, for as long as it takes.
     *
     * @return what was found; unknown where the program is not there or fails, or the evaluation has no sequences
     * @throws IOException where the corpus, a file or the disk cannot be used; later it may be otherwise
     */
    Relatives of(EvaluationSpec evaluation, String corpus) throws IOException {
        if (EvaluatedProteins.files(evaluation).isEmpty()) {
            return Relatives.unknown(corpus, "its proteins come as structures, whose sequences are not searched for");
        }
        try {
            tools.version();
        } catch (IOException e) {
            return Relatives.unknown(
                    corpus, "MMseqs2 cannot be run by the dataset service; install the Debian package mmseqs2");
        }
        Path work = Files.createTempDirectory("relatives");
        try {
            return search(evaluation, corpus, work);
        } finally {
            delete(work);
        }
    }

    private Relatives search(EvaluationSpec evaluation, String corpus, Path work) throws IOException {
        Path queries = work.resolve("evaluated.fasta");
        long proteins;
        try (BufferedWriter out = Files.newBufferedWriter(queries)) {
            proteins = new EvaluatedProteins(out).write(evaluation, files);
        }
        if (proteins == 0) {
            return Relatives.unknown(corpus, "its files hold no protein");
        }
        Path targets = work.resolve("training.fasta");
        training.write(corpus, targets);
        Map<Long, Double> closest = new HashMap<>();
        try {
            tools.search(
                    queries,
                    targets,
                    new IdentityBound(IDENTITIES.getFirst(), COVERAGE),
                    work.resolve("search"),
                    (query, target, identity) -> closest.merge(query, identity, Math::max));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return Relatives.unknown(corpus, "the search failed: " + e.getMessage());
        }
        List<Relatives.Share> shares = IDENTITIES.stream()
                .map(identity -> new Relatives.Share(
                        identity,
                        closest.values().stream()
                                .filter(best -> best >= identity)
                                .count()))
                .toList();
        return new Relatives(corpus, proteins, shares, null);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
