package org.plmfrontier.benchmarks.suite;

/**
 * How fast tokens were trained.
 *
 * @param perSecond by the clock, which other processes of a busy machine slow down
 * @param perCpuSecond by the CPU time of the training process, of which waiting is no part
 */
record Rate(double perSecond, double perCpuSecond) {}
