package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.simulation.World.Fault;
import org.plmfrontier.trainer.tokenlog.TokenLog;

/**
 * One study, its trainers and what befalls them, all drawn from the world's seed. A frozen trainer stands still inside one of
 * its hooks while the others go on, and then finds the world changed.
 */
final class Story implements Faults {
    private static final int MOST_TRAINERS = 4;
    private static final int DEEPEST = 3;
    private static final int TURNS = 60;
    private static final int MOST_CALM_TURNS = 2_000;

    private final World world;
    private final TokenLog log;
    private final List<SimulatedTrainer> crew = new ArrayList<>();
    private final Set<SimulatedTrainer> busy = new HashSet<>();
    private int started;
    private int depth;
    private final Predicate<BatchJob> poison;
    private boolean calm;

    Story(World world, TokenLog log) {
        this(world, log, job -> false);
    }

    /**
     * A story.
     *
     * @param poison jobs that end their trainer's process with each step, in peace too
     */
    Story(World world, TokenLog log, Predicate<BatchJob> poison) {
        this.world = world;
        this.log = log;
        this.poison = poison;
    }

    /** Faults for a while, then peace until every job is done. */
    void tell() {
        play();
        successor();
        world.assertComplete();
    }

    /** Whatever trainers that were frozen or killed have left of deleted runs, the next one that starts removes it. */
    private void successor() {
        SimulatedTrainer next = new SimulatedTrainer("successor", world, this, log);
        world.rebalance(List.of(next));
        next.work();
    }

    void play() {
        start();
        for (int turn = 0; turn < TURNS; turn++) {
            act();
        }
        calm = true;
        world.extend();
        world.stoppedRuns().forEach(world::resume);
        for (int turn = 0; !world.isDone(); turn++) {
            assertThat(turn).as("turns in peace").isLessThan(MOST_CALM_TURNS);
            if (crew.isEmpty()) {
                start();
            }
            if (world.random.nextInt(4) == 0) {
                world.rebalance(crew);
            }
            List.copyOf(crew).forEach(this::run);
        }
    }

    private void act() {
        int dice = world.random.nextInt(100);
        if (dice < 70) {
            idle().forEach(this::run);
        } else if (dice < 78) {
            world.count(Fault.REBALANCE);
            world.rebalance(crew);
        } else if (dice < 84) {
            start();
        } else if (dice < 90) {
            stopOrResume();
        } else if (dice < 94) {
            damage();
        } else if (dice < 95) {
            world.deleteAndSubmitAgain();
        } else if (dice < 96) {
            world.extend();
        } else if (dice < 97) {
            world.losePointers();
        } else {
            world.count(Fault.REPEATED_JOBS);
            world.repeatJobs();
        }
    }

    private List<SimulatedTrainer> idle() {
        List<SimulatedTrainer> idle =
                crew.stream().filter(trainer -> !busy.contains(trainer)).toList();
        return idle.isEmpty() ? idle : List.of(idle.get(world.random.nextInt(idle.size())));
    }

    private void start() {
        if (crew.size() < MOST_TRAINERS) {
            crew.add(new SimulatedTrainer("t" + ++started, world, this, log));
            world.rebalance(crew);
        }
    }

    private void stopOrResume() {
        List<String> runs = world.runs();
        String run = runs.get(world.random.nextInt(runs.size()));
        if (world.stopReason(run).isPresent()) {
            world.resume(run);
        } else if (!world.isOver(run)) {
            world.count(Fault.STOP_AND_RESUME);
            world.stop(run);
        }
    }

    private void damage() {
        List<String> states = world.store.all();
        if (!states.isEmpty()) {
            world.count(Fault.DAMAGED_CHECKPOINT);
            world.store.damage(states.get(world.random.nextInt(states.size())));
        }
    }

    private void run(SimulatedTrainer trainer) {
        busy.add(trainer);
        boolean gone = false;
        try {
            trainer.work();
        } catch (CrashError crash) {
            gone = true;
        } finally {
            busy.remove(trainer);
        }
        if (gone || trainer.isLeaving()) {
            crew.remove(trainer);
            if (!gone || world.random.nextBoolean()) {
                world.rebalance(crew);
            }
        }
    }

    @Override
    public void at(SimulatedTrainer trainer, Hook hook) {
        world.pass();
        BatchJob job = trainer.inHand();
        if (job != null && hook == Hook.STEP && poison.test(job)) {
            world.count(Fault.CRASH);
            throw new CrashError();
        }
        if (calm) {
            return;
        }
        int dice = world.random.nextInt(1000);
        int scale = hook == Hook.TRANSACTION ? 3 : 1;
        if (dice < 8 * scale && trainer.mayBeKilled()) {
            world.count(Fault.CRASH);
            if (trainer.isPending() && hook != Hook.TRANSACTION) {
                world.count(hook == Hook.STEP ? Fault.CRASH_IN_THE_NEXT_SLICE : Fault.CRASH_WHILE_WRITING);
            }
            throw new CrashError();
        } else if (dice < 40 * scale && depth < DEEPEST && trainer.mayBeKilled()) {
            world.count(Fault.FROZEN);
            depth++;
            for (int i = world.random.nextInt(6); i >= 0; i--) {
                act();
            }
            depth--;
            if (world.random.nextBoolean()) {
                trainer.poll();
            }
        } else if (dice < 45 * scale) {
            world.count(Fault.HAND_OVER);
            trainer.leave();
        } else if (dice < 200 && trainer.isLeaving() && !trainer.isOver()) {
            world.count(Fault.GRACE_IS_OVER);
            trainer.graceIsOver();
        }
    }

    @Override
    public boolean diskFull() {
        return drawn(Fault.DISK_FULL, 20);
    }

    @Override
    public boolean crashAfterSave(SimulatedTrainer trainer) {
        return trainer.mayBeKilled() && drawn(Fault.CRASH_AFTER_SAVE, 20);
    }

    @Override
    public boolean brokerFails() {
        return drawn(Fault.BROKER_ERROR, 20);
    }

    @Override
    public boolean answerLost() {
        return drawn(Fault.COMMITTED_BUT_NOT_TOLD, 20);
    }

    private boolean drawn(Fault fault, int oneIn) {
        boolean drawn = !calm && world.random.nextInt(oneIn) == 0;
        if (drawn) {
            world.count(fault);
        }
        return drawn;
    }
}
