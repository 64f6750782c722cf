package org.plmfrontier.fitting.db;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.study.Note;
import org.plmfrontier.fitting.study.NoteStore;

/** Rows of note. Thread-safe. */
@ApplicationScoped
public class NoteTable implements NoteStore {
    private static final String COLUMNS = "select study_id, run_id, text, tags, updated_at from note ";
    private static final String OF_STUDIES = COLUMNS + "where run_id = '' order by study_id";
    private static final String OF_STUDY = COLUMNS + "where study_id = ? order by run_id";
    private static final String KEEP = """
            insert into note (study_id, run_id, text, tags, updated_at) values (?, ?, ?, ?, ?)
            on conflict (study_id, run_id)
            do update set text = excluded.text, tags = excluded.tags, updated_at = excluded.updated_at
            """;
    private static final String FORGET = "delete from note where study_id = ? and run_id = ?";

    private final AgroalDataSource dataSource;

    public NoteTable(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<Note> ofStudies() {
        return read(OF_STUDIES);
    }

    @Override
    public List<Note> of(String studyId) {
        return read(OF_STUDY, studyId);
    }

    @Override
    @Transactional
    public void keep(Note note) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(note.isEmpty() ? FORGET : KEEP)) {
            statement.setString(1, note.studyId());
            statement.setString(2, note.runId());
            if (!note.isEmpty()) {
                statement.setString(3, note.text());
                statement.setArray(
                        4, connection.createArrayOf("text", note.tags().toArray()));
                statement.setTimestamp(5, Timestamp.from(note.updatedAt()));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write the note of " + note.studyId() + " " + note.runId(), e);
        }
    }

    private List<Note> read(String sql, String... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<Note> notes = new ArrayList<>();
                while (rows.next()) {
                    notes.add(new Note(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            List.of((String[]) rows.getArray(4).getArray()),
                            rows.getTimestamp(5).toInstant()));
                }
                return notes;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read notes", e);
        }
    }
}
