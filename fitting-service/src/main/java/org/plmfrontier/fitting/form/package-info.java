/** Families of loss surfaces over ln N and ln D with their derivatives, in the coordinates in which they are searched. */
@NullMarked
package org.plmfrontier.fitting.form;

import org.jspecify.annotations.NullMarked;
