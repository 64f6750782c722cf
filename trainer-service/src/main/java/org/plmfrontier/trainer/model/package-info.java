/** The models that runs have reached, as their stored states tell. */
@NullMarked
package org.plmfrontier.trainer.model;

import org.jspecify.annotations.NullMarked;
