package org.plmfrontier.dataset.ingest;

import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.Profiles;

class MemoryCorpusStoreTest extends CorpusStoreContract {
    private final MemoryCorpusStore store = new MemoryCorpusStore();

    @Override
    protected CorpusStore store() {
        return store;
    }

    @Override
    protected LoadProfile profile(String corpusId) {
        return Profiles.profile(store.loads(corpusId));
    }

    @Override
    protected void addStudy(String studyId, String corpusId) {
        store.use(corpusId, studyId);
    }
}
