package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.plmfrontier.dataset.evaluation.EvaluationStore.Asked;

/** A state of a run of which an evaluation was asked. */
@Entity
@Table(name = "asked_evaluation")
class AskedRow extends PanacheEntityBase {
    @EmbeddedId
    Key key = new Key();

    static AskedRow of(String studyId, Asked asked) {
        AskedRow row = new AskedRow();
        row.key.studyId = studyId;
        row.key.runId = asked.runId();
        row.key.record = asked.record();
        row.key.hash = asked.hash();
        return row;
    }

    Asked asked() {
        return new Asked(key.runId, key.record, key.hash);
    }

    /** All there is of it. */
    @Embeddable
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "study_id")
        String studyId = "";

        @Column(name = "run_id")
        String runId = "";

        long record;
        String hash = "";

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && studyId.equals(key.studyId)
                    && runId.equals(key.runId)
                    && record == key.record
                    && hash.equals(key.hash);
        }

        @Override
        public int hashCode() {
            return Objects.hash(studyId, runId, record, hash);
        }
    }
}
