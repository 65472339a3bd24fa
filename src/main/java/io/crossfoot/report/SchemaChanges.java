package io.crossfoot.report;

import io.crossfoot.report.RunReport.FoundColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is different in the columns of a table since another run, in words. */
final class SchemaChanges {
    private SchemaChanges() {}

    static List<String> between(List<FoundColumn> earlier, List<FoundColumn> now) {
        Map<String, String> before = types(earlier);
        Map<String, String> after = types(now);
        List<String> changes = new ArrayList<>();
        after.forEach((name, type) -> {
            if (!before.containsKey(name)) {
                changes.add("%s %s is new".formatted(name, type));
            } else if (!before.get(name).equals(type)) {
                changes.add("%s is %s, was %s".formatted(name, type, before.get(name)));
            }
        });
        before.forEach((name, type) -> {
            if (!after.containsKey(name)) {
                changes.add("%s %s is gone".formatted(name, type));
            }
        });
        return changes;
    }

    private static Map<String, String> types(List<FoundColumn> columns) {
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }
}
