package org.plmfrontier.trainer.assignment;

/** What is to be done with a job. */
public sealed interface Verdict {
    /** The next one of its run: train it. */
    record Train() implements Verdict {}

    /** A person wants the run stopped and nobody has said so yet: say it, do not train. */
    record Stop() implements Verdict {}

    /**
     * Nothing to do, the job is consumed.
     *
     * @param reason one sentence
     */
    record Skip(String reason) implements Verdict {}

    /**
     * A job that cannot be: it goes to the dead letters.
     *
     * @param reason one sentence
     */
    record Impossible(String reason) implements Verdict {}
}
