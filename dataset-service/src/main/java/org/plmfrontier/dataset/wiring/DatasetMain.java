package org.plmfrontier.dataset.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.plmfrontier.contracts.retry.FailureSentence;

/** The process. What it cannot start with it says in one line; what is only away it waits for. */
@QuarkusMain
public final class DatasetMain {
    DatasetMain() {}

    public static void main(String[] args) {
        Quarkus.run(
                null,
                (status, failure) -> {
                    if (failure != null) {
                        FailureSentence.print("dataset-service does not start", failure);
                    }
                    System.exit(status);
                },
                args);
    }
}
