/** The models that runs have reached, as their stored states describe them. */
@NullMarked
package org.plmfrontier.trainer.model;

import org.jspecify.annotations.NullMarked;
