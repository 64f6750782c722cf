package org.plmfrontier.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void noConnectionOfTheMachineGetsAPortThatWasGivenAndNoneIsGivenTwice() throws Exception {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(FreePorts.next())).isTrue();
        }
        int first = FreePorts.firstOfConnections();
        assertThat(first).isGreaterThan(1023);
        assertThat(given).allMatch(port -> port < first);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 50; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
                    assertThat(socket.getLocalPort()).isGreaterThanOrEqualTo(first);
                }
            }
        }
    }
}
