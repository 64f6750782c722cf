/** Runs, their batch jobs and the commands people give them. */
@NullMarked
package org.plmfrontier.contracts.job;

import org.jspecify.annotations.NullMarked;
