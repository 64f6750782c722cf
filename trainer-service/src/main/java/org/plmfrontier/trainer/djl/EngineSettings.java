package org.plmfrontier.trainer.djl;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How libtorch is started; the first use in a process decides.
 *
 * @param threads intra-op threads
 * @param nativeFolder where the native libraries are unpacked, once
 */
public record EngineSettings(int threads, Path nativeFolder) {
    public EngineSettings {
        Objects.requireNonNull(nativeFolder, "nativeFolder");
        if (threads <= 0) {
            throw new IllegalArgumentException("threads must be positive, got " + threads);
        }
    }

    /** DJL reads its settings from system properties only. */
    void export() {
        String folder = nativeFolder.toAbsolutePath().toString();
        System.setProperty("DJL_CACHE_DIR", folder);
        System.setProperty("ENGINE_CACHE_DIR", folder);
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
}
