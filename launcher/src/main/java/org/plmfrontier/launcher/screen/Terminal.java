package org.plmfrontier.launcher.screen;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the launcher writes: a terminal, whose live block is redrawn in place, or a plain stream, which gets lines only.
 * Not thread-safe.
 */
public final class Terminal {
    private final PrintStream out;
    private final boolean interactive;
    private int liveLines;
    private String lastLive = "";

    public Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** Whether a live block can be redrawn. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Prints a line that stays, above any live block. */
    public void line(String text) {
        eraseLive();
        out.println(text);
        out.flush();
    }

    /** Draws the live block anew; on a plain stream only its first line, and that not twice in a row. */
    public void live(List<String> lines) {
        if (!interactive) {
            if (!lines.getFirst().equals(lastLive)) {
                lastLive = lines.getFirst();
                line(lastLive);
            }
            return;
        }
        eraseLive();
        lines.forEach(out::println);
        out.flush();
        liveLines = lines.size();
    }

    /** Lets the live block stand as it is. */
    public void keepLive() {
        liveLines = 0;
    }

    private void eraseLive() {
        if (liveLines > 0) {
            out.printf("\u001b[%dA\u001b[J", liveLines);
            liveLines = 0;
        }
    }
}
