package org.plmfrontier.dataset.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.dataset.refusal.RefusedException;

class ShapeOfSizeTest {
    @ParameterizedTest
    @EnumSource(Family.class)
    void everySizeHasAShapeOfAboutItsParameters(Family family) {
        for (double size = 1e4; size < 2e10; size *= 1.37) {
            ModelShape shape = ShapeOfSize.nearest(family, size);
            assertThat(shape.family()).isEqualTo(family);
            assertThat(ParameterCount.of(shape).exact() / size)
                    .as("%s at %s", family, size)
                    .isBetween(0.6, 1.6);
        }
    }

    @Test
    void fromAMillionOnTheyAreWithinATenth() {
        for (double size = 1e6; size < 1e10; size *= 1.1) {
            assertThat(ParameterCount.of(ShapeOfSize.nearest(Family.ESM2, size)).exact() / size)
                    .isBetween(0.8, 1.2);
        }
    }

    @Test
    void theSizesOfTable4AreItsShapes() {
        Table4.byName()
                .forEach((name, shape) -> assertThat(ShapeOfSize.nearest(
                                Family.ESM2, ParameterCount.of(shape).exact()))
                        .as(name)
                        .isEqualTo(shape));
    }

    @Test
    void aLadderClimbsByEqualFactors() {
        List<ModelShape> shapes = SizeLadder.parse("sizes", "5M..650M, 8", Family.ESM2);
        assertThat(shapes)
                .hasSize(8)
                .startsWith(Table4.byName().get("5M"))
                .endsWith(Table4.byName().get("650M"));
        for (int i = 1; i < 8; i++) {
            double factor = (double) ParameterCount.of(shapes.get(i)).exact()
                    / ParameterCount.of(shapes.get(i - 1)).exact();
            assertThat(factor).isBetween(1.6, 2.6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5M", "5M..650M", "650M..5M, 8", "5M..650M, 1", "5M..650M, 900", "1..2, 3", "5M..6Q, 3"})
    void aLadderThatIsNoneIsRefusedWithItsField(String text) {
        assertThatThrownBy(() -> SizeLadder.parse("sizes", text, Family.ESM2))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("sizes"));
    }
}
