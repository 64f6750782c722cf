package org.plmfrontier.benchmarks.naive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Rotary positions by halves (Su et al. 2021, as in fair-esm); both tables are [columns, key size]. */
record Rotation(NDArray cos, NDArray sin, int half) {
    private static final double BASE = 10_000;

    static Rotation of(NDManager step, int columns, int keySize) {
        int half = keySize / 2;
        float[] cos = new float[columns * keySize];
        float[] sin = new float[columns * keySize];
        for (int position = 0; position < columns; position++) {
            for (int i = 0; i < keySize; i++) {
                float angle = position * (float) Math.pow(BASE, -2.0 * (i % half) / keySize);
                cos[position * keySize + i] = (float) Math.cos(angle);
                sin[position * keySize + i] = (float) Math.sin(angle);
            }
        }
        Shape shape = new Shape(columns, keySize);
        return new Rotation(step.create(cos, shape), step.create(sin, shape), half);
    }

    /** x cos + [-second half, first half] sin over the last axis of [rows, heads, columns, key size]. */
    NDArray turn(NDArray x) {
        NDArray first = x.get(new NDIndex("..., :" + half));
        NDArray second = x.get(new NDIndex("..., " + half + ":"));
        NDArray turned = NDArrays.concat(new NDList(second.neg(), first), -1);
        return x.mul(cos).add(turned.mul(sin));
    }
}
