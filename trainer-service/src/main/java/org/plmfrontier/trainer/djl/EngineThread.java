package org.plmfrontier.trainer.djl;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that calls libtorch. Grad mode and the graph optimizer's switch are thread-local there, and memory pools
 * are per thread: everything of the engine happens here.
 */
final class EngineThread implements AutoCloseable {
    private final ExecutorService executor;

    EngineThread() {
        ClassLoader loader = EngineThread.class.getClassLoader();
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "trainer-engine");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    /**
     * Runs a call to its end; an interrupt of the caller is kept for later, since native work cannot be left half done.
     *
     * @throws E what the call throws
     */
    @SuppressWarnings("unchecked")
    <T, E extends Exception> T call(EngineCall<T, E> call) throws E {
        var future = executor.submit((Callable<T>) call::run);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (E) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a call beside those of other devices. */
    <T> CompletableFuture<T> submit(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    /** Work for the engine's thread. */
    @FunctionalInterface
    interface EngineCall<T, E extends Exception> {
        T run() throws E;
    }
}
