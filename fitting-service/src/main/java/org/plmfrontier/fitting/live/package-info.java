/** Fits of a study while it runs: when they are due, and everything that is computed from one state of the study. */
@NullMarked
package org.plmfrontier.fitting.live;

import org.jspecify.annotations.NullMarked;
