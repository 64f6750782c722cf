package org.plmfrontier.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.slice.Studies;

/** What every {@link CheckpointStore} does: the test of a store inherits this. */
public abstract class CheckpointStoreContract {
    private static final ModelShape SHAPE = ModelShape.esm2(1, 8, 2);
    private static final StateLayout LAYOUT = Networks.state(SHAPE);
    private static final RunProgress PROGRESS = new RunProgress(12, 6, 4321, 0.1 + 0.2, 1e23);

    /** The one store of a test, as the trainer of this name sees it. */
    protected abstract CheckpointStore storeOf(String trainer);

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException, CheckpointRefusedException {
        String name = save("run-1", PROGRESS);
        try (SavedState state = store().open(name, "run-1", LAYOUT)) {
            assertThat(state.progress()).isEqualTo(PROGRESS);
            for (TensorSpec tensor : LAYOUT.all()) {
                assertThat(state.read(tensor)).isEqualTo(new InitialWeights(3).read(tensor));
            }
        }
    }

    @Test
    void theNameIsKnownBeforeTheStateIsWrittenAndATryMayBeRepeated() throws IOException {
        CheckpointStore store = store();
        String name = store.nameOf("run-1", PROGRESS);
        assertThat(store.names("run-1")).isEmpty();
        for (int attempt = 0; attempt < 2; attempt++) {
            store.save(name, "run-1", PROGRESS, null, LAYOUT, CheckpointStoreContract::write);
            assertThat(store.names("run-1")).containsExactly(name);
        }
        assertThat(storeOf("other").nameOf("run-1", PROGRESS)).isNotEqualTo(name);
        assertThat(store().nameOf("run-2", PROGRESS)).isNotEqualTo(name);
        assertThat(store().nameOf("run-1", new RunProgress(14, 7, 1, 1, 1))).isNotEqualTo(name);
    }

    @Test
    void anAbsentStateIsRefused() {
        assertThatThrownBy(() -> store().open("run-1/none", "run-1", LAYOUT))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining("run-1/none");
    }

    @Test
    void anotherRunsStateIsRefused() throws IOException {
        String name = save("run-1", PROGRESS);
        assertThatThrownBy(() -> store().open(name, "run-2", LAYOUT))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining("run run-1, not of run run-2");
    }

    @Test
    void anotherShapeIsRefusedWithTheTensorNamed() throws IOException {
        String name = save("run-1", PROGRESS);
        assertThatThrownBy(() -> store().open(name, "run-1", Networks.state(ModelShape.esm2(1, 16, 2))))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining("embed_tokens.weight");
        assertThatThrownBy(() -> store().open(name, "run-1", Networks.state(ModelShape.esm2(2, 8, 2))))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining("layers.1.");
    }

