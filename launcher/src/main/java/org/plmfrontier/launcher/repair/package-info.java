/** Bringing back what broker or database have lost. */
@NullMarked
package org.plmfrontier.launcher.repair;

import org.jspecify.annotations.NullMarked;
