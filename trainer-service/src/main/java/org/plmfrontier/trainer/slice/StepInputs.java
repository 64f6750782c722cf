package org.plmfrontier.trainer.slice;

import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** The inputs of consecutive steps, in their order. For one thread, until it is closed. */
interface StepInputs extends AutoCloseable {
    /** Of the step behind the one asked for before; the first time of the first one. */
    StepInput next() throws TokenLogException;

    /** From its return to {@link #resume} nobody else reads the token log. */
    void pause();

    /** Ends a pause. */
    void resume();

    /** Nobody reads any more when this returns. */
    @Override
    void close();

    /**
     * Inputs that are made when they are asked for.
     *
     * @param from position of the first step
     */
    static StepInputs direct(StepInput.Reader reader, long from) {
        return new StepInputs() {
            private long position = from;

            @Override
            public StepInput next() throws TokenLogException {
                StepInput input = reader.read(position);
                position += reader.stepRecords();
                return input;
            }

            @Override
            public void pause() {
                // nobody reads but who asks
            }

            @Override
            public void resume() {
                // nobody was kept from reading
            }

            @Override
            public void close() {
                // nothing was begun
            }
        };
    }
}
