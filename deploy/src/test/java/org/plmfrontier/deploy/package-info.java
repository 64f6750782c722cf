/** Tests that read the deployment files and compare them with each other and with the services. */
@NullMarked
package org.plmfrontier.deploy;

import org.jspecify.annotations.NullMarked;
