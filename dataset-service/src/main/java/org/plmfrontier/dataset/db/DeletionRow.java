package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.plmfrontier.dataset.study.Deletion;

/** A study that is to be deleted. */
@Entity
@Table(name = "study_deletion")
class DeletionRow extends PanacheEntityBase {
    @Id
    @Column(name = "study_id")
    String studyId;

    String reason;

    @Column(name = "deleted_by")
    String by;

    @Column(name = "deleted_at")
    Instant at;

    static void keep(Deletion deletion) {
        if (findById(deletion.studyId()) != null) {
            return;
        }
        DeletionRow row = new DeletionRow();
        row.studyId = deletion.studyId();
        row.reason = deletion.reason();
        row.by = deletion.by();
        row.at = deletion.at();
        row.persist();
    }

    /** All, oldest first. */
    static List<Deletion> deletions() {
        return DeletionRow.<DeletionRow>listAll(Sort.by("at", "studyId")).stream()
                .map(row -> new Deletion(row.studyId, row.reason, row.by, row.at))
                .toList();
    }

    static boolean isBegun(String studyId) {
        return findById(studyId) != null;
    }
}
