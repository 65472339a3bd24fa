package io.crossfoot.emulator.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Java process to be. Nothing in it passes through a shell.
 *
 * @param flags for the JVM itself
 * @param environment all that it sees, beside the few variables that any process needs
 */
public record JvmPlan(
        List<Path> classPath,
        List<String> flags,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment) {
    public JvmPlan {
        classPath = List.copyOf(classPath);
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
