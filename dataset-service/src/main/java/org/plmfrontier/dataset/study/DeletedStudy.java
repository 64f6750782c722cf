package org.plmfrontier.dataset.study;

import java.util.List;

/**
 * What was removed with a study.
 *
 * @param runs ids of its runs in the order of its grid
 * @param stopped those of them that trainers might have gone on with, and were told to stop
 * @param slices of all runs together, done or not
 */
public record DeletedStudy(String id, List<String> runs, List<String> stopped, long slices) {
    public DeletedStudy {
        runs = List.copyOf(runs);
        stopped = List.copyOf(stopped);
    }
}
