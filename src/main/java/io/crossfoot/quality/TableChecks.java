package io.crossfoot.quality;

import static org.apache.spark.sql.functions.lit;

import io.crossfoot.error.UsageException;
import io.crossfoot.quality.RuleResult.Measure;
import io.crossfoot.source.Identifier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The rules of one table, laid against its columns. What can be computed of rows as they pass is an {@linkplain
 * #aggregates aggregate}, for whoever makes the table to observe on the way, and so is what can be computed of the tables
 * that it is {@linkplain #aggregatesOf compared} with; the rest is asked of the table when it is there: a job for each
 * group of columns, reference or query.
 */
public final class TableChecks {
    private final String table;
    private final List<TableRule> rules;
    private final StructType columns;
    private final References references;
    /** What is measured, and what of it a pass over rows can compute is called. */
    private final Map<Metric, String> metrics = new LinkedHashMap<>();

    /** A group of columns, of some rows. */
    private record Grouping(List<String> columns, Among among) {}

    /**
     * Lays rules against a table.
     *
     * @param table what results call it
     * @param judged rows with the columns of the table; not read here
     * @param references other tables; not read here
     * @throws UsageException naming every rule that this table cannot be asked
     */
    public TableChecks(String table, List<TableRule> rules, Dataset<Row> judged, References references) {
        this.table = table;
        this.rules = List.copyOf(rules);
        this.columns = judged.schema();
        this.references = references;
        List<String> problems = new ArrayList<>();
        Map<String, StructType> others = references.columns();
        for (TableRule rule : rules) {
            rule.problem(columns, others)
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
        rules.stream()
                .flatMap(rule -> rule.check().metrics())
                .flatMap(Metric::measured)
                .forEach(metric -> metrics.computeIfAbsent(
                        metric, one -> "_crossfoot_quality_%s_%d".formatted(table, metrics.size())));
    }

    private Optional<String> problem(Metric metric, Dataset<Row> judged) {
        return metric instanceof Metric.OfQuery query
                ? query(query).problem(judged)
                : metric.among().problem(judged);
    }

    /** Returns what is to be computed of the rows, each with a name of its own; perhaps nothing. */
    public List<Column> aggregates() {
        return named(this::aggregate);
    }

    /** Returns what is to be computed of the rows of a table that rules refer to; perhaps nothing. */
    public List<Column> aggregatesOf(String reference) {
        return named(metric -> metric instanceof Metric.OfOther other
                        && other.other().equals(reference)
                ? Optional.of(other.aggregate()
                        .of(
                                other.columns(),
                                types(
                                        other.columns(),
                                        references.tables().get(reference).schema()),
                                Among.ALL))
                : Optional.empty());
    }

    private List<Column> named(Function<Metric, Optional<Column>> aggregate) {
        return metrics.entrySet().stream()
                .flatMap(
                        metric -> aggregate.apply(metric.getKey()).stream().map(column -> column.as(metric.getValue())))
                .toList();
    }

    private Optional<Column> aggregate(Metric metric) {
        if (metric instanceof Metric.OfRows ofRows) {
            return Optional.of(
                    ofRows.aggregate().of(ofRows.columns(), types(ofRows.columns(), columns), ofRows.among()));
        }
        if (metric instanceof Metric.Keeping keeping) {
            return Optional.of(Aggregate.share(
                    keeping.rule().holds(columns), keeping.among().of(lit(1))));
        }
        if (metric instanceof Metric.Referring referring) {
            return references
                    .joined()
                    .filter(joined -> joined.answers(referring))
                    .map(joined -> Aggregate.share(joined.matched(), lit(1)));
        }
        return Optional.empty();
    }

    private static List<DataType> types(List<String> names, StructType columns) {
        return names.stream().map(name -> columns.apply(name).dataType()).toList();
    }

    private NumberQuery query(Metric.OfQuery metric) {
        return new NumberQuery(metric.sql(), references.tables());
    }

    /**
     * Judges a table.
     *
     * @param made the table, as it is now; read for what is no aggregate only
     * @param aggregated the {@link #aggregates} by their names; those {@linkplain #aggregatesOf of other tables} that are
     *     not among them are computed: a job for each table
     */
    public List<RuleResult> judge(Dataset<Row> made, Map<String, Object> aggregated) {
        Map<String, Object> known = new HashMap<>(aggregated);
        references.tables().forEach((name, rows) -> {
            List<Column> aggregates = aggregatesOf(name);
            if (!aggregates.isEmpty() && !isKnown(name, known)) {
                known.putAll(computed(rows, aggregates));
            }
        });
        return results(measured(made, known));
    }

    private boolean isKnown(String reference, Map<String, Object> known) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey() instanceof Metric.OfOther other
                        && other.other().equals(reference))
                .allMatch(metric -> known.containsKey(metric.getValue()));
    }

    private Map<Metric, BigDecimal> measured(Dataset<Row> made, Map<String, Object> known) {
        Map<Metric, BigDecimal> measured = new HashMap<>();
        Map<Grouping, Distribution> distributions = new HashMap<>();
        metrics.forEach((metric, name) -> {
            Object number = known.containsKey(name) ? known.get(name) : asked(metric, made, distributions);
            exact(number).ifPresent(exact -> measured.put(metric, exact));
        });
        rules.stream().flatMap(rule -> rule.check().metrics()).forEach(metric -> {
            if (metric instanceof Metric.Ratio ratio
                    && measured.containsKey(ratio.part())
                    && measured.containsKey(ratio.whole())) {
                measured.put(ratio, quotient(measured.get(ratio.part()), measured.get(ratio.whole())));
            }
        });
        return measured;
    }

    private static BigDecimal quotient(BigDecimal part, BigDecimal whole) {
        if (whole.signum() == 0) {
            return part.signum() == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return part.divide(whole, MathContext.DECIMAL64);
    }

    private List<RuleResult> results(Map<Metric, BigDecimal> measured) {
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
        return judge(made, aggregates.isEmpty() ? Map.of() : computed(made, aggregates));
    }

    private static Map<String, Object> computed(Dataset<Row> rows, List<Column> aggregates) {
        Column[] others = aggregates.subList(1, aggregates.size()).toArray(Column[]::new);
        Row row = rows.agg(aggregates.get(0), others).first();
        Map<String, Object> computed = new HashMap<>();
        for (String name : row.schema().fieldNames()) {
            computed.put(name, row.getAs(name));
        }
        return computed;
    }

    private Object asked(Metric metric, Dataset<Row> made, Map<Grouping, Distribution> distributions) {
        if (metric instanceof Metric.OfColumns ofColumns) {
            return ofColumns.counted().of(Arrays.asList(columns.fieldNames()));
        }
        if (metric instanceof Metric.Alike alike) {
            return alike(references.tables().get(alike.other()).schema());
        }
        if (metric instanceof Metric.OfValues values) {
            return distributions
                    .computeIfAbsent(
                            new Grouping(values.columns(), values.among()),
                            grouping -> Distribution.of(grouping.among().of(made), grouping.columns()))
                    .number(values.kind());
        }
        if (metric instanceof Metric.Referring referring) {
            return referring(referring, made);
        }
        return query((Metric.OfQuery) metric).answer(made);
    }

    private double alike(StructType other) {
        Map<String, DataType> others = new HashMap<>();
        Arrays.stream(other.fields()).forEach(field -> others.put(field.name(), field.dataType()));
        long same = Arrays.stream(columns.fields())
                .filter(field -> field.dataType().equals(others.get(field.name())))
                .count();
        return columns.isEmpty() || columns.size() != other.size() ? 0 : (double) same / columns.size();
    }

    /** Keys are compared as strings, exactly, as the join does. */
    private Object referring(Metric.Referring referring, Dataset<Row> made) {
        String[] names = IntStream.range(0, referring.columns().size())
                .mapToObj(i -> "k" + i)
                .toArray(String[]::new);
        Dataset<Row> present = keys(references.tables().get(referring.other()), referring.otherColumns(), names)
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
