package org.plmfrontier.trainer.variant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * What ProteinGym's reference file says of scans.
 *
 * @param scans by DMS_id
 */
record References(Map<String, Entry> scans) {
    /**
     * One scan.
     *
     * @param selection what the assay selected for, coarsely
     * @param protein UniProt id
     * @param wildType letters; empty where the file has none
     */
    record Entry(String selection, String protein, String wildType) {}

    References {
        scans = Map.copyOf(scans);
    }

    static References none() {
        return new References(Map.of());
    }

    Optional<Entry> of(String scan) {
        return Optional.ofNullable(scans.get(scan));
    }

    /** Reads columns {@code DMS_id}, {@code coarse_selection_type}, {@code UniProt_ID} and, where it is there, {@code target_seq}. */
    static References read(Path path, String name) throws IOException, UnusableDataException {
        Map<String, Entry> scans = new HashMap<>();
        try (DelimitedRows table = DelimitedRows.open(path, name)) {
            table.require("DMS_id", "coarse_selection_type", "UniProt_ID");
            while (table.next()) {
                Entry entry = new Entry(
                        table.cell("coarse_selection_type"), table.cell("UniProt_ID"), table.cell("target_seq"));
                scans.putIfAbsent(table.cell("DMS_id"), entry);
            }
        }
        return new References(scans);
    }
}
