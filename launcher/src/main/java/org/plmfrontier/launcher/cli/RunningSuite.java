package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;
import org.plmfrontier.stack.kafka.EmbeddedKafka;

/** A suite that is closed exactly once, at the end of the command or on Ctrl-C or SIGTERM, also while it starts. */
final class RunningSuite implements AutoCloseable {
    private final Suite suite;
    private final Terminal terminal;
    private final String next;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RunningSuite(Suite suite, Terminal terminal, String next) {
        this.suite = suite;
        this.terminal = terminal;
        this.next = next;
    }

    /** Starts a suite; whatever ends this process from now on, also while it starts, stops its parts first. */
    static RunningSuite start(SuiteOptions options, Terminal terminal) throws IOException, InterruptedException {
        return start(options, terminal, "./frontier with the same command goes on where this ended");
    }

    /** @param next what is told at the end that the same command will do */
    static RunningSuite start(SuiteOptions options, Terminal terminal, String next)
            throws IOException, InterruptedException {
        AtomicReference<@Nullable RunningSuite> running = new AtomicReference<>();
        try {
            Suite.start(options, EmbeddedKafka::start, terminal::line, suite -> {
                RunningSuite closes = new RunningSuite(suite, terminal, next);
                running.set(closes);
                Runtime.getRuntime().addShutdownHook(new Thread(closes::closeAtExit, "stop-suite"));
            });
        } catch (IOException | InterruptedException | RuntimeException e) {
            RunningSuite never = running.get();
            if (never != null && never.closing.compareAndSet(false, true)) {
                never.closed.countDown();
            }
            throw e;
        }
        return Objects.requireNonNull(running.get());
    }

    Suite suite() {
        return suite;
    }

    /**
     * Closes it. Where the process ends already this does not return: what the command was at has failed for that alone, and
     * nothing is to be said of it.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            awaitEndOfProcess();
        }
        stop();
    }

    private void closeAtExit() {
        if (closing.compareAndSet(false, true)) {
            stop();
        } else {
            awaitClosed();
        }
    }

    private void stop() {
        terminal.keepLive();
        terminal.line("stopping ...");
        try {
            suite.close();
            terminal.line("stopped; " + next);
        } catch (IOException e) {
            terminal.line("stopped, but not cleanly: " + e.getMessage());
        } finally {
            closed.countDown();
        }
    }

    private static void awaitEndOfProcess() {
        while (true) {
            LockSupport.park();
            boolean unused = Thread.interrupted();
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
