package org.plmfrontier.launcher.chaos;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done to a running study, and how often in comparison with the others. */
enum Fault {
    KILL_ANYTIME("SIGKILL of a trainer at a random moment, its start included", 25),
    KILL_IN_SLICE("SIGKILL in the middle of a slice", 20),
    KILL_IN_CHECKPOINT("SIGKILL inside a checkpoint write", 15),
    KILL_BEFORE_COMMIT("SIGKILL between checkpoint and commit", 15),
    KILL_ALL("SIGKILL of all trainers at once", 3),
    TERM("SIGTERM of a trainer", 6),
    REMOVED("trainer removed (SIGTERM, not replaced)", 3),
    ADDED("trainer added", 3),
    FREEZE("SIGSTOP for twice the session timeout, SIGCONT", 4),
    DISK_FULL("disk full for a while (limit on file sizes)", 3),
    CHECKPOINT_CUT("checkpoint file cut, its trainer killed", 3),
    CHECKPOINT_FLIPPED("byte of a checkpoint flipped, its trainer killed", 3),
    BROKER_RESTART("broker restarted", 2),
    BROKER_KILL("SIGKILL of the broker", 2);

    private final String what;
    private final int weight;

    Fault(String what, int weight) {
        this.what = what;
        this.weight = weight;
    }

    String what() {
        return what;
    }

    /** Faults by their names, comma-separated; all where there are none. */
    static Set<Fault> named(String names) {
        return names.isBlank()
                ? EnumSet.allOf(Fault.class)
                : Arrays.stream(names.split(","))
                        .map(Fault::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
    }

    static Fault draw(Random random, Set<Fault> kinds) {
        int place =
                random.nextInt(kinds.stream().mapToInt(fault -> fault.weight).sum());
        for (Fault fault : kinds) {
            place -= fault.weight;
            if (place < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
