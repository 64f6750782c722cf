package org.plmfrontier.trainer.djl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** The fixtures' weights by formula: det(seed, k, i) of their README, with place and amplitude from the weight table. */
public final class DeterministicWeights implements TensorSource {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Map<String, JsonNode> table = new HashMap<>();

    public DeterministicWeights(long seed, String weightTable) {
        this.seed = seed;
        try {
            new ObjectMapper()
                    .readTree(weightTable)
                    .forEach(row -> table.put(row.get("name").asText(), row));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 2u - 1 of the formula. */
    static double signed(long seed, int k, long i) {
        long base = SplitMix64.mix(seed * GAMMA + k);
        long z = SplitMix64.mix(base + (i + 1) * GAMMA);
        return 2 * ((z >>> 40) * 0x1p-24) - 1;
    }

    int place(String name) {
        return table.get(name).get("k").asInt();
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) {
        ByteBuffer values = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.name().startsWith("adam.")) {
            return values;
        }
        JsonNode row = table.get(tensor.name());
        for (int i = 0; i < tensor.size(); i++) {
            double value = row.get("center").asDouble()
                    + row.get("amp").asDouble() * signed(seed, row.get("k").asInt(), i);
            values.putFloat((float) value);
        }
        CRC32 crc = new CRC32();
        crc.update(values.array());
        if (crc.getValue() != row.get("crc32").asLong()) {
            throw new IllegalStateException("weights of " + tensor.name() + " are not the fixture's");
        }
        return values.rewind();
    }
}
