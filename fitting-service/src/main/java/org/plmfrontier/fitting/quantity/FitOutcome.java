package org.plmfrontier.fitting.quantity;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an analysis answers: a result, or the reason why there is none. No NaN stands for a missing answer.
 *
 * @param <T> the result
 */
public sealed interface FitOutcome<T> {

    /** The data gave a result. */
    record Fitted<T>(T value) implements FitOutcome<T> {
        public Fitted {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * The data do not determine the quantity.
     *
     * @param reason one sentence for people
     */
    record NotIdentifiable<T>(String reason) implements FitOutcome<T> {
        public NotIdentifiable {
            requireSentence(reason);
        }
    }

    /**
     * The optimiser did not reach an optimum: there may be an answer, it was not found.
     *
     * @param reason one sentence for people
     */
    record NotConverged<T>(String reason) implements FitOutcome<T> {
        public NotConverged {
            requireSentence(reason);
        }
    }

    /** A result. */
    static <T> FitOutcome<T> fitted(T value) {
        return new Fitted<>(value);
    }

    /** A refusal, with its reason in one sentence. */
    static <T> FitOutcome<T> notIdentifiable(String reason) {
        return new NotIdentifiable<>(reason);
    }

    /** A failed search, with its reason in one sentence. */
    static <T> FitOutcome<T> notConverged(String reason) {
        return new NotConverged<>(reason);
    }

    /** The result, if there is one. */
    default Optional<T> result() {
        return this instanceof Fitted<T> fitted ? Optional.of(fitted.value()) : Optional.empty();
    }

    /** Applies a function to the result; a refusal stays as it is. */
    default <R> FitOutcome<R> map(Function<? super T, ? extends R> function) {
        return flatMap(value -> fitted(function.apply(value)));
    }

    /** Continues with a further analysis of the result; a refusal stays as it is. */
    default <R> FitOutcome<R> flatMap(Function<? super T, FitOutcome<R>> function) {
        return switch (this) {
            case Fitted<T> fitted -> function.apply(fitted.value());
            case NotIdentifiable<T> refusal -> notIdentifiable(refusal.reason());
            case NotConverged<T> failure -> notConverged(failure.reason());
        };
    }

    private static void requireSentence(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason is blank");
        }
    }
}
