package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What Linux says that the processor can do. */
final class ProcessorFlags {
    private static final Path FILE = Path.of("/proc/cpuinfo");

    /** Of x86-64 and of arm64. */
    private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16", "bf16");

    private ProcessorFlags() {}

    /** Whether the processor multiplies bfloat16 numbers; false where that cannot be read. */
    static boolean multipliesBf16() {
        try {
            return multipliesBf16(Files.readAllLines(FILE));
        } catch (IOException e) {
            return false;
        }
    }

    /** As the other one, from the lines of {@code /proc/cpuinfo}. */
    static boolean multipliesBf16(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf(':') + 1).trim().split("\\s+")))
                .anyMatch(BF16::contains);
    }
}
