package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.suite.Suite;

/** Closes a suite exactly once, at the end of the command or on Ctrl-C, whichever comes first. */
final class RunningSuite implements AutoCloseable {
    private final Suite suite;
    private final Terminal terminal;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    RunningSuite(Suite suite, Terminal terminal) {
        this.suite = suite;
        this.terminal = terminal;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-suite"));
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        terminal.keepLive();
        terminal.line("stopping ...");
        try {
            suite.close();
            terminal.line("stopped; ./frontier with the same command goes on where this ended");
        } catch (IOException e) {
            terminal.line("stopped, but not cleanly: " + e.getMessage());
        } finally {
            closed.countDown();
        }
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
