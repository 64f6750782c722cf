/** The live page as one file that needs no service. */
@NullMarked
package org.plmfrontier.fitting.report;

import org.jspecify.annotations.NullMarked;
