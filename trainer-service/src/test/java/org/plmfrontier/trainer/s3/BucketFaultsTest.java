package org.plmfrontier.trainer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.Attempts;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;

class BucketFaultsTest {
    private static final StateLayout LAYOUT = Networks.state(ModelShape.esm2(1, 8, 2));
    private static final RunProgress PROGRESS = new RunProgress(12, 6, 4321, 1e20, 1e23);
    private static final String NAME = "run-1/step-000000000006-t1.safetensors";
    private static final String KEY = "some/prefix/" + NAME;

    @TempDir
    Path folder;

    private BucketScene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new BucketScene(folder);
    }

    @AfterEach
    void close() throws IOException {
        assertThat(scene.spooled()).as("nothing is left on the way").isEmpty();
        scene.close();
    }

    @Test
    void aServiceThatIsBusyForAMomentIsAskedAgain() throws Exception {
        scene.server.busyFor(2);
        assertThat(save(store(), 3)).isEqualTo(NAME);
        scene.server.busyFor(2);
        assertThat(isOf(3, NAME)).isTrue();
    }

    @Test
    void aServiceThatStaysBusyIsNamedAndNothingIsHalfKept() throws Exception {
        BucketCheckpoints store = store();
        scene.server.busyFor(1_000);
        assertFails(() -> save(store, 3), NAME + " answers 503");
        scene.server.busyFor(0);
        assertThat(store.names("run-1")).isEmpty();
        assertThat(save(store, 3)).isEqualTo(NAME);
    }

    @Test
    void aServiceThatDoesNotAnswerIsNamedAndTriedAgainLater() throws Exception {
        BucketCheckpoints store = store();
        scene.server.silentFor(BucketScene.SILENCE.multipliedBy(3));
        assertFails(() -> save(store, 3), NAME + " cannot be reached");
        assertThat(scene.bucket().notReadyReason().orElseThrow())
                .startsWith("checkpoints cannot be written: s3://states/some/prefix cannot be reached");
        scene.server.silentFor(Duration.ZERO);
        assertThat(save(store, 3)).isEqualTo(NAME);
        assertThat(isOf(3, NAME)).isTrue();
    }

    @Test
    void anUploadThatBreaksOffInOneOfItsPartsIsTakenBack() throws Exception {
        scene.server.tears(target -> target.startsWith("PUT") && target.contains("partNumber=3"));
        assertFails(() -> save(store(), 3), NAME + " cannot be reached");
        assertThat(scene.server.objects()).isEmpty();
        assertThat(scene.server.openUploads()).isZero();
        scene.server.tears(target -> false);
        assertThat(save(store(), 3)).isEqualTo(NAME);
        assertThat(isOf(3, NAME)).isTrue();
    }

    @Test
    void anUploadWhoseEndIsNotAnsweredLeavesAStateThatIsRightAndIsNotTaken() throws Exception {
        scene.server.tears(target -> target.startsWith("POST") && !target.contains("uploads"));
        assertFails(() -> save(store(), 3), NAME + " cannot be reached");
        scene.server.tears(target -> false);
        store().save(NAME, "run-1", PROGRESS, null, LAYOUT, sink -> write(sink, 3));
        assertThat(isOf(3, NAME))
                .as("the repeated try finds that it had succeeded")
                .isTrue();
        assertThat(isOf(4, save(store(), 4))).isTrue();
    }

    @Test
    void aBucketThatIsGoneIsNamedAndReadinessSaysSo() {
        scene.server.withoutBucket();
        assertFails(() -> save(store(), 3), NAME + " answers 404 (NoSuchBucket)");
        assertFails(() -> store().open(NAME, "run-1", LAYOUT), NAME + " answers 404 (NoSuchBucket)");
        assertThat(scene.bucket().notReadyReason())
                .contains("checkpoints cannot be written: there is no bucket states");
    }

    @Test
    void wrongCredentialsAreNamedAndReadinessSaysSo() {
        BucketScene.credentials("unknown");
        assertFails(() -> save(store(), 3), NAME + " answers 403");
        assertThat(scene.bucket().notReadyReason())
                .contains("checkpoints cannot be written: bucket states refuses these credentials");
    }

    @Test
    void aBucketThatIsReadOnlyIsNamedAndCanBeRead() throws Exception {
        save(store(), 3);
        scene.server.readOnly();
        assertFails(() -> save(store(), 3, 7), "step-000000000007-t1-2.safetensors answers 403 (AccessDenied)");
        assertThat(isOf(3, NAME)).isTrue();
        assertThat(scene.bucket().notReadyReason())
                .as("no request tells it but a write")
                .isEmpty();
    }

    @Test
    void aTrainerThatWasFrozenCannotWriteOverWhatItsSuccessorKept() throws Exception {
        BucketCheckpoints frozen = store();
        scene.server.beforeTheNextWrite(() -> keepAsSuccessor(5));
        assertFails(() -> save(frozen, 3), NAME + " is there already, of another trainer");
        assertThat(isOf(5, NAME)).as("the successor's state").isTrue();
        String name = save(frozen, 3);
        assertThat(isOf(3, name)).as("a further state has a name of its own").isTrue();
        assertThat(frozen.names("run-1")).containsExactlyInAnyOrder(NAME, name);
    }

    @Test
    void aSmallStateIsNotWrittenOverEither() throws Exception {
        Path file = Files.writeString(folder.resolve("small"), "mine");
        scene.server.beforeTheNextWrite(() -> scene.server.objects().put("some/prefix/small", new byte[] {1}));
        assertThat(scene.bucket().putNew("small", file)).isFalse();
        assertThat(scene.server.objects().get("some/prefix/small")).containsExactly(1);
    }

    @Test
    void aStateThatIsThereTwiceIsKeptTwiceAndPrunedOnceItIsPassed() throws Exception {
        String first = save(store(), 3);
        String second = save(store(), 4);
        assertThat(isOf(3, first)).isTrue();
        assertThat(isOf(4, second)).isTrue();
        store().prune("run-1", Set.of(second), Set.of(6L));
        assertThat(store().names("run-1")).containsExactly(second);
    }

    @Test
    void aStateThatWasDamagedWhereItLiesIsRefused() throws Exception {
        save(store(), 3);
        byte[] bytes = scene.server.objects().get(KEY);
        bytes[bytes.length - 1] ^= 1;
        assertThatThrownBy(() -> store().open(NAME, "run-1", LAYOUT))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void anAnswerThatBreaksOffIsNoDamage() throws Exception {
        save(store(), 3);
        scene.server.tears(target -> target.startsWith("GET") && target.contains(KEY));
        assertFails(() -> store().open(NAME, "run-1", LAYOUT), NAME + " cannot be reached");
    }

    @Test
    void aStateThatListsDoNotHaveYetIsFoundByItsName() throws Exception {
        save(store(), 3);
        scene.server.hideFromLists(KEY);
        assertThat(store().names("run-1")).isEmpty();
        assertThat(isOf(3, NAME)).isTrue();
        assertThat(save(store(), 4)).isNotEqualTo(NAME);
    }

    @Test
    void namesThatLeadElsewhereAreNone() {
        assertFails(() -> store().open("../../elsewhere", "run-1", LAYOUT), "no possible name");
    }

    @Test
    void theBucketHoldsWhatTheFolderWould() throws Exception {
        save(store(), 3);
        String name = save(new FolderCheckpoints(folder.resolve("checkpoints"), "t1"), 3, 6);
        assertThat(scene.server.objects().get("some/prefix/" + name))
                .isEqualTo(Files.readAllBytes(folder.resolve("checkpoints").resolve(name)));
    }

    @Test
    void whatAnEarlierProcessLeftOnTheWayIsSwept() throws Exception {
        Files.writeString(
                Files.createDirectories(scene.spool().resolve("state-1")).resolve("half"), "half");
        store().sweep();
        assertThat(scene.spool()).doesNotExist();
    }

    @Test
    void attemptsAreCountedWhoeverBeganThemUntilTheyEndInOrder() throws Exception {
        Attempts one = new BucketAttempts(scene.bucket(), "one");
        Attempts two = new BucketAttempts(scene.bucket(), "two");
        Attempts.Attempt ended = one.begin("run-1", "0-7");
        Attempts.Attempt killed = one.begin("run-1", "0-7");
        two.begin("run-1", "0-7");
        two.begin("run-1", "0-70");
        assertThat(killed).isNotNull();
        assertThat(two.open("run-1", "0-7")).isEqualTo(3);
        ended.end();
        ended.end();
        assertThat(one.open("run-1", "0-7")).isEqualTo(2);
        assertThat(one.open("run-2", "0-7")).isZero();
        assertThat(store().runs()).isEmpty();
        two.clear("run-1");
        assertThat(scene.server.objects()).isEmpty();
    }

    @Test
    void addressesOfBucketsHaveOneForm() {
        assertThat(BucketAddress.of("s3://abc").key("x")).isEqualTo("x");
        assertThat(BucketAddress.of("s3://abc/")).isEqualTo(BucketAddress.of("s3://abc"));
        assertThat(BucketAddress.of("s3://abc/d/e/").key("x")).isEqualTo("d/e/x");
        for (String none : List.of("abc", "s3://", "s3:///x", "http://abc/x", "s3://A_B/x")) {
            assertThatThrownBy(() -> BucketAddress.of(none)).hasMessageContaining("s3://bucket/prefix, got");
        }
    }

    private void keepAsSuccessor(int seed) {
        try {
            CheckpointStore files = new FolderCheckpoints(folder.resolve("successor"), "t1");
            String name = save(files, seed, 6);
            scene.server
                    .objects()
                    .put(KEY, Files.readAllBytes(folder.resolve("successor").resolve(name)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertFails(ThrowingCallable call, String sentence) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining(sentence);
    }

    private boolean isOf(int seed, String name) throws IOException, CheckpointRefusedException {
        try (SavedState state = store().open(name, "run-1", LAYOUT)) {
            TensorSpec tensor = LAYOUT.all().getFirst();
            ByteBuffer expected = new InitialWeights(seed).read(tensor);
            return state.read(tensor).equals(expected);
        }
    }

    private BucketCheckpoints store() {
        return scene.store("t1");
    }

    private static String save(CheckpointStore store, int seed) throws IOException {
        return save(store, seed, 6);
    }

    private static String save(CheckpointStore store, int seed, long step) throws IOException {
        RunProgress progress = new RunProgress(
                PROGRESS.position(), step, PROGRESS.tokens(), PROGRESS.computeFlops(), PROGRESS.executedFlops());
        return store.save("run-1", progress, LAYOUT, sink -> write(sink, seed));
    }

    private static void write(TensorSink sink, int seed) throws IOException {
        for (TensorSpec tensor : LAYOUT.all()) {
            sink.write(tensor, new InitialWeights(seed).read(tensor));
        }
    }
}
