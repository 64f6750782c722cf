/** The engine port on DJL and libtorch; the only package that knows them. */
@NullMarked
package org.plmfrontier.trainer.djl;

import org.jspecify.annotations.NullMarked;
