package org.plmfrontier.dataset.corpus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;

/**
 * Options that never change under their name. All of {@code serrano-2024} are made from one UniRef50 file and hold out
 * 8192 proteins of less than half identity to any training protein (after Serrano et al. 2024): {@code UniRef50}
 * as it is; {@code UniRef40}, {@code UniRef30}, {@code UniRef20} clustered at these per cents over four fifths of both
 * proteins; {@code Sampled30}, {@code Sampled23}, {@code Sampled20} random samples, whose numbers we read as millions
 * of proteins, the sizes of the clustered sets.
 */
public final class Presets {
    private static final String PAPER = "serrano-2024/";
    private static final double OVERLAP = 0.8;
    private static final long MILLION = 1_000_000;
    private static final Map<String, CorpusOptions> PRESETS = presets();

    private Presets() {}

    /** Name to options; unmodifiable. */
    public static Map<String, CorpusOptions> byName() {
        return PRESETS;
    }

    private static Map<String, CorpusOptions> presets() {
        Map<String, CorpusOptions> presets = new LinkedHashMap<>();
        presets.put(PAPER + "UniRef50", paper(null, null));
        for (int percent : new int[] {40, 30, 20}) {
            Clustering clustering = new Clustering(percent / 100.0, OVERLAP, Clustering.Method.CLUSTER);
            presets.put(PAPER + "UniRef" + percent, paper(clustering, null));
        }
        for (int millions : new int[] {30, 23, 20}) {
            presets.put(PAPER + "Sampled" + millions, paper(null, new Sample(millions * MILLION, null)));
        }
        return Collections.unmodifiableMap(presets);
    }

    private static CorpusOptions paper(@Nullable Clustering cluster, @Nullable Sample sample) {
        return CorpusOptionsBuilder.builder()
                .heldOutSequences(8192)
                .maxLength(1026)
                .batchTokens(8192)
                .seed(1)
                .strict(false)
                .minLength(1)
                .packingWindow(CorpusOptions.DEFAULT_PACKING_WINDOW)
                .deduplicate(false)
                .cluster(cluster)
                .sample(sample)
                .heldOutIdentity(new IdentityBound(0.5, 0))
                .build();
    }
}
