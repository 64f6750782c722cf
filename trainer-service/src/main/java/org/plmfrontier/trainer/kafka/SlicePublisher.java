package org.plmfrontier.trainer.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.slice.LeaseLostException;
import org.plmfrontier.trainer.slice.SliceReport;

/**
 * One short transaction per job: events, pointer and the job's offset, or nothing. The offset carries the group's
 * generation of the lease, so that a process that lost its partition without noticing is refused by the broker. All records
 * are in the log before the offset is sent: who is assigned the partition afterwards sees them, or none of them ever
 * counts. For one thread.
 */
public final class SlicePublisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SlicePublisher.class);

    private final KafkaSettings settings;
    private final JobPartitions partitions;
    private @Nullable KafkaProducer<String, byte[]> producer;

    public SlicePublisher(KafkaSettings settings, JobPartitions partitions) {
        this.settings = settings;
        this.partitions = partitions;
    }

    /** Publishes a slice, or a part of it: then the job stays unconsumed, and its offset is written again as proof. */
    void publish(JobRecord job, Lease lease, SliceReport report) throws LeaseLostException {
        commit(lease, records(lease, report), report.jobDone() ? job.offset() + 1 : job.offset());
    }

    private List<ProducerRecord<String, byte[]>> records(Lease lease, SliceReport report) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (TrainingEvent event : report.events()) {
            records.add(new ProducerRecord<>(
                    Topics.EVENTS,
                    null,
                    event.runId(),
                    WireFormat.encode(event),
                    headers(EventFormat.headers(event, "/trainer/" + settings.trainer()))));
        }
        CheckpointPointer pointer = report.pointer();
        records.add(new ProducerRecord<>(
                Topics.CHECKPOINTS, lease.partition(), pointer.runId(), WireFormat.encode(pointer)));
        return records;
    }

    /** Consumes a job of which nothing is to be said. */
    void skip(JobRecord job, Lease lease) throws LeaseLostException {
        commit(lease, List.of(), job.offset() + 1);
    }

    /** Moves a job to the dead-letter topic. */
    void deadLetter(JobRecord job, Lease lease, String reason) throws LeaseLostException {
        commit(lease, List.of(job.deadLetter(reason)), job.offset() + 1);
    }

    /** Moves a job to the dead-letter topic and publishes that its run is stopped. */
    void deadLetter(JobRecord job, Lease lease, String reason, SliceReport stop) throws LeaseLostException {
        List<ProducerRecord<String, byte[]>> records = records(lease, stop);
        records.add(job.deadLetter(reason));
        commit(lease, records, job.offset() + 1);
    }

    /**
     * Takes back the pointers of deleted runs. Whoever does it, and however late, it is right, since such a run never goes on: so
     * no offset is shown.
     */
    void removePointers(Lease lease, List<String> runIds) {
        KafkaProducer<String, byte[]> current = producer();
        try {
            current.beginTransaction();
            runIds.forEach(run -> current.send(new ProducerRecord<>(Topics.CHECKPOINTS, lease.partition(), run, null)));
            current.commitTransaction();
        } catch (KafkaException e) {
            abort(current);
            throw e;
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(1));
            producer = null;
        }
    }

    private void commit(Lease lease, List<ProducerRecord<String, byte[]>> records, long nextOffset)
            throws LeaseLostException {
        KafkaProducer<String, byte[]> current = producer();
        try {
            current.beginTransaction();
            records.forEach(current::send);
            current.flush();
            current.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(Topics.JOBS, lease.partition()), new OffsetAndMetadata(nextOffset)),
                    partitions.proofOf(lease));
            current.commitTransaction();
        } catch (CommitFailedException | LeaseLostException e) {
            abort(current);
            throw e;
        } catch (KafkaException e) {
            abort(current);
            throw e;
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            KafkaProducer<String, byte[]> fresh = new KafkaProducer<>(settings.producer());
            try {
                fresh.initTransactions();
            } catch (KafkaException e) {
                fresh.close(java.time.Duration.ZERO);
                throw e;
            }
            producer = fresh;
        }
        return producer;
    }

    /** A producer that cannot even abort is given up; the next one under the same id ends what is open. */
    private void abort(KafkaProducer<String, byte[]> current) {
        try {
            current.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.warnf("giving up the producer: %s", e.getMessage());
            current.close(java.time.Duration.ZERO);
            producer = null;
        }
    }

    private static List<Header> headers(Map<String, byte[]> headers) {
        List<Header> list = new ArrayList<>();
        headers.forEach((name, value) -> list.add(new RecordHeader(name, value)));
        return list;
    }
}
