/** The files that a study leaves behind. */
@NullMarked
package org.plmfrontier.launcher.report;

import org.jspecify.annotations.NullMarked;
