package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.study.LogPosition;
import org.plmfrontier.dataset.study.Study;

/** A study. */
@Entity
@Table(name = "study")
class StudyRow extends PanacheEntityBase {
    @Id
    String id;

    String spec;
    boolean published;

    @Column(name = "expected_flops")
    double expectedFlops;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "jobs_to")
    String jobsTo;

    static StudyRow of(StudyPlan plan, Instant at) {
        StudyRow row = new StudyRow();
        row.id = plan.spec().id();
        row.createdAt = at;
        row.extend(plan);
        return row;
    }

    void extend(StudyPlan plan) {
        spec = JsonColumn.write(plan.spec());
        expectedFlops = plan.expectedFlops();
        published = false;
    }

    /** All studies, oldest first. */
    static List<Study> studies() {
        return StudyRow.<StudyRow>list("id not in (select d.studyId from DeletionRow d)", Sort.by("createdAt")).stream()
                .map(StudyRow::study)
                .toList();
    }

    Study study() {
        LogPosition position = jobsTo == null ? null : JsonColumn.read(jobsTo, LogPosition.class);
        return new Study(JsonColumn.read(spec, StudySpec.class), published, expectedFlops, createdAt, position);
    }
}
