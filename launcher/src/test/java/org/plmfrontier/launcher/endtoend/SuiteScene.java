package org.plmfrontier.launcher.endtoend;

import java.nio.file.Path;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.suite.Ports;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;

/** What happens while a suite is up. */
@FunctionalInterface
interface SuiteScene {
    void play(Suite suite, RestClient dataset, RestClient fitting) throws Exception;

    /** Starts a suite in a home folder, on free ports and two partitions, and stops it behind the scene. */
    static void in(Path home, int trainers, SuiteScene scene) throws Exception {
        SuiteOptions options =
                new SuiteOptions(FrontierProcess.ROOT, home, Ports.free(), trainers, 2, SuiteOptions.SMALL_JVM);
        try (Suite suite = Suite.start(options, System.out::println);
                RestClient dataset = new RestClient(suite.datasetAddress());
                RestClient fitting = new RestClient(suite.fittingAddress())) {
            scene.play(suite, dataset, fitting);
        }
    }
}
