/** Which proteins are alike: clusters and searches by sequence identity, whoever computes them. */
@NullMarked
package org.plmfrontier.dataset.identity;

import org.jspecify.annotations.NullMarked;
