/**
 * What losses will be: laws of the loss with their own errors, learnt from how they would have predicted what is known by now.
 */
@NullMarked
package org.plmfrontier.fitting.forecast;

import org.jspecify.annotations.NullMarked;
