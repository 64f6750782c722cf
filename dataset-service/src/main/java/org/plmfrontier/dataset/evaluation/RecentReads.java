package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

/**
 * What was read of evaluations a moment ago: a form asks again at every change. What cannot be read is not kept. Thread-safe.
 *
 * @param <T> what is read
 */
final class RecentReads<T> {
    private static final int MOST = 50;

    private final Duration age;
    private final InstantSource clock;
    private final Map<Question, Read<T>> reads = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Question(EvaluationKind kind, Map<String, String> options, Map<String, List<String>> files) {}

    private record Read<T>(T value, Instant at) {}

    /** Reads an evaluation. */
    @FunctionalInterface
    interface Reader<T> {
        T read(WantedEvaluation evaluation) throws IOException;
    }

    /** @param age up to which something read is given again */
    RecentReads(Duration age, InstantSource clock) {
        this.age = age;
        this.clock = clock;
    }

    /** What was read of an evaluation of the same kind, options and files, or is now. */
    synchronized T of(WantedEvaluation evaluation, Reader<T> reader) throws IOException {
        Question question =
                new Question(evaluation.kind(), new TreeMap<>(evaluation.options()), new TreeMap<>(evaluation.files()));
        Read<T> known = reads.get(question);
        if (known != null && known.at().plus(age).isAfter(clock.instant())) {
            return known.value();
        }
        T value = reader.read(evaluation);
        reads.put(question, new Read<>(value, clock.instant()));
        if (reads.size() > MOST) {
            reads.remove(reads.keySet().iterator().next());
        }
        return value;
    }
}
