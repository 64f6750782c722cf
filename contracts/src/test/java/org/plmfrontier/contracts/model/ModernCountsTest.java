package org.plmfrontier.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of the modern block against its tensors and products, listed one by one, and against integers worked out by hand. */
class ModernCountsTest {
    private static final int VOCABULARY = 29;
    private static final long LENGTH = 325;

    /** Feed-forward width, N of Table 6's rule, every number, every number with QK-norm, training FLOPs at 325 tokens. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            5M, 896, 5097600, 5100480, 5100608, 11638770000
            15M, 1088, 15588000, 15594800, 15595120, 34604700000
            35M, 1280, 33205440, 33217440, 33218016, 72279558000
            50M, 1408, 49201360, 49217480, 49218260, 106114339500
            100M, 1600, 99394800, 99423000, 99424380, 211748647500
            150M, 1728, 148721920, 148760960, 148762880, 314914119000
            300M, 2368, 299222880, 299280080, 299282896, 619785816000
            650M, 3456, 654287360, 654373120, 654377344, 1330026964500
            """)
    void namedShapesHaveTheseCounts(String name, int ffn, long matrices, long exact, long exactQk, long flops) {
        for (String family : List.of("modern-", "modern-causal-")) {
            ModelShape shape = NamedShapes.byName().get(family + name);
            assertThat(shape.ffnSize()).isEqualTo(ffn);
            assertThat(ParameterCount.of(shape).table6()).isEqualTo(matrices);
            assertThat(ParameterCount.of(shape).exact()).isEqualTo(exact);
            assertThat(ParameterCount.of(shape.withQkNorm()).exact()).isEqualTo(exactQk);
            assertThat(ParameterCount.of(shape.withQkNorm()).table6()).isEqualTo(matrices);
            assertThat(FlopCount.training(shape, SequenceLoad.padded(1, LENGTH)))
                    .isEqualTo(flops);
        }
    }

    @Test
    void parametersAreThoseOfTheTensors() {
        for (ModelShape shape : shapes()) {
            ParameterCount count = ParameterCount.of(shape);
            List<long[]> tensors = tensors(shape);
            assertThat(tensors.stream().mapToLong(ModernCountsTest::size).sum()).isEqualTo(count.exact());
            long matrices = tensors.stream()
                    .filter(t -> t.length == 2)
                    .mapToLong(ModernCountsTest::size)
                    .sum();
            assertThat(matrices).isEqualTo(count.table6());
            assertThat(count.nonEmbedding()).isEqualTo(matrices - 2L * VOCABULARY * shape.dModel());
        }
    }

    @Test
    void flopsAreThoseOfTheProductsAndTheSoftmax() {
        for (ModelShape shape : shapes()) {
            FlopCount count = FlopCount.forward(shape, LENGTH);
            long products = products(shape).stream()
                    .mapToLong(p -> 2 * p[0] * p[1] * p[2])
                    .sum();
            long softmax = 0;
            for (int map = 0; map < shape.layers() * shape.heads(); map++) {
                softmax += 3 * LENGTH * LENGTH;
            }
            assertThat(count.total()).isEqualTo(products + softmax);
            assertThat(count.layers().softmax()).isEqualTo(softmax);
            assertThat(count.layers().recurrence()).isZero();
            assertThat(FlopCount.forward(shape.withQkNorm(), LENGTH)).isEqualTo(count);
        }
    }

    @Test
    void aFeedForwardBlockOfThreeMatricesHasAboutTheParametersOfOneOfTwo() {
        NamedShapes.byName().forEach((name, shape) -> {
            if (name.startsWith("modern-")) {
                double twin = ParameterCount.of(Table4.byName().get(name.replaceAll("modern-(causal-)?", "")))
                        .table6();
                assertThat(ParameterCount.of(shape).table6() / twin).isBetween(0.985, 1.02);
                assertThat(shape.ffnSize() % 64).isZero();
            }
        });
    }

    @Test
    void qkNormIsOfferedByTheModernBlockOnlyAndFalseIsNone() {
        ModelShape shape = ModelShape.modern(2, 32, 2);
        assertThat(new ModelShape(Family.MODERN, 2, 32, 128, 2, false)).isEqualTo(shape);
        assertThat(shape.withQkNorm()).isNotEqualTo(shape);
        assertThat(shape.withQkNorm().normalisesQueriesAndKeys()).isTrue();
        assertThatThrownBy(() -> new ModelShape(Family.ESM2, 2, 32, 128, 2, true))
                .hasMessageContaining("qkNorm")
                .hasMessageContaining("ESM2");
        assertThatThrownBy(() -> ModelShape.modern(2, 30, 2)).hasMessageContaining("key size 15");
    }

    private static List<ModelShape> shapes() {
        return List.of(
                ModelShape.modern(1, 8, 2),
                ModelShape.modernCausal(3, 36, 3),
                new ModelShape(Family.MODERN, 2, 24, 40, 3).withQkNorm());
    }

    /** Every tensor by its dimensions: embedding, layers, final norm, output. */
    private static List<long[]> tensors(ModelShape shape) {
        long d = shape.dModel();
        long ffn = shape.ffnSize();
        List<long[]> tensors = new ArrayList<>();
        tensors.add(new long[] {VOCABULARY, d});
        for (int layer = 0; layer < shape.layers(); layer++) {
            tensors.add(new long[] {d});
            for (int projection = 0; projection < 4; projection++) {
                tensors.add(new long[] {d, d});
            }
            if (shape.normalisesQueriesAndKeys()) {
                tensors.add(new long[] {d / shape.heads()});
                tensors.add(new long[] {d / shape.heads()});
            }
            tensors.add(new long[] {d});
            tensors.add(new long[] {ffn, d});
            tensors.add(new long[] {ffn, d});
            tensors.add(new long[] {d, ffn});
        }
        tensors.add(new long[] {d});
        tensors.add(new long[] {VOCABULARY, d});
        return tensors;
    }

    /** Every product of matrices, [m][k] times [k][n]: m, k, n. */
    private static List<long[]> products(ModelShape shape) {
        long d = shape.dModel();
        long key = d / shape.heads();
        List<long[]> products = new ArrayList<>();
        products.add(new long[] {LENGTH, VOCABULARY, d});
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int projection = 0; projection < 4; projection++) {
                products.add(new long[] {LENGTH, d, d});
            }
            for (int head = 0; head < shape.heads(); head++) {
                products.add(new long[] {LENGTH, key, LENGTH});
                products.add(new long[] {LENGTH, LENGTH, key});
            }
            products.add(new long[] {LENGTH, d, shape.ffnSize()});
            products.add(new long[] {LENGTH, d, shape.ffnSize()});
            products.add(new long[] {LENGTH, shape.ffnSize(), d});
        }
        products.add(new long[] {LENGTH, d, VOCABULARY});
        return products;
    }

    private static long size(long[] tensor) {
        long size = 1;
        for (long dimension : tensor) {
            size *= dimension;
        }
        return size;
    }
}
