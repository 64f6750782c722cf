package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.plmfrontier.launcher.deadletter.DeadLetter;
import org.plmfrontier.launcher.deadletter.Replay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier replay TOPIC.dlq}: sends dead letters back where they came from, after a repair. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the records of a dead-letter topic back to the topics that they came from, each once, however often it is"
                    + " called."
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC.dlq", description = "for example training-events.dlq")
    String topic = "";

    @Option(
            names = "--reason",
            defaultValue = "",
            description = "only records whose reason holds this regular expression; the others stay")
    String reason = "";

    @Option(names = "--dry-run", description = "only list which records would be sent")
    boolean dryRun;

    @Mixin
    BrokerArguments broker = new BrokerArguments();

    @Override
    public Integer call() throws IOException {
        Pattern wanted = Pattern.compile(reason);
        try (Replay replay = new Replay(topic, broker.connection())) {
            Replay.Count count = replay.run(
                    letter -> wanted.matcher(letter.reason()).find(),
                    dryRun,
                    letter -> System.out.println(line(letter)));
            System.out.printf(
                    "%d %s%s, %d left in %s%n",
                    count.sentBack(),
                    dryRun ? "would be sent back" : "sent back",
                    count.same() == 0 ? "" : " (" + count.same() + " further letters are the same records)",
                    count.left(),
                    topic);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return 0;
    }

    private static String line(DeadLetter letter) {
        return letter.place() + " -> " + letter.origin() + ": " + letter.reason();
    }
}
