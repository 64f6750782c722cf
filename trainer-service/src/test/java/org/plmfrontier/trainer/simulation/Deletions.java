package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plmfrontier.contracts.job.BatchJob;

/** Runs whose studies are deleted, and those of which that may still happen; once for each. */
final class Deletions {
    /**
     * The study of a run as it is submitted again after its deletion: the same training under a run id of its own, in other cuts.
     *
     * @param history of it, of which nothing was seen yet
     */
    record Resubmission(List<BatchJob> jobs, RunHistory history) {
        String runId() {
            return jobs.getFirst().run().runId();
        }
    }

    /** A run that was deleted, and what takes its place. */
    record Deleted(String deleted, Resubmission again) {}

    private final TreeMap<String, Resubmission> possible;
    private final Set<String> runs = new TreeSet<>();

    /** @param possible by run, of those that may be deleted */
    Deletions(Map<String, Resubmission> possible) {
        this.possible = new TreeMap<>(possible);
    }

    /** Deletes any of the runs; empty where none is left that may be. */
    Optional<Deleted> delete(SplittableRandom random) {
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        List<String> left = List.copyOf(possible.keySet());
        String run = left.get(random.nextInt(left.size()));
        runs.add(run);
        return Optional.of(new Deleted(run, possible.remove(run)));
    }

    Set<String> runs() {
        return Set.copyOf(runs);
    }

    /** @param states names of all that are in the store */
    void assertNothingIsLeft(Collection<String> pointers, Collection<String> states) {
        assertThat(pointers).as("pointers of deleted runs").noneMatch(runs::contains);
        assertThat(states)
                .as("states of deleted runs")
                .noneMatch(name -> runs.contains(name.substring(0, name.indexOf('/'))));
    }
}
