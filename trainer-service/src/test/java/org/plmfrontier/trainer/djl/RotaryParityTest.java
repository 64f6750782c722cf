package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.network.Script;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The script's rotary positions alone, at every head size of Table 4 and positions up to 1025. */
class RotaryParityTest {
    /** The functions of the transformer's text, called by a class of the test's own. */
    private static final String CALL = """
            class Rotary(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def rotate(self, x: Tensor, positions: Tensor) -> Tensor:
                y = __torch__.rotated(x.unsqueeze(2), __torch__.turns(positions, x.size(-1)))
                return y.unflatten(-1, [-1, 2]).transpose(-1, -2).contiguous()
            """;

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 24, 26, 30, 32, 44, 64})
    void channelsTurnByPositionAsInFairEsm(int headSize) throws IOException {
        try (Fixture fixture = Fixture.open("rope")) {
            String prefix = "hd" + headSize + ".";
            double[] x = fixture.values(prefix + "x");
            double[] cos = fixture.values(prefix + "f64.cos");
            double[] sin = fixture.values(prefix + "f64.sin");
            int[] positions = fixture.integers("positions");
            float[] turned = turned(paired(x, headSize), positions, headSize);
            double worst = 0;
            double worstOfPeer = 0;
            double[] peer = fixture.values(prefix + "x_rot");
            for (int i = 0; i < x.length; i++) {
                boolean first = i % headSize < headSize / 2;
                double partner = first ? -x[i + headSize / 2] : x[i - headSize / 2];
                double exact = x[i] * cos[i] + partner * sin[i];
                worst = Math.max(worst, Math.abs(turned[i] - exact));
                worstOfPeer = Math.max(worstOfPeer, Math.abs(turned[i] - peer[i]));
            }
            Parity.report("rotary, head size " + headSize + ", float64 tables", worst, 1e-4);
            Parity.report("rotary, head size " + headSize + ", fair-esm float32", worstOfPeer, 1e-4);
        }
    }

    /** Channel j beside its partner j + headSize / 2. */
    private static float[] paired(double[] x, int headSize) {
        float[] pairs = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            int channel = i % headSize;
            int place = channel < headSize / 2 ? 2 * channel : 2 * (channel - headSize / 2) + 1;
            pairs[i - channel + place] = (float) x[i];
        }
        return pairs;
    }

    private static float[] turned(float[] pairs, int[] positions, int headSize) throws IOException {
        String functions = Script.attention();
        TorchScriptArchive archive = new TorchScriptArchive(
                "Rotary", functions + CALL, Map.of("training", (Attribute) new Attribute.Flag(true)));
        Engines.shared();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                ScriptModule script = ScriptModule.load(manager, archive)) {
            NDList inputs = new NDList(
                    manager.create(pairs, new Shape(1, positions.length, 1, headSize)), manager.create(positions));
            return script.call("rotate", inputs).toFloatArray();
        }
    }
}
