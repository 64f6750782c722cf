package org.plmfrontier.dataset.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.evaluation.EvaluationStore;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.kafka.KafkaEvaluationLog;
import org.plmfrontier.dataset.kafka.KafkaTopics;
import org.plmfrontier.dataset.study.StudyStore;

/** Joins evaluations to their store, their topics and their files. */
@ApplicationScoped
public class EvaluationWiring {
    @Produces
    @Singleton
    KafkaEvaluationLog evaluationLog(KafkaClients clients, KafkaTopics topics) {
        return new KafkaEvaluationLog(clients, topics);
    }

    @Produces
    @Singleton
    StudyEvaluations evaluations(EvaluationStore store, StudyStore studies, KafkaEvaluationLog log, BuildTools tools) {
        return new StudyEvaluations(store, studies, log, tools.sources());
    }

    void close(@Disposes KafkaEvaluationLog evaluations) {
        evaluations.close();
    }
}
