package org.plmfrontier.dataset.study;

import java.util.List;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.plan.Profiles;

class MemoryStudyStoreTest extends StudyStoreContract {
    private final MemoryStudyStore store = new MemoryStudyStore();

    @Override
    protected StudyStore store() {
        return store;
    }

    @Override
    protected void addCorpus(String corpusId, List<SequenceLoad> loads) {
        store.profile(corpusId, Profiles.profile(loads));
    }
}
