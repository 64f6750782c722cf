package org.plmfrontier.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Executes a block of commands by bash in a folder that looks like the project's root. Programs that need a cluster, a
 * network or minutes are recorded with their arguments instead of executed; everything else, such as openssl, sha256sum and
 * the shell's own quoting, is real.
 */
record Rehearsal(int status, String output, List<Call> calls) {
    private static final List<String> RECORDED = List.of("kubectl", "helm", "mvn", "curl", "npm", "git");
    private static final List<String> OF_THE_PROJECT = List.of("frontier", "deploy/images", ".ci/run");
    private static final String RECORDER = """
            #!/usr/bin/env bash
            { printf '%%s\\0' %s "$#" "$@"; } >>"$RECORD"
            echo recorded
            """;

    /** A program that would have been started. */
    record Call(String program, List<String> arguments) {
        /** The value behind an option, {@code --name value} or {@code --name=value}. */
        Stream<String> values(String... names) {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                for (String name : names) {
                    if (arguments.get(i).equals(name) && i + 1 < arguments.size()) {
                        found.add(arguments.get(i + 1));
                    } else if (arguments.get(i).startsWith(name + "=")) {
                        found.add(arguments.get(i).substring(name.length() + 1));
                    }
                }
            }
            return found.stream();
        }
    }

    static Rehearsal of(String commands, Path folder) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : RECORDED) {
            recorder(programs.resolve(program), program);
        }
        Path root = Files.createDirectory(folder.resolve("root"));
        try (Stream<Path> files = Files.list(Project.ROOT)) {
            for (Path file : files.toList()) {
                Path copy = root.resolve(file.getFileName().toString());
                if (List.of("deploy", ".ci", "frontier", ".plm-frontier")
                        .contains(copy.getFileName().toString())) {
                    continue;
                }
                Files.createSymbolicLink(copy, file);
            }
        }
        Files.createDirectory(root.resolve(".ci"));
        Files.createDirectory(root.resolve("deploy"));
        Files.createDirectory(root.resolve(".plm-frontier"));
        Files.writeString(root.resolve(".plm-frontier/fitting-service.env"), "QUARKUS_HTTP_PORT='1'\n");
        try (Stream<Path> files = Files.list(Project.DEPLOY)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("images")) {
                    Files.createSymbolicLink(root.resolve("deploy").resolve(file.getFileName()), file);
                }
            }
        }
        for (String program : OF_THE_PROJECT) {
            recorder(root.resolve(program), "./" + program);
        }
        Path record = folder.resolve("record");
        Files.createFile(record);
        Tool.Outcome outcome = Tool.run(
                root,
                List.of(
                        "env",
                        "PATH=" + programs + ":" + System.getenv("PATH"),
                        "RECORD=" + record,
                        "USER=me",
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        commands + "\nwait"));
        return new Rehearsal(outcome.status(), outcome.output(), calls(Files.readString(record)));
    }

    private static void recorder(Path file, String name) throws IOException {
        Files.writeString(file, RECORDER.formatted(name));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<Call> calls(String record) {
        List<Call> calls = new ArrayList<>();
        String[] parts = record.split("\0", -1);
        for (int i = 0; i + 1 < parts.length; ) {
            int count = Integer.parseInt(parts[i + 1]);
            calls.add(new Call(parts[i], Arrays.asList(parts).subList(i + 2, i + 2 + count)));
            i += 2 + count;
        }
        return calls;
    }
}
