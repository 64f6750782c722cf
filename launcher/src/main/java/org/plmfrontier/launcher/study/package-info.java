/** The demo study and what the services say of a study. */
@NullMarked
package org.plmfrontier.launcher.study;

import org.jspecify.annotations.NullMarked;
