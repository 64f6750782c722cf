/** Bytes of a file to the lines of a table: the encoding is recognised, what is no text is refused by what it is. */
@NullMarked
package org.plmfrontier.fitting.textfile;

import org.jspecify.annotations.NullMarked;
