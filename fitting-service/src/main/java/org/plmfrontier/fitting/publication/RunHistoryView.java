package org.plmfrontier.fitting.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.fitting.study.RunHistory;

/**
 * What became of a run.
 *
 * @param changes of its state, the first one first
 * @param spans who trained what on which device, the first one first
 * @param refusals checkpoints that could not be used
 */
public record RunHistoryView(List<Change> changes, List<Span> spans, List<Refusal> refusals) {
    /**
     * A change of state.
     *
     * @param reason one sentence; empty where the state says it all
     */
    public record Change(RunState state, long step, String reason, Instant at) {}

    /**
     * Slices in a row that one trainer did on one device.
     *
     * @param trainer name of the process
     * @param device null of trainers that did not tell it
     * @param firstSlice counted from 0
     * @param step optimiser steps of the run after the last slice
     * @param tokens of the run after the last slice
     * @param computeFlops training FLOPs of the run after the last slice
     * @param checkpoint name of the state after the last slice within the store
     * @param from when the first slice was done
     * @param to when the last slice was done
     */
    @StagedBuilder
    public record Span(
            String trainer,
            @Nullable TrainingDevice device,
            int firstSlice,
            int lastSlice,
            long step,
            double tokens,
            double computeFlops,
            String checkpoint,
            Instant from,
            Instant to) {
        private static Span of(SliceCompleted first, SliceCompleted last) {
            return RunHistoryViewSpanBuilder.builder()
                    .trainer(last.trainer())
                    .firstSlice(first.slice())
                    .lastSlice(last.slice())
                    .step(last.step())
                    .tokens(last.tokens())
                    .computeFlops(last.computeFlops())
                    .checkpoint(last.checkpoint())
                    .from(first.at())
                    .to(last.at())
                    .device(last.device())
                    .build();
        }
    }

    /**
     * A checkpoint that was of no use.
     *
     * @param step optimiser steps done when it was needed
     * @param trainer name of the process that needed it
     */
    public record Refusal(String checkpoint, long step, String reason, String trainer, Instant at) {}

    public static RunHistoryView of(RunHistory history) {
        return new RunHistoryView(
                history.changes().stream()
                        .map(change -> new Change(change.state(), change.step(), change.reason(), change.at()))
                        .toList(),
                spans(history.slices()),
                history.refusals().stream()
                        .map(refused -> new Refusal(
                                refused.checkpoint(),
                                refused.step(),
                                refused.reason(),
                                refused.trainer(),
                                refused.at()))
                        .toList());
    }

    private static List<Span> spans(List<SliceCompleted> slices) {
        List<Span> spans = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= slices.size(); i++) {
            if (i == slices.size() || !goesOn(slices.get(i - 1), slices.get(i))) {
                spans.add(Span.of(slices.get(first), slices.get(i - 1)));
                first = i;
            }
        }
        return spans;
    }

    private static boolean goesOn(SliceCompleted one, SliceCompleted next) {
        return next.slice() == one.slice() + 1
                && next.trainer().equals(one.trainer())
                && Objects.equals(next.device(), one.device());
    }
}
