/** Evaluations of models of folders: the trainer's program, and who is related to whom. */
@NullMarked
package org.plmfrontier.launcher.evaluation;

import org.jspecify.annotations.NullMarked;
