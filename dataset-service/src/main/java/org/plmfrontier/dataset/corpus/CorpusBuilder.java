package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
public final class CorpusBuilder {
    private static final int WAITING_BATCHES = 64;

    private final Path folder;
    private final long shuffleMemoryBytes;
    private final BuildTools tools;

    /**
     * @param folder a folder of this build's own, kept until the build succeeds; room for about the size of the
     *     sources, uncompressed, and as much again where proteins are compared
     * @param shuffleMemoryBytes largest spill file that is sorted in memory
     */
    public CorpusBuilder(Path folder, long shuffleMemoryBytes, BuildTools tools) {
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
        Findings findings = new Findings(options.strict());
        try (Intake intake = new Intake(folder, options, shuffleMemoryBytes, findings, progress)) {
            new SourceReader(tools, findings, intake, progress).read(sources);
            noteRepeatedIdentifiers(intake, sources, findings);
            progress.found(findings.list());
            progress.selecting();
            Selection selection =
                    new Selection(options, tools.identity(), folder.resolve("selection"), intake.ordinals());
            selection.run(intake);
            return write(new Request(sources, options), sink, progress, new Read(intake, selection, findings));
        } finally {
            progress.found(findings.list());
        }
    }

    /** What was asked for. */
    private record Request(List<Source> sources, CorpusOptions options) {}

    /** What the sources gave. */
    private record Read(Intake intake, Selection selection, Findings findings) {}

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
            BatchCounter heldOut = new BatchCounter(id, progress, packing.evaluated(sink::heldOut));
            packing.heldOut(packer(options, heldOut));
            Map<SetApart, Long> before = new EnumMap<>(SetApart.class);
            before.putAll(intake.setApart());
            before.putAll(selection.counts());
            ReferenceModels models = packing.models();
            return new CorpusManifest(
                    id,
                    read(sources, intake.parts()),
                    options,
                    packing.counts(before),
                    read.findings().list(),
                    training.records(),
                    training.tokens(),
                    heldOut.records(),
                    heldOut.tokens(),
                    training.paddingShare(),
                    models.trainingCounts().frequencies(),
                    packing.lengths().bins(),
                    models.losses(),
                    CorpusId.hash(sources, options),
                    new CorpusManifest.Logs(
                            training.sha256(),
                            heldOut.sha256(),
                            training.tokens() + heldOut.tokens(),
                            models.trainingCounts().entropyNats()),
                    selection.report());
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

    private static List<Source> read(List<Source> sources, List<Checkpoint.Part> parts) {
        List<Source> read = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            read.add(sources.get(i).read(parts.get(i).sha256(), parts.get(i).bytes()));
        }
        return read;
    }

    private static BatchPacker packer(CorpusOptions options, Consumer<List<byte[]>> sink) {
        return new BatchPacker(options.batchTokens(), options.packingWindow(), options.seed(), sink);
    }
}
