package org.plmfrontier.trainer.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.trainer.checkpoint.RunProgress;

class CheckpointPointerTest {
    @Test
    void aPointerOfAnOlderTrainerIsReadWithoutASpecification() throws Exception {
        String old = """
                {"studyId":"s","runId":"r","slice":3,"state":"TRAINING",
                 "progress":{"position":8,"step":8,"tokens":80,"computeFlops":1.0,"executedFlops":2.0},
                 "checkpoint":"r/x","trainer":"t","at":"2026-01-02T03:04:05Z","openSlice":null}
                """;
        CheckpointPointer pointer = WireFormat.decode(old.getBytes(StandardCharsets.UTF_8), CheckpointPointer.class);
        assertThat(pointer.specification()).isNull();
        assertThat(pointer.withState(RunState.STOPPED, new Stamp("u", Instant.EPOCH))
                        .specification())
                .isNull();
    }

    @Test
    void theSpecificationComesBackAndStaysWithTheState() throws Exception {
        CheckpointPointer pointer = new CheckpointPointer(
                "s", "r", -1, RunState.PLANNED, RunProgress.START, null, "t", Instant.EPOCH, null, "0123456789abcdef");
        CheckpointPointer read = WireFormat.decode(WireFormat.encode(pointer), CheckpointPointer.class);
        assertThat(read).isEqualTo(pointer);
        assertThat(read.withState(RunState.STOPPED, new Stamp("u", Instant.EPOCH))
                        .specification())
                .isEqualTo("0123456789abcdef");
    }
}
