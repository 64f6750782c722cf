/** Pages in a real browser, for the tests of the services. */
package org.plmfrontier.runtime.browser;
