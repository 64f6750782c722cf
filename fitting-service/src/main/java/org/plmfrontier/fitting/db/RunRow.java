package org.plmfrontier.fitting.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.study.StateChange;

/** A run with its plan and its latest state. */
@Entity
@Table(name = "run")
class RunRow extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "run_key")
    Integer key;

    @Column(name = "run_id")
    String runId;

    @Column(name = "study_id")
    String studyId;

    @Nullable
    String spec;

    /** Set for runs from files, which have no plan. */
    @Nullable
    String imported;

    @Column(name = "planned_at")
    @Nullable
    Instant plannedAt;

    @Enumerated(EnumType.STRING)
    @Nullable
    RunState state;

    @Column(name = "state_step")
    @Nullable
    Long stateStep;

    @Column(name = "state_reason")
    @Nullable
    String stateReason;

    @Column(name = "state_at")
    @Nullable
    Instant stateAt;

    static List<RunRow> withIds(Collection<String> runIds) {
        return list("runId in ?1", runIds);
    }

    /** The runs of the suite. */
    static List<RunRow> inOrder() {
        return list("imported is null order by key");
    }

    /** Keeps a plan unless the one that is kept already goes further. */
    void plan(RunPlanned planned) {
        if (spec != null && decode(spec).goesOnFrom(planned.run())) {
            return;
        }
        spec = new String(WireFormat.encode(planned.run()), StandardCharsets.UTF_8);
        studyId = planned.studyId();
        plannedAt = planned.at();
    }

    /** Keeps a change of state unless a later one is kept already. */
    void observe(RunStateChanged change) {
        StateChange received = new StateChange(change.state(), change.step(), change.reason(), change.at());
        if (change().map(known -> known.isAfter(received)).orElse(false)) {
            return;
        }
        state = received.state();
        stateStep = received.step();
        stateReason = received.reason();
        stateAt = received.at();
    }

    /** The plan and the state, as the events that brought them. */
    List<TrainingEvent> events() {
        List<TrainingEvent> events = new ArrayList<>();
        if (spec != null && plannedAt != null) {
            events.add(new RunPlanned(decode(spec), plannedAt));
        }
        change().ifPresent(known -> events.add(
                new RunStateChanged(studyId, runId, known.state(), known.step(), known.reason(), known.at())));
        return events;
    }

    private Optional<StateChange> change() {
        return state == null || stateStep == null || stateReason == null || stateAt == null
                ? Optional.empty()
                : Optional.of(new StateChange(state, stateStep, stateReason, stateAt));
    }

    private RunSpec decode(String json) {
        try {
            return WireFormat.decode(json.getBytes(StandardCharsets.UTF_8), RunSpec.class);
        } catch (UndecodableException e) {
            throw new IllegalStateException("the stored plan of run " + runId + " is unreadable", e);
        }
    }
}
