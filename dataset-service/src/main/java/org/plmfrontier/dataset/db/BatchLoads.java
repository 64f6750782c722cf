package org.plmfrontier.dataset.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.plan.LoadProfile;

/** The loads of training batches, in bulk: there can be millions, so no entity stands for one. */
final class BatchLoads {
    private static final String INSERT = """
            insert into corpus_batch (corpus_id, idx, sequences, tokens, tokens_squared)
            select ?, ? + place - 1, sequences, tokens, squares
            from unnest(?, ?, ?) with ordinality as load (sequences, tokens, squares, place)
            on conflict do nothing""";
    private static final String SELECT =
            "select sequences, tokens, tokens_squared from corpus_batch where corpus_id = ? order by idx";
    private static final int FETCH = 10_000;

    private BatchLoads() {}

    static void add(Connection connection, String corpusId, long first, List<SequenceLoad> loads) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, corpusId);
            insert.setLong(2, first);
            insert.setArray(3, array(connection, loads, SequenceLoad::sequences));
            insert.setArray(4, array(connection, loads, SequenceLoad::tokens));
            insert.setArray(5, array(connection, loads, SequenceLoad::tokensSquared));
            insert.executeUpdate();
        }
    }

    static LoadProfile profile(Connection connection, String corpusId) throws SQLException {
        LoadProfile.Builder profile = new LoadProfile.Builder();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, corpusId);
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    profile.add(new SequenceLoad(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return profile.build();
    }

    private static Array array(Connection connection, List<SequenceLoad> loads, ToLongFunction<SequenceLoad> field)
            throws SQLException {
        Object[] values = loads.stream().map(field::applyAsLong).toArray();
        return connection.createArrayOf("bigint", values);
    }
}
