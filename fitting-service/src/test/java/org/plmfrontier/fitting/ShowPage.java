package org.plmfrontier.fitting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * Shows the page with a planted study: starts a broker and a database, then the packaged service on port 8080, and
 * publishes the study slice by slice.
 *
 * <p>Arguments: folder for data, path of quarkus-run.jar, number of runs (6 for the usual study, 0 for two families), steps of the smallest
 * run, share of the study to publish, milliseconds between slices.
 */
public final class ShowPage {
    private ShowPage() {}

    public static void main(String[] args) throws Exception {
        Path home = Files.createDirectories(Path.of(args[0]));
        int runs = Integer.parseInt(args[2]);
        int steps = Integer.parseInt(args[3]);
        double share = Double.parseDouble(args[4]);
        EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 19092, 19093);
        LocalPostgres postgres = LocalPostgres.durable(home.resolve("postgres"), 15432);
        postgres.ensureDatabase("fitting");
        EventWriter.createTopic(kafka.bootstrapServers());
        Process service = new ProcessBuilder(
                        "java",
                        "-Xmx300m",
                        "-XX:+UseSerialGC",
                        "-Dkafka.bootstrap.servers=" + kafka.bootstrapServers(),
                        "-Dquarkus.datasource.jdbc.url=" + postgres.loginUrl("fitting"),
                        "-jar",
                        args[1])
                .inheritIO()
                .start();
        PlantedStudy study = switch (runs) {
            case 0 -> PlantedStudy.ofTwoFamilies("demo", steps, 7);
            case 6 -> PlantedStudy.ofSix("demo", steps, 7);
            default -> PlantedStudy.ofMany("demo", runs, steps, 7);
        };
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers())) {
            writer.publish(study.plans());
            List<TrainingEvent> training = study.training();
            publish(writer, training.subList(0, (int) (training.size() * share)), Long.parseLong(args[5]));
        }
        service.waitFor();
        postgres.close();
        kafka.close();
    }

    private static void publish(EventWriter writer, List<TrainingEvent> events, long pauseMillis) throws Exception {
        List<TrainingEvent> slice = new ArrayList<>();
        for (TrainingEvent event : events) {
            slice.add(event);
            if (event instanceof SliceCompleted) {
                writer.publish(slice);
                slice.clear();
                Thread.sleep(pauseMillis);
            }
        }
        writer.publish(slice);
    }
}
