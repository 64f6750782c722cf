/** The file that describes a study, and what services say of it by line. */
@NullMarked
package org.plmfrontier.launcher.studyfile;

import org.jspecify.annotations.NullMarked;
