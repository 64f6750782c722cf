package org.plmfrontier.stack.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A random password in a file that its owner alone can read. */
final class PasswordFile {
    private static final int BYTES = 24;

    private PasswordFile() {}

    /** The password of a file, which is made where it is absent. */
    static String of(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, random());
        } catch (FileAlreadyExistsException e) {
            return Files.readString(file).strip();
        }
        return Files.readString(file).strip();
    }

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
