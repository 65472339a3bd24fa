package io.crossfoot.glue;

import io.crossfoot.error.NearMiss;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command line of a Glue job: names in capitals are the job's own, and must be known; all others are Glue's, which
 * gets new ones with each version, and are left alone.
 */
final class CommandLine {
    private static final Pattern OURS = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Arguments in capitals that Glue adds, and lower-case ones that sound like ours. */
    private static final Set<String> GLUES_OWN = Set.of(
            "JOB_NAME",
            "JOB_ID",
            "JOB_RUN_ID",
            "SECURITY_CONFIGURATION",
            "WORKFLOW_NAME",
            "WORKFLOW_RUN_ID",
            "mode",
            "debug");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private CommandLine() {}

    /**
     * Reads {@code --NAME value} and {@code --NAME=value}.
     *
     * @param known the names that the job has, without their dashes
     */
    static CommandLine parse(Collection<String> known, String... arguments) {
        CommandLine line = new CommandLine();
        boolean afterOurs = false;
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                if (afterOurs) {
                    line.problems.add(
                            "Cannot use '%s': it follows no argument; give a value that holds blanks as one text"
                                    .formatted(arguments[i]));
                }
                continue;
            }
            String[] parts = arguments[i].substring(2).split("=", 2);
            boolean valueFollows = parts.length == 1 && i + 1 < arguments.length && !arguments[i + 1].startsWith("--");
            String value = parts.length == 2 ? parts[1] : valueFollows ? arguments[++i] : "";
            afterOurs = line.put(parts[0], value, known);
        }
        return line;
    }

    /** Returns whether the argument is the job's own. */
    private boolean put(String name, String value, Collection<String> known) {
        String ourSpelling = name.toUpperCase(Locale.ROOT).replace('-', '_');
        boolean ours = known.contains(name);
        if (ours && values.containsKey(name)) {
            problems.add("Cannot use --%s: it is given twice; give it once".formatted(name));
        } else if (ours && value.isEmpty()) {
            problems.add("Cannot use --%s: its value is missing; write --%s and a value".formatted(name, name));
        } else if (!ours && !GLUES_OWN.contains(name)) {
            if (OURS.matcher(name).matches()) {
                problems.add(
                        "Cannot use --%s: there is no such argument%s".formatted(name, NearMiss.hint(name, known)));
            } else if (known.contains(ourSpelling)) {
                problems.add("Cannot use --%s: on Glue it is spelled --%s".formatted(name, ourSpelling));
            }
        }
        values.put(name, value);
        return ours;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
