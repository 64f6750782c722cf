package org.plmfrontier.launcher.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** A study of five sizes and four budgets, one step per budget, whose events lie in training-events of a real broker. */
final class PlantedLog implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int BUDGETS = 4;

    private final String id;
    private final Studies studies = new Studies(StepThinning.USUAL);
    private final KafkaProducer<String, byte[]> producer;

    PlantedLog(String id, String servers) {
        this.id = id;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Makes a topic of that many partitions unless it is there. */
    static void createTopic(String servers, String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    static String logId(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.describeTopics(List.of(Topics.EVENTS))
                    .allTopicNames()
                    .get()
                    .get(Topics.EVENTS)
                    .topicId()
                    .toString();
        }
    }

    /** Publishes all plans; the study as they leave it. */
    Study plan() throws Exception {
        for (int size = 0; size < 5; size++) {
            publish(new RunPlanned(spec(size), START));
        }
        return study();
    }

    /** Publishes the training of all runs up to a budget, from 0; the study as it leaves it. */
    Study train(int budget) throws Exception {
        for (int size = 0; size < 5; size++) {
            RunSpec spec = spec(size);
            double tokens = spec.budgets().get(budget).tokens();
            double flops = spec.expectedFlops() * (budget + 1) / BUDGETS;
            double loss = 2.3 + 9 / Math.pow(2000.0 * (size + 1) * (size + 1), 0.3) + 10 / Math.pow(tokens, 0.32);
            Instant at = START.plusSeconds(budget * 60L + size);
            publish(new StepCompleted(id, spec.runId(), budget + 1, tokens, flops, flops, loss, 1e-3, 1, 1e4, at));
            publish(TrainingEventHeldOutEvaluatedBuilder.builder()
                    .studyId(id)
                    .runId(spec.runId())
                    .step(budget + 1)
                    .budgetTokens(tokens)
                    .tokens(tokens)
                    .computeFlops(flops)
                    .lossNats(loss)
                    .selectedResidues(30_000)
                    .at(at)
                    .build());
        }
        return study();
    }

    void publish(TrainingEvent event) throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/test").forEach(record.headers()::add);
        RecordMetadata place = producer.send(record).get();
        studies.addLogged(List.of(new LoggedEvent(event, place.partition(), place.offset())));
    }

    private Study study() {
        return studies.find(id).orElseThrow();
    }

    private RunSpec spec(int size) {
        ModelShape shape = ModelShape.esm2(2, 32 * (size + 1), 2);
        Recipe recipe = RecipeBuilder.builder()
                .name("planted")
                .schedule(new Schedule.Constant(2e-3, 10_000))
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(true)
                .recordsPerStep(8)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(1)
                .threads(1)
                .build();
        CorpusRef corpus = new CorpusRef(
                "planted-corpus", 4000, 8_000_000, 40, new ReferenceLosses(Math.log(29), 2.891, 2.872, null));
        List<RunSpec.Budget> budgets = new ArrayList<>();
        for (int i = 1; i <= BUDGETS; i++) {
            budgets.add(new RunSpec.Budget(1e6 * i * (size + 1), 800L * i * (size + 1)));
        }
        return RunSpecBuilder.builder()
                .studyId(id)
                .runId(id + "-" + size)
                .name("size " + size)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(budgets)
                .expectedFlops(1e13 * (size + 1))
                .build();
    }

    /** Puts a value on a topic as it is. */
    void put(String topic, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, id, value)).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
