package org.plmfrontier.trainer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainerNameTest {
    private static final TrainerName.HostName NAMELESS = () -> {
        throw new UnknownHostException("783ba2424774: Name or service not known");
    };

    @Test
    void aNamedTrainerDoesNotAskItsHost() throws UnknownHostException {
        assertThat(TrainerName.of(Optional.of("gpu-1"), 8082, NAMELESS)).isEqualTo("gpu-1");
    }

    @Test
    void anUnnamedOneIsNamedByHostAndPort() throws UnknownHostException {
        assertThat(TrainerName.of(Optional.empty(), 8082, () -> "Node-A")).isEqualTo("node-a-8082");
    }

    @Test
    void aHostThatDoesNotKnowItsNameIsToldWhatToSet() {
        assertThatThrownBy(() -> TrainerName.of(Optional.empty(), 8082, NAMELESS))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("783ba2424774")
                .hasMessageContaining("set trainer.name");
    }
}
