/** Sealed predictions computed again from the log. */
@NullMarked
package org.plmfrontier.launcher.verification;

import org.jspecify.annotations.NullMarked;
