package io.crossfoot.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Where a command writes, and the environment it was started in. */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {
    /** Returns the streams of this process, in UTF-8 whatever its locale. */
    static Terminal ofProcess() {
        return new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), System.getenv());
    }

    /** Whether a person looks at standard error: only the launcher can tell, as Java sees both streams or neither. */
    boolean errIsTerminal() {
        return isTerminal("stderr");
    }

    Ansi outColour() {
        return colour("stdout");
    }

    Ansi errColour() {
        return colour("stderr");
    }

    private Ansi colour(String stream) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return isTerminal(stream) && !refused ? Ansi.ON : Ansi.OFF;
    }

    private boolean isTerminal(String stream) {
        return Arrays.asList(environment.getOrDefault("CROSSFOOT_TERMINAL", "").split(","))
                .contains(stream);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
