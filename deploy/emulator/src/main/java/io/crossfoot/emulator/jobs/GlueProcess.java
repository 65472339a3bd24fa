package io.crossfoot.emulator.jobs;

import io.crossfoot.emulator.child.ChildJvm;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.logs.LogStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job's JVM. What it writes goes to its logs; how it dies is told in Glue's words. */
final class GlueProcess implements JobProcess {
    private static final Pattern THROWN = Pattern.compile("Exception in User Class: .*");
    private static final Pattern UNCAUGHT = Pattern.compile("Exception in thread \"main\" ([\\w.$]+)(?:: (.*))?");

    private final LogStream output;
    private final LogStream errors;
    private volatile Optional<String> complaint = Optional.empty();
    private ChildJvm child;
    private CompletableFuture<Optional<String>> end;

    private GlueProcess(LogStream output, LogStream errors) {
        this.output = output;
        this.errors = errors;
    }

    static GlueProcess start(JvmPlan plan, Path folder, LogStream output, LogStream errors) throws IOException {
        GlueProcess process = new GlueProcess(output, errors);
        process.child = ChildJvm.start(plan, folder, output::write, process::error);
        process.end = process.child.exit().thenApplyAsync(process::outcome);
        return process;
    }

    private void error(String line) {
        errors.write(line);
        Optional<String> said = complaint(line);
        if (said.isPresent()) {
            complaint = said;
        }
    }

    /** Returns the message that a line of standard error makes of a run's end. */
    static Optional<String> complaint(String line) {
        if (THROWN.matcher(line).matches()) {
            return Optional.of(line);
        }
        Matcher uncaught = UNCAUGHT.matcher(line);
        return uncaught.matches()
                ? Optional.of("Exception in User Class: %s : %s"
                        .formatted(
                                uncaught.group(1),
                                Optional.ofNullable(uncaught.group(2)).orElse("null")))
                : Optional.empty();
    }

    private Optional<String> outcome(int code) {
        output.close();
        errors.close();
        return code == 0 ? Optional.empty() : complaint.or(() -> Optional.of("Command failed with exit code " + code));
    }

    @Override
    public CompletableFuture<Optional<String>> end() {
        return end;
    }

    @Override
    public void kill() {
        child.close();
    }
}
