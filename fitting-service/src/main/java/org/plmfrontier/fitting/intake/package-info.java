/** Files of losses on their way to be studies: read in bounded pieces, with what was found wrong kept beside them. */
@NullMarked
package org.plmfrontier.fitting.intake;

import org.jspecify.annotations.NullMarked;
