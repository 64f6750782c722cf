package org.plmfrontier.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.corpus.CorpusBuild;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusSink;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;

/** A real file clustered, and split so that the held-out part is unlike the training part, by MMseqs2. */
public final class IdentitySplit {
    private static final double NANOS = 1e9;

    private IdentitySplit() {}

    /** Forgets what comes. */
    private static final class Nowhere implements CorpusSink {
        @Override
        public void training(TokenBatch batch) {}

        @Override
        public void heldOut(TokenBatch batch) {}
    }

    /** Arguments: file, per cent of identity of the clusters, CLUSTER or LINCLUST, held-out proteins. */
    public static void main(String[] arguments) throws IOException {
        Clustering clustering =
                new Clustering(Integer.parseInt(arguments[1]) / 100.0, 0.8, Clustering.Method.valueOf(arguments[2]));
        int heldOut = Integer.parseInt(arguments[3]);
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(heldOut)
                .maxLength(1026)
                .batchTokens(8192)
                .seed(1)
                .strict(false)
                .minLength(30)
                .packingWindow(4096)
                .deduplicate(true)
                .cluster(clustering)
                .heldOutIdentity(new IdentityBound(0.5, 0))
                .build();
        Path folder = Files.createTempDirectory("identity-split");
        BuildTools tools = LocalTools.make();
        long start = System.nanoTime();
        CorpusManifest manifest = new CorpusBuild(folder.resolve("work"), 1 << 24, tools)
                .build(tools.sources().find(List.of(arguments[0])), options, new Nowhere(), new BuildProgress(1, null));
        System.out.printf(
                "%.0f s; %s%nset apart %s%nkept %d of %d proteins, %d tokens, padding %.4f%n",
                (System.nanoTime() - start) / NANOS,
                manifest.identity(),
                manifest.counts().setApart(),
                manifest.counts().kept(),
                manifest.counts().read(),
                manifest.tokens(),
                manifest.paddingShare());
        Files.delete(folder);
    }
}
