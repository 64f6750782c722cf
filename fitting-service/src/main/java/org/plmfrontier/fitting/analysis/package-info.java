/** All methods on one study, each answering with a result of one shape or with its reason. */
@NullMarked
package org.plmfrontier.fitting.analysis;

import org.jspecify.annotations.NullMarked;
