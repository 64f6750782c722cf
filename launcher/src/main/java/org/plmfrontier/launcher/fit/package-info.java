/** The analyses of a file, without any server. */
@NullMarked
package org.plmfrontier.launcher.fit;

import org.jspecify.annotations.NullMarked;
