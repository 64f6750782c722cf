package org.plmfrontier.dataset.db;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.ingest.CorpusStore;
import org.plmfrontier.dataset.study.Study;

/** Corpora in PostgreSQL. */
@ApplicationScoped
public class PanacheCorpusStore implements CorpusStore {
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext(?1))";

    private final EntityManager entities;

    public PanacheCorpusStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional
    public boolean add(Corpus corpus) {
        entities.createNativeQuery(LOCK, Object.class)
                .setParameter(1, corpus.id())
                .getSingleResult();
        if (CorpusRow.findById(corpus.id()) != null) {
            return false;
        }
        CorpusRow row = new CorpusRow();
        row.set(corpus);
        row.persist();
        return true;
    }

    @Override
    @Transactional
    public void update(Corpus corpus) {
        CorpusRow row = CorpusRow.findById(corpus.id(), LockModeType.PESSIMISTIC_WRITE);
        row.set(corpus);
    }

    @Override
    @Transactional
    public Optional<Corpus> find(String id) {
        return CorpusRow.<CorpusRow>findByIdOptional(id).map(CorpusRow::corpus);
    }

    @Override
    @Transactional
    public List<Corpus> all() {
        return CorpusRow.<CorpusRow>listAll(Sort.by("createdAt")).stream()
                .map(CorpusRow::corpus)
                .toList();
    }

    @Override
    @Transactional
    public void addLoads(String corpusId, long first, List<SequenceLoad> loads) {
        entities.unwrap(Session.class).doWork(connection -> BatchLoads.add(connection, corpusId, first, loads));
    }

    @Override
    @Transactional
    public void remove(String id) {
        entities.createNativeQuery("delete from corpus_batch where corpus_id = ?1")
                .setParameter(1, id)
                .executeUpdate();
        CorpusRow.deleteById(id);
    }

    @Override
    @Transactional
    public List<String> studiesOf(String id) {
        return StudyRow.studies().stream()
                .filter(study -> study.spec().corpus().equals(id))
                .map(Study::id)
                .toList();
    }
}
