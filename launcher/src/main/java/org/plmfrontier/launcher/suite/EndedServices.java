package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Services that ended while the suite runs. A trainer's runs go on at the others, as they do where pods come and go: that is said
 * once. Not thread-safe.
 */
final class EndedServices {
    private static final String TRAINER = "trainer";
    private static final int LINES = 12;

    private final Consumer<String> notice;
    private final List<ServiceProcess> known = new ArrayList<>();

    EndedServices(Consumer<String> notice) {
        this.notice = notice;
    }

    /**
     * Looks at all services.
     *
     * @throws StartupException where one ended whose work nobody else does, with the end of its log
     */
    void require(List<ServiceProcess> services) throws IOException {
        long trainers = services.stream()
                .filter(EndedServices::isTrainer)
                .filter(ServiceProcess::isAlive)
                .count();
        for (ServiceProcess service : services) {
            if (!service.isAlive() && !known.contains(service)) {
                if (!isTrainer(service) || trainers == 0) {
                    throw new StartupException(service.name() + " ended; its log is " + service.log()
                            + ", the last lines:\n" + service.lastLines(LINES));
                }
                known.add(service);
                notice.accept(service.name() + " ended with status " + service.exitStatus()
                        + "; its runs go on at the " + (trainers == 1 ? "other trainer" : trainers + " others")
                        + ". Its log is " + service.log());
            }
        }
    }

    private static boolean isTrainer(ServiceProcess service) {
        return service.name().startsWith(TRAINER);
    }
}
