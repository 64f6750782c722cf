package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.plmfrontier.launcher.report.ReportWriter;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.AnswerLines;
import org.plmfrontier.launcher.screen.ResultTables;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.study.Answers;
import org.plmfrontier.launcher.study.StudyView;

/** What a study came to: its tables and its answer on the terminal, its report in a folder. */
final class StudyResult {
    private final RestClient fitting;
    private final Terminal terminal;

    StudyResult(RestClient fitting, Terminal terminal) {
        this.fitting = fitting;
        this.terminal = terminal;
    }

    void print(StudyView study) throws IOException, InterruptedException {
        terminal.line("");
        ResultTables.exponents(fitting.get("/studies/" + study.id() + "/families"))
                .forEach(terminal::line);
        terminal.line("");
        ResultTables.frontier(fitting.get("/studies/" + study.id() + "/frontier"))
                .forEach(terminal::line);
        terminal.line("");
        ResultTables.plateau(study).forEach(terminal::line);
        terminal.line("");
        AnswerLines.of(Answers.ofAll(fitting, study.id(), OptionalDouble.empty()))
                .forEach(terminal::line);
    }

    void write(String study, Path folder) throws IOException, InterruptedException {
        new ReportWriter(fitting).write(study, folder);
        terminal.line("written: " + folder.resolve("report.html") + ", curves.csv, frontier.json");
    }
}
