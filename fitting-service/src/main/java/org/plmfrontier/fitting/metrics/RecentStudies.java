package org.plmfrontier.fitting.metrics;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.plmfrontier.fitting.study.Study;

/** Which studies changed last. Not thread-safe. */
final class RecentStudies {
    private static final Comparator<Study> BY_BEAT =
            Comparator.comparing(study -> study.lastBeat().orElse(Instant.EPOCH));

    private final int most;
    private final Map<String, Long> revisions = new LinkedHashMap<>();

    /**
     * No studies.
     *
     * @param most studies to tell of
     */
    RecentStudies(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("the number of studies with series must not be negative, got " + most);
        }
        this.most = most;
    }

    /**
     * The studies that changed last since the calls before; of those that changed since the same call, the ones whose
     * trainers were observed last.
     */
    List<Study> of(List<Study> all) {
        revisions.keySet().retainAll(all.stream().map(Study::id).collect(Collectors.toSet()));
        all.stream().sorted(BY_BEAT).forEach(this::note);
        Set<String> recent = revisions.keySet().stream()
                .skip(Math.max(0, revisions.size() - most))
                .collect(Collectors.toSet());
        return all.stream().filter(study -> recent.contains(study.id())).toList();
    }

    /** What changed goes to the end. */
    private void note(Study study) {
        if (!Objects.equals(revisions.get(study.id()), study.revision())) {
            revisions.remove(study.id());
            revisions.put(study.id(), study.revision());
        }
    }
}
