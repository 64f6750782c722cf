package org.plmfrontier.launcher.endtoend;

import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.launcher.study.DemoStudy;

/** The smallest study that has several runs and many slices. */
final class SmallStudy {
    private SmallStudy() {}

    static DemoStudy named(String id) {
        return new DemoStudy(
                id,
                List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 32, 2), ModelShape.esm2(2, 48, 3)),
                DemoStudy.Budgets.tokens(List.of(4e4, 1.2e5)),
                new DemoStudy.Rate(4e-3, 1e4),
                new DemoStudy.Proteins(128, 2048, 60),
                List.of(1L));
    }
}
