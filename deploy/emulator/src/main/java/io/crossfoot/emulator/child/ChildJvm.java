package io.crossfoot.emulator.child;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A Java process of the emulator's: its output is read line by line, and it ends with the emulator. */
public final class ChildJvm implements AutoCloseable {
    private static final Set<String> KEPT_VARIABLES = Set.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ");

    private final Process process;
    private final CompletableFuture<Integer> exit;
    private final Thread reaper;

    private ChildJvm(Process process, CompletableFuture<Integer> exit, Thread reaper) {
        this.process = process;
        this.exit = exit;
        this.reaper = reaper;
    }

    /**
     * Starts it.
     *
     * @param folder where it runs
     * @param output takes each line of standard output, on a thread of its own
     * @param errors takes each line of standard error, on a thread of its own
     */
    public static ChildJvm start(JvmPlan plan, Path folder, Consumer<String> output, Consumer<String> errors)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(plan)).directory(folder.toFile());
        builder.environment().keySet().retainAll(KEPT_VARIABLES);
        builder.environment().putAll(plan.environment());
        Process process = builder.start();
        Thread reaper = new Thread(() -> kill(process));
        Runtime.getRuntime().addShutdownHook(reaper);
        CompletableFuture<?> read = CompletableFuture.allOf(
                follow(process.inputReader(), output, "output"), follow(process.errorReader(), errors, "errors"));
        CompletableFuture<Integer> exit = process.onExit().thenCombine(read, (ended, nothing) -> ended.exitValue());
        ChildJvm child = new ChildJvm(process, exit, reaper);
        exit.whenComplete((code, failure) -> child.forget());
        return child;
    }

    /** Returns its exit code, once it has ended and all that it wrote is read. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** Returns whether it still runs; of one that does not, the last words may be still unread. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns its standard input. */
    public Writer input() {
        return process.outputWriter();
    }

    /** Kills it, and all that it started. */
    @Override
    public void close() {
        kill(process);
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException ending) {
            // the hook is running
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static List<String> command(JvmPlan plan) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(plan.flags());
        command.add("-cp");
        command.add(plan.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(plan.mainClass());
        command.addAll(plan.arguments());
        return command;
    }

    private static CompletableFuture<Void> follow(BufferedReader stream, Consumer<String> lines, String name) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> read(stream, lines, end), "child-" + name);
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    private static void read(BufferedReader stream, Consumer<String> lines, CompletableFuture<Void> end) {
        try (stream) {
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                lines.accept(line);
            }
        } catch (IOException | UncheckedIOException closed) {
            // a killed child closes its streams anyhow
        } finally {
            end.complete(null);
        }
    }
}
