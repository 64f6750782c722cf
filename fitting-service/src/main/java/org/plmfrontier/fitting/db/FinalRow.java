package org.plmfrontier.fitting.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.fitting.curve.FinalPoint;

/** A held-out evaluation at the end of a budget. */
@Entity
@Table(name = "final_point")
class FinalRow extends PanacheEntityBase {
    private static final String KEEP_LOWER = """
            insert into final_point (run_key, budget_tokens, step, tokens, compute_flops, loss_nats, selected_residues, at)
            values (?, ?, 0, ?, ?, ?, 0, now())
            on conflict (run_key, budget_tokens) do update
            set loss_nats = least(final_point.loss_nats, excluded.loss_nats)
            """;

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

    /** Null where the evaluation has no parts. */
    @Embedded
    @Nullable
    PartsColumns parts;

    /** Keeps an evaluation unless one of the same budget is kept already; that one gets parts where it has none. */
    static void keep(int runKey, HeldOutEvaluated event) {
        Key key = new Key(runKey, event.budgetTokens());
        FinalRow known = findById(key);
        if (known != null) {
            known.complete(event);
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
        row.parts = PartsColumns.of(event.parts());
        row.persist();
    }

    private void complete(HeldOutEvaluated event) {
        boolean same = lossNats == event.lossNats() && selectedResidues == event.selectedResidues();
        if (parts == null && same) {
            parts = PartsColumns.of(event.parts());
        }
    }

    /** Keeps a final loss of an imported run; of two of the same tokens the lower stays. */
    static void keep(Connection connection, int runKey, FinalPoint point) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP_LOWER)) {
            statement.setInt(1, runKey);
            statement.setDouble(2, point.budgetTokens());
            statement.setDouble(3, point.tokens());
            statement.setDouble(4, point.computeFlops());
            statement.setDouble(5, point.lossNats());
            statement.executeUpdate();
        }
    }

    static List<TrainingEvent> eventsOf(RunRow run) {
        List<FinalRow> rows = list("key.runKey = ?1 order by key.budgetTokens", run.key);
        return rows.stream().map(row -> row.event(run)).toList();
    }

    private TrainingEvent event(RunRow run) {
        return TrainingEventHeldOutEvaluatedBuilder.builder()
                .studyId(run.studyId)
                .runId(run.runId)
                .step(step)
                .budgetTokens(key.budgetTokens())
                .tokens(tokens)
                .computeFlops(computeFlops)
                .lossNats(lossNats)
                .selectedResidues(selectedResidues)
                .at(at)
                .parts(parts == null ? null : parts.parts())
                .build();
    }
}
