package org.plmfrontier.launcher.studyfile;

import java.nio.file.Path;

/**
 * What is wrong with a study file in one place.
 *
 * @param line counted from 1; 0 where it concerns the whole file
 * @param field path as in {@code shapes[2].heads}; empty where it is none
 * @param sentence what is wrong
 */
public record FileProblem(Path file, int line, String field, String sentence) {
    /** For people: file, line and sentence, which begins with the field or names it. */
    public String shown() {
        String place = line > 0 ? file + ", line " + line : file.toString();
        boolean named = field.isEmpty() || sentence.contains(field);
        return place + ": " + (named ? sentence : field + ": " + sentence);
    }
}
