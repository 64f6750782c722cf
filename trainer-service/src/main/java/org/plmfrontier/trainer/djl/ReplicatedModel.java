package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.djl.ReductionTree.Block;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.PendingStep;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * One run on several devices of a process. The records of a step are dealt out to a fixed number of shards, whose gradients are
 * summed in a fixed tree, so the bits do not depend on how many devices there are. Each device has all parameters, and the moments
 * of its own tensors (ZeRO-1, Rajbhandari et al. 2020): it takes the optimiser's step for them and gives the others the result.
 */
final class ReplicatedModel implements ResidentModel {
    private final List<Replica> replicas = new ArrayList<>();
    private final ReductionTree tree;
    private final StateLayout layout;
    private long exchangedBytes;

    /** Puts replicas on as many devices as there are shards and tensors for, the first of those given. */
    ReplicatedModel(List<EngineDevice> devices, ModelSettings settings, Attention attention, TensorSource state)
            throws IOException {
        this.tree = new ReductionTree(settings.shards());
        this.layout = Networks.state(settings.shape());
        int count = Math.min(
                Math.min(devices.size(), tree.shards()), layout.parameters().size());
        int[] ends = ends(layout.parameters(), count);
        boolean loaded = false;
        try {
            for (int i = 0; i < count; i++) {
                EngineDevice device = devices.get(i);
                Replica.Range range = new Replica.Range(i == 0 ? 0 : ends[i - 1], ends[i]);
                replicas.add(device.thread().call(() -> Replica.open(device, settings, attention, state, range)));
            }
            loaded = true;
        } finally {
            if (!loaded) {
                close();
            }
        }
    }

    /** Consecutive tensors of about equally many numbers for each device, at least one; where those of each end. */
    static int[] ends(List<TensorSpec> tensors, int devices) {
        long all = tensors.stream().mapToLong(TensorSpec::size).sum();
        int[] ends = new int[devices];
        long numbers = 0;
        int next = 0;
        for (int device = 0; device < devices; device++) {
            int last = tensors.size() - (devices - 1 - device);
            do {
                numbers += tensors.get(next).size();
                next++;
            } while (next < last && numbers + tensors.get(next).size() / 2 <= all * (device + 1) / devices);
            ends[device] = device == devices - 1 ? tensors.size() : next;
        }
        return ends;
    }

    @Override
    public PendingStep step(List<PaddedBatch> batches, double weight, double learningRate) {
        double[] losses = new double[batches.size()];
        Map<Block, @Nullable Held> known = new HashMap<>();
        List<CompletableFuture<Map<Block, @Nullable Held>>> parts = new ArrayList<>();
        for (int device = 0; device < replicas.size(); device++) {
            Replica replica = replicas.get(device);
            List<Block> blocks =
                    tree.blocks(tree.first(device, replicas.size()), tree.first(device + 1, replicas.size()));
            parts.add(replica.device().thread().submit(() -> {
                Map<Block, @Nullable Held> sums = new HashMap<>();
                blocks.forEach(block -> sums.put(block, own(replica, block, batches, weight, losses)));
                return sums;
            }));
        }
        parts.forEach(part -> known.putAll(result(part)));
        Held gradient = ReductionTree.sum(tree.all(), known::get, known::containsKey, this::across);
        Held all = onFirst(Objects.requireNonNull(gradient, "a step without a record"));
        double norm = call(first(), () -> first().norm(all.array()));
        update(all.array(), norm, learningRate);
        double loss = 0;
        for (double one : losses) {
            loss += one;
        }
        return PendingStep.done(loss, norm);
    }

    /** A gradient and the replica on whose device it is. */
    private record Held(Replica replica, NDArray array) {}

    /** The sum of shards that one device computes; on its thread. */
    private @Nullable Held own(
            Replica replica, Block block, List<PaddedBatch> batches, double weight, double[] losses) {
        return ReductionTree.sum(
                block,
                shard -> shard(replica, shard.from(), batches, weight, losses),
                Block::isShard,
                (left, right) -> new Held(replica, replica.sum(left.array(), right.array())));
    }

