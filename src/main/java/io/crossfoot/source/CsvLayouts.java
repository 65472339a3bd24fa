package io.crossfoot.source;

import io.crossfoot.csv.CsvSpec;
import io.crossfoot.csv.CsvSpec.Kind;
import io.crossfoot.error.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Where the values of a schema stand in files whose headers differ. */
record CsvLayouts(List<CsvSpec.Layout> layouts, List<CsvSpec.Input> inputs) {
    /** @param values the names of the values, by their numbers */
    static CsvLayouts of(List<CsvFile> files, List<CsvSpec.Column> columns, List<String> values, Configuration hadoop) {
        Map<List<String>, Integer> numbers = new LinkedHashMap<>();
        List<CsvSpec.Input> inputs = new ArrayList<>();
        for (CsvFile file : files) {
            numbers.putIfAbsent(file.names(), numbers.size());
            inputs.add(withPartitions(file.input(numbers.get(file.names()), hadoop), columns));
        }
        return new CsvLayouts(
                numbers.keySet().stream().map(names -> layout(names, values)).toList(), inputs);
    }

    /** Returns where a name stands among others, whatever its case; -1 where it does not. */
    static int position(List<String> names, String name) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(name))
                .findFirst()
                .orElse(-1);
    }

    private static CsvSpec.Layout layout(List<String> names, List<String> values) {
        return new CsvSpec.Layout(
                names.size(),
                values.stream().map(value -> position(names, value)).toList());
    }

    /** Names the values of folders as the schema does, and sees that they are of its types. */
    private static CsvSpec.Input withPartitions(CsvSpec.Input input, List<CsvSpec.Column> columns) {
        Map<String, String> named = new LinkedHashMap<>();
        for (CsvSpec.Column column : columns) {
            input.partitions().forEach((name, text) -> {
                if (column.kind() == Kind.PARTITION && column.name().equalsIgnoreCase(name)) {
                    named.put(column.name(), text);
                    if (!column.holds(text)) {
                        throw new ShapeException("Cannot read %s: '%s=%s' is not an exact %s; rename the folder of %s"
                                .formatted(CsvDataSource.NAME, name, text, column.sql(), input.path()));
                    }
                }
            });
            if (column.kind() == Kind.PARTITION && !column.nullable() && named.get(column.name()) == null) {
                throw new ShapeException(
                        "Cannot read %s: no folder of %s has a value of '%s', and the schema says NOT NULL"
                                .formatted(CsvDataSource.NAME, input.path(), column.name()));
            }
        }
        return new CsvSpec.Input(input.path(), input.bytes(), input.data(), input.packed(), input.layout(), named);
    }
}
