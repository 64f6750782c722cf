package org.plmfrontier.dataset.db;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.corpus.CorpusBuilder;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.study.StudyStore;
import org.plmfrontier.dataset.study.StudyStoreContract;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PanacheStudyStoreTest extends StudyStoreContract {
    @Inject
    PanacheStudyStore store;

    @Inject
    PanacheCorpusStore corpora;

    @Override
    protected StudyStore store() {
        return store;
    }

    @Override
    protected void addCorpus(String corpusId, List<SequenceLoad> loads) {
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(10)
                .maxLength(256)
                .batchTokens(4096)
                .seed(1)
                .strict(false)
                .minLength(30)
                .packingWindow(4096)
                .deduplicate(false)
                .build();
        corpora.add(CorpusBuilder.builder()
                .id(corpusId)
                .sources(List.of())
                .options(options)
                .state(CorpusState.FAILED)
                .findings(List.of())
                .error("made for a test")
                .build());
        corpora.addLoads(corpusId, 0, loads);
    }
}
