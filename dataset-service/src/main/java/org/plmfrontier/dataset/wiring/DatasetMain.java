package org.plmfrontier.dataset.wiring;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.plmfrontier.runtime.process.ServiceProcess;

/** The process. What it cannot start without it says in one line; what is only away it waits for. */
@QuarkusMain
public final class DatasetMain {
    DatasetMain() {}

    public static void main(String[] args) {
        ServiceProcess.run("dataset-service", args);
    }
}
