package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.model.SequenceLoad;

/** Corpora that tests plan on. */
public final class Profiles {
    private Profiles() {}

    /** Loads of batches of about 4000 tokens. */
    public static List<SequenceLoad> loads(int records, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SequenceLoad> loads = new ArrayList<>();
        for (int record = 0; record < records; record++) {
            int length = random.nextInt(30, 256);
            loads.add(SequenceLoad.padded(4000 / length, length));
        }
        return loads;
    }

    public static LoadProfile profile(List<SequenceLoad> loads) {
        LoadProfile.Builder profile = new LoadProfile.Builder();
        loads.forEach(profile::add);
        return profile.build();
    }

    public static CorpusRef corpus(List<SequenceLoad> loads) {
        long tokens = loads.stream().mapToLong(SequenceLoad::tokens).sum();
        return new CorpusRef("c0ffee", loads.size(), tokens, 3, new ReferenceLosses(3.37, 2.9, 2.87));
    }
}
