package org.plmfrontier.launcher.endtoend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.launcher.rest.RestClient;

/**
 * A disturbed study held against an undisturbed one of the same runs, as a read_committed reader sees both.
 *
 * @param steps published of the disturbed study
 * @param lost steps of the undisturbed study that the disturbed one lacks
 * @param doubled steps that are there more than once, or out of their order
 * @param different what is not equal to the bit: one sentence each
 */
public record StudyComparison(String study, long steps, long lost, long doubled, List<String> different) {
    public StudyComparison {
        different = List.copyOf(different);
    }

    public boolean isEqual() {
        return lost == 0 && doubled == 0 && different.isEmpty();
    }

    /**
     * Compares.
     *
     * @param checkpoints folder of the states
     * @param fitting whose stored curves must be those that were published
     */
    public static StudyComparison of(EventLog log, String calm, String disturbed, Path checkpoints, RestClient fitting)
            throws IOException, InterruptedException {
        List<RunPlanned> expected = byName(log.runs(calm));
        List<RunPlanned> found = byName(log.runs(disturbed));
        List<String> different = new ArrayList<>();
        if (expected.isEmpty() || expected.size() != found.size()) {
            different.add(found.size() + " runs of " + disturbed + " for " + expected.size() + " of " + calm);
            return new StudyComparison(disturbed, 0, 0, 0, different);
        }
        long steps = 0;
        long lost = 0;
        long doubled = 0;
        for (int i = 0; i < expected.size(); i++) {
            String model = expected.get(i).runId();
            String run = found.get(i).runId();
            List<StepCompleted> published = log.steps(run);
            Set<Long> numbers = new HashSet<>();
            long last = 0;
            for (StepCompleted step : published) {
                doubled += numbers.add(step.step()) && step.step() > last ? 0 : 1;
                last = step.step();
            }
            steps += published.size();
            lost += log.steps(model).stream()
                    .filter(step -> !numbers.contains(step.step()))
                    .count();
            compare(log, model, run, different);
            if (weights(log, model, checkpoints) != weights(log, run, checkpoints)) {
                different.add("final weights of " + run);
            }
        }
        compareStored(log, found, disturbed, fitting, different);
        return new StudyComparison(disturbed, steps, lost, doubled, different);
    }

    private static List<RunPlanned> byName(List<RunPlanned> runs) {
        return runs.stream()
                .sorted(Comparator.comparing(
                                (RunPlanned planned) -> planned.run().name())
                        .thenComparing(RunPlanned::runId))
                .toList();
    }

    private static void compare(EventLog log, String model, String run, List<String> different) {
        record Step(long step, double tokens, double flops, double executed, double loss, double rate, double norm) {
            static Step of(StepCompleted s) {
                return new Step(
                        s.step(),
                        s.tokens(),
                        s.computeFlops(),
                        s.executedFlops(),
                        s.lossNats(),
                        s.learningRate(),
                        s.gradientNorm());
            }
        }
        record Evaluation(long step, double budget, double loss, long residues) {
            static Evaluation of(HeldOutEvaluated e) {
                return new Evaluation(e.step(), e.budgetTokens(), e.lossNats(), e.selectedResidues());
            }
        }
        if (!log.steps(run).stream()
                .map(Step::of)
                .toList()
                .equals(log.steps(model).stream().map(Step::of).toList())) {
            different.add("curve of " + run);
        }
        differing(
                "evaluations of " + run,
                log.of(run, HeldOutEvaluated.class).map(Evaluation::of).toList(),
                log.of(model, HeldOutEvaluated.class).map(Evaluation::of).toList(),
                different);
        differing(
                "slices of " + run,
                log.of(run, SliceCompleted.class).map(SliceCompleted::slice).toList(),
                log.of(model, SliceCompleted.class).map(SliceCompleted::slice).toList(),
                different);
        if (log.of(run, TrainingEvent.RunStateChanged.class)
                        .filter(change -> change.state() == RunState.COMPLETED)
                        .count()
                != 1) {
            different.add("completions of " + run);
        }
    }

    private static <T> void differing(String what, List<T> found, List<T> expected, List<String> different) {
        if (!found.equals(expected)) {
            different.add(what + ": " + found + " instead of " + expected);
        }
    }

    /** Checksum of the tensors of the run's last state, without its header. */
    private static long weights(EventLog log, String runId, Path checkpoints) throws IOException {
        String name = log.of(runId, SliceCompleted.class)
                .reduce((first, second) -> second)
                .orElseThrow()
                .checkpoint();
        byte[] file = Files.readAllBytes(checkpoints.resolve(name));
        int header = Math.toIntExact(
                8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        CRC32C crc = new CRC32C();
        crc.update(file, header, file.length - header);
        return crc.getValue();
    }

    /**
     * What the fitting service stored is what the topic says, number by number; the columns of the size and of held-out losses
     * are left out.
     */
    private static void compareStored(
            EventLog log, List<RunPlanned> runs, String study, RestClient fitting, List<String> different)
            throws IOException, InterruptedException {
        List<String> stored = fitting.text("/studies/" + study + "/curves", "text/csv")
                .lines()
                .skip(1)
                .map(row -> row.replaceFirst("^([^,]*),[^,]*,((?:[^,]*,){4}[^,]*).*", "$1,$2"))
                .sorted()
                .toList();
        List<String> published = runs.stream()
                .flatMap(run -> log.steps(run.runId()).stream())
                .map(step -> step.runId() + "," + step.tokens() + "," + step.computeFlops() + "," + step.lossNats()
                        + "," + step.step() + "," + step.learningRate())
                .sorted()
                .toList();
        if (!stored.equals(published)) {
            different.add(stored.size() + " stored rows of " + study + " are not the " + published.size()
                    + " published steps");
        }
    }
}
