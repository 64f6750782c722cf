package org.plmfrontier.dataset.web;

import java.io.IOException;

/** A server sends on to where nobody follows; the message names both addresses. */
final class RedirectException extends IOException {
    private static final long serialVersionUID = 1;

    RedirectException(String message) {
        super(message);
    }
}
