package org.plmfrontier.fitting.study;

class MemoryStoreTest implements StudyStoreContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    public StudyStore store() {
        return store;
    }
}
