package org.plmfrontier.fitting.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;

/** A held-out evaluation at the end of a budget. */
@Entity
@Table(name = "final_point")
class FinalRow extends PanacheEntityBase {
    /** A budget of a run. */
    @Embeddable
    record Key(
            @Column(name = "run_key") int runKey,
            @Column(name = "budget_tokens") double budgetTokens) {}

    @EmbeddedId
    Key key;

    long step;
    double tokens;

    @Column(name = "compute_flops")
    double computeFlops;

    @Column(name = "loss_nats")
    double lossNats;

    @Column(name = "selected_residues")
    long selectedResidues;

    Instant at;

    /** Keeps an evaluation unless one of the same budget is kept already. */
    static void keep(int runKey, HeldOutEvaluated event) {
        Key key = new Key(runKey, event.budgetTokens());
        if (findById(key) != null) {
            return;
        }
        FinalRow row = new FinalRow();
        row.key = key;
        row.step = event.step();
        row.tokens = event.tokens();
        row.computeFlops = event.computeFlops();
        row.lossNats = event.lossNats();
        row.selectedResidues = event.selectedResidues();
        row.at = event.at();
        row.persist();
    }

    static List<TrainingEvent> eventsOf(RunRow run) {
        List<FinalRow> rows = list("key.runKey = ?1 order by key.budgetTokens", run.key);
        return rows.stream().map(row -> row.event(run)).toList();
    }

    private TrainingEvent event(RunRow run) {
        return new HeldOutEvaluated(
                run.studyId, run.runId, step, key.budgetTokens(), tokens, computeFlops, lossNats, selectedResidues, at);
    }
}
