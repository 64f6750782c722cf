package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** A run that was deleted. */
@Entity
@Table(name = "deleted_run")
class DeletedRunRow extends PanacheEntityBase {
    private static final String KEEP =
            "insert into deleted_run (run_id, study_id) values (?1, ?2) on conflict do nothing";

    @Id
    @Column(name = "run_id")
    String runId;

    @Column(name = "study_id")
    String studyId;

    /** Remembers a run, if it is not remembered already. */
    static void keep(String runId, String studyId) {
        getEntityManager()
                .createNativeQuery(KEEP)
                .setParameter(1, runId)
                .setParameter(2, studyId)
                .executeUpdate();
    }

    /** Which of these runs were deleted. */
    static Set<String> among(Collection<String> runIds) {
        return runIds.isEmpty() ? Set.of() : ids("runId in ?1", runIds);
    }

    static Set<String> ofStudy(String studyId) {
        return ids("studyId = ?1", studyId);
    }

    private static Set<String> ids(String condition, Object value) {
        return DeletedRunRow.<DeletedRunRow>list(condition, value).stream()
                .map(row -> row.runId)
                .collect(Collectors.toSet());
    }
}
