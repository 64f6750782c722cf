package org.plmfrontier.fitting.prediction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.plmfrontier.fitting.forecast.Forecaster;

/**
 * Which code made a prediction: a digest of the compiled classes of the packages forecast and prediction. It is the same in the
 * service and in the command line of one build, and another one after any change of these classes.
 */
public final class CodeVersion {
    private static final String CLASS = ".class";
    private static final int DIGITS = 16;
    private static final String CURRENT = digest();

    private CodeVersion() {}

    /** The version of the code that runs. */
    public static String current() {
        return CURRENT;
    }

    private static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> member : List.of(Forecaster.class, CodeVersion.class)) {
                for (String name : classesBeside(member)) {
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                    try (InputStream in = Objects.requireNonNull(member.getResourceAsStream(name), name)) {
                        digest.update(in.readAllBytes());
                    }
                }
            }
            return "sha256-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException("the classes of the forecasts cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /** File names of all classes of a class's package, ascending, in a folder or in a jar. */
    private static List<String> classesBeside(Class<?> member) throws IOException {
        String own = member.getSimpleName() + CLASS;
        URL url = Objects.requireNonNull(member.getResource(own), own);
        String place = url.toString();
        if (place.startsWith("jar:")) {
            String folder = member.getPackageName().replace('.', '/') + "/";
            Path jar = Path.of(URI.create(place.substring("jar:".length(), place.indexOf("!/"))));
            try (JarFile file = new JarFile(jar.toFile())) {
                return file.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(folder) && name.indexOf('/', folder.length()) < 0)
                        .map(name -> name.substring(folder.length()))
                        .filter(name -> name.endsWith(CLASS))
                        .sorted()
                        .toList();
            }
        }
        try (Stream<Path> files =
                Files.list(Objects.requireNonNull(Path.of(URI.create(place)).getParent()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CLASS))
                    .sorted()
                    .toList();
        }
    }
}
