package io.crossfoot.source;

import io.crossfoot.error.ShapeException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** What must hold for the columns of any file. */
final class Columns {
    private Columns() {}

    /** Column names are one name whatever their case, so two that differ in case only cannot be told apart. */
    static void requireDistinct(String table, StructType columns, List<InputFile> files) {
        Map<String, String> seen = new HashMap<>();
        for (String name : columns.fieldNames()) {
            if (name.toLowerCase(Locale.ROOT).startsWith("_crossfoot_")) {
                throw new ShapeException(
                        "Cannot read %s: column '%s' has a name that Crossfoot uses itself; rename it (in %s)"
                                .formatted(table, name, new SourcePart(columns, null, files).place()));
            }
            String twin = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (twin != null) {
                throw new ShapeException("Cannot read %s: two columns are named '%s'%s; rename one%s (in %s)"
                        .formatted(
                                table,
                                twin,
                                twin.equals(name) ? "" : " and '" + name + "'",
                                // a date, a number, or nothing is no name
                                name.matches("[\\d.,:/-]*") ? ", or write a header line if there is none" : "",
                                new SourcePart(columns, null, files).place()));
            }
        }
    }
}
