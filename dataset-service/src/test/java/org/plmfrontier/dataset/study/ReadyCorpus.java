package org.plmfrontier.dataset.study;

import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.refusal.UnknownException;

/** One corpus that is ready, one that is not. */
record ReadyCorpus(List<SequenceLoad> loads) {
    private static final CorpusOptions OPTIONS = new CorpusOptions(10, 256, 4096, 1, false, 30, 4096);

    LoadProfile profile() {
        return Profiles.profile(loads);
    }

    Corpus corpus(String id) {
        Corpus asked = new Corpus(id, List.of(), OPTIONS, CorpusState.INGESTING, null, null);
        return switch (id) {
            case "ready" -> asked.ready(manifest(id));
            case "ingesting" -> asked;
            default -> throw new UnknownException("corpus", id);
        };
    }

    private CorpusManifest manifest(String id) {
        long tokens = loads.stream().mapToLong(SequenceLoad::tokens).sum();
        CorpusManifest.Counts counts = new CorpusManifest.Counts(1, 1, 1, Map.of(), 1, 0);
        return new CorpusManifest(
                id,
                List.of(),
                OPTIONS,
                counts,
                List.of(),
                loads.size(),
                tokens,
                1,
                1,
                0,
                Map.of(),
                List.of(),
                Profiles.corpus(loads).references(),
                null,
                null,
                null,
                null);
    }
}
