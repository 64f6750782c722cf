/** Numbers that look random and follow from a seed alone, the same on every machine and JDK. */
@NullMarked
package org.plmfrontier.dataset.seed;

import org.jspecify.annotations.NullMarked;
