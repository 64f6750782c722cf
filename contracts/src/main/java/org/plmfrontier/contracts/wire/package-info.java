/** JSON and CloudEvents forms of the other packages' records; the only package that knows a JSON library. */
@NullMarked
package org.plmfrontier.contracts.wire;

import org.jspecify.annotations.NullMarked;
