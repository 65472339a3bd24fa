package io.crossfoot.transform;

import io.crossfoot.error.NearMiss;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Column names as arguments: they are matched whatever their case, and may hold dots and spaces. */
final class Names {
    private Names() {}

    static boolean contains(Collection<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** @throws IllegalArgumentException naming the first column that the frame lacks, and the one probably meant */
    static void require(String frame, Dataset<Row> rows, List<String> names) {
        List<String> columns = Arrays.asList(rows.columns());
        for (String name : names) {
            if (!contains(columns, name)) {
                throw new IllegalArgumentException("Cannot find column '%s' in the %s%s (found: %s)"
                        .formatted(name, frame, NearMiss.hint(name, columns), String.join(", ", columns)));
            }
        }
    }
}
