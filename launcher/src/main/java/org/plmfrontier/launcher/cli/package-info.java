/** The command line, one class per command. */
@NullMarked
package org.plmfrontier.launcher.cli;

import org.jspecify.annotations.NullMarked;
