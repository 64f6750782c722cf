package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.launcher.recording.StudyRecorder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier record STUDY FILE}: what was published of a study, as a file that {@code demo --replay} plays. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the events of a study from the log into a file: plans, slices, evaluations and some of the steps."
                    + " ./frontier demo --replay FILE plays it."
        })
final class RecordCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "STUDY", description = "id of the study")
    String study = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "for example my-study.jsonl.gz")
    Path file = Path.of("");

    @Option(names = "--note", defaultValue = "", description = "where it was trained and on what, for who plays it")
    String note = "";

    @Option(
            names = "--steps-per-doubling",
            defaultValue = "60",
            description = "steps kept while a run's step count doubles (default: ${DEFAULT-VALUE})")
    int stepsPerDoubling;

    @Mixin
    BrokerArguments broker = new BrokerArguments();

    @Override
    public Integer call() throws IOException {
        Path target = SuiteArguments.userFolder().resolve(file);
        try {
            StudyRecording recording =
                    StudyRecorder.record(new StudyRecording.Header(study, note, stepsPerDoubling), broker.connection());
            recording.write(target);
            System.out.printf(
                    "%d runs, %d events, %d kB in %s%n",
                    recording.runs(), recording.events().size(), Files.size(target) / 1000, target);
        } catch (KafkaException | IllegalStateException e) {
            throw new IOException("the topic at " + broker.kafka + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return 0;
    }
}
