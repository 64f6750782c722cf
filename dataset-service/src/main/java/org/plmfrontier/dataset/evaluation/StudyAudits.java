package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEventDownstreamEvaluatedBuilder;
import org.plmfrontier.dataset.evaluation.EvaluationStore.Asked;
import org.plmfrontier.dataset.identity.IdentityTools;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyRun;
import org.plmfrontier.dataset.study.StudyStore;

/**
 * Audits the evaluations of studies for relatives of their proteins in the studies' corpora, once for each evaluation and corpus.
 * What is found is stored and published to all studies concerned; what a restart interrupts is searched again. Thread-safe: one search at a time.
 */
public final class StudyAudits {
    /** Marks in the book of what was asked: no state has such a record. */
    private static final long KNOWN = 0;

    private static final long UNKNOWN = -1;

    private final EvaluationStore store;
    private final StudyStore studies;
    private final EvaluationLog log;
    private final HomologyAudit audit;
    private final InstantSource clock;

    /** Pairs of evaluation and corpus of which nothing can be known before the next start. */
    private final Map<String, Relatives> unknown = new HashMap<>();

    public StudyAudits(
            EvaluationStore store,
            StudyStore studies,
            EvaluationLog log,
            IdentityTools tools,
            HomologyAudit.TrainingProteins training,
            InstantSource clock) {
        this.store = store;
        this.studies = studies;
        this.log = log;
        this.audit = new HomologyAudit(tools, training, log::open);
        this.clock = clock;
    }

    /**
     * Searches for one evaluation and corpus of which nothing is known yet, and publishes what is known and was not published.
     *
     * @return whether it searched: there may be more to search
     * @throws IOException where the search failed; it is made again at the next call
     */
    public synchronized boolean next() throws IOException {
        boolean searched = false;
        for (String id : store.studies()) {
            Optional<Study> study = studies.find(id);
            Optional<StudyRun> run = studies.runs(id).stream().findFirst();
            if (study.isPresent() && run.isPresent()) {
                searched |= next(study.get(), run.get(), searched);
            }
        }
        return searched;
    }

    private boolean next(Study study, StudyRun run, boolean searchedAlready) throws IOException {
        Set<Asked> asked = store.asked(study.id());
        String corpus = study.spec().corpus();
        boolean searched = false;
        for (PlannedEvaluation planned : store.of(study.id())) {
            EvaluationSpec evaluation = planned.spec();
            Optional<Relatives> known = known(evaluation.hash(), corpus);
            if (known.isEmpty() && !searched && !searchedAlready) {
                known = Optional.of(search(evaluation, corpus));
                searched = true;
            }
            if (known.isPresent()) {
                long record = known.get().unknown() == null ? KNOWN : UNKNOWN;
                Asked published = new Asked(run.spec().runId(), record, evaluation.hash());
                if (!asked.contains(published)) {
                    log.audited(event(study, run, evaluation, known.get()));
                    store.asked(study.id(), List.of(published));
                }
            }
        }
        return searched;
    }

    private Optional<Relatives> known(String hash, String corpus) {
        return store.relatives(hash, corpus).or(() -> Optional.ofNullable(unknown.get(hash + corpus)));
    }

    private Relatives search(EvaluationSpec evaluation, String corpus) throws IOException {
        Relatives found = audit.of(evaluation, corpus);
        if (found.unknown() == null) {
            store.keep(evaluation.hash(), found);
        } else {
            unknown.put(evaluation.hash() + corpus, found);
        }
        return found;
    }

    private DownstreamEvaluated event(Study study, StudyRun run, EvaluationSpec evaluation, Relatives relatives) {
        return TrainingEventDownstreamEvaluatedBuilder.builder()
                .studyId(study.id())
                .runId(run.spec().runId())
                .step(0)
                .tokens(0)
                .computeFlops(0)
                .evaluation(evaluation)
                .measures(List.of())
                .baselines(Map.of())
                .findings(List.of())
                .seconds(0)
                .trainer("dataset-service")
                .at(clock.instant())
                .relatives(relatives)
                .build();
    }
}
