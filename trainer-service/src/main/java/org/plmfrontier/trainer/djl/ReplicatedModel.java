package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
 * summed in a fixed tree, so the bits do not depend on how many devices there are. Each device has the float32 parameters, the
 * moments and the sums of the gradients of its own tensors (ZeRO-2, Rajbhandari et al. 2020): it takes the optimiser's step for them
 * and gives the others what their products take.
 */
final class ReplicatedModel implements ResidentModel {
    /** Bytes of the numbers in which a device keeps what it does not own, float32 and bfloat16. */
    private static final List<Integer> EXCHANGED = List.of(4, 2);

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
                Replica.Share share =
                        new Replica.Share(i == 0 ? 0 : ends[i - 1], ends[i], ReductionTree.held(blocks(i, count)));
                replicas.add(device.thread().call(() -> Replica.open(device, settings, attention, state, share)));
            }
            loaded = true;
        } finally {
            if (!loaded) {
                close();
            }
        }
    }

    /**
     * Consecutive tensors of about equally many numbers for each device, at least one; where those of each end. Each begins at a
     * multiple of 16 bytes, if it can: GPUs sum in another order where numbers lie otherwise.
     */
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
            } while (next < last
                    && (numbers % 4 != 0 || numbers + tensors.get(next).size() / 2 <= all * (device + 1) / devices));
            ends[device] = device == devices - 1 ? tensors.size() : next;
        }
        return ends;
    }

    /** Blocks of shards that a device computes. */
    private List<Block> blocks(int device, int devices) {
        return tree.blocks(tree.first(device, devices), tree.first(device + 1, devices));
    }

    @Override
    public PendingStep step(List<PaddedBatch> batches, double weight, double learningRate) {
        double[] losses = new double[batches.size()];
        Map<Block, @Nullable Held> sums = new HashMap<>();
        List<CompletableFuture<Map<Block, @Nullable Held>>> parts = new ArrayList<>();
        for (int device = 0; device < replicas.size(); device++) {
            Replica replica = replicas.get(device);
            List<Block> blocks = blocks(device, replicas.size());
            parts.add(replica.device().thread().submit(() -> {
                Map<Block, @Nullable Held> own = new HashMap<>();
                blocks.forEach(block -> own.put(block, own(replica, block, batches, weight, losses)));
                return own;
            }));
        }
        parts.forEach(part -> sums.putAll(result(part)));
        double norm = update(gradients(sums), learningRate);
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

    /** Of each device the gradient of its own tensors, on that device; what it was made of is closed. */
    private List<NDArray> gradients(Map<Block, @Nullable Held> sums) {
        List<NDArray> gradients = new ArrayList<>();
        for (Replica owner : replicas) {
            NDArray gradient = ReductionTree.sum(
                    tree.all(),
                    block -> part(sums.get(block), owner),
                    sums::containsKey,
                    (left, right) -> call(owner, () -> owner.sum(left, right)));
            gradients.add(Objects.requireNonNull(gradient, "a step without a record"));
        }
        for (Held sum : sums.values()) {
            if (sum != null) {
                call(sum.replica(), () -> {
                    sum.array().close();
                    return true;
                });
            }
        }
        return gradients;
    }

    private @Nullable NDArray part(@Nullable Held sum, Replica owner) {
        if (sum == null) {
            return null;
        }
        Replica from = sum.replica();
        NDArray part = call(from, () -> from.part(sum.array(), owner));
        if (from == owner) {
            return part;
        }
        return call(from, () -> {
            NDArray copy = copy(part, Float.BYTES, from, owner);
            part.close();
            return copy;
        });
    }

    /** Each device takes the step for its own tensors, and gives all others what came of it; the norm of all gradients. */
    private double update(List<NDArray> gradients, double learningRate) {
        float[] norms = new float[0];
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get(i);
            NDArray gradient = gradients.get(i);
            float[] own = call(replica, () -> replica.norms(gradient));
            norms = Arrays.copyOf(norms, norms.length + own.length);
            System.arraycopy(own, 0, norms, norms.length - own.length, own.length);
        }
        float[] all = norms;
        double norm = call(first(), () -> first().norm(all));
        List<CompletableFuture<Boolean>> steps = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get(i);
            NDArray gradient = gradients.get(i);
            steps.add(replica.device().thread().submit(() -> {
                replica.step(gradient, norm, learningRate);
                return true;
            }));
        }
        steps.forEach(ReplicatedModel::result);
        if (replicas.size() > 1) {
            replicas.forEach(replica -> EXCHANGED.forEach(bytes -> give(replica, bytes)));
        }
        return norm;
    }

    /** Gives all others what they keep of a device's parameters in numbers of so many bytes. */
    private void give(Replica from, int bytes) {
        NDArray values = call(from, () -> from.given(bytes));
        for (Replica to : replicas) {
            if (to != from && values.size() > 0) {
                NDArray copy = call(from, () -> copy(values, bytes, from, to));
                call(to, () -> {
                    to.take(copy, bytes, from);
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

    private NDArray copy(NDArray array, int bytes, Replica from, Replica to) {
        exchangedBytes += array.size() * bytes;
        return from.sent(array, to);
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

    /** The replicas, one for each device. */
    List<Replica> replicas() {
        return replicas;
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
        NDList parameters = new NDList();
        NDList firstMoments = new NDList();
        NDList secondMoments = new NDList();
        for (Replica replica : replicas) {
            parameters.addAll(replica.ownParameters());
            firstMoments.addAll(replica.firstMoments());
            secondMoments.addAll(replica.secondMoments());
        }
        return call(
                first(),
                () -> HostSnapshot.of(layout, List.of(parameters, firstMoments, secondMoments), first().stepCount()));
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
