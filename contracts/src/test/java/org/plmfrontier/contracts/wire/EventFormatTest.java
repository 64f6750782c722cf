package org.plmfrontier.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEventDownstreamEvaluatedBuilder;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;

class EventFormatTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private static RunSpec run(Schedule schedule) {
        Recipe recipe = RecipeBuilder.builder()
                .name("r")
                .schedule(schedule)
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(true)
                .recordsPerStep(2)
                .precision(Precision.BF16)
                .deterministic(true)
                .seed(42)
                .threads(1)
                .build();
        CorpusRef corpus = new CorpusRef("c0ffee", 100, 400_000, 3, new ReferenceLosses(3.37, 2.9, 2.87));
        return RunSpecBuilder.builder()
                .studyId("study")
                .runId("study-0")
                .name("27k")
                .shape(ModelShape.esm2(2, 32, 2))
                .recipe(recipe)
                .corpus(corpus)
                .budgets(List.of(new RunSpec.Budget(8e3, 2), new RunSpec.Budget(1e5, 26)))
                .expectedFlops(1.5e12)
                .build();
    }

    static List<TrainingEvent> events() {
        return List.of(
                new TrainingEvent.RunPlanned(run(new Schedule.Constant(3e-3, 1e5)), AT),
                new TrainingEvent.RunPlanned(run(new Schedule.TokenDecay(1e-5, 0.999, 1e6)), AT),
                new TrainingEvent.RunPlanned(run(new Schedule.WarmupCosine(3e-3, 1e3, 1e5, 0.1)), AT),
                new TrainingEvent.StepCompleted(
                        "s", "r", 1, 4096, 7e18, 7.1e18, 3.3672958299864741, 3e-3, 1.25, 1e4, AT),
                TrainingEventSliceCompletedBuilder.builder()
                        .studyId("s")
                        .runId("r")
                        .slice(3)
                        .step(12)
                        .toRecord(24)
                        .tokens(5e4)
                        .computeFlops(1e19)
                        .checkpoint("r/ck-12.safetensors")
                        .trainer("t1")
                        .at(AT)
                        .build(),
                TrainingEventHeldOutEvaluatedBuilder.builder()
                        .studyId("s")
                        .runId("r")
                        .step(12)
                        .budgetTokens(5e4)
                        .tokens(50_001)
                        .computeFlops(1e19)
                        .lossNats(2.75)
                        .selectedResidues(12345)
                        .at(AT)
                        .build(),
                new TrainingEvent.CheckpointRefused("s", "r", 12, "r/step-12", "file has 3 bytes", "t1", AT),
                new TrainingEvent.RunStateChanged("s", "r", RunState.DIVERGED, 12, "loss NaN at step 13", AT),
                new TrainingEvent.RunDeleted("s", "r", "a typo in the corpus", "somebody", AT),
                downstream(),
                sliceOn(new TrainingDevice("NVIDIA H100 80GB HBM3", 9.894e14)),
                sliceOn(new TrainingDevice("cpu", null)));
    }

    private static TrainingEvent.DownstreamEvaluated downstream() {
        EvaluationData scores = new EvaluationData("scores", "blat.csv.gz", "ab".repeat(32), 1234);
        EvaluationData wildType = new EvaluationData("wildType", "blat.fasta", "cd".repeat(32), 321);
        EvaluationSpec evaluation = new EvaluationSpec(
                "blat",
                EvaluationKind.VARIANT_EFFECT,
                new TreeMap<>(Map.of("scoring", "masked-marginals")),
                List.of(wildType, scores));
        return TrainingEventDownstreamEvaluatedBuilder.builder()
                .studyId("s")
                .runId("r")
                .step(12)
                .tokens(5e4)
                .computeFlops(1e19)
                .evaluation(evaluation)
                .measures(List.of(
                        new Measure("spearman", "blat", 0.25, 0.125, 0.375, 4996), new Measure("auc", "", 0.5, 7)))
                .baselines(Map.of("blosum62", List.of(new Measure("spearman", "blat", 0.5, 4996))))
                .findings(List.of("3 rows are set apart"))
                .seconds(1.5)
                .trainer("t1")
                .at(AT)
                .build();
    }

    private static TrainingEvent.SliceCompleted sliceOn(TrainingDevice device) {
        return new TrainingEvent.SliceCompleted(
                "s", "r", 3, 12, 24, 5e4, 1e19, "r/ck-12.safetensors", "t1", AT, device, null);
    }

    @Test
    void aSliceWithoutADeviceIsWrittenAsBefore() {
        String json = new String(WireFormat.encode(events().get(4)), StandardCharsets.UTF_8);
        assertThat(json).endsWith("\"trainer\":\"t1\",\"at\":\"2026-01-02T03:04:05.678Z\"}");
        String device = new String(WireFormat.encode(sliceOn(new TrainingDevice("cpu", null))), StandardCharsets.UTF_8);
        assertThat(device).endsWith(",\"device\":{\"name\":\"cpu\"}}");
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventSurvivesTheTopicBitForBit(TrainingEvent event) throws Exception {
        TrainingEvent read = EventFormat.decode(EventFormat.headers(event, "/test"), WireFormat.encode(event));
        assertThat(read).isEqualTo(event);
    }

    @Test
    void jobsSurviveTheTopic() throws Exception {
        BatchJob job = new BatchJob(run(new Schedule.Constant(3e-3, 0)), 0, 0, 2, 3e9);
        assertThat(WireFormat.decode(WireFormat.encode(job), BatchJob.class)).isEqualTo(job);
    }

    @Test
    void aJobOfAnOlderPlannerWithoutInitialWeightsIsUnderstood() throws Exception {
        BatchJob job = new BatchJob(run(new Schedule.Constant(3e-3, 0)), 0, 0, 2, 3e9);
        String old = new String(WireFormat.encode(job), StandardCharsets.UTF_8).replace(",\"initialWeights\":null", "");
        assertThat(old).doesNotContain("initialWeights");
        assertThat(WireFormat.decode(old.getBytes(StandardCharsets.UTF_8), BatchJob.class))
                .isEqualTo(job);
    }

    @Test
    void aFieldFromANewerWriterIsIgnored() throws Exception {
        TrainingEvent event = events().getLast();
        String json = new String(WireFormat.encode(event), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"newer\":1,");
        assertThat(EventFormat.decode(EventFormat.headers(event, "/t"), json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(event);
    }

    @Test
    void aMissingFieldIsRefused() {
        TrainingEvent event = events().get(3);
        String json = new String(WireFormat.encode(event), StandardCharsets.UTF_8).replace("\"lossNats\"", "\"loss\"");
        assertThatThrownBy(() ->
                        EventFormat.decode(EventFormat.headers(event, "/t"), json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("lossNats");
    }

    private static TrainingEvent.HeldOutEvaluated evaluated(long residues, double lossNats) {
        LossParts parts = new LossParts(new LossPart(2.9, 800), new LossPart(3.1, 90), new LossPart(0.9, 110));
        return new TrainingEvent.HeldOutEvaluated("s", "r", 12, 5e4, 50_001, 1e19, lossNats, residues, AT, parts);
    }

    @Test
    void anEvaluationWithPartsSurvivesTheTopicAndOneWithoutIsStillRead() throws Exception {
        TrainingEvent.HeldOutEvaluated whole = evaluated(1000, 2.698);
        assertThat(EventFormat.decode(EventFormat.headers(whole, "/t"), WireFormat.encode(whole)))
                .isEqualTo(whole);
        String json = new String(WireFormat.encode(whole), StandardCharsets.UTF_8);
        String old = json.replaceFirst(",\"parts\":.*\\}\\}\\}$", "}");
        assertThat(old).doesNotContain("parts");
        assertThat(EventFormat.decode(EventFormat.headers(whole, "/t"), old.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(TrainingEventHeldOutEvaluatedBuilder.builder()
                        .studyId("s")
                        .runId("r")
                        .step(12)
                        .budgetTokens(5e4)
                        .tokens(50_001)
                        .computeFlops(1e19)
                        .lossNats(2.698)
                        .selectedResidues(1000)
                        .at(AT)
                        .build());
    }

    @Test
    void partsThatAreNotThePartsOfTheLossAreRefused() {
        assertThatThrownBy(() -> evaluated(1001, 2.698)).hasMessageContaining("1000 residues together");
        assertThatThrownBy(() -> evaluated(1000, 2.7)).hasMessageContaining("lossNats is 2.7");
    }

    @Test
    void referencesUnderMasksTravelWithThePlanAndTheirAbsenceIsNotWritten() throws Exception {
        RunSpec old = run(new Schedule.Constant(3e-3, 0));
        assertThat(new String(WireFormat.encode(old), StandardCharsets.UTF_8)).doesNotContain("masked\":null");
        MaskedReferences masked = new MaskedReferences(Masking.BERT, 1000, 2.713, 2.888, 2.69, 2.86);
        RunSpec planned = old.withReferences(new ReferenceLosses(3.37, 2.9, 2.87, masked));
        assertThat(WireFormat.decode(WireFormat.encode(planned), RunSpec.class)).isEqualTo(planned);
        assertThat(planned.withReferences(old.corpus().references())).isEqualTo(old);
    }

    @Test
    void aCommonHeldOutSetTravelsWithThePlanAndItsAbsenceIsNotWritten() throws Exception {
        RunSpec own = run(new Schedule.Constant(3e-3, 0));
        assertThat(new String(WireFormat.encode(own), StandardCharsets.UTF_8)).doesNotContain("heldOut\"");
        CorpusRef corpus = own.corpus();
        CorpusRef common = new CorpusRef(
                corpus.id(),
                corpus.records(),
                corpus.tokens(),
                corpus.heldOutRecords(),
                corpus.references(),
                new HeldOutSet("ab".repeat(32), "c0ffee"));
        byte[] json = WireFormat.encode(common);
        assertThat(WireFormat.decode(json, CorpusRef.class)).isEqualTo(common);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .endsWith(",\"heldOut\":{\"sha256\":\"" + "ab".repeat(32) + "\",\"masks\":\"c0ffee\"}}");
        assertThat(common.withReferences(new ReferenceLosses(3, 2, 1)).heldOut())
                .isEqualTo(common.heldOut());
    }

    @Test
    void whatMayBeNullMayBeAbsentAndNothingElse() throws Exception {
        byte[] old = "{\"name\":\"n\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(WireFormat.decode(old, Grown.class)).isEqualTo(new Grown("n", null));
        byte[] broken = "{\"added\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WireFormat.decode(broken, Grown.class))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("'name'");
        byte[] full = WireFormat.encode(new Grown("n", "a"));
        assertThat(WireFormat.decode(full, Grown.class)).isEqualTo(new Grown("n", "a"));
    }

    /** A record to which a component was added later. */
    record Grown(String name, @Nullable String added) {}

    @Test
    void anImpossibleValueIsRefusedWithTheRecordsOwnWords() {
        TrainingEvent event = events().get(3);
        String json = new String(WireFormat.encode(event), StandardCharsets.UTF_8).replace("7.0E18", "-7.0E18");
        assertThatThrownBy(() ->
                        EventFormat.decode(EventFormat.headers(event, "/t"), json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("impossible counters");
    }

    @Test
    void anotherMajorVersionIsRefused() {
        Map<String, byte[]> headers = new HashMap<>(EventFormat.headers(events().getLast(), "/t"));
        headers.put(EventFormat.TYPE, "org.plmfrontier.training.run-deleted.v2".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> EventFormat.decode(headers, new byte[0]))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("v2");
    }
}
