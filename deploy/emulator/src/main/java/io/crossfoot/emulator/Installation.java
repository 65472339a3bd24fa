package io.crossfoot.emulator;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was built of this project, and where it lies: the child processes run it. */
public record Installation(Path home) {
    /** Returns the class path of the Spark that a Glue version has; nothing when it is not built. */
    public Optional<List<Path>> spark(String glueVersion) {
        return switch (glueVersion) {
            case "5.0", "5.1" -> classPath(home.resolve("target/spark.classpath"));
            case "6.0" -> classPath(home.resolve("glue-job/glue-6.0/target/spark.classpath"));
            default -> Optional.empty();
        };
    }

    /** Returns the job jar, which is also the command line. */
    public Path jobJar() {
        return home.resolve("glue-job/target/crossfoot-glue-job.jar");
    }

    /** Returns the stand-in for Glue's own library. */
    public Path glueRuntime() {
        return home.resolve("deploy/emulator/glue-runtime/target/crossfoot-glue-runtime.jar");
    }

    /** Returns the jar of the emulator itself. */
    public Path emulatorJar() {
        return home.resolve("deploy/emulator/target/crossfoot-emulator.jar");
    }

    /** Returns AWS's runtime client for functions in Java. */
    public List<Path> lambdaRuntime() {
        return classPath(home.resolve("deploy/emulator/target/lambda.classpath"))
                .orElseThrow(() -> new IllegalStateException("the emulator is not built; run mvn package"));
    }

    /**
     * Returns flags of a JVM that is quick to start, for small data, with what Spark needs of Java 17.
     *
     * @param classes an archive made by the launcher; none is needed, and one that does not fit is ignored without a word
     */
    public List<String> flags(Path classes) {
        List<String> flags = new ArrayList<>(
                List.of("@" + home.resolve(".mvn/jvm.config"), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (classes.toFile().length() > 0) {
            flags.addAll(List.of("-XX:SharedArchiveFile=" + classes, "-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        return flags;
    }

    /** Returns the archive of classes for class paths that begin with the job jar and Spark. */
    public Path archiveOfJobJar() {
        return home.resolve("target/crossfoot.jsa");
    }

    /** Returns the archive of classes for class paths that begin with Spark. */
    public Path archiveOfSpark() {
        return home.resolve("deploy/emulator/target/spark.jsa");
    }

    private static Optional<List<Path>> classPath(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ArrayList<>(Stream.of(Files.readString(file).trim().split(File.pathSeparator))
                            .map(Path::of)
                            .toList()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
