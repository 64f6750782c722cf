package org.plmfrontier.trainer.djl;

import com.sun.jna.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process, from Linux's /proc; bytes. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private ProcessMemory() {}

    static boolean readable() {
        return Files.isReadable(STATUS) && Files.isWritable(CLEAR);
    }

    /** What is resident after the allocator gave back what nobody uses. */
    static long resident() {
        Function.getFunction("c", "malloc_trim").invokeInt(new Object[] {0});
        return field("VmRSS:");
    }

    /** Highest since {@link #forgetPeak()}. */
    static long peak() {
        return field("VmHWM:");
    }

    static void forgetPeak() {
        try {
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long field(String name) {
        try {
            String line = Files.readAllLines(STATUS).stream()
                    .filter(each -> each.startsWith(name))
                    .findFirst()
                    .orElseThrow();
            return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
