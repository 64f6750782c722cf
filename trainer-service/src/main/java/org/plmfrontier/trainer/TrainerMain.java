package org.plmfrontier.trainer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The process. Asked to leave by SIGTERM or SIGINT it ends by itself, in order, with exit status 0; left to the JVM it would
 * end with 143 although nothing went wrong, and a scheduler would count a failure.
 */
@QuarkusMain
public final class TrainerMain {
    private TrainerMain() {}

    @SuppressWarnings("sunapi")
    public static void main(String[] args) {
        for (String name : new String[] {"TERM", "INT"}) {
            sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> Quarkus.asyncExit(0));
        }
        Quarkus.run(args);
    }
}
