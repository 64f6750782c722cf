package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.Objects;

/**
 * That a study is to be deleted. From the moment when it is remembered the study is not shown any more; it is forgotten with the
 * study's last row.
 *
 * @param reason one sentence for people; empty where none was given
 * @param by who wanted it; empty where nobody said
 */
public record Deletion(String studyId, String reason, String by, Instant at) {
    public Deletion {
        Objects.requireNonNull(studyId, "studyId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }
}
