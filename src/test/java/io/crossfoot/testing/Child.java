package io.crossfoot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of its own: what is started, in which folder and environment. */
public record Child(List<String> command, Path folder, Map<String, String> environment) {
    private static final long SECONDS = 180;

    public Child {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** How a process ended, and what it said. */
    public record Ending(int exitCode, String out, String err) {
        /** The last line of standard output; empty when there is none. */
        public String lastLine() {
            return out.lines().reduce("", (before, line) -> line);
        }
    }

    public static Child of(Path folder, List<String> command) {
        return new Child(command, folder, Map.of());
    }

    /** Starts a class with Spark and the job jar on its class path, as fast as a JVM starts. */
    public static Child java(Path folder, String jars, String mainClass, List<String> arguments) {
        return jvm(folder, jars + ":" + Folders.sparkClassPath(), mainClass, arguments);
    }

    /** Starts a class of the tests with all that they have on their class path. */
    public static Child test(Path folder, Class<?> mainClass, String... arguments) {
        return jvm(folder, System.getProperty("java.class.path"), mainClass.getName(), List.of(arguments));
    }

    /** Starts a class with such a class path. */
    public static Child jvm(Path folder, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Folders.root().resolve(".mvn/jvm.config"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Dlog4j2.configurationFile=io/crossfoot/cli/log4j2.properties",
                "-cp",
                classPath,
                mainClass));
        command.addAll(arguments);
        return of(folder, command).with("SPARK_LOCAL_IP", "127.0.0.1");
    }

    /** Returns this with one more variable in its environment, which is otherwise that of the tests. */
    public Child with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Child(command, folder, more);
    }

    /** Returns this, a JVM, with one more option. */
    public Child jvmOption(String option) {
        List<String> more = new ArrayList<>(command);
        more.add(1, option);
        return new Child(more, folder, environment);
    }

    /** Runs it to its end. */
    public Ending run() {
        Path out = temporary("out");
        Path err = temporary("err");
        Process process = start(builder().redirectOutput(out.toFile()).redirectError(err.toFile()));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after %d s: %s%n%s%n%s"
                        .formatted(SECONDS, command, Folders.read(out), Folders.read(err)));
            }
            return new Ending(process.exitValue(), Folders.read(out), Folders.read(err));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            process.destroyForcibly();
            delete(out);
            delete(err);
        }
    }

    /** Starts it and leaves it to the caller, who reads its standard output and ends it. */
    public Process start() {
        return start(builder().redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** Starts it as {@link #start} does, with what it says on standard error among what it says. */
    public Process startMerged() {
        return start(builder().redirectErrorStream(true));
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempFile("crossfoot-child", name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
