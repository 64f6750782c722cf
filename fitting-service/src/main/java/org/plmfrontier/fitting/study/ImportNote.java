package org.plmfrontier.fitting.study;

import java.util.List;

/**
 * What is known of a study that came from a file.
 *
 * @param content hash of the file and of how its columns were read: equal content is the same import
 * @param hasFlops whether the file gave C; else C is 6 N D
 * @param rows rows that entered
 * @param findings what was found wrong with the file
 * @param excluded one sentence per kind of rows that are no final losses
 */
public record ImportNote(String content, boolean hasFlops, long rows, long findings, List<String> excluded) {
    public ImportNote {
        excluded = List.copyOf(excluded);
    }
}
