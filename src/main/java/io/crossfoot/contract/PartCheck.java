package io.crossfoot.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.source.Identifier;
import io.crossfoot.source.SourcePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The check of one part of a source, whose columns are known.
 *
 * @param binding contract column → source column
 * @param kept extra columns that are carried along
 */
record PartCheck(ContractCheck check, Map<String, StructField> binding, StructType kept) {
    static final String MALFORMED_RECORD = "malformed record";
    static final String NO_VALUE = "no value, contract says NOT NULL";
    static final String NOT_UTF_8 = "text holds U+FFFD: its bytes were not UTF-8";
    static final String UNEXPECTED_COLUMN = "column is not in the contract";

    private static final String RAW = "_crossfoot_raw_";

    /**
     * A way in which a row can break the contract.
     *
     * @param broken whether it does: never null
     * @param rejects the same, or a shorter expression that holds for all breaches of the column together
     */
    private record Breach(Column broken, Column rejects, String reason, Column column, Column value) {
        Breach(Column broken, String reason, Column column, Column value) {
            this(broken, broken, reason, column, value);
        }

        Column problem() {
            return when(broken, problem(reason, column, value));
        }

        static Column problem(String reason, Column column, Column value) {
            return struct(
                    lit(reason).as("reason"),
                    column.as("column"),
                    value.cast(DataTypes.StringType).as("value"));
        }
    }

    static StructType describedSchema(Contract contract, StructType kept) {
        StructType schema = new StructType();
        for (StructField column : contract.columns().fields()) {
            schema = schema.add(column.name(), column.dataType());
        }
        for (StructField column : kept.fields()) {
            schema = schema.add(column);
        }
        DataType problem = new StructType()
                .add("reason", DataTypes.StringType)
                .add("column", DataTypes.StringType)
                .add("value", DataTypes.StringType);
        return schema.add(CheckedTable.ACCEPTED, DataTypes.BooleanType)
                .add(CheckedTable.SOURCE_FILE, DataTypes.StringType)
                .add(CheckedTable.SOURCE_OFFSET, DataTypes.LongType)
                .add(CheckedTable.PROBLEMS, DataTypes.createArrayType(problem))
                .add(CheckedTable.ROW, DataTypes.StringType)
                .add(CheckedTable.UNSHOWN, DataTypes.StringType);
    }

    Dataset<Row> describe(SourcePart part) {
        List<Breach> breaches = breaches(part);
        Column anyBreach =
                breaches.stream().map(Breach::rejects).reduce(Column::or).orElse(lit(false));
        Column malformed = col(SourcePart.MALFORMED);
        List<Column> columns = new ArrayList<>();
        check.contract().names().forEach(name -> columns.add(Identifier.column(name)));
        Arrays.stream(kept.fieldNames()).forEach(name -> columns.add(Identifier.column(name)));
        columns.add(not(malformed.isNotNull().or(anyBreach)).as(CheckedTable.ACCEPTED));
        columns.add(col(SourcePart.FILE).as(CheckedTable.SOURCE_FILE));
        Column offset = part.readable().contains(SourcePart.OFFSET) ? col(SourcePart.OFFSET) : lit(null);
        columns.add(offset.cast(DataTypes.LongType).as(CheckedTable.SOURCE_OFFSET));
        columns.add(when(
                        malformed.isNotNull(),
                        array(Breach.problem(MALFORMED_RECORD, lit(null).cast("string"), lit(null))))
                .otherwise(array_compact(
                        array(breaches.stream().map(Breach::problem).toArray(Column[]::new))))
                .as(CheckedTable.PROBLEMS));
        columns.add(coalesce(malformed, rowAsJson(part)).as(CheckedTable.ROW));
        columns.add(
                (part.hasUnexpected() ? col(SourcePart.UNEXPECTED) : lit(null).cast(DataTypes.StringType))
                        .as(CheckedTable.UNSHOWN));
        return typed(part).select(columns.toArray(Column[]::new));
    }

    /** The columns as they came, under names of their own, beside the typed ones. */
    private Dataset<Row> typed(SourcePart part) {
        List<Column> columns = new ArrayList<>();
        for (String name : part.rows().columns()) {
            boolean technical = name.equals(SourcePart.FILE)
                    || name.equals(SourcePart.OFFSET)
                    || name.equals(SourcePart.MALFORMED)
                    || name.equals(SourcePart.UNEXPECTED)
                    || name.equals(SourcePart.UNEXPECTED_FIELDS);
            if (!name.startsWith(SourcePart.TYPED)) {
                columns.add(Identifier.column(name).as(technical ? name : RAW + name));
            }
        }
        for (StructField column : check.contract().columns().fields()) {
            columns.add(source(part, column)
                    .map(found -> value(part, found, column))
                    .orElse(lit(null).cast(column.dataType()))
                    .as(column.name()));
        }
        for (StructField column : kept.fields()) {
            columns.add(Arrays.stream(part.columns().fields())
                    .filter(found -> found.name().equalsIgnoreCase(column.name()))
                    .findFirst()
                    .map(found -> Identifier.column(found.name()))
                    .orElse(lit(null))
                    .cast(column.dataType())
                    .as(column.name()));
        }
        return part.rows().select(columns.toArray(Column[]::new));
    }

