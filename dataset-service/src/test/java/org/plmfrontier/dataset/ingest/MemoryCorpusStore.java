package org.plmfrontier.dataset.ingest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.corpus.Corpus;

/** Corpora in memory. */
public final class MemoryCorpusStore implements CorpusStore {
    private final Map<String, Corpus> corpora = new LinkedHashMap<>();
    private final Map<String, TreeMap<Long, SequenceLoad>> loads = new HashMap<>();

    @Override
    public boolean add(Corpus corpus) {
        return corpora.putIfAbsent(corpus.id(), corpus) == null;
    }

    @Override
    public void update(Corpus corpus) {
        corpora.put(corpus.id(), corpus);
    }

    @Override
    public Optional<Corpus> find(String id) {
        return Optional.ofNullable(corpora.get(id));
    }

    @Override
    public List<Corpus> all() {
        return List.copyOf(corpora.values());
    }

    @Override
    public void addLoads(String corpusId, long first, List<SequenceLoad> added) {
        TreeMap<Long, SequenceLoad> known = loads.computeIfAbsent(corpusId, id -> new TreeMap<>());
        for (int i = 0; i < added.size(); i++) {
            known.putIfAbsent(first + i, added.get(i));
        }
    }

    List<SequenceLoad> loads(String corpusId) {
        return List.copyOf(loads.get(corpusId).values());
    }
}
