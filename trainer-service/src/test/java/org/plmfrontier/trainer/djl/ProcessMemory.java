package org.plmfrontier.trainer.djl;

import com.sun.jna.Function;
import com.sun.jna.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process in bytes: resident by Linux's /proc, allocated natively by glibc. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private ProcessMemory() {}

    static boolean readable() {
        return Files.isReadable(STATUS) && Files.isWritable(CLEAR);
    }

    /** What native code holds; Java's heap is not in it. */
    static long allocated() {
        Allocations now = (Allocations) Function.getFunction("c", "mallinfo2").invoke(Allocations.class, new Object[0]);
        return now.uordblks + now.hblkhd;
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

    /** {@code struct mallinfo2} of glibc 2.33 and newer. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static final class Allocations extends Structure implements Structure.ByValue {
        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        public long uordblks;
        public long fordblks;
        public long keepcost;
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
