package org.plmfrontier.fitting.study;

/**
 * An event that cannot be true of its run.
 *
 * @param index place of the event in the batch, from 0
 * @param reason one sentence that names the run, the field and the values
 */
public record Refusal(int index, String reason) {}
