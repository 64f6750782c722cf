package org.plmfrontier.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.SequenceLoad;

class TokenBatchTest {
    private final TokenBatch batch = new TokenBatch("c0ffee", 7, new byte[] {1, 4, 5, 2, 1, 28, 2}, new int[] {4, 3});

    @Test
    void survivesTheTopic() {
        TokenBatch read = TokenBatch.decode(batch.headers(), batch.tokens());
        assertThat(read.index()).isEqualTo(7);
        assertThat(read.corpusId()).isEqualTo("c0ffee");
        assertThat(read.lengths()).containsExactly(4, 3);
        assertThat(read.tokens()).isEqualTo(batch.tokens());
    }

    @Test
    void countsWhatItCosts() {
        assertThat(batch.residues()).isEqualTo(3);
        assertThat(batch.load()).isEqualTo(new SequenceLoad(2, 7, 25));
        assertThat(batch.paddedLoad()).isEqualTo(new SequenceLoad(2, 8, 32));
    }

    @Test
    void aFlippedBitIsFound() {
        byte[] flipped = batch.tokens().clone();
        flipped[2] ^= 1;
        assertThatThrownBy(() -> TokenBatch.decode(batch.headers(), flipped))
                .hasMessageContaining("batch 7 is corrupt");
    }

    @Test
    void aMissingHeaderIsNamed() {
        Map<String, byte[]> headers = new HashMap<>(batch.headers());
        headers.remove(TokenBatch.LENGTHS);
        assertThatThrownBy(() -> TokenBatch.decode(headers, batch.tokens())).hasMessageContaining("'lengths'");
    }

    @Test
    void lengthsMustSumToTheTokens() {
        assertThatThrownBy(() -> new TokenBatch("c", 0, new byte[3], new int[] {2}))
                .hasMessageContaining("sum to 2");
    }
}
