package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The one libtorch of the test process. */
public final class Engines {
    private static @Nullable DjlTrainingEngine shared;

    private Engines() {}

    public static synchronized DjlTrainingEngine shared() {
        if (shared == null) {
            try {
                shared = DjlTrainingEngine.start(new EngineSettings(1, Path.of("target", "engine")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }
}
