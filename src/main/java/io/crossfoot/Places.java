package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Where a run reads and writes must not overlap: it would read its own output, or replace its own input. */
final class Places {
    private Places() {}

    static void requireApart(EnrichConfig config, Configuration hadoop) {
        List<String> problems = new ArrayList<>();
        Map<String, String> inputs = Map.of(
                "sales",
                config.sales().location(),
                "customers",
                config.customers().location());
        inputs.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(input -> {
            String output = folder(config.output(), hadoop);
            String source = folder(input.getValue(), hadoop);
            if (output.startsWith(source)) {
                problems.add(
                        "Cannot write to %s: it lies inside the %s at %s, and the next run would read it; name another --output"
                                .formatted(config.output(), input.getKey(), input.getValue()));
            } else if (source.startsWith(output)) {
                problems.add(
                        "Cannot write to %s: the %s at %s lie inside it and would be replaced; name another --output"
                                .formatted(config.output(), input.getKey(), input.getValue()));
            }
        });
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    /** The folder that a location names, up to the first wildcard, with its file system and a slash at the end. */
    private static String folder(String location, Configuration hadoop) {
        try {
            Path path = new Path(
                    location.replaceFirst("[^/]*[*?\\[{].*$", "") + (location.matches("[*?\\[{].*") ? "." : ""));
            return path.getFileSystem(hadoop).makeQualified(path) + "/";
        } catch (IOException | IllegalArgumentException invalid) {
            throw new UsageException("Cannot use '%s' as a path: %s".formatted(location, invalid.getMessage()));
        }
    }
}
