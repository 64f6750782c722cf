/** Sources on web servers. */
@NullMarked
package org.plmfrontier.dataset.web;

import org.jspecify.annotations.NullMarked;
