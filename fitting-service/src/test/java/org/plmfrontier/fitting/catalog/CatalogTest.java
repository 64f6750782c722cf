package org.plmfrontier.fitting.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

class CatalogTest {
    /** N_opt = D_opt / 20 within a factor 2, told up to 1e22 FLOPs and observed up to 1e20. */
    private static final FrontierAt TWENTY = new FrontierAt() {
        @Override
        public Domain observed() {
            return new Domain(1e15, 1e20);
        }

        @Override
        public FitOutcome<FrontierPoint> at(double budget) {
            if (budget > 1e22) {
                return FitOutcome.notIdentifiable(budget + " FLOPs are too far outside");
            }
            double n = Math.sqrt(budget / 120);
            return FitOutcome.fitted(new FrontierPoint(
                    budget,
                    new Estimate(n, n / 2, 2 * n, 0.95),
                    new Estimate(20 * n, 10 * n, 40 * n, 0.95),
                    new Estimate(20, 10, 40, 0.95),
                    FitOutcome.notIdentifiable("no loss")));
        }
    };

    @Test
    void theCatalogHasThirtyModelsWithSources() {
        List<KnownModel> known = Catalog.known();
        assertThat(known)
                .hasSize(30)
                .allSatisfy(model -> assertThat(model.source()).isNotBlank());
        assertThat(known).extracting(KnownModel::name).doesNotHaveDuplicates().contains("ESM-2 650M", "ProtBert-BFD");
        KnownModel esm = known.stream()
                .filter(m -> m.name().equals("ESM-2 650M"))
                .findFirst()
                .orElseThrow();
        assertThat(esm.tokensPerParameter()).isCloseTo(1536, within(1.0));
        assertThat(esm.computeFlops()).isCloseTo(3.906e21, within(1e18));
    }

    @Test
    void aSmallModelOnManyTokensIsOverTrainedByAFactorWithInterval() {
        KnownModel small = new KnownModel("small", 1e7, 2e12, "given", "here");
        Placement placement = Placement.of(small, TWENTY).result().orElseThrow();
        double n = Math.sqrt(small.computeFlops() / 120);
        assertThat(placement.standing()).isEqualTo(Placement.Standing.OVER_TRAINED);
        assertThat(placement.tokenFactor().value()).isCloseTo(2e12 / (20 * n), within(1e-6));
        assertThat(placement.tokenFactor().low()).isCloseTo(2e12 / (40 * n), within(1e-6));
        assertThat(placement.sizeFactor().high()).isCloseTo(1e7 / (n / 2), within(1e-9));
        assertThat(placement.extrapolated()).isTrue();
    }

    @Test
    void aLargeModelIsUnderTrainedAndOneOnTheLineIsOptimal() {
        KnownModel large = new KnownModel("large", 1e9, 1e9, "given", "here");
        assertThat(Placement.of(large, TWENTY).result().orElseThrow().standing())
                .isEqualTo(Placement.Standing.UNDER_TRAINED);
        KnownModel right = new KnownModel("right", 1e8, 2.5e9, "given", "here");
        Placement placement = Placement.of(right, TWENTY).result().orElseThrow();
        assertThat(placement.standing()).isEqualTo(Placement.Standing.OPTIMAL_WITHIN_INTERVAL);
        assertThat(placement.extrapolated()).isFalse();
    }

    @Test
    void modelsTooFarOutsideTheObservedComputeAreRefused() {
        List<Placement.Placed> all = Placement.all(Catalog.known(), TWENTY);
        assertThat(all).hasSize(30);
        assertThat(all)
                .filteredOn(p -> p.model().computeFlops() > 1e22)
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.placement()).isInstanceOf(FitOutcome.NotIdentifiable.class));
    }

    @Test
    void impossibleModelsAreRefusedByName() {
        assertThatThrownBy(() -> new KnownModel("m", -1, 1, "", "s")).hasMessageContaining("parameters of m");
        assertThatThrownBy(() -> new KnownModel("m", 1, 1, "", " ")).hasMessageContaining("source of m");
    }
}
