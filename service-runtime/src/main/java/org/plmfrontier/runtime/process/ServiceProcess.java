package org.plmfrontier.runtime.process;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import java.io.PrintStream;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Runs a Quarkus application whose reason for not starting is one line on standard error, and a stack trace only where the
 * program itself is at fault.
 */
public final class ServiceProcess {
    private ServiceProcess() {}

    /**
     * Runs until the service ends, and ends the JVM with its status; not in dev mode, where a service ends at each reload and
     * the next one runs in the same JVM.
     */
    public static void run(String service, String[] args) {
        Quarkus.run(
                null,
                (status, failure) -> {
                    if (failure != null) {
                        print(System.err, service, failure);
                    }
                    if (!LaunchMode.current().isDev()) {
                        System.exit(status);
                    }
                },
                args);
    }

    static void print(PrintStream error, String service, Throwable failure) {
        error.println(service + " does not start: " + FailureSentence.of(failure));
        if (isDefect(failure)) {
            failure.printStackTrace(error);
        }
    }

    private static boolean isDefect(Throwable failure) {
        Throwable root = FailureSentence.root(failure);
        return (root instanceof Error && !(root instanceof UnsatisfiedLinkError))
                || root instanceof NullPointerException
                || root instanceof IndexOutOfBoundsException
                || root instanceof ClassCastException;
    }
}
