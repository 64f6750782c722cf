package org.plmfrontier.fitting.http;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.disk.DiskQuota;
import org.plmfrontier.runtime.disk.ProcessFiles;

/** Bodies of imports on their way through the disk. Thread-safe. */
@Singleton
final class SpoolFolder {
    private final DiskQuota quota;
    private final ProcessFiles files;

    /** @throws UncheckedIOException where what a killed process left cannot be deleted */
    SpoolFolder(DiskQuota quota) {
        this.quota = quota;
        this.files = new ProcessFiles(quota.folder(), "import-", ".csv");
        files.sweep();
    }

    /**
     * Spools a body.
     *
     * @param length the request's Content-Length; null where it does not say it
     * @param reading how the content is to be read; another reading is another content
     * @throws org.plmfrontier.runtime.disk.NoRoomException where the body is too large, or there is no room for it
     */
    Spool spool(InputStream body, @Nullable String length, String reading) throws IOException {
        return spool(body::transferTo, length, reading);
    }

    Spool spool(Spool.Content content, @Nullable String length, String reading) throws IOException {
        quota.require(length == null ? "" : length);
        return Spool.of(files.create(), output -> content.to(quota.bounded(output)), reading, quota);
    }
}
