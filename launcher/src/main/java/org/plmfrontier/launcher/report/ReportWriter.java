package org.plmfrontier.launcher.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plmfrontier.launcher.rest.RestClient;

/** Writes what a study found into files that need no running service. */
public final class ReportWriter {
    private final RestClient fitting;

    public ReportWriter(RestClient fitting) {
        this.fitting = fitting;
    }

    /**
     * Writes {@code report.html} (one file, plots inside), {@code curves.csv} (the import format) and
     * {@code frontier.json}.
     *
     * @param folder created where absent; existing files are replaced
     */
    public void write(String studyId, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String study = "/studies/" + studyId;
        Files.writeString(folder.resolve("report.html"), fitting.text(study + "/report", "text/html"));
        Files.writeString(folder.resolve("curves.csv"), fitting.text(study + "/curves", "text/csv"));
        Files.writeString(folder.resolve("frontier.json"), fitting.text(study + "/frontier", "application/json"));
    }
}
