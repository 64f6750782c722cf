package org.plmfrontier.dataset.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.evaluation.EvaluationStore;
import org.plmfrontier.dataset.evaluation.EvaluationTimes;
import org.plmfrontier.dataset.evaluation.StudyAudits;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.dataset.identity.IdentityTools;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.kafka.KafkaEvaluationLog;
import org.plmfrontier.dataset.kafka.KafkaTopics;
import org.plmfrontier.dataset.kafka.LoggedProteins;
import org.plmfrontier.dataset.mmseqs.Mmseqs;
import org.plmfrontier.dataset.study.Studies;
import org.plmfrontier.dataset.study.StudyStore;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.runtime.retry.StartupSequence;

/** Joins evaluations to their store, their topics and their files. */
@ApplicationScoped
public class EvaluationWiring {
    private static final Logger LOG = Logger.getLogger(EvaluationWiring.class);
    private static final long PAUSE_SECONDS = 5;

    private final ScheduledExecutorService searches = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("relatives").daemon().unstarted(task));

    @Produces
    @Singleton
    KafkaEvaluationLog evaluationLog(KafkaClients clients, KafkaTopics topics) {
        return new KafkaEvaluationLog(clients, topics);
    }

    @Produces
    @Singleton
    StudyEvaluations evaluations(
            EvaluationStore store, StudyStore runs, KafkaEvaluationLog log, BuildTools tools, Studies studies) {
        return new StudyEvaluations(store, runs, log, tools.sources(), studies::profile);
    }

    @Produces
    @Singleton
    EvaluationTimes evaluationTimes(EvaluationStore store, BuildTools tools) {
        return new EvaluationTimes(tools.sources(), store, InstantSource.system());
    }

    @Produces
    @Singleton
    StudyAudits audits(
            EvaluationStore store,
            StudyStore runs,
            KafkaEvaluationLog log,
            DatasetConfig config,
            KafkaClients clients) {
        IdentityTools search =
                new Mmseqs(config.mmseqs().command(), config.mmseqs().threads()).unhurried();
        return new StudyAudits(store, runs, log, search, new LoggedProteins(clients)::write, InstantSource.system());
    }

    void start(@Observes StartupEvent event, StartupSequence startup, StudyAudits audits) {
        searches.scheduleWithFixedDelay(() -> search(startup, audits), PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    /** What fails is tried again after the pause; nothing waits for it. */
    private static void search(StartupSequence startup, StudyAudits audits) {
        try {
            startup.await();
            boolean more = audits.next();
            while (more) {
                more = audits.next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("relatives of an evaluation cannot be searched, trying again: %s", FailureSentence.of(e));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        searches.shutdownNow();
    }

    void close(@Disposes KafkaEvaluationLog evaluations) {
        evaluations.close();
    }
}
