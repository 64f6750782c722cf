package org.plmfrontier.dataset.db;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.ingest.CorpusStore;
import org.plmfrontier.dataset.ingest.CorpusStoreContract;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PanacheCorpusStoreTest extends CorpusStoreContract {
    @Inject
    PanacheCorpusStore store;

    @Inject
    PanacheStudyStore studies;

    @Override
    protected CorpusStore store() {
        return store;
    }

    @Override
    protected LoadProfile profile(String corpusId) {
        return studies.profile(corpusId);
    }

    @Override
    protected void addStudy(String studyId, String corpusId) {
        List<SequenceLoad> loads = Profiles.loads(50, 3);
        CorpusRef any = Profiles.corpus(loads);
        StudySpec spec = StudySpecBuilder.builder()
                .id(studyId)
                .corpus(corpusId)
                .shapes(List.of(ModelShape.esm2(1, 16, 2)))
                .tokenBudgets(List.of(5e4))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
        StudyPlan plan = StudyPlan.of(
                spec,
                new CorpusRef(corpusId, any.records(), any.tokens(), any.heldOutRecords(), any.references()),
                Profiles.profile(loads),
                new Slicing(OptionalDouble.empty(), 4, 10),
                new double[4]);
        studies.add(plan, Map.of(), Instant.EPOCH);
    }
}
