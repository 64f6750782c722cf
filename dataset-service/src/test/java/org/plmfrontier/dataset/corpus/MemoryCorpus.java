package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.source.Source;

/** Keeps the corpus that was built last. */
final class MemoryCorpus implements CorpusSink {
    private final List<TokenBatch> training = new ArrayList<>();
    private final List<TokenBatch> heldOut = new ArrayList<>();

    @Override
    public void training(TokenBatch batch) {
        training.add(batch);
    }

    @Override
    public void heldOut(TokenBatch batch) {
        heldOut.add(batch);
    }

    CorpusManifest build(Path folder, List<String> proteins, CorpusOptions options, BuildTools tools)
            throws IOException {
        Path file = Fasta.write(folder.resolve("x.fasta"), proteins);
        return build(folder, tools.sources().find(List.of(file.toString())), options, tools, 1 << 20);
    }

    CorpusManifest build(Path folder, List<Source> sources, CorpusOptions options, BuildTools tools, long memory)
            throws IOException {
        training.clear();
        heldOut.clear();
        return new CorpusBuild(folder.resolve("work"), memory, tools)
                .build(sources, options, this, new BuildProgress(1, null));
    }

    List<TokenBatch> training() {
        return training;
    }

    List<TokenBatch> heldOut() {
        return heldOut;
    }

    /** All proteins of both parts. */
    List<String> letters() {
        List<TokenBatch> all = new ArrayList<>(training);
        all.addAll(heldOut);
        return Sequences.letters(all);
    }
}
