package io.crossfoot.quality;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.quality.ColumnProfile.Numbers;
import io.crossfoot.quality.ColumnProfile.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Looks at the values of a table, all of them as text. Cost: one pass; one more over the columns that have few values, for
 * the most frequent ones; and one over each column that seems to be unique, to be sure.
 */
public final class Profiler {
    /** The column that says whether a row could not be taken apart: boolean, never null. */
    public static final String MALFORMED = "_crossfoot_is_malformed";

    private static final int FEW_VALUES = 10_000;
    private static final int TOP = 12;
    private static final double NEARLY_ALL = 0.85;
    private static final Double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

    /** The first that fits a value names its type; what none fits is text. */
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("INTEGER", "[+-]?[0-9]{1,18}");
        TYPES.put("DECIMAL", "[+-]?([0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+)([eE][+-]?[0-9]{1,3})?");
        TYPES.put("DATE", "[0-9]{4}-[0-9]{2}-[0-9]{2}");
        TYPES.put(
                "TIMESTAMP", "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9:]+)?");
        TYPES.put("BOOLEAN", "(?i)true|false");
    }

    private final Dataset<Row> texts;
    private final List<String> names;
    private final Predicate<String> personal;

    /**
     * @param rows columns of any atomic type, and {@link #MALFORMED} as the last
     * @param personal which columns' values are not to be shown
     */
    public Profiler(Dataset<Row> rows, Predicate<String> personal) {
        this.names = List.of(rows.columns()).subList(0, rows.columns().length - 1);
        this.personal = personal;
        // names of any kind, also two that differ in case only, go by their place
        Stream<String> places = IntStream.range(0, names.size()).mapToObj(i -> "c" + i);
        Stream<Column> values = IntStream.range(0, names.size())
                .mapToObj(i ->
                        when(not(col(MALFORMED)), col("c" + i).cast("string")).as("c" + i));
        this.texts = rows.toDF(Stream.concat(places, Stream.of(MALFORMED)).toArray(String[]::new))
                .select(Stream.concat(values, Stream.of(col(MALFORMED))).toArray(Column[]::new));
    }

    /** Reads the table. */
    public TableProfile profile() {
        List<Column> aggregates = new ArrayList<>(List.of(
                count(when(not(col(MALFORMED)), lit(1))).as("rows"),
                count(when(col(MALFORMED), lit(1))).as("malformed")));
        IntStream.range(0, names.size()).forEach(i -> aggregates.addAll(aggregates("c" + i)));
        Row pass = texts.agg(
                        aggregates.get(0),
                        aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .first();
        long rows = pass.<Long>getAs("rows");
        Map<String, List<Value>> top = top(pass);
        List<ColumnProfile> columns = IntStream.range(0, names.size())
                .mapToObj(i -> column(names.get(i), "c" + i, rows, pass, top))
                .toList();
        return new TableProfile(rows, pass.<Long>getAs("malformed"), columns, RuleSuggestions.of(rows, columns));
    }

    private static List<Column> aggregates(String column) {
        Column text = col(column);
        Column number = text.cast("double");
        List<Column> aggregates = new ArrayList<>();
        aggregates.add(count(text).as(column + "present"));
        aggregates.add(approx_count_distinct(text).as(column + "distinct"));
        Column type = lit("TEXT");
        List<Map.Entry<String, String>> types = new ArrayList<>(TYPES.entrySet());
        for (int i = types.size() - 1; i >= 0; i--) {
            type = when(
                            text.rlike("\\A(?:" + types.get(i).getValue() + ")\\z"),
                            types.get(i).getKey())
                    .otherwise(type);
        }
        for (String name : typeNames()) {
            aggregates.add(count(when(text.isNotNull().and(type.equalTo(name)), lit(1)))
                    .as(column + name));
        }
        aggregates.add(min(text).as(column + "least"));
        aggregates.add(max(text).as(column + "greatest"));
        aggregates.add(min(number).as(column + "lowest"));
        aggregates.add(max(number).as(column + "highest"));
        aggregates.add(avg(number).as(column + "mean"));
        aggregates.add(stddev_pop(number).as(column + "deviation"));
        Column[] quantiles = Arrays.stream(QUANTILES).map(functions::lit).toArray(Column[]::new);
        aggregates.add(percentile_approx(number, array(quantiles), lit(1000)).as(column + "quantiles"));
        return aggregates;
    }

    private static List<String> typeNames() {
        List<String> all = new ArrayList<>(TYPES.keySet());
        all.add("TEXT");
        return all;
    }

    /** Counts the values of columns that have few: what is shuffled is one row for each value, not for each row. */
    private Map<String, List<Value>> top(Row pass) {
        Column[] values = IntStream.range(0, names.size())
                .filter(i -> !personal.test(names.get(i)) && pass.<Long>getAs("c" + i + "distinct") <= FEW_VALUES)
                .mapToObj(i -> struct(lit("c" + i).as("column"), col("c" + i).as("value")))
                .toArray(Column[]::new);
        if (values.length == 0) {
            return Map.of();
        }
        Map<String, List<Value>> top = new HashMap<>();
        texts.select(explode(array(values)).as("v"))
                .filter(col("v.value").isNotNull())
                .groupBy(col("v.column").as("column"), col("v.value").as("value"))
                .agg(count(lit(1)).as("size"))
                .withColumn(
                        "place", row_number().over(Window.partitionBy("column").orderBy(desc("size"), col("value"))))
                .filter(col("place").leq(TOP))
                .orderBy("column", "place")
                .collectAsList()
                .forEach(row -> top.computeIfAbsent(row.getString(0), column -> new ArrayList<>())
                        .add(new Value(row.getString(1), row.getLong(2))));
        return top;
    }

    private ColumnProfile column(String name, String key, long rows, Row pass, Map<String, List<Value>> top) {
        long present = pass.<Long>getAs(key + "present");
        long distinct = pass.<Long>getAs(key + "distinct");
        Map<String, Long> types = new LinkedHashMap<>();
        for (String type : typeNames()) {
            long values = pass.<Long>getAs(key + type);
            if (values > 0) {
                types.put(type, values);
            }
        }
        boolean numeric = !types.isEmpty() && List.of("INTEGER", "DECIMAL").containsAll(types.keySet());
        boolean hidden = personal.test(name);
        boolean unique = present > 0
                && distinct >= NEARLY_ALL * present
                && Distribution.of(texts, List.of(key)).unique() == present;
        return new ColumnProfile(
                name,
                present,
                rows == 0 ? 1 : (double) present / rows,
                Math.min(distinct, present),
                unique,
                types,
                hidden ? null : end(pass, key, numeric ? "lowest" : "least"),
                hidden ? null : end(pass, key, numeric ? "highest" : "greatest"),
                numeric && !hidden ? numbers(pass, key) : null,
                top.getOrDefault(key, List.of()),
                hidden);
    }

    private static String end(Row pass, String key, String which) {
        Object value = pass.getAs(key + which);
        if (value instanceof Double number) {
            // a number may be too large for a double
            return Double.isFinite(number) ? RuleResult.rounded(new BigDecimal(number.toString())) : number.toString();
        }
        return (String) value;
    }

    private static Numbers numbers(Row pass, String key) {
        List<Double> quantiles = pass.getList(pass.fieldIndex(key + "quantiles"));
        return new Numbers(
                pass.<Double>getAs(key + "mean"), pass.<Double>getAs(key + "deviation"), List.copyOf(quantiles));
    }
}
