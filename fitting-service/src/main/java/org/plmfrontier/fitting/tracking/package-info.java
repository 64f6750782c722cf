/**
 * Files that experiment trackers write, to rows of losses: TensorBoard's event files and its CSV of one scalar, MLflow's metric
 * files and the CSV of its charts. Formats are recognised by content.
 */
@NullMarked
package org.plmfrontier.fitting.tracking;

import org.jspecify.annotations.NullMarked;
