package org.plmfrontier.launcher.cli;

import java.io.Console;
import java.util.Locale;

/** Asks before something is lost. */
final class Confirmation {
    private Confirmation() {}

    /** Whether the person at the terminal says yes; false where there is none. */
    static boolean given(String question) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
