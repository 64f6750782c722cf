package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.suite.Ports;
import org.plmfrontier.launcher.suite.ServiceProcess;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;

/**
 * Trainers from none to none, as many as the autoscaler would run: those that {@code GET /scaling} calls useful, at most the
 * maximum. Real broker, database and processes; a trainer leaves by SIGTERM, as a pod does.
 */
@Tag("operations")
class ScalingIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Path PROTEINS = ROOT.resolve("launcher/demo/proteins.fasta.gz");
    private static final int MOST = 3;

    /** Less than each run of the small study takes. */
    private static final String WORK_PER_TRAINER = "PT0.1S";

    private final Deque<ServiceProcess> trainers = new ArrayDeque<>();
    private final List<Integer> path = new ArrayList<>(List.of(0));
    private final List<Look> looks = new ArrayList<>();

    /**
     * One look of the scaler.
     *
     * @param asked trainers that are useful, at most the maximum
     * @param runnable runs that can go on at once
     */
    private record Look(int asked, int runnable, int running) {}

    @TempDir
    Path home;

    @Test
    void trainersFollowTheBacklogFromNoneToNoneAndNothingIsLost() throws Exception {
        SuiteOptions options = new SuiteOptions(
                ROOT,
                home.resolve("home"),
                Ports.free(),
                new SuiteOptions.Trainers(0, MOST),
                new SuiteOptions.Services(
                        SuiteOptions.SMALL_JVM, Map.of("DATASET_SCALING_WORK_PER_TRAINER", WORK_PER_TRAINER)));
        try (Suite suite = Suite.start(options, System.out::println);
                RestClient dataset = new RestClient(suite.datasetAddress());
                RestClient fitting = new RestClient(suite.fittingAddress())) {
            assertThat(usefulTrainers(dataset)).as("nothing to do, no trainer").isZero();
            StudyDriver driver = new StudyDriver(dataset, fitting);
            String corpus = driver.corpus(SmallStudy.named("scaled"), PROTEINS, look -> {})
                    .get("id")
                    .asText();
            driver.submit(SmallStudy.named("scaled"), corpus);
            JsonNode all = dataset.get("/scaling");
            StudyView over = driver.watch().follow("scaled", view -> scale(suite, dataset));
            scale(suite, dataset);

            System.out.println("trainers: " + path + " for " + all);
            looks.stream().distinct().forEach(System.out::println);
            assertThat(looks)
                    .as("a device for each run that can go on, and none for anything else")
                    .allSatisfy(look -> assertThat(look.asked()).isLessThanOrEqualTo(look.runnable()))
                    .anySatisfy(look ->
                            assertThat(look.asked()).isEqualTo(look.runnable()).isEqualTo(MOST));
            assertThat(path).startsWith(0, MOST).contains(1).endsWith(0);
            assertThat(over.runs()).allMatch(run -> run.state().equals("COMPLETED"));
            assertNothingLostOrDoubled(EventLog.read(suite.bootstrapServers()), over);
        }
    }

    private void scale(Suite suite, RestClient dataset) throws IOException, InterruptedException {
        JsonNode scaling = dataset.get("/scaling");
        int wanted = Math.min(MOST, scaling.get("usefulTrainers").asInt());
        looks.add(new Look(wanted, scaling.get("activeRuns").asInt(), trainers.size()));
        while (trainers.size() < wanted) {
            trainers.push(suite.startTrainer());
        }
        while (trainers.size() > wanted) {
            ServiceProcess leaving = trainers.pop();
            leaving.askToLeave();
            assertThat(leaving.awaitExit()).as("a trainer leaves in order").isZero();
        }
        if (path.getLast() != wanted) {
            path.add(wanted);
            System.out.println(scaling + ": " + wanted + " trainers");
        }
    }

    private static int usefulTrainers(RestClient dataset) throws IOException, InterruptedException {
        return dataset.get("/scaling").get("usefulTrainers").asInt();
    }

    private static void assertNothingLostOrDoubled(EventLog log, StudyView study) {
        long published = 0;
        for (TrainingEvent.RunPlanned run : log.runs(study.id())) {
            List<TrainingEvent.StepCompleted> steps = log.steps(run.runId());
            assertThat(steps.stream().map(TrainingEvent.StepCompleted::step))
                    .as("each step once, without gap, in order")
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, steps.size()).boxed().toList());
            published += steps.size();
        }
        System.out.println(published + " steps, each once");
    }
}
