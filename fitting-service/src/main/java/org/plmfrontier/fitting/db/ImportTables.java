package org.plmfrontier.fitting.db;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.intake.TableFile;
import org.plmfrontier.fitting.intake.UnusableFileException;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.ImportedStudy;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.UncheckedRows;

/**
 * Imported studies in PostgreSQL, in the tables of the suite's own studies. A file is one transaction. Thread-safe: the
 * second of two imports under one id waits for the first.
 */
@ApplicationScoped
public class ImportTables implements ImportStore {
    /** A large file may take longer than the usual transaction. */
    private static final int SECONDS = 3600;

    private static final String CLAIM =
            "insert into imported_study (study_id, content) values (?, ?) on conflict do nothing";
    private static final String FINISH =
            "update imported_study set has_flops = ?, row_count = ?, excluded = ? where study_id = ?";
    private static final String NOTE = """
            select content, has_flops, row_count, excluded,
                   (select coalesce(sum(findings), 0) from import_finding_count c where c.study_id = i.study_id)
            from imported_study i where study_id = ?
            """;

    private final AgroalDataSource dataSource;

    public ImportTables(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    @Transactional
    @TransactionConfiguration(timeout = SECONDS)
    public ImportNote keep(String studyId, String content, TableFile file) {
        return with("cannot import study " + studyId, connection -> {
            if (!claimed(connection, studyId, content)) {
                return found(connection, studyId).orElseThrow();
            }
            FindingLog findings = new FindingLog();
            UncheckedRows rows = file.look();
            StagedRows staged = StagedRows.create(connection);
            TableFile.read(rows, findings, staged::add);
            if (staged.rows() == 0) {
                throw new UnusableFileException(findings.firstFatal());
            }
            StagedRuns runs = new StagedRuns(connection, studyId, rows.hasFlops());
            runs.judge(rows.units(), findings);
            List<String> excluded = runs.keep();
            FindingTable.insert(connection, studyId, findings);
            try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
                statement.setBoolean(1, rows.hasFlops());
                statement.setLong(2, runs.rows());
                statement.setArray(3, connection.createArrayOf("text", excluded.toArray()));
                statement.setString(4, studyId);
                statement.executeUpdate();
            }
            return found(connection, studyId).orElseThrow();
        });
    }

    @Override
    @Transactional
    public Optional<ImportNote> note(String studyId) {
        return with("cannot read import " + studyId, connection -> found(connection, studyId));
    }

    @Override
    @Transactional
    @TransactionConfiguration(timeout = SECONDS)
    public ImportedStudy read(String studyId, StepThinning thinning) {
        return study(studyId, thinning);
    }

    @Override
    @Transactional
    @TransactionConfiguration(timeout = SECONDS)
    public void replay(StepThinning thinning, Consumer<ImportedStudy> studies) {
        ids().forEach(id -> studies.accept(study(id, thinning)));
    }

    @Override
    @Transactional
    @TransactionConfiguration(timeout = SECONDS)
    public boolean delete(String studyId) {
        return with("cannot delete import " + studyId, connection -> ImportRemoval.delete(connection, studyId));
    }

    @Override
    @Transactional
    public boolean rename(String studyId, String newId) {
        return with("cannot rename import " + studyId, connection -> ImportRemoval.rename(connection, studyId, newId));
    }

    @Override
    @Transactional
    public List<String> sharedIds() {
        return with("cannot list ids of imports", ImportRemoval::shared);
    }

    @Override
    @Transactional
    public Findings findings(String studyId, int most) {
        return with(
                "cannot read the findings of " + studyId, connection -> FindingTable.read(connection, studyId, most));
    }

    /** Within the caller's transaction: a method with a timeout of its own must not be called inside of another. */
    private ImportedStudy study(String studyId, StepThinning thinning) {
        return with(
                "cannot read import " + studyId,
                connection -> new ImportedStudy(
                        studyId,
                        found(connection, studyId).orElseThrow(),
                        ImportedRuns.read(connection, studyId, thinning)));
    }

    private List<String> ids() {
        return with("cannot list imports", connection -> {
            List<String> ids = new ArrayList<>();
            try (PreparedStatement statement =
                            connection.prepareStatement("select study_id from imported_study order by study_id");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        });
    }

    private static boolean claimed(Connection connection, String studyId, String content) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, studyId);
            statement.setString(2, content);
            return statement.executeUpdate() == 1;
        }
    }

    private static Optional<ImportNote> found(Connection connection, String studyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            statement.setString(1, studyId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new ImportNote(
                                row.getString(1), row.getBoolean(2), row.getLong(3), row.getLong(5), List.of((String[])
                                        row.getArray(4).getArray())))
                        : Optional.empty();
            }
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T with(String failure, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(failure, e);
        }
    }
}
