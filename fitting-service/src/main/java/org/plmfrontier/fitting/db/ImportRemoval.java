package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.table.Finding;

/** Deletes and renames imported studies, within the caller's transaction. */
final class ImportRemoval {
    private static final String LOCK = "select 1 from imported_study where study_id = ? for update";
    private static final List<String> DELETE_RUNS = RunRemoval.statements("study_id = ? and imported is not null");
    private static final List<String> DELETE_STUDY = List.of(
            "delete from import_finding where study_id = ?",
            "delete from import_finding_count where study_id = ?",
            "delete from imported_study where study_id = ?",
            RunRemoval.PUBLISHED,
            RunRemoval.NOTE);
    private static final String COPY = """
            insert into imported_study (study_id, content, has_flops, row_count, excluded, imported_at)
            select ?, content, has_flops, row_count, excluded, imported_at from imported_study where study_id = ?
            on conflict do nothing
            """;
    private static final List<String> RENAME = List.of(
            "update import_finding set study_id = ? where study_id = ?",
            "update import_finding_count set study_id = ? where study_id = ?",
            "update run set study_id = ? where study_id = ? and imported is not null");
    private static final String RENAME_RUNS = """
            update run set run_id = study_id || substr(run_id, length(?) + 1) where study_id = ? and imported is not null
            """;
    private static final List<String> FORGET = List.of(
            "delete from imported_study where study_id = ?", "delete from published_frontier where study_id = ?");
    private static final String ADD_FINDING = """
            insert into import_finding
            select ?, coalesce(max(ordinal), -1) + 1, ?, 0, '', '', ? from import_finding where study_id = ?
            """;
    private static final String COUNT_FINDING = """
            insert into import_finding_count values (?, ?, 1)
            on conflict (study_id, kind) do update set findings = import_finding_count.findings + 1
            """;
    private static final String SHARED = """
            select study_id from imported_study i
            where exists (select from run r where r.study_id = i.study_id and r.imported is null) order by study_id
            """;

    private ImportRemoval() {}

    /** False where there is no such import. */
    static boolean delete(Connection connection, String studyId) throws SQLException {
        if (!locked(connection, studyId)) {
            return false;
        }
        for (String statement : DELETE_RUNS) {
            update(connection, statement, studyId);
        }
        for (String statement : DELETE_STUDY) {
            update(connection, statement, studyId);
        }
        return true;
    }

    /**
     * Gives an import another id, and a finding that says so.
     *
     * @return whether it is done: else there is no such import, or the new id is that of another one
     */
    static boolean rename(Connection connection, String studyId, String newId) throws SQLException {
        if (!locked(connection, studyId) || update(connection, COPY, newId, studyId) == 0) {
            return false;
        }
        for (String statement : RENAME) {
            update(connection, statement, newId, studyId);
        }
        update(connection, RENAME_RUNS, studyId, newId);
        for (String statement : FORGET) {
            update(connection, statement, studyId);
        }
        String sentence =
                "the suite trains a study '" + studyId + "' now, so this import of that id is '" + newId + "'";
        update(connection, ADD_FINDING, newId, Finding.Kind.ID_TAKEN.name(), sentence, newId);
        update(connection, COUNT_FINDING, newId, Finding.Kind.ID_TAKEN.name());
        return true;
    }

    /** Ids that an import and a study of the suite have both. */
    static List<String> shared(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SHARED);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private static boolean locked(Connection connection, String studyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, studyId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static int update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
