package org.plmfrontier.fitting.resample;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which observations belong to which run.
 *
 * @param block [observations] index of the run; not to be changed
 * @param count number of runs
 */
public record Blocks(int[] block, int count) {

    /** Blocks of equal names. */
    public static Blocks of(String[] names) {
        List<String> distinct = Arrays.stream(names).distinct().toList();
        Map<String, Integer> index = new HashMap<>();
        distinct.forEach(name -> index.put(name, index.size()));
        return new Blocks(Arrays.stream(names).mapToInt(index::get).toArray(), distinct.size());
    }

    /**
     * Each observation's weight.
     *
     * @param counts [count] how often each run is drawn
     */
    public double[] weights(int[] counts) {
        return Arrays.stream(block).mapToDouble(b -> counts[b]).toArray();
    }
}
