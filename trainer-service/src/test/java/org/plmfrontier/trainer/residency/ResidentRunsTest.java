package org.plmfrontier.trainer.residency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

class ResidentRunsTest {
    private static final Lease LEASE = new Lease(0, 1);

    private final FakeEngine engine = new FakeEngine();
    private final ResidentRuns runs = new ResidentRuns(2);

    @Test
    void theRunUsedLongestAgoGoesFirst() throws IOException {
        runs.keep(run("a"));
        runs.keep(run("b"));
        runs.keep(runs.take("a", "spec", LEASE, RunProgress.START).orElseThrow());
        runs.keep(run("c"));
        assertThat(engine.open).hasValue(2);
        assertThat(runs.take("a", "spec", LEASE, RunProgress.START)).isPresent();
        assertThat(runs.take("b", "spec", LEASE, RunProgress.START)).isEmpty();
    }

    @Test
    void roomIsMadeBeforeAnotherRunIsLoaded() throws IOException {
        runs.keep(run("a"));
        runs.keep(run("b"));
        assertThat(runs.take("c", "spec", LEASE, RunProgress.START)).isEmpty();
        assertThat(engine.open).hasValue(1);
    }

    @Test
    void stateOfAnotherSpecificationLeaseOrPlaceIsClosedAndNotGiven() throws IOException {
        runs.keep(run("a"));
        assertThat(runs.take("a", "spec", new Lease(0, 2), RunProgress.START)).isEmpty();
        runs.keep(run("b"));
        assertThat(runs.take("b", "spec", LEASE, new RunProgress(1, 1, 1, 1, 1)))
                .isEmpty();
        runs.keep(run("c"));
        assertThat(runs.take("c", "other", LEASE, RunProgress.START)).isEmpty();
        assertThat(engine.open).hasValue(0);
    }

    @Test
    void runsOfLostLeasesAreClosed() throws IOException {
        runs.keep(run("a"));
        runs.keep(new WarmRun("b", "spec", new Lease(1, 1), run("b").model(), RunProgress.START));
        runs.closeUnless(lease -> lease == LEASE);
        assertThat(runs.size()).isEqualTo(1);
        runs.close();
        assertThat(engine.open).hasValue(0);
    }

    private WarmRun run(String id) throws IOException {
        return new WarmRun(
                id,
                "spec",
                LEASE,
                engine.load(new ModelSettings(Studies.SMALL, Optimizer.adamW()), new InitialWeights(1)),
                RunProgress.START);
    }
}
