package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.identity.IdentityReport;
import org.plmfrontier.dataset.identity.IdentityReportCheckBuilder;
import org.plmfrontier.dataset.identity.IdentityTools;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.spill.SpillFolder;

/**
 * Which proteins the corpus has, after all were seen: without repetitions, one of each cluster, a held-out part, and a
 * training part that is not too like it. Memory: two bits per protein. Not thread-safe.
 */
final class Selection {
    private static final int MOST_SEARCHES = 8;

    private final CorpusOptions options;
    private final IdentityTools tools;
    private final Path work;
    private final int proteins;
    private final @Nullable CommonHeldOut common;
    private final BitSet removed = new BitSet();
    private final BitSet heldOut = new BitSet();
    private final Map<SetApart, Long> counts = new EnumMap<>(SetApart.class);
    private @Nullable IdentityReport report;

    /**
     * @param work folder for the tools
     * @param proteins how many there are; their ordinals are 0 to this less 1
     * @param common the held-out set that is named; null where it is chosen among the proteins
     */
    Selection(CorpusOptions options, IdentityTools tools, Path work, long proteins, @Nullable CommonHeldOut common) {
        this.options = options;
        this.tools = tools;
        this.work = work;
        this.proteins = Math.toIntExact(proteins);
        this.common = common;
    }

    /** Selects. */
    void run(Intake intake) throws IOException {
        SpillFolder.delete(work);
        Files.createDirectories(work);
        if (options.deduplicate()) {
            intake.sequences().repetitions(ordinal -> remove(ordinal, SetApart.DUPLICATE));
        }
        String tool = options.needsIdentity() ? tools.version() : "";
        @Nullable Long clustered = null;
        @Nullable Long clusters = null;
        if (options.cluster() != null) {
            clustered = left();
            cluster(intake.proteins(), options.cluster());
            clusters = left();
        }
        chooseHeldOut(intake.setApart());
        IdentityReport.@Nullable Check check =
                options.heldOutIdentity() == null ? null : separate(intake.proteins(), options.heldOutIdentity());
        report = options.needsIdentity() ? new IdentityReport(tool, clustered, clusters, check) : null;
    }

    boolean has(long ordinal) {
        return !removed.get((int) ordinal);
    }

    boolean holdsOut(long ordinal) {
        return heldOut.get((int) ordinal);
    }

    /** How many proteins were left out, by reason. */
    Map<SetApart, Long> counts() {
        return counts;
    }

    /** What the tools found; null where none was needed. */
    @Nullable
    IdentityReport report() {
        return report;
    }

    private void cluster(Path all, Clustering wanted) throws IOException {
        Path candidates = work.resolve("candidates.fasta");
        ProteinText.select(all, this::has, candidates);
        tools.cluster(candidates, wanted, work.resolve("cluster"), member -> remove(member, SetApart.CLUSTERED));
    }

    private void chooseHeldOut(Map<SetApart, Long> before) throws IOException {
        if (left() <= options.heldOutSequences()) {
            throw new IOException((common != null
                            ? "the sources hold no usable protein that is not held out"
                            : "the sources hold " + left() + " usable proteins, of which heldOutSequences "
                                    + options.heldOutSequences() + " leaves none to train on")
                    + reasons(before));
        }
        HeldOutChoice choice = new HeldOutChoice(options.heldOutSequences(), options.seed());
        for (int at = removed.nextClearBit(0); at < proteins; at = removed.nextClearBit(at + 1)) {
            choice.offer(at);
        }
        for (long ordinal : choice.ordinals()) {
            heldOut.set((int) ordinal);
        }
    }

    private String reasons(Map<SetApart, Long> before) {
        Map<SetApart, Long> all = new EnumMap<>(SetApart.class);
        all.putAll(before);
        all.putAll(counts);
        return all.isEmpty() ? "" : "; set apart: " + all;
    }

    /** Searches and takes out of the training part what is too like, until a search finds nothing more. */
    private IdentityReport.Check separate(Path all, IdentityBound bound) throws IOException {
        Path queries = common == null ? work.resolve("heldout.fasta") : common.queries();
        long inside = common == null ? ProteinText.select(all, this::holdsOut, queries) : 0;
        long held = common == null ? inside : common.proteins().size();
        long taken = 0;
        for (int search = 1; search <= MOST_SEARCHES; search++) {
            Path targets = work.resolve("training.fasta");
            long trained = ProteinText.select(all, ordinal -> has(ordinal) && !holdsOut(ordinal), targets);
            HitTally tally = new HitTally(bound.most());
            tools.search(queries, targets, bound, work.resolve("search"), tally);
            if (tally.tooLike().isEmpty()) {
                return IdentityReportCheckBuilder.builder()
                        .bound(bound)
                        .searches(search)
                        .removed(taken)
                        .queries(held)
                        .targets(trained)
                        .hits(tally.hits())
                        .highestIdentity(tally.highestIdentity())
                        .build();
            }
            taken += tally.tooLike().cardinality();
            tally.tooLike().stream().forEach(ordinal -> remove(ordinal, SetApart.LIKE_HELD_OUT));
            if (left() <= inside) {
                throw new IOException("every usable protein is too like a held-out one: none is left to train on");
            }
        }
        throw new IOException("after " + MOST_SEARCHES + " searches there are still proteins of " + bound.most()
                + " identity or more to held-out ones");
    }

    private long left() {
        return (long) proteins - removed.cardinality();
    }

    private void remove(long ordinal, SetApart reason) {
        if (has(ordinal)) {
            removed.set((int) ordinal);
            counts.merge(reason, 1L, Long::sum);
        }
    }
}
