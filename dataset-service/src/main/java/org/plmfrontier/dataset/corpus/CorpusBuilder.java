package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.packing.BatchPacker;
import org.plmfrontier.dataset.shuffle.SpillShuffle;
import org.plmfrontier.dataset.statistics.ReferenceModels;

/**
 * Builds a corpus: the sources are read once and spilled by shuffled position, then drained into packed batches,
 * training part first. The result follows from the sources' content and the options alone, so a build that broke off
 * is repeated with the same outcome. Memory: the shuffle's bound, one packing window, the ordinals of the held-out
 * proteins.
 */
public final class CorpusBuilder {
    private final Path spillFolder;
    private final long shuffleMemoryBytes;

    /**
     * @param spillFolder a folder of this build's own; room for about the size of the sources, uncompressed
     * @param shuffleMemoryBytes largest spill file that is sorted in memory
     */
    public CorpusBuilder(Path spillFolder, long shuffleMemoryBytes) {
        this.spillFolder = spillFolder;
        this.shuffleMemoryBytes = shuffleMemoryBytes;
    }

    /**
     * Builds.
     *
     * @throws IOException where a source cannot be read, has changed, or holds too few proteins
     * @throws org.plmfrontier.dataset.finding.StrictModeException at the first oddity where the options are strict
     */
    public CorpusManifest build(List<Source> sources, CorpusOptions options, CorpusSink sink, BuildProgress progress)
            throws IOException {
        String id = CorpusId.of(sources, options);
        Findings findings = new Findings(options.strict());
        try (SpillShuffle shuffle = spill("all", options);
                SpillShuffle heldOutShuffle = spill("heldout", options)) {
            Intake intake = new Intake(options, shuffle, progress);
            progress.enter(BuildProgress.Phase.READING);
            new SourceReader(findings, intake, progress).read(sources);
            progress.enter(BuildProgress.Phase.WRITING);
            ReferenceModels models = new ReferenceModels();
            BatchCounter training = new BatchCounter(id, progress, sink::training);
            BatchCounter heldOut = new BatchCounter(id, progress, sink::heldOut);
            drainTraining(shuffle, heldOutShuffle, intake.heldOut(), packer(options, training), models);
            drainHeldOut(heldOutShuffle, packer(options, heldOut), models);
            progress.enter(BuildProgress.Phase.DONE);
            return new CorpusManifest(
                    id,
                    sources,
                    options,
                    intake.counts(),
                    findings.list(),
                    training.records(),
                    training.tokens(),
                    heldOut.records(),
                    heldOut.tokens(),
                    training.paddingShare(),
                    models.trainingCounts().frequencies(),
                    intake.lengths().bins(),
                    models.losses());
        }
    }

    private SpillShuffle spill(String name, CorpusOptions options) throws IOException {
        return new SpillShuffle(spillFolder.resolve(name), options.seed(), shuffleMemoryBytes);
    }

    private static BatchPacker packer(CorpusOptions options, BatchCounter counter) {
        return new BatchPacker(options.batchTokens(), options.packingWindow(), options.seed(), counter);
    }

    private static void drainTraining(
            SpillShuffle all, SpillShuffle heldOutShuffle, long[] heldOut, BatchPacker packer, ReferenceModels models)
            throws IOException {
        all.drain((ordinal, tokens) -> {
            if (Arrays.binarySearch(heldOut, ordinal) >= 0) {
                heldOutShuffle.add(ordinal, tokens);
            } else {
                models.train(tokens);
                packer.add(tokens);
            }
        });
        packer.finish();
    }

    private static void drainHeldOut(SpillShuffle heldOut, BatchPacker packer, ReferenceModels models)
            throws IOException {
        heldOut.drain((ordinal, tokens) -> {
            models.evaluate(tokens);
            packer.add(tokens);
        });
        packer.finish();
    }
}
