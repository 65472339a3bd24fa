package io.crossfoot.sink;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The final name of a staged file: it carries the run id, so that a run that is done again meets its own files and no
 * others. Spark puts a random id there, which the run id takes the place of:
 *
 * <pre>
 * region=North/part-00000-2dd664f9-d2c4-4ffe-878f-c6c70c1fb0cb.c000.zstd.parquet
 * region=North/part-00000-nightly-7.c000.zstd.parquet
 * </pre>
 */
final class PublishedName {
    private static final Pattern RANDOM = Pattern.compile("-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final Pattern OF_RUN = Pattern.compile("part-\\d+-(.+)[.-]c\\d{3,}\\..*parquet");

    private PublishedName() {}

    /** @param path a path relative to the staging folder; its folders are kept */
    static String of(String path, String runId) {
        int name = path.lastIndexOf('/') + 1;
        String staged = path.substring(name);
        // an id may be a part of a random one, too, or the word that Spark begins names with
        if (runOf(staged).equals(Optional.of(runId))) {
            return path;
        }
        Matcher random = RANDOM.matcher(staged);
        String published = staged;
        if (random.find()) {
            published = random.replaceFirst("-" + runId);
        } else if (!staged.startsWith(runId + "-")) {
            published = runId + "-" + staged;
        }
        return path.substring(0, name) + published;
    }

    /** Whether what stands in place of a run holds a random id, as in files that Spark has written by itself. */
    static boolean isRandom(String run) {
        return RANDOM.matcher("-" + run).find();
    }

    /** Returns the run that has published a file; empty where the name does not say. */
    static Optional<String> runOf(String path) {
        Matcher name = OF_RUN.matcher(path.substring(path.lastIndexOf('/') + 1));
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