    private static Column value(SourcePart part, StructField found, StructField column) {
        String twin = SourcePart.TYPED + found.name();
        return part.readable().contains(twin)
                ? Identifier.column(twin)
                : Conversion.value(found.name(), found.dataType(), column.dataType());
    }

    private List<Breach> breaches(SourcePart part) {
        List<Breach> breaches = new ArrayList<>();
        for (StructField column : check.contract().columns().fields()) {
            source(part, column).ifPresent(found -> breaches.addAll(breaches(column, found)));
        }
        for (RowRule rule : check.contract().rules()) {
            StructField column = check.contract().column(rule.column()).orElseThrow();
            Column isBroken = source(part, column)
                    .map(found -> not(rule.holds(check.contract().columns())).and(not(inexact(column, found))))
                    .orElse(not(rule.holds(check.contract().columns())));
            Column value = source(part, column).map(PartCheck::raw).orElse(lit(null));
            breaches.add(new Breach(isBroken, rule.text(), lit(column.name()), value));
        }
        if (check.extraColumns() != ExtraColumns.IGNORE && part.hasUnexpected()) {
            Column unexpected = col(SourcePart.UNEXPECTED);
            breaches.add(new Breach(unexpected.isNotNull(), UNEXPECTED_COLUMN, unexpected, lit(null)));
        }
        return breaches;
    }

    private static List<Breach> breaches(StructField column, StructField found) {
        List<Breach> breaches = new ArrayList<>();
        if (!column.nullable() && !column.dataType().equals(DataTypes.StringType)) {
            // missing or inexact: either way there is no value, and most rows need no second look
            Column none = Identifier.column(column.name()).isNull();
            breaches.add(new Breach(isMissing(column, found), none, NO_VALUE, lit(column.name()), raw(found)));
            breaches.add(
                    new Breach(inexact(column, found), none, inexactReason(column), lit(column.name()), raw(found)));
            return breaches;
        }
        if (!column.nullable()) {
            breaches.add(new Breach(isMissing(column, found), NO_VALUE, lit(column.name()), raw(found)));
        }
        if (column.dataType().equals(DataTypes.StringType)) {
            // what cannot be decoded has become this character before anybody could look at it
            Column text = Identifier.column(column.name());
            breaches.add(new Breach(
                    coalesce(text.contains("\uFFFD"), lit(false)), NOT_UTF_8, lit(column.name()), raw(found)));
        } else {
            breaches.add(new Breach(inexact(column, found), inexactReason(column), lit(column.name()), raw(found)));
        }
        return breaches;
    }

    private static String inexactReason(StructField column) {
        return "not an exact " + column.dataType().sql();
    }

    /** The row has a value for this column, and the value does not convert. */
    private static Column inexact(StructField column, StructField found) {
        return Identifier.column(column.name()).isNull().and(not(isMissing(column, found)));
    }

    private static Column isMissing(StructField column, StructField found) {
        return Conversion.isMissing(RAW + found.name(), found.dataType(), column.dataType());
    }

    private static Column raw(StructField found) {
        return Identifier.column(RAW + found.name());
    }

    /** Returns where a contract column comes from; a format without a header may yield columns that no sample showed. */
    private Optional<StructField> source(SourcePart part, StructField column) {
        if (binding.containsKey(column.name())) {
            return Optional.of(binding.get(column.name()));
        }
        return check.expectedColumns().stream()
                .filter(name -> check.renames().getOrDefault(name, name).equals(column.name()))
                .filter(name -> part.readable().contains(name))
                .findFirst()
                .map(name ->
                        new StructField(name, DataTypes.StringType, true, org.apache.spark.sql.types.Metadata.empty()));
    }

    /** All of the row, columns that no sample of the files had shown included. */
    private Column rowAsJson(SourcePart part) {
        List<Column> raw = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (StructField column : part.columns().fields()) {
            raw.add(raw(column).as(column.name()));
            shown.add(column.name().toLowerCase(Locale.ROOT));
        }
        check.expectedColumns().stream()
                .filter(name -> part.readable().contains(name))
                .filter(name -> shown.add(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> raw.add(Identifier.column(RAW + name).as(name)));
        Column row = to_json(struct(raw.toArray(Column[]::new)));
        if (!part.hasUnexpected()) {
            return row;
        }
        Column fields = col(SourcePart.UNEXPECTED_FIELDS);
        Column rest = when(row.equalTo("{}"), lit("}")).otherwise(concat(lit(","), row.substr(lit(2), length(row))));
        return when(fields.isNull(), row).otherwise(concat(lit("{"), fields, rest));
    }
}
