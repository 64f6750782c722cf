/** What trainers and the planner say about runs. */
@NullMarked
package org.plmfrontier.contracts.event;

import org.jspecify.annotations.NullMarked;
