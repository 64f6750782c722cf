package org.plmfrontier.dataset.study;

import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusBuilder;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.refusal.UnknownException;

/** One corpus that is ready, one that is not. */
record ReadyCorpus(List<SequenceLoad> loads) {
    private static final CorpusOptions OPTIONS = CorpusOptionsBuilder.builder()
            .heldOutSequences(10)
            .maxLength(256)
            .batchTokens(4096)
            .seed(1)
            .strict(false)
            .minLength(30)
            .packingWindow(4096)
            .deduplicate(false)
            .build();

    LoadProfile profile() {
        return Profiles.profile(loads);
    }

    Corpus corpus(String id) {
        Corpus asked = CorpusBuilder.builder()
                .id(id)
                .sources(List.of())
                .options(OPTIONS)
                .state(CorpusState.INGESTING)
                .findings(List.of())
                .build();
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
