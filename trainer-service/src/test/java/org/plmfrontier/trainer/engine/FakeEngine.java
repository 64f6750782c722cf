package org.plmfrontier.trainer.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * An engine without mathematics: a model's state is the number of its steps and a hash of all batches it saw, in order, so a
 * step that is lost, doubled or taken on the wrong state shows in every later loss.
 */
public final class FakeEngine implements TrainingEngine {
    private static final String HASH = "lm_head.bias";
    private static final int HASHES = 1 << 20;

    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger snapshots = new AtomicInteger();
    public final AtomicInteger loads = new AtomicInteger();
    public final AtomicLong steps = new AtomicLong();
    public final AtomicInteger evaluations = new AtomicInteger();
    private final long divergesAt;
    private volatile boolean evaluatesToNothing;
    private volatile boolean late;
    /** Most steps that were given to a model before their numbers were read. */
    public final AtomicInteger mostUnread = new AtomicInteger();

    private volatile Runnable beforeStep = () -> {};
    private volatile Runnable beforeSave = () -> {};

    public FakeEngine() {
        this(Long.MAX_VALUE);
    }

    /** An engine whose loss is no number from a step on, counted from 1. */
    public FakeEngine(long divergesAt) {
        this.divergesAt = divergesAt;
    }

    /** From now on the held-out loss is no number, though training looks sound. */
    public void evaluateToNothing() {
        evaluatesToNothing = true;
    }

    /** From now on the numbers of a step are there when somebody waits for them and not before, as on a GPU. */
    public void answerLate() {
        late = true;
    }

    /** Runs before each forward pass, for example to wait or to throw. */
    public void beforeStep(Runnable action) {
        beforeStep = action;
    }

    /** Runs before each state is written, by whichever thread writes it. */
    public void beforeSave(Runnable action) {
        beforeSave = action;
    }

    @Override
    public ResidentModel load(ModelSettings settings, TensorSource state) throws IOException {
        StateLayout layout = Networks.state(settings.shape());
        TensorSpec hash = layout.parameters().stream()
                .filter(tensor -> tensor.name().equals(HASH))
                .findFirst()
                .orElseThrow();
        Model model = new Model(layout, (int) first(state.read(hash)), (long) first(state.read(layout.stepCount())));
        open.incrementAndGet();
        loads.incrementAndGet();
        return model;
    }

    /** Every token is as likely as any other. */
    @Override
    public ProteinModel open(ModelSettings settings, boolean tokenDropout, TensorSource state) {
        return new ProteinModel() {
            @Override
            public ModelShape shape() {
                return settings.shape();
            }

            @Override
            public boolean tokenDropout() {
                return tokenDropout;
            }

            @Override
            public double[][] logProbabilities(PaddedBatch batch) {
                double[][] rows = new double[batch.selected().length][Vocabulary.SIZE];
                for (double[] row : rows) {
                    Arrays.fill(row, -Math.log(Vocabulary.SIZE));
                }
                return rows;
            }

            /** Layer and token of each place, as a one in as many channels as the model has. */
            @Override
            public float[][][] hidden(PaddedBatch batch, int... layers) {
                float[][][] states = new float[layers.length][batch.selected().length]
                        [settings.shape().dModel()];
                for (int i = 0; i < layers.length; i++) {
                    for (int place = 0; place < batch.selected().length; place++) {
                        int token = batch.tokens()[batch.selected()[place]];
                        states[i][place][(token + layers[i]) % settings.shape().dModel()] = 1;
                    }
                }
                return states;
            }

            @Override
            public boolean attends() {
                return Networks.of(settings.shape()).attends();
            }

            /** Every key is looked at as much as any other. */
            @Override
            public void attention(PaddedBatch sequence, AttentionReader reader) {
                int columns = sequence.columns();
                float[] maps = new float[settings.shape().heads() * columns * columns];
                Arrays.fill(maps, 1f / columns);
                for (int layer = 0; layer < settings.shape().layers(); layer++) {
                    reader.read(layer, maps);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String deviceName() {
        return "cpu";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void close() {}

    private static float first(ByteBuffer values) {
        return values.order(ByteOrder.LITTLE_ENDIAN).getFloat();
    }

    private final class Model implements ResidentModel {
        private final StateLayout layout;
        private int hash;
        private long step;
        private boolean closed;
        private int unread;

        Model(StateLayout layout, int hash, long step) {
            this.layout = layout;
            this.hash = hash;
            this.step = step;
        }

        @Override
        public double micro(PaddedBatch batch, double weight) {
            requireOpen();
            beforeStep.run();
            hash = Math.floorMod(31 * hash + Arrays.hashCode(batch.tokens()), HASHES);
            double loss = step + 1 >= divergesAt ? Double.NaN : 1 + hash / (double) HASHES;
            return loss * weight * batch.selected().length;
        }

        @Override
        public double apply(double learningRate) {
            requireOpen();
            step++;
            steps.incrementAndGet();
            return 1;
        }

        @Override
        public PendingStep step(List<PaddedBatch> batches, double weight, double learningRate) {
            PendingStep computed = ResidentModel.super.step(batches, weight, learningRate);
            if (!late) {
                return computed;
            }
            unread++;
            mostUnread.accumulateAndGet(unread, Math::max);
            return new PendingStep() {
                @Override
                public boolean isDone() {
                    return false;
                }

                @Override
                public Numbers await() {
                    requireOpen();
                    unread--;
                    return computed.await();
                }
            };
        }

        @Override
        public LossSums evaluate(PaddedBatch batch) {
            requireOpen();
            evaluations.incrementAndGet();
            long[] residues = new long[Shown.values().length];
            batch.countShown(residues);
            double each = evaluatesToNothing ? Double.NaN : 1 + hash / (double) HASHES;
            return new LossSums(
                    each * batch.selected().length, each * residues[0], each * residues[1], each * residues[2]);
        }

        @Override
        public void save(TensorSink sink) throws IOException {
            requireOpen();
            write(layout, hash, step, sink);
        }

        @Override
        public StateSnapshot snapshot() {
            requireOpen();
            return new Snapshot(layout, hash, step);
        }

        @Override
        public void close() {
            requireOpen();
            closed = true;
            open.decrementAndGet();
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException("model is closed");
            }
        }
    }

    private void write(StateLayout layout, int hash, long step, TensorSink sink) throws IOException {
        beforeSave.run();
        for (TensorSpec tensor : layout.all()) {
            ByteBuffer values = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            if (tensor.name().equals(HASH)) {
                values.putFloat(0, hash);
            } else if (tensor.equals(layout.stepCount())) {
                values.putFloat(0, step);
            }
            sink.write(tensor, values);
        }
    }

    private final class Snapshot implements StateSnapshot {
        private final StateLayout layout;
        private final int hash;
        private final long step;
        private boolean closed;

        Snapshot(StateLayout layout, int hash, long step) {
            this.layout = layout;
            this.hash = hash;
            this.step = step;
            snapshots.incrementAndGet();
        }

        @Override
        public void save(TensorSink sink) throws IOException {
            if (closed) {
                throw new IllegalStateException("snapshot is closed");
            }
            write(layout, hash, step, sink);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("snapshot is closed twice");
            }
            closed = true;
            snapshots.decrementAndGet();
        }
    }
}
