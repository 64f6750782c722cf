package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.packing.BatchPacker;
import org.plmfrontier.dataset.pipeline.Handoff;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.spill.SpillFailedException;
import org.plmfrontier.dataset.spill.SpillFolder;
import org.plmfrontier.dataset.spill.SpillShuffle;
import org.plmfrontier.dataset.statistics.ReferenceModels;

/**
 * Builds a corpus: the sources are read once and spilled by shuffled position, the proteins are selected, then drained
 * into packed batches, training part first. The result follows from the sources' content and the options alone. A build
 * that broke off goes on with the first source that was not read to its end; what follows the reading is repeated from
 * the spill. A second thread reads, hashes and decompresses ahead, then joins and sends the packed batches. Memory: the
 * shuffle's bound, one packing window and {@value #WAITING_BATCHES} batches, the ordinals of the held-out proteins, two bits per
 * protein.
 */
public final class CorpusBuild {
    private static final int WAITING_BATCHES = 64;

    private final Path folder;
    private final long shuffleMemoryBytes;
    private final BuildTools tools;

    /**
     * @param folder a folder of this build's own, kept until the build succeeds; room for about the size of the
     *     sources, uncompressed, and as much again where proteins are compared
     * @param shuffleMemoryBytes largest spill file that is sorted in memory
     */
    public CorpusBuild(Path folder, long shuffleMemoryBytes, BuildTools tools) {
        this.folder = folder;
        this.shuffleMemoryBytes = shuffleMemoryBytes;
        this.tools = tools;
    }

    /**
     * Builds.
     *
     * @throws IOException where a source cannot be read, has changed, or holds too few proteins
     * @throws SpillFailedException where the disk is full; what was spilled is deleted then
     * @throws org.plmfrontier.dataset.finding.StrictModeException at the first oddity where the options are strict
     */
    public CorpusManifest build(List<Source> sources, CorpusOptions options, CorpusSink sink, BuildProgress progress)
            throws IOException {
        try {
            CorpusManifest manifest = buildFrom(sources, options, sink, progress);
            SpillFolder.delete(folder);
            progress.done();
            return manifest;
        } catch (SpillFailedException e) {
            SpillFolder.delete(folder);
            throw e;
        }
    }

    private CorpusManifest buildFrom(
            List<Source> sources, CorpusOptions options, CorpusSink sink, BuildProgress progress) throws IOException {
        CommonHeldOut common = options.heldOut() == null
                ? null
                : CommonHeldOut.read(folder.resolve("common"), options, tools, progress);
        Findings findings = new Findings(options.strict());
        try (Intake intake = new Intake(folder, options, common, shuffleMemoryBytes, findings, progress)) {
            new SourceReader(tools, findings, intake, progress).read(sources);
            noteRepeatedIdentifiers(intake, sources, findings);
            progress.found(findings.list());
            progress.selecting();
            Selection selection =
                    new Selection(options, tools.identity(), folder.resolve("selection"), intake.ordinals(), common);
            selection.run(intake);
            return write(new Request(sources, options), sink, progress, new Read(intake, selection, findings, common));
        } finally {
            progress.found(findings.list());
        }
    }

    /** What was asked for. */
    private record Request(List<Source> sources, CorpusOptions options) {}

    /** What the sources gave. */
    private record Read(
            Intake intake,
            Selection selection,
            Findings findings,
            @Nullable CommonHeldOut common) {
        /** What was asked for, with what the held-out files turned out to be. */
        CorpusOptions options(CorpusOptions asked) {
            return common == null ? asked : asked.with(common.from());
        }

        List<Finding> allFindings() {
            return common == null ? findings.list() : Findings.merged(common.findings(), findings.list());
        }

        Map<SetApart, Long> setApart() {
            Map<SetApart, Long> all = new EnumMap<>(SetApart.class);
            all.putAll(intake.setApart());
            all.putAll(selection.counts());
            if (common != null) {
                common.setApart().forEach((reason, count) -> all.merge(reason, count, Long::sum));
            }
            return all;
        }
    }

    private CorpusManifest write(Request request, CorpusSink sink, BuildProgress progress, Read read)
            throws IOException {
        List<Source> sources = request.sources();
        CorpusOptions options = request.options();
        Intake intake = read.intake();
        Selection selection = read.selection();
        String id = CorpusId.of(sources, options);
        progress.writing(intake.ordinals());
        BatchCounter training = new BatchCounter(id, progress, sink::training);
        Path between = folder.resolve("heldout");
        SpillFolder.delete(between);
        try (SpillShuffle heldOutShuffle = new SpillShuffle(between, options.seed(), shuffleMemoryBytes)) {
            Packing packing = new Packing(options, selection, heldOutShuffle, progress);
            try (Handoff<List<byte[]>> out = new Handoff<>("corpus-write", WAITING_BATCHES, training)) {
                packing.training(intake.shuffle(), packer(options, out));
                out.finish();
            }
            CommonHeldOut common = read.common();
            String set = common == null ? id : common.set().masks();
            BatchCounter heldOut = new BatchCounter(id, progress, packing.evaluated(set, sink::heldOut));
            if (common == null) {
                packing.heldOut(packer(options, heldOut));
            } else {
                packing.heldOut(common, heldOut);
            }
            ReferenceModels models = packing.models();
            return CorpusManifestBuilder.builder()
                    .id(id)
                    .sources(Checkpoint.Part.read(sources, intake.parts()))
                    .options(read.options(options))
                    .counts(packing.counts(read.setApart()))
                    .findings(read.allFindings())
                    .records(training.records())
                    .tokens(training.tokens())
                    .heldOutRecords(heldOut.records())
                    .heldOutTokens(heldOut.tokens())
                    .paddingShare(training.paddingShare())
                    .residueFrequencies(models.trainingCounts().frequencies())
                    .lengthHistogram(packing.lengths().bins())
                    .references(models.losses())
                    .specSha256(CorpusId.hash(sources, options))
                    .logs(new CorpusManifest.Logs(
                            training.sha256(),
                            heldOut.sha256(),
                            training.tokens() + heldOut.tokens(),
                            models.trainingCounts().entropyNats()))
                    .identity(selection.report())
                    .heldOut(common == null ? null : common.set())
                    .build();
        }
    }

    private static void noteRepeatedIdentifiers(Intake intake, List<Source> sources, Findings findings)
            throws IOException {
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        AtomicLong count = new AtomicLong();
        intake.identifiers().repetitions(place -> {
            count.incrementAndGet();
            first.accumulateAndGet(place, Math::min);
        });
        if (count.get() > 0) {
            Source source = sources.get((int) (first.get() >>> Intake.LINE_BITS));
            long line = first.get() & ((1L << Intake.LINE_BITS) - 1);
            findings.add(FindingClass.DUPLICATE_IDENTIFIER, source.name(), line, count.get());
        }
    }

    private static BatchPacker packer(CorpusOptions options, Consumer<List<byte[]>> sink) {
        return new BatchPacker(options.batchTokens(), options.packingWindow(), options.seed(), sink);
    }
}
