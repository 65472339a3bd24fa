package io.crossfoot.contract;

import io.crossfoot.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns a table must have, with Spark SQL types and NOT NULL, plus rules that each row must keep.
 *
 * @param table what messages call the table
 * @param columns names and types; {@code nullable} is false for NOT NULL
 * @param rules what must hold for the values of each row
 * @param personal the columns that are marked as personal
 */
public record Contract(String table, StructType columns, List<RowRule> rules, Set<String> personal) {
    /** The contract of the recipe's sales. */
    public static final String SALES = "order_id BIGINT NOT NULL, customer_id STRING, product_name STRING,"
            + " quantity INT NOT NULL, price DECIMAL(12,2) NOT NULL, order_date DATE";

    /** The contract of the recipe's customers. */
    public static final String CUSTOMERS = "customer_id STRING NOT NULL, name STRING, email STRING, region STRING";

    private static final String COMMENT = "comment";
    private static final Pattern MARK = Pattern.compile("\\s*personal\\b", Pattern.CASE_INSENSITIVE);

    private static final List<DataType> TYPES = List.of(
            DataTypes.StringType,
            DataTypes.BooleanType,
            DataTypes.ByteType,
            DataTypes.ShortType,
            DataTypes.IntegerType,
            DataTypes.LongType,
            DataTypes.FloatType,
            DataTypes.DoubleType,
            DataTypes.DateType,
            DataTypes.TimestampType,
            DataTypes.TimestampNTZType);

    public Contract {
        rules = List.copyOf(rules);
        personal = Set.copyOf(personal);
    }

    /**
     * Reads a contract from Spark DDL: {@code order_id BIGINT NOT NULL, price DECIMAL(12,2)}. A column whose comment begins
     * with the word personal, in any case, is marked so: {@code phone STRING COMMENT 'personal'}.
     *
     * @throws UsageException when it cannot be parsed, names a type that rows cannot be checked for, or a column twice
     */
    public static Contract of(String table, String ddl) {
        StructType columns;
        try {
            columns = StructType.fromDDL(ddl);
        } catch (Exception invalid) {
            // Spark's parser throws a checked exception that it does not declare
            throw new UsageException(
                    "Cannot use the contract of %s: %s; write it as 'order_id BIGINT NOT NULL, price DECIMAL(12,2)'"
                            .formatted(table, firstLine(invalid)));
        }
        List<String> problems = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (StructField column : columns.fields()) {
            if (seen.stream().anyMatch(column.name()::equalsIgnoreCase)) {
                problems.add("Cannot use the contract of %s: column '%s' stands in it twice"
                        .formatted(table, column.name()));
            }
            seen.add(column.name());
            if (!TYPES.contains(column.dataType()) && !(column.dataType() instanceof DecimalType)) {
                problems.add(
                        "Cannot use the contract of %s: column '%s' is %s; a row can be checked for numbers, text, dates, times and booleans only"
                                .formatted(
                                        table, column.name(), column.dataType().sql()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        Set<String> personal = Arrays.stream(columns.fields())
                .filter(Contract::isMarked)
                .map(StructField::name)
                .collect(Collectors.toSet());
        // what is read and written has no comments
        StructType bare = new StructType(Arrays.stream(columns.fields())
                .map(column -> new StructField(column.name(), column.dataType(), column.nullable(), Metadata.empty()))
                .toArray(StructField[]::new));
        return new Contract(table, bare, List.of(), personal);
    }

    /**
     * Returns this contract with rules added.
     *
     * @throws UsageException when a rule names a column that the contract does not have, or does not suit its type
     */
    public Contract keeping(List<RowRule> more) {
        List<String> problems = more.stream()
                .map(rule -> rule.problem(columns))
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        List<RowRule> all = new ArrayList<>(rules);
        all.addAll(more);
        return new Contract(table, columns, all, personal);
    }

    private static boolean isMarked(StructField column) {
        return column.metadata().contains(COMMENT)
                && MARK.matcher(column.metadata().getString(COMMENT)).lookingAt();
    }

    /** Returns the names of the columns, in order. */
    public List<String> names() {
        return Arrays.asList(columns.fieldNames());
    }

    /** Returns whether a column of this name, in any case, is part of this contract. */
    public Optional<StructField> column(String name) {
        return Arrays.stream(columns.fields())
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns the line that says what is wrong and where, without what each Spark adds to it. */
    private static String firstLine(Exception invalid) {
        String[] lines = invalid.getMessage().strip().split("\\R");
        String place = lines[lines.length - 1].matches("[-^ ]+") && lines.length >= 2
                ? " near '" + lines[lines.length - 2].strip() + "'"
                : "";
        String problem = lines[0].replaceFirst("^\\[[A-Z_.]+] ?", "");
        return problem.replaceFirst("\\.?( SQLSTATE: \\w+)? ?\\(line ", " (line ") + place;
    }
}
