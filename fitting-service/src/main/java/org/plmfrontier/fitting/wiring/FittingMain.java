package org.plmfrontier.fitting.wiring;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.plmfrontier.runtime.process.ServiceProcess;

/** The process. What it cannot start without it says in one line; what is only away it waits for. */
@QuarkusMain
public final class FittingMain {
    FittingMain() {}

    public static void main(String[] args) {
        ServiceProcess.run("fitting-service", args);
    }
}
