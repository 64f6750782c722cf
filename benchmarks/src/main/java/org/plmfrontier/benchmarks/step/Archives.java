package org.plmfrontier.benchmarks.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.djl.ModelArchive;
import org.plmfrontier.trainer.engine.DevicePeak;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;

/**
 * Writes what {@code gpu/steps.py} and {@code gpu/kernel_on_cpu.py} need: the programs of Table 4's shapes and of the small reference model, and
 * {@code manifest.json} with shapes, parameters, FLOPs to check against and the peaks of known devices.
 *
 * <p>Arguments: folder, {@code cuda} (default) or {@code cpu}.
 */
public final class Archives {
    private static final int[] CHECKED_LENGTHS = {512, 1024};
    private static final int[] HEAD_CHANNELS = {8, 12, 20};
    private static final List<String> DEVICES =
            List.of("NVIDIA H100 80GB HBM3", "NVIDIA H200", "NVIDIA A100-SXM4-80GB", "NVIDIA L40S", "NVIDIA L4");

    private Archives() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("arguments: FOLDER [cuda|cpu]");
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        boolean gpu = args.length < 2 || args[1].equals("cuda");
        Map<String, Object> models = new LinkedHashMap<>();
        Map<String, Long> flops = new LinkedHashMap<>();
        for (Map.Entry<String, ModelShape> named : Table4.byName().entrySet()) {
            models.put(named.getKey(), model(folder, named.getKey(), named.getValue(), gpu));
            for (int length : CHECKED_LENGTHS) {
                flops.put(
                        named.getKey() + length, FlopCount.training(named.getValue(), SequenceLoad.padded(1, length)));
            }
        }
        ModelShape tiny = ModelShape.esm2(2, 64, 4);
        Map<String, Object> manifest = Map.of(
                "parity",
                model(folder, "tiny", tiny, gpu),
                "models",
                models,
                "heads",
                heads(folder, gpu),
                "checkFlops",
                flops,
                "peaks",
                peaks());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("manifest.json").toFile(), manifest);
    }

    /** Small models of two heads of some channels, for {@code gpu/kernel_on_cpu.py}. */
    private static Map<String, Object> heads(Path folder, boolean gpu) throws IOException {
        Map<String, Object> models = new LinkedHashMap<>();
        for (int channels : HEAD_CHANNELS) {
            int width = 2 * channels;
            Map<String, ModelShape> shapes = Map.of(
                    "encoder", ModelShape.esm2(2, width, 2),
                    "decoder", ModelShape.causal(2, width, 2),
                    "modern", ModelShape.modern(2, width, 2).withQkNorm(),
                    "modern-causal", ModelShape.modernCausal(2, width, 2));
            for (Map.Entry<String, ModelShape> shape : shapes.entrySet()) {
                String name = shape.getKey() + "-" + channels;
                models.put(name, model(folder, name, shape.getValue(), gpu));
            }
        }
        return models;
    }

    private static Map<String, Object> model(Path folder, String name, ModelShape shape, boolean gpu)
            throws IOException {
        Map<Precision, String> files = new LinkedHashMap<>();
        for (Precision precision : Precision.values()) {
            String file = name + "-" + precision + ".pt";
            ModelArchive.write(
                    new ModelSettings(shape, Optimizer.adamW(), precision, false), gpu, folder.resolve(file));
            files.put(precision, file);
        }
        return Map.of("shape", shape, "files", files, "parameters", parameters(shape));
    }

    /** FLOPs per second of each device and precision, from the trainer's own table. */
    private static Map<String, Map<Precision, Double>> peaks() {
        Map<String, Map<Precision, Double>> peaks = new LinkedHashMap<>();
        for (String device : DEVICES) {
            Map<Precision, Double> of = new EnumMap<>(Precision.class);
            for (Precision precision : Precision.values()) {
                DevicePeak.flopsPerSecond(device, precision).ifPresent(peak -> of.put(precision, peak));
            }
            peaks.put(device, of);
        }
        return peaks;
    }

    private static List<List<Object>> parameters(ModelShape shape) {
        return Networks.parameters(shape).stream()
                .map(tensor -> List.<Object>of(tensor.name(), tensor.shape()))
                .toList();
    }
}
