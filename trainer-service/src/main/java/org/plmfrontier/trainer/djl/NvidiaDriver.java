package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The names of NVIDIA's GPUs as the kernel driver lists them in files, without another process or library. */
final class NvidiaDriver {
    static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");
    private static final String MODEL = "Model:";

    private NvidiaDriver() {}

    /**
     * The name that all GPUs share.
     *
     * @return {@code unknown GPU} where there is no such folder or the GPUs differ: their order here is not CUDA's
     */
    static String name(Path gpus) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(gpus)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(gpus)) {
                for (Path folder : folders) {
                    Files.readAllLines(folder.resolve("information")).stream()
                            .filter(line -> line.startsWith(MODEL))
                            .map(line -> line.substring(MODEL.length()).strip())
                            .forEach(names::add);
                }
            }
        }
        return names.size() == 1 ? names.iterator().next() : "unknown GPU";
    }
}