    private @Nullable Held shard(
            Replica replica, int shard, List<PaddedBatch> batches, double weight, double[] losses) {
        boolean some = false;
        for (int record = 0; record < batches.size(); record++) {
            if (tree.of(record, batches.size()) == shard) {
                losses[record] = replica.micro(batches.get(record), weight);
                some = true;
            }
        }
        return some ? new Held(replica, replica.gradient()) : null;
    }

    /** The sum of gradients of two devices, on the left one. */
    private Held across(Held left, Held right) {
        NDArray here = moved(right.array(), right.replica(), left.replica());
        return call(
                left.replica(), () -> new Held(left.replica(), left.replica().sum(left.array(), here)));
    }

    private Held onFirst(Held gradient) {
        return gradient.replica() == first()
                ? gradient
                : new Held(first(), moved(gradient.array(), gradient.replica(), first()));
    }

    /** Each device takes the step for its own tensors, and gives all others what came of it. */
    private void update(NDArray gradient, double norm, double learningRate) {
        List<CompletableFuture<NDArray>> stepped = new ArrayList<>();
        for (Replica replica : replicas) {
            NDArray part = moved(call(first(), () -> first().part(gradient, replica)), first(), replica);
            stepped.add(replica.device().thread().submit(() -> replica.step(part, norm, learningRate)));
        }
        call(first(), () -> {
            gradient.close();
            return true;
        });
        for (int i = 0; i < replicas.size(); i++) {
            Replica from = replicas.get(i);
            NDArray values = result(stepped.get(i));
            for (Replica to : replicas) {
                if (to != from) {
                    NDArray copy = call(from, () -> copy(values, to));
                    call(to, () -> {
                        to.take(copy, from);
                        copy.close();
                        return true;
                    });
                }
            }
            call(from, () -> {
                values.close();
                return true;
            });
        }
    }

    /** An array on another replica's device, which is closed where it was; itself where it is there. */
    private NDArray moved(NDArray array, Replica from, Replica to) {
        if (from == to) {
            return array;
        }
        return call(from, () -> {
            NDArray copy = copy(array, to);
            array.close();
            return copy;
        });
    }

    private NDArray copy(NDArray array, Replica to) {
        exchangedBytes += array.size() * Float.BYTES;
        return to.owned(array.toDevice(to.device().device(), true));
    }

    /** What a device answers, or the failure itself. */
    private static <T> T result(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** Bytes that went from a device to another one so far. */
    long exchangedBytes() {
        return exchangedBytes;
    }

    /** Numbers of the first device's own tensors. */
    long firstNumbers() {
        return first().firstMoments().stream().mapToLong(NDArray::size).sum();
    }

    private Replica first() {
        return replicas.getFirst();
    }

    private static <T> T call(Replica replica, EngineThread.EngineCall<T, RuntimeException> call) {
        return replica.device().thread().call(call);
    }

    @Override
    public double micro(PaddedBatch batch, double weight) {
        throw new UnsupportedOperationException("a model on several devices takes whole steps");
    }

    @Override
    public double apply(double learningRate) {
        throw new UnsupportedOperationException("a model on several devices takes whole steps");
    }

    @Override
    public LossSums evaluate(PaddedBatch batch) {
        return call(first(), () -> first().evaluate(batch));
    }

    @Override
    public void save(TensorSink sink) throws IOException {
        try (StateSnapshot state = snapshot()) {
            state.save(sink);
        }
    }

    @Override
    public StateSnapshot snapshot() {
        NDList firstMoments = new NDList();
        NDList secondMoments = new NDList();
        for (Replica replica : replicas) {
            firstMoments.addAll(replica.firstMoments());
            secondMoments.addAll(replica.secondMoments());
        }
        return call(
                first(),
                () -> HostSnapshot.of(
                        layout, List.of(first().parameters(), firstMoments, secondMoments), first().stepCount()));
    }

    @Override
    public void close() {
        replicas.forEach(replica -> call(replica, () -> {
            replica.close();
            return true;
        }));
        replicas.clear();
    }
}
