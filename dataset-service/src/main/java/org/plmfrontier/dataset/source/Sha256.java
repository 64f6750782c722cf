package org.plmfrontier.dataset.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that every JDK has. */
public final class Sha256 {
    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
