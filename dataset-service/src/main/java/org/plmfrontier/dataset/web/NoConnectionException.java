package org.plmfrontier.dataset.web;

import java.io.IOException;

/** No server answers at an address; the message names it. */
final class NoConnectionException extends IOException {
    private static final long serialVersionUID = 1;

    NoConnectionException(String message, IOException cause) {
        super(message, cause);
    }
}