    @Test
    void aStateThatCannotBeWrittenLeavesNothing() throws IOException {
        String name = save("run-1", PROGRESS);
        TensorSpec first = LAYOUT.all().getFirst();
        assertThatThrownBy(() -> store().save("run-1", new RunProgress(14, 7, 1, 1, 1), LAYOUT, sink -> {
                    sink.write(first, new InitialWeights(9).read(first));
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("disk full");
        assertThat(store().names("run-1")).containsExactly(name);
    }

    @Test
    void namesComeLatestFirstAndRunsInOrder() throws IOException {
        String second = save("run-1", new RunProgress(2000, 1000, 1, 1, 1));
        String first = save("run-1", PROGRESS);
        save("run-0", PROGRESS);
        assertThat(store().names("run-1")).containsExactly(second, first);
        assertThat(store().names("unknown")).isEmpty();
        assertThat(store().runs()).containsExactly("run-0", "run-1");
    }

    @Test
    void twoTrainersNeverWriteUnderOneName() throws IOException {
        assertThat(save(storeOf("other"), "run-1", PROGRESS)).isNotEqualTo(save("run-1", PROGRESS));
        assertThat(store().names("run-1")).hasSize(2);
    }

    @Test
    void whatTheRunHasPassedIsPruned() throws IOException {
        String first = save("run-1", PROGRESS);
        String second = save("run-1", new RunProgress(14, 7, 1, 1, 1));
        String third = save("run-1", new RunProgress(16, 8, 1, 1, 1));
        String other = save("run-2", PROGRESS);
        store().prune("run-1", Set.of(third), Set.of(6L));
        assertThat(store().names("run-1")).containsExactly(third, first);
        store().prune("run-1", Set.of(third), Set.of());
        assertThat(store().names("run-1")).containsExactly(third).doesNotContain(second);
        assertThat(store().names("run-2")).containsExactly(other);
    }

    @Test
    void aKeptStateStaysUntilItIsReleasedWhoeverWroteIt() throws IOException {
        String kept = keep(store(), PROGRESS);
        String again = keep(storeOf("other"), PROGRESS);
        String plain = save("run-1", new RunProgress(14, 7, 1, 1, 1));
        String later = save("run-1", new RunProgress(16, 8, 1, 1, 1));
        store().prune("run-1", Set.of(later), Set.of());
        assertThat(store().names("run-1")).containsExactlyInAnyOrder(later, kept, again);
        store().release("run-1", 8);
        store().release("run-1", 7);
        store().release("unknown", 6);
        assertThat(store().names("run-1")).contains(later, kept).doesNotContain(plain);
        store().release("run-1", 6);
        assertThat(store().names("run-1")).containsExactly(later);
    }

    @Test
    void aKeptStateIsReadAsAnyOther() throws IOException, CheckpointRefusedException {
        String kept = keep(store(), PROGRESS);
        try (SavedState state = store().open(kept, "run-1", LAYOUT)) {
            assertThat(state.progress()).isEqualTo(PROGRESS);
        }
        String plain = save("run-1", PROGRESS);
        store().prune("run-1", Set.of(kept), Set.of());
        assertThat(store().names("run-1")).containsExactly(kept).doesNotContain(plain);
    }

    private static String keep(CheckpointStore store, RunProgress progress) throws IOException {
        String name = store.nameOf("run-1", progress, true);
        store.save(name, "run-1", progress, null, LAYOUT, CheckpointStoreContract::write);
        return name;
    }

    @Test
    void aTrainerThatPrunesLateLeavesTheNewOwnersStates() throws IOException {
        String old = save("run-1", PROGRESS);
        CheckpointStore owner = storeOf("owner");
        String later = save(owner, "run-1", new RunProgress(14, 7, 1, 1, 1));
        store().prune("run-1", Set.of(old), Set.of());
        assertThat(store().names("run-1")).containsExactly(later, old);
        owner.prune("run-1", Set.of(later), Set.of());
        assertThat(store().names("run-1")).containsExactly(later);
    }

    @Test
    void ofARemovedRunNothingIsLeftAndOthersStay() throws IOException {
        save("run-1", PROGRESS);
        save(storeOf("other"), "run-1", new RunProgress(14, 7, 1, 1, 1));
        String kept = save("run-10", PROGRESS);
        store().remove("run-1");
        storeOf("other").remove("run-1");
        store().remove("unknown");
        assertThat(store().names("run-1")).isEmpty();
        assertThat(store().runs()).containsExactly("run-10");
        assertThat(store().names("run-10")).containsExactly(kept);
        assertThat(save("run-1", PROGRESS)).as("a state that comes late").startsWith("run-1/");
    }

    @Test
    void aStateExplainsItself() throws IOException {
        RunSpec run = Studies.run(
                "s",
                "run-1",
                SHAPE,
                Studies.recipe(1),
                Studies.corpus("c", Studies.records("c", 4, 3, 20, 1), Studies.records("c", 2, 3, 20, 2)),
                4);
        RunFacts facts = new RunFacts(run, 2.5, null, "t", Instant.parse("2026-01-01T00:00:00Z"), null);
        String name = store().save("run-1", PROGRESS, facts, LAYOUT, CheckpointStoreContract::write);
        StoredState state = store().describe(name).orElseThrow();
        assertThat(state.name()).isEqualTo(name);
        assertThat(state.progress()).isEqualTo(PROGRESS);
        assertThat(state.facts()).isEqualTo(facts);
        assertThat(store().describe(save("run-2", PROGRESS)))
                .as("kept without facts")
                .isEmpty();
        assertThat(store().describe("run-1/none")).isEmpty();
    }

    @Test
    void importedWeightsAreNamedByShapeAndContent() throws IOException {
        String name = store().keepWeights(SHAPE, new InitialWeights(3), "a card");
        assertThat(store().keepWeights(SHAPE, new InitialWeights(3), "another card"))
                .isEqualTo(name);
        assertThat(store().keepWeights(SHAPE, new InitialWeights(4), "a card")).isNotEqualTo(name);
        assertThat(store().keepWeights(ModelShape.esm2(2, 8, 2), new InitialWeights(3), "a card"))
                .isNotEqualTo(name);
        assertThat(store().cardOf(name)).isPresent();
        assertThat(store().cardOf("none")).isEmpty();
    }

    @Test
    void aRunStartsFromImportedWeights() throws IOException, CheckpointRefusedException {
        String name = store().keepWeights(SHAPE, new InitialWeights(3), "a card");
        try (SavedState state = store().openWeights(name, SHAPE)) {
            assertThat(state.progress()).isEqualTo(RunProgress.START);
            List<TensorSpec> weights = LAYOUT.parameters();
            for (TensorSpec tensor : weights) {
                assertThat(state.read(tensor)).isEqualTo(new InitialWeights(3).read(tensor));
            }
            for (TensorSpec tensor :
                    LAYOUT.all().subList(weights.size(), LAYOUT.all().size())) {
                assertThat(isZero(state.read(tensor))).as(tensor.name()).isTrue();
            }
        }
    }

    @Test
    void absentWeightsAndThoseOfAnotherShapeAreRefused() throws IOException {
        String name = store().keepWeights(SHAPE, new InitialWeights(3), "a card");
        assertThatThrownBy(() -> store().openWeights("none", SHAPE)).isInstanceOf(CheckpointRefusedException.class);
        assertThatThrownBy(() -> store().openWeights(name, ModelShape.esm2(2, 8, 2)))
                .isInstanceOf(CheckpointRefusedException.class);
    }

    private CheckpointStore store() {
        return storeOf("trainer");
    }

    private String save(String runId, RunProgress progress) throws IOException {
        return save(store(), runId, progress);
    }

    private static String save(CheckpointStore store, String runId, RunProgress progress) throws IOException {
        return store.save(runId, progress, LAYOUT, CheckpointStoreContract::write);
    }

    private static void write(TensorSink sink) throws IOException {
        for (TensorSpec tensor : LAYOUT.all()) {
            sink.write(tensor, new InitialWeights(3).read(tensor));
        }
    }

    private static boolean isZero(ByteBuffer values) {
        ByteBuffer bytes = values.order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
