package org.plmfrontier.fitting.db;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.Origin;
import org.plmfrontier.fitting.study.Run;

/** Reads the runs of an imported study back, one by one, in bounded pieces. */
final class ImportedRuns {
    private static final String RUNS =
            "select run_key, run_id, imported from run where study_id = ? and imported is not null order by run_key";
    private static final String FINALS = """
            select budget_tokens, tokens, compute_flops, loss_nats from final_point where run_key = ?
            order by budget_tokens
            """;

    private final Connection connection;
    private final String studyId;
    private final StepThinning thinning;

    private ImportedRuns(Connection connection, String studyId, StepThinning thinning) {
        this.connection = connection;
        this.studyId = studyId;
        this.thinning = thinning;
    }

    /** All runs. Needs a connection without auto-commit. */
    static List<Run> read(Connection connection, String studyId, StepThinning thinning) throws SQLException {
        ImportedRuns reader = new ImportedRuns(connection, studyId, thinning);
        List<Run> runs = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RUNS)) {
            statement.setString(1, studyId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    runs.add(reader.run(rows.getInt(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return runs;
    }

    private Run run(int key, String runId, String imported) throws SQLException {
        Origin origin = decode(runId, imported);
        RunCurve curve =
                steps(key, RunCurve.empty(runId, origin.parameters(), thinning)).plusFinals(finals(key));
        return new Run(studyId, runId, Optional.of(origin), curve, Optional.empty(), Optional.empty());
    }

    private RunCurve steps(int key, RunCurve empty) throws SQLException {
        AtomicReference<RunCurve> curve = new AtomicReference<>(empty);
        PointTable.read(connection, key, piece -> curve.updateAndGet(known -> known.plus(piece)));
        return Objects.requireNonNull(curve.get());
    }

    private List<FinalPoint> finals(int key) throws SQLException {
        List<FinalPoint> finals = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FINALS)) {
            statement.setInt(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    finals.add(
                            new FinalPoint(rows.getDouble(1), rows.getDouble(2), rows.getDouble(3), rows.getDouble(4)));
                }
            }
        }
        return finals;
    }

    private static Origin decode(String runId, String json) {
        try {
            return WireFormat.decode(json.getBytes(StandardCharsets.UTF_8), Origin.Imported.class);
        } catch (UndecodableException e) {
            throw new IllegalStateException("the stored origin of run " + runId + " is unreadable", e);
        }
    }
}
