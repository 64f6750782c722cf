package org.plmfrontier.trainer.simulation;

/** The process is gone; nothing of it runs any more, not even what is told of exceptions. */
final class CrashError extends Error {
    private static final long serialVersionUID = 1;
}
