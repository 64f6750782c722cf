package org.plmfrontier.trainer.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Gives every trainer about as many partitions with jobs as any other, where Kafka's own assignors count all partitions alike: they
 * would leave one trainer with two runs and another one with none. Cooperative: a partition that moves is given away only after
 * its owner has let go of it. Where the broker does not say how many jobs there are, partitions are assigned as by
 * {@link CooperativeStickyAssignor}.
 */
public final class WorkAwareAssignor extends CooperativeStickyAssignor implements Configurable {
    private static final Logger LOG = Logger.getLogger(WorkAwareAssignor.class);

    private Map<String, ?> settings = Map.of();

    @Override
    public void configure(Map<String, ?> consumer) {
        settings = new HashMap<>(consumer);
    }

    @Override
    public String name() {
        return "work-aware";
    }

    @Override
    public Map<String, List<TopicPartition>> assignPartitions(
            Map<String, List<PartitionInfo>> partitionsPerTopic, Map<String, Subscription> subscriptions) {
        Set<TopicPartition> partitions = new HashSet<>();
        partitionsPerTopic.values().forEach(infos -> infos.forEach(info -> partitions.add(partition(info))));
        Map<TopicPartition, Long> backlog = backlog(partitions);
        if (backlog == null) {
            return super.assignPartitions(partitionsPerTopic, subscriptions);
        }
        Map<String, List<TopicPartition>> owned = owned(subscriptions);
        return withheld(WorkSpread.of(owned, partitions, backlog), owned);
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    /** What each member says that it owns; of two with the same the one of the later generation is right. */
    private static Map<String, List<TopicPartition>> owned(Map<String, Subscription> subscriptions) {
        Map<TopicPartition, Integer> generations = new HashMap<>();
        Map<TopicPartition, String> owners = new HashMap<>();
        new TreeMap<>(subscriptions).forEach((member, subscription) -> {
            int generation = subscription.generationId().orElse(DEFAULT_GENERATION);
            for (TopicPartition partition : subscription.ownedPartitions()) {
                if (generation > generations.getOrDefault(partition, Integer.MIN_VALUE)) {
                    generations.put(partition, generation);
                    owners.put(partition, member);
                }
            }
        });
        Map<String, List<TopicPartition>> owned = new TreeMap<>();
        subscriptions.keySet().forEach(member -> owned.put(member, new ArrayList<>()));
        owners.forEach(
                (partition, member) -> owned.getOrDefault(member, List.of()).add(partition));
        return owned;
    }

    /** Without what another member still owns: it is given away in the rebalance that follows when that one let go of it. */
    private static Map<String, List<TopicPartition>> withheld(
            Map<String, List<TopicPartition>> shares, Map<String, List<TopicPartition>> owned) {
        Set<TopicPartition> ofOthers = new HashSet<>();
        owned.values().forEach(ofOthers::addAll);
        Map<String, List<TopicPartition>> now = new HashMap<>();
        shares.forEach((member, share) -> {
            List<TopicPartition> its = owned.getOrDefault(member, List.of());
            now.put(
                    member,
                    new ArrayList<>(share.stream()
                            .filter(partition -> its.contains(partition) || !ofOthers.contains(partition))
                            .toList()));
        });
        return now;
    }

    /** Jobs by partition; null where nobody says. */
    private @Nullable Map<TopicPartition, Long> backlog(Set<TopicPartition> partitions) {
        try (Admin admin = Admin.create(adminSettings())) {
            return JobBacklog.of(admin, String.valueOf(settings.get(ConsumerConfig.GROUP_ID_CONFIG)), partitions);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warnf("partitions are assigned without a look at their jobs: %s", FailureSentence.of(e));
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Map<String, Object> adminSettings() {
        Map<String, Object> admin = new HashMap<>();
        settings.forEach((key, value) -> {
            if (value != null && AdminClientConfig.configNames().contains(key)) {
                admin.put(key, value);
            }
        });
        admin.remove(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG);
        admin.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.get(ConsumerConfig.CLIENT_ID_CONFIG) + "-assignor");
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, JobBacklog.TIMEOUT_MS);
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, JobBacklog.TIMEOUT_MS / 2);
        return admin;
    }
}
