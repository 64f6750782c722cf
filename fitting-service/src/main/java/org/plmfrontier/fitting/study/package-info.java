/** What a study looks like from its events: runs, their states, curves, progress and reference losses. */
@NullMarked
package org.plmfrontier.fitting.study;

import org.jspecify.annotations.NullMarked;
