package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.dataset.evaluation.PlannedEvaluation;

/** An evaluation of a study. */
@Entity
@Table(name = "study_evaluation")
class EvaluationRow extends PanacheEntityBase {
    @EmbeddedId
    Key key = new Key();

    /** Within the study. */
    int place;

    /** {@link EvaluationSpec} as JSON. */
    String spec = "";

    String hash = "";

    @Column(name = "every_percent")
    @Nullable
    Double everyPercent;

    static EvaluationRow of(String studyId, PlannedEvaluation planned, int place) {
        EvaluationSpec evaluation = planned.spec();
        EvaluationRow row = new EvaluationRow();
        row.everyPercent = planned.everyPercent();
        row.key.studyId = studyId;
        row.key.name = evaluation.name();
        row.place = place;
        row.spec = JsonColumn.write(evaluation);
        row.hash = evaluation.hash();
        return row;
    }

    PlannedEvaluation evaluation() {
        return new PlannedEvaluation(JsonColumn.read(spec, EvaluationSpec.class), everyPercent);
    }

    /** A name within a study. */
    @Embeddable
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "study_id")
        String studyId = "";

        String name = "";

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && studyId.equals(key.studyId) && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(studyId, name);
        }
    }
}
