package org.plmfrontier.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.trainer.safetensors.Fixture;

class PaddedBatchTest {
    private static final byte[] INPUT = {1, 3, 5, 2, 1, 6, 2};
    private static final MaskedRecord RECORD =
            new MaskedRecord(INPUT, new int[] {1, 5}, new byte[] {9, 6}, new int[] {4, 3});

    @Test
    void sequencesStandInRowsWithPadBehindThem() {
        PaddedBatch batch = PaddedBatch.of(RECORD, false);
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.columns()).isEqualTo(4);
        assertThat(batch.tokens()).containsExactly(1, 3, 5, 2, 1, 6, 2, 0);
        assertThat(batch.selected()).containsExactly(1, 5);
        assertThat(batch.targets()).containsExactly(9, 6);
        assertThat(batch.scale()).containsExactly(1, 1, 1, 1, 1, 1, 1, 0);
    }

    @Test
    void tokenDropoutDropsMaskAndRescalesTheRestOfItsRow() {
        float[] scale = PaddedBatch.of(RECORD, true).scale();
        float first = (float) (0.88 / (1 - 1 / 4.0));
        assertThat(scale).containsExactly(first, 0, first, first, 0.88f, 0.88f, 0.88f, 0);
    }

    @Test
    void aRowOfNothingButMaskIsZero() {
        MaskedRecord record = new MaskedRecord(new byte[] {3}, new int[] {0}, new byte[] {7}, new int[] {1});
        assertThat(PaddedBatch.of(record, true).scale()).containsExactly(0);
    }

    @Test
    void theFactorsAreFairEsms() {
        try (Fixture fixture = Fixture.open("tiny")) {
            double[] expected = fixture.values("tdon.scale");
            int[] tokens = fixture.integers("tokens");
            for (int row = 0; row < 4; row++) {
                int length = (int) fixture.values("lengths")[row];
                byte[] input = new byte[length];
                for (int i = 0; i < length; i++) {
                    input[i] = (byte) tokens[row * 40 + i];
                }
                MaskedRecord record = new MaskedRecord(input, new int[] {0}, new byte[] {7}, new int[] {length});
                assertThat((double) PaddedBatch.of(record, true).scale()[0])
                        .isCloseTo(expected[row], org.assertj.core.data.Offset.offset(1e-7));
            }
        }
    }

    @Test
    void aRecordWithNothingToPredictIsRefused() {
        MaskedRecord record = new MaskedRecord(new byte[] {1, 2}, new int[0], new byte[0], new int[] {2});
        assertThatThrownBy(() -> PaddedBatch.of(record, true)).hasMessageContaining("0 selected");
    }
}
