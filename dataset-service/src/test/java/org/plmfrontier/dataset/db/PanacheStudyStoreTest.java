package org.plmfrontier.dataset.db;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusOptions;
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
        CorpusOptions options = new CorpusOptions(10, 256, 4096, 1, false, 30, 4096);
        corpora.add(new Corpus(corpusId, List.of(), options, CorpusState.FAILED, "made for a test", null));
        corpora.addLoads(corpusId, 0, loads);
    }
}
