package org.plmfrontier.dataset.db;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.dataset.evaluation.EvaluationStore;
import org.plmfrontier.dataset.evaluation.PlannedEvaluation;

/** Evaluations in PostgreSQL. */
@ApplicationScoped
public class PanacheEvaluationStore implements EvaluationStore {
    private static final String KEPT = "s.marks is not null and s.released = false";

    private static final String SECONDS = "select parameters, seconds from evaluation_time where hash = ?1";

    private static final String RELATIVES =
            "select relatives from evaluation_relatives where hash = ?1 and corpus = ?2";
    private static final String KEEP_RELATIVES = "insert into evaluation_relatives (hash, corpus, relatives)"
            + " values (?1, ?2, ?3) on conflict do nothing";

    private final EntityManager entities;

    public PanacheEvaluationStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional
    public Set<String> studies() {
        return new TreeSet<>(entities.createQuery("select distinct key.studyId from EvaluationRow", String.class)
                .getResultList());
    }

    @Override
    @Transactional
    public List<PlannedEvaluation> of(String studyId) {
        return rows(studyId).stream().map(EvaluationRow::evaluation).toList();
    }

    @Override
    @Transactional
    public void add(String studyId, List<PlannedEvaluation> evaluations) {
        List<EvaluationRow> there = rows(studyId);
        Set<String> names = there.stream().map(row -> row.key.name).collect(Collectors.toSet());
        int place = there.isEmpty() ? 0 : there.getLast().place + 1;
        for (PlannedEvaluation evaluation : evaluations) {
            if (names.add(evaluation.spec().name())) {
                EvaluationRow.of(studyId, evaluation, place++).persist();
            }
        }
    }

    @Override
    @Transactional
    public boolean remove(String studyId, String name) {
        EvaluationRow row = EvaluationRow.find("key.studyId = ?1 and key.name = ?2", studyId, name)
                .firstResult();
        if (row == null) {
            return false;
        }
        boolean shared = EvaluationRow.count("key.studyId = ?1 and hash = ?2", studyId, row.hash) > 1;
        if (!shared) {
            AskedRow.delete("key.studyId = ?1 and key.hash = ?2", studyId, row.hash);
        }
        row.delete();
        return true;
    }

    @Override
    @Transactional
    public Set<Asked> asked(String studyId) {
        return AskedRow.<AskedRow>list("key.studyId", studyId).stream()
                .map(AskedRow::asked)
                .collect(Collectors.toSet());
    }

    @Override
    @Transactional
    public void asked(String studyId, Collection<Asked> asked) {
        asked.forEach(one -> AskedRow.of(studyId, one).persist());
    }

    @Override
    @Transactional
    public Set<String> studiesWithKeptStates() {
        return new TreeSet<>(entities.createQuery(
                        "select distinct r.studyId from RunRow r, SliceRow s where s.runId = r.runId and "
                                + KEPT
                                + " and r.studyId not in (select d.studyId from DeletionRow d)",
                        String.class)
                .getResultList());
    }

    @Override
    @Transactional
    public List<KeptState> keptStates(String studyId) {
        return entities.createQuery(
                        "select s from SliceRow s, RunRow r where s.runId = r.runId and r.studyId = ?1 and " + KEPT
                                + " order by r.place, s.slice",
                        SliceRow.class)
                .setParameter(1, studyId)
                .getResultStream()
                .map(SliceRow::keptState)
                .toList();
    }

    @Override
    @Transactional
    public void released(Collection<KeptState> states) {
        states.forEach(state ->
                SliceRow.update("released = true where runId = ?1 and slice = ?2", state.runId(), state.slice()));
    }

    @Override
    @Transactional
    public Map<Long, Double> seconds(String hash) {
        Map<Long, Double> seconds = new HashMap<>();
        for (Object row : entities.createNativeQuery(SECONDS, Object[].class)
                .setParameter(1, hash)
                .getResultList()) {
            Object[] columns = (Object[]) row;
            seconds.put(((Number) columns[0]).longValue(), ((Number) columns[1]).doubleValue());
        }
        return seconds;
    }

    @Override
    @Transactional
    public Optional<Relatives> relatives(String hash, String corpus) {
        for (Object json : entities.createNativeQuery(RELATIVES, String.class)
                .setParameter(1, hash)
                .setParameter(2, corpus)
                .getResultList()) {
            return Optional.of(JsonColumn.read(String.valueOf(json), Relatives.class));
        }
        return Optional.empty();
    }

    @Override
    @Transactional
    public void keep(String hash, Relatives relatives) {
        entities.createNativeQuery(KEEP_RELATIVES)
                .setParameter(1, hash)
                .setParameter(2, relatives.corpus())
                .setParameter(3, JsonColumn.write(relatives))
                .executeUpdate();
    }

    private static List<EvaluationRow> rows(String studyId) {
        return EvaluationRow.list("key.studyId", Sort.by("place"), studyId);
    }
}
