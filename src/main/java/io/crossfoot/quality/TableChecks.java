package io.crossfoot.quality;

import static org.apache.spark.sql.functions.lit;

import io.crossfoot.error.UsageException;
import io.crossfoot.quality.RuleResult.Measure;
import io.crossfoot.source.Identifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The rules of one table, laid against its columns. What can be computed of rows as they pass is an {@linkplain
 * #aggregates aggregate}, for whoever makes the table to observe on the way; the rest is asked of the table when it is
 * there: a job for each group of columns, reference or query.
 */
public final class TableChecks {
    private static final String NUMBER = "_crossfoot_quality_";

    private final String table;
    private final List<TableRule> rules;
    private final StructType columns;
    private final Reference customers;
    private final List<Metric> metrics;

    /**
     * The table that rules may refer to.
     *
     * @param rows its rows
     * @param keys the columns by which the judged table was joined to it, under their names in both
     * @param matched whether a row of the judged table has a partner; empty where nobody knows
     */
    public record Reference(Dataset<Row> rows, List<String> keys, Optional<Column> matched) {}

    /**
     * Lays rules against a table.
     *
     * @param table what results call it
     * @param judged rows with the columns of the table; not read here
     * @throws UsageException naming every rule that this table cannot be asked
     */
    public TableChecks(String table, List<TableRule> rules, Dataset<Row> judged, Reference customers) {
        this.table = table;
        this.rules = List.copyOf(rules);
        this.columns = judged.schema();
        this.customers = customers;
        List<String> problems = new ArrayList<>();
        for (TableRule rule : rules) {
            rule.problem(columns, customers.rows().schema())
                    .or(() -> rule.check()
                            .metrics()
                            .flatMap(metric -> problem(metric, judged).stream())
                            .findFirst()
                            .map(rule::refusal))
                    .ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        this.metrics = rules.stream()
                .flatMap(rule -> rule.check().metrics())
                .distinct()
                .toList();
    }

    private Optional<String> problem(Metric metric, Dataset<Row> judged) {
        return metric instanceof Metric.OfQuery query ? query(query).problem(judged) : Optional.empty();
    }

    /** Returns what is to be computed of the rows, each with a name of its own; perhaps nothing. */
    public List<Column> aggregates() {
        List<Column> aggregates = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            String name = NUMBER + i;
            aggregate(metrics.get(i)).ifPresent(aggregate -> aggregates.add(aggregate.as(name)));
        }
        return aggregates;
    }

    private Optional<Column> aggregate(Metric metric) {
        if (metric instanceof Metric.OfRows ofRows) {
            return Optional.of(ofRows.aggregate()
                    .of(
                            ofRows.columns(),
                            ofRows.columns().stream()
                                    .map(column -> columns.apply(column).dataType())
                                    .toList()));
        }
        if (metric instanceof Metric.Keeping keeping) {
            return Optional.of(Aggregate.share(keeping.rule().holds(columns), lit(1)));
        }
        if (metric instanceof Metric.Referring referring && isJoined(referring)) {
            return customers.matched().map(matched -> Aggregate.share(matched, lit(1)));
        }
        return Optional.empty();
    }

    private NumberQuery query(Metric.OfQuery metric) {
        return new NumberQuery(metric.sql(), customers.rows());
    }

    /** The join of the run has looked each of these up already. */
    private boolean isJoined(Metric.Referring referring) {
        return referring.columns().equals(customers.keys())
                && referring.referenceColumns().equals(customers.keys());
    }

    /**
     * Judges a table.
     *
     * @param made the table, as it is now; read for what is no aggregate only
     * @param aggregated the {@link #aggregates} by their names
     */
    public List<RuleResult> judge(Dataset<Row> made, Map<String, Object> aggregated) {
        Map<Metric, BigDecimal> measured = new HashMap<>();
        Map<List<String>, Distribution> distributions = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            Object number = aggregated.containsKey(NUMBER + i)
                    ? aggregated.get(NUMBER + i)
                    : asked(metric, made, distributions);
            exact(number).ifPresent(exact -> measured.put(metric, exact));
        }
        return rules.stream()
                .map(rule -> new RuleResult(
                        table,
                        rule.text(),
                        rule.severity(),
                        rule.check().holds(measured),
                        rule.check()
                                .metrics()
                                .map(metric -> new Measure(metric.name(), measured.get(metric)))
                                .toList()))
                .toList();
    }

    /** Judges a table that nobody has observed: one job more. */
    public List<RuleResult> judge(Dataset<Row> made) {
        List<Column> aggregates = aggregates();
        Map<String, Object> aggregated = new HashMap<>();
        if (!aggregates.isEmpty()) {
            Row row = made.agg(
                            aggregates.get(0),
                            aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                    .first();
            for (String name : row.schema().fieldNames()) {
                aggregated.put(name, row.getAs(name));
            }
        }
        return judge(made, aggregated);
    }

    private Object asked(Metric metric, Dataset<Row> made, Map<List<String>, Distribution> distributions) {
        if (metric instanceof Metric.OfColumns ofColumns) {
            return ofColumns.counted().of(Arrays.asList(columns.fieldNames()));
        }
        if (metric instanceof Metric.OfValues values) {
            return distributions
                    .computeIfAbsent(values.columns(), names -> Distribution.of(made, names))
                    .number(values.kind());
        }
        if (metric instanceof Metric.Referring referring) {
            return referring(referring, made);
        }
        return query((Metric.OfQuery) metric).answer(made);
    }

    /** Keys are compared as strings, exactly, as the join does. */
    private Object referring(Metric.Referring referring, Dataset<Row> made) {
        String[] names = IntStream.range(0, referring.columns().size())
                .mapToObj(i -> "k" + i)
                .toArray(String[]::new);
        Dataset<Row> present = keys(customers.rows(), referring.referenceColumns(), names)
                .distinct()
                .withColumn("present", lit(1));
        return keys(made, referring.columns(), names)
                .join(present, names, "left")
                .agg(Aggregate.share(Identifier.column("present").isNotNull(), lit(1)))
                .first()
                .get(0);
    }

    private static Dataset<Row> keys(Dataset<Row> rows, List<String> columns, String[] names) {
        return rows.select(IntStream.range(0, names.length)
                .mapToObj(i -> Identifier.column(columns.get(i)).cast("string").as(names[i]))
                .toArray(Column[]::new));
    }

    private static Optional<BigDecimal> exact(Object number) {
        if (number == null || number instanceof Double approximate && !Double.isFinite(approximate)) {
            return Optional.empty();
        }
        return Optional.of(number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString()));
    }
}
