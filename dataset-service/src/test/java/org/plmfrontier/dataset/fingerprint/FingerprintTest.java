package org.plmfrontier.dataset.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    /** Value of the reference implementation, quoted in several libraries' tests. */
    @Test
    void itIsMurmur3() {
        byte[] text = "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.US_ASCII);
        Fingerprint fingerprint = Fingerprint.of(text, text.length);
        assertThat(fingerprint).isEqualTo(new Fingerprint(0xe34bbc7bbc071b6cL, 0x7a433ca9c49a9347L));
        assertThat(Fingerprint.of(new byte[0], 0)).isEqualTo(new Fingerprint(0, 0));
    }

    @Test
    void everyLengthAndEveryByteCounts() {
        byte[] zeros = new byte[40];
        Set<Fingerprint> all = new HashSet<>();
        for (int length = 1; length <= zeros.length; length++) {
            all.add(Fingerprint.of(zeros, length));
        }
        for (int at = 0; at < zeros.length; at++) {
            byte[] one = zeros.clone();
            one[at] = 1;
            all.add(Fingerprint.of(one, one.length));
        }
        assertThat(all).hasSize(80);
    }

    @Test
    void bytesBeyondTheLengthDoNotCount() {
        byte[] bytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.US_ASCII);
        byte[] cut = "ABCDEFGHIJKLMNOPQRSTU".getBytes(StandardCharsets.US_ASCII);
        assertThat(Fingerprint.of(bytes, 21)).isEqualTo(Fingerprint.of(cut, 21));
    }

    @Test
    void aSetKeepsApartWhatDiffersInEitherHalf() {
        FingerprintSet set = new FingerprintSet();
        for (long high = 0; high < 100; high++) {
            for (long low = 0; low < 100; low++) {
                assertThat(set.add(high, low)).isTrue();
            }
        }
        assertThat(set.add(0, 0)).isFalse();
        assertThat(set.add(99, 99)).isFalse();
        assertThat(set.add(99, 100)).isTrue();
    }
}
