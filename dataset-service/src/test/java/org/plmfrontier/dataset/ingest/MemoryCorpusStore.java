package org.plmfrontier.dataset.ingest;

import java.util.Collections;
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
    private final Map<String, Corpus> corpora = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, List<String>> studies = new HashMap<>();
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

    @Override
    public void remove(String id) {
        corpora.remove(id);
        loads.remove(id);
    }

    @Override
    public List<String> studiesOf(String id) {
        return studies.getOrDefault(id, List.of());
    }

    void use(String id, String study) {
        studies.put(id, List.of(study));
    }

    /** No study uses it any more. */
    void forget(String id) {
        studies.remove(id);
    }

    List<SequenceLoad> loads(String corpusId) {
        return List.copyOf(loads.get(corpusId).values());
    }
}
