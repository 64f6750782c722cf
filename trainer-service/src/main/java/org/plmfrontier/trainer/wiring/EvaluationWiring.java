package org.plmfrontier.trainer.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.evaluation.DownstreamEvaluations;
import org.plmfrontier.trainer.evaluator.SpareTime;
import org.plmfrontier.trainer.evaluator.StateEvaluator;
import org.plmfrontier.trainer.kafka.EvaluationDataTopics;
import org.plmfrontier.trainer.kafka.EvaluationJobs;
import org.plmfrontier.trainer.kafka.JobHandler;
import org.plmfrontier.trainer.kafka.KafkaSettings;
import org.plmfrontier.trainer.kafka.RunCommands;
import org.plmfrontier.trainer.metrics.EvaluationMetrics;
import org.plmfrontier.trainer.model.TrainedModels;

/** Puts together what evaluates states beside training. */
@ApplicationScoped
public class EvaluationWiring {
    private final TrainerConfig config;

    EvaluationWiring(TrainerConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    EvaluationJobs evaluations(
            CheckpointStore store,
            TrainingEngine engine,
            JobHandler handler,
            RunCommands commands,
            KafkaSettings kafka,
            MeterRegistry registry) {
        SpareTime time = new SpareTime(
                config.evaluations().share(),
                engine.deviceName().equals("cpu"),
                () -> handler.stalledFor().isPresent(),
                System::nanoTime,
                Thread::sleep);
        StateEvaluator evaluator = new StateEvaluator(
                new TrainedModels(store),
                engine,
                new StateEvaluator.Reading(
                        DownstreamEvaluations::of,
                        new EvaluationDataTopics(kafka, config.dataDir().resolve("evaluations"))),
                time,
                InstantSource.system(),
                kafka.trainer());
        return new EvaluationJobs(kafka, commands, evaluator, new EvaluationMetrics(registry), config.attempts());
    }

    void start(@Observes StartupEvent started, EvaluationJobs evaluations) {
        if (config.evaluations().enabled()) {
            evaluations.start();
        }
    }

    void close(@Disposes EvaluationJobs evaluations) throws InterruptedException {
        evaluations.close();
    }
}
