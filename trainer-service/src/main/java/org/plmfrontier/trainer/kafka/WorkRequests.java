package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Asks the group to be spread anew where this trainer has nothing to do and another one has several runs. Partitions are spread
 * when members come and go; runs begin and end between that. A thread of its own looks.
 */
public final class WorkRequests implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkRequests.class);

    private final Admin admin;
    private final String group;
    private final JobPartitions partitions;
    private final BooleanSupplier busy;
    private final Runnable request;
    private final ScheduledExecutorService looks = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("trainer-work-requests").daemon().factory());
    private boolean rested;

    /**
     * Looks at a group; nothing is asked before {@link #start}.
     *
     * @param busy whether a job is in hand
     * @param request makes the group spread its partitions anew
     */
    public WorkRequests(
            KafkaSettings settings, String group, JobPartitions partitions, BooleanSupplier busy, Runnable request) {
        this.admin = Admin.create(settings.admin());
        this.group = group;
        this.partitions = partitions;
        this.busy = busy;
        this.request = request;
    }

    /** Looks again and again; work is asked for at the second look in a row that finds this trainer without any. */
    public void start(Duration every) {
        looks.scheduleWithFixedDelay(this::lookSafely, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debugf("whether other trainers have several runs is not known: %s", FailureSentence.of(e));
        }
    }

    private void look() throws InterruptedException, ExecutionException, TimeoutException {
        boolean restedBefore = rested;
        rested = false;
        Optional<String> member = partitions.memberId();
        if (busy.getAsBoolean() || member.isEmpty()) {
            return;
        }
        Map<String, List<TopicPartition>> owned = owned();
        Map<TopicPartition, Long> backlog = JobBacklog.of(
                admin, group, owned.values().stream().flatMap(List::stream).toList());
        List<TopicPartition> own = owned.get(member.get());
        boolean rests = own != null && own.stream().allMatch(partition -> backlog.getOrDefault(partition, 0L) == 0);
        if (!rests || !WorkSpread.isUneven(owned, backlog)) {
            return;
        }
        if (!restedBefore) {
            rested = true;
            return;
        }
        LOG.info("nothing to do here and several runs at another trainer: the partitions are spread anew");
        request.run();
    }

    /** Member to its partitions; nobody's while the group is being spread. */
    private Map<String, List<TopicPartition>> owned()
            throws InterruptedException, ExecutionException, TimeoutException {
        ConsumerGroupDescription description = admin.describeConsumerGroups(List.of(group))
                .all()
                .get(JobBacklog.TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .get(group);
        Map<String, List<TopicPartition>> owned = new HashMap<>();
        if (description != null && description.groupState() == GroupState.STABLE) {
            description.members().forEach(member -> {
                Collection<TopicPartition> its = member.assignment().topicPartitions();
                owned.put(member.consumerId(), List.copyOf(its));
            });
        }
        return owned;
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
