package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.plmfrontier.dataset.study.LogPosition;

/** How far one partition of one log is read. */
@Entity
@Table(name = "log_position")
@IdClass(LogPositionRow.Key.class)
class LogPositionRow extends PanacheEntityBase {
    private static final String KEEP = "insert into log_position (log, partition, next_offset) values (?1, ?2, ?3)"
            + " on conflict (log, partition) do update"
            + " set next_offset = greatest(log_position.next_offset, excluded.next_offset)";

    /** Log and partition. */
    static class Key implements Serializable {
        String log;
        int partition;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.partition == partition && key.log.equals(log);
        }

        @Override
        public int hashCode() {
            return Objects.hash(log, partition);
        }
    }

    @Id
    String log;

    @Id
    int partition;

    @Column(name = "next_offset")
    long next;

    /** Notes a position; one that is further already stays. */
    static void keep(EntityManager entities, LogPosition position) {
        position.next()
                .forEach((partition, next) -> entities.createNativeQuery(KEEP)
                        .setParameter(1, position.log())
                        .setParameter(2, partition)
                        .setParameter(3, next)
                        .executeUpdate());
    }

    static LogPosition of(String log) {
        List<LogPositionRow> rows = list("log", log);
        return new LogPosition(log, rows.stream().collect(Collectors.toMap(row -> row.partition, row -> row.next)));
    }
}
