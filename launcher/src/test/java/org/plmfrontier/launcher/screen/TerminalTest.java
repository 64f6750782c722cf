package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aPlainStreamGetsNoLineTwiceInARow() {
        Terminal terminal = new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), false);
        terminal.live(List.of("reading", "more"));
        terminal.live(List.of("reading", "even more"));
        terminal.live(List.of("training"));
        terminal.line("done");
        terminal.live(List.of("reading"));
        assertThat(lines()).containsExactly("reading", "training", "done", "reading");
    }

    @Test
    void aTerminalIsDrawnAnewEachTime() {
        Terminal terminal = new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), true);
        terminal.live(List.of("reading"));
        terminal.live(List.of("reading"));
        assertThat(lines()).hasSize(2);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
