package io.crossfoot.sink;

import io.crossfoot.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How the columns of an output fit those of the table that it goes to. Names are compared whatever their case. */
record SchemaFit(IcebergName name, StructType table, StructType output) {
    /** Returns the columns that the table lacks. */
    List<StructField> lacking() {
        return Arrays.stream(output.fields())
                .filter(field -> in(table, field.name()).isEmpty())
                .toList();
    }

    /** @throws ShapeException listing everything that the policy does not allow */
    void require(SchemaPolicy policy) {
        List<String> problems = new ArrayList<>();
        for (StructField field : output.fields()) {
            in(table, field.name()).ifPresentOrElse(there -> compare(field, there, problems), () -> {
                if (policy == SchemaPolicy.REFUSE) {
                    problems.add(
                            "Cannot write to %s: the table has no column '%s' (%s); add it with --schema-changes add-columns"
                                    .formatted(name, field.name(), type(field)));
                }
            });
        }
        for (StructField there : table.fields()) {
            if (in(output, there.name()).isEmpty()) {
                onlyInTable(there, policy, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ShapeException(problems);
        }
    }

    private void compare(StructField field, StructField there, List<String> problems) {
        if (!type(field).equals(type(there))) {
            problems.add("Cannot write to %s: column '%s' is %s in the table and %s in the output; change one of them"
                    .formatted(name, there.name(), type(there), type(field)));
        } else if (!there.nullable()) {
            problems.add(
                    "Cannot write to %s: column '%s' must not be null in the table; ALTER TABLE %1$s ALTER COLUMN %2$s DROP NOT NULL"
                            .formatted(name, there.name()));
        }
    }

    private void onlyInTable(StructField there, SchemaPolicy policy, List<String> problems) {
        if (policy == SchemaPolicy.REFUSE) {
            problems.add(
                    "Cannot write to %s: the table has a column '%s' (%s) that the output has not; drop it, or leave it as it is with --schema-changes add-columns"
                            .formatted(name, there.name(), type(there)));
        } else if (!there.nullable()) {
            problems.add(
                    "Cannot write to %s: column '%s' must not be null in the table, and the output has no such column; ALTER TABLE %1$s ALTER COLUMN %2$s DROP NOT NULL"
                            .formatted(name, there.name()));
        }
    }

    static Optional<StructField> in(StructType columns, String name) {
        return Arrays.stream(columns.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Iceberg has no whole number smaller than INT. */
    static String type(StructField field) {
        boolean isSmall =
                field.dataType().equals(DataTypes.ByteType) || field.dataType().equals(DataTypes.ShortType);
        return (isSmall ? DataTypes.IntegerType : field.dataType()).catalogString();
    }
}
