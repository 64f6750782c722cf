package org.plmfrontier.benchmarks.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalStepBuilder;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;

/** The steps that trainers publish before their slices are committed, one record per trainer and interval. */
final class SimulatedProgress implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final int GENERATION = 1;

    private final SimulatedTrainers trainers;
    private final int stepsPerSlice;
    private final KafkaProducer<String, byte[]> producer;

    SimulatedProgress(String servers, SimulatedTrainers trainers, int stepsPerSlice) {
        this.trainers = trainers;
        this.stepsPerSlice = stepsPerSlice;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "1", "enable.idempotence", false, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static void createTopic(String servers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(Topics.PROGRESS, Optional.of(PARTITIONS), Optional.empty())
                            .configs(Map.of("retention.ms", "600000", "message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        }
    }

    /** Sends the steps from one to another, both included, of a run that stands in this slice. */
    void publish(int run, int slice, long fromStep, long toStep) {
        List<StepCompleted> steps = LongStream.rangeClosed(fromStep, toStep)
                .mapToObj(step -> trainers.step(run, step))
                .toList();
        ProvisionalSteps record = new ProvisionalSteps(
                steps.getFirst().studyId(),
                trainers.runId(run),
                slice,
                GENERATION,
                "simulated-" + run,
                steps.stream().map(SimulatedProgress::provisional).toList());
        producer.send(new ProducerRecord<>(Topics.PROGRESS, record.runId(), WireFormat.encode(record)));
    }

    int stepsPerSlice() {
        return stepsPerSlice;
    }

    private static ProvisionalStep provisional(StepCompleted step) {
        return ProvisionalStepBuilder.builder()
                .step(step.step())
                .tokens(step.tokens())
                .computeFlops(step.computeFlops())
                .executedFlops(step.executedFlops())
                .lossNats(step.lossNats())
                .learningRate(step.learningRate())
                .gradientNorm(step.gradientNorm())
                .at(step.at())
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
