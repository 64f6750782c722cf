package org.plmfrontier.runtime.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** FIPS 180-4's example of one block. */
    @Test
    void theStandardsExample() {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(abc);
        assertThat(HexFormat.of().formatHex(Sha256.of("abc"))).isEqualTo(abc);
    }
}
