/** What people see in the terminal. */
@NullMarked
package org.plmfrontier.launcher.screen;

import org.jspecify.annotations.NullMarked;
