package org.plmfrontier.dataset.db;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.dataset.evaluation.EvaluationStore;

/** Evaluations in PostgreSQL. */
@ApplicationScoped
public class PanacheEvaluationStore implements EvaluationStore {
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
    public List<EvaluationSpec> of(String studyId) {
        return rows(studyId).stream().map(EvaluationRow::evaluation).toList();
    }

    @Override
    @Transactional
    public void add(String studyId, List<EvaluationSpec> evaluations) {
        List<EvaluationRow> there = rows(studyId);
        Set<String> names = there.stream().map(row -> row.key.name).collect(Collectors.toSet());
        int place = there.isEmpty() ? 0 : there.getLast().place + 1;
        for (EvaluationSpec evaluation : evaluations) {
            if (names.add(evaluation.name())) {
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

    private static List<EvaluationRow> rows(String studyId) {
        return EvaluationRow.list("key.studyId", Sort.by("place"), studyId);
    }
}
