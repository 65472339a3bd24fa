package io.crossfoot.tally;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.AccumulatorV2;

/** What written rows come to by the values of columns, texts or dates. Known once the job has ended that writes them. */
public final class Tally extends AccumulatorV2<Map<String, Sums>, Map<String, Sums>> {
    private static final long serialVersionUID = 1L;

    private final String amount;
    private final int scale;
    private final List<String> columns;
    /** Of a task never changed: what it has added so far may be sent to the driver while it goes on. */
    private volatile Map<String, Sums> sums = new HashMap<>();

    private Tally(String amount, int scale, List<String> columns) {
        this.amount = amount;
        this.scale = scale;
        this.columns = columns;
    }

    /**
     * The rows of one value.
     *
     * @param value as text; null for rows that have none
     * @param rows how many
     * @param amount the sum of their amounts; zero where none has one
     */
    public record Total(String value, long rows, BigDecimal amount) {}

    /**
     * Begins to add up rows that are to be written.
     *
     * @param amount a decimal column
     * @param columns the columns to add up by
     */
    public static Tally of(Dataset<Row> rows, String amount, List<String> columns) {
        StructType schema = rows.schema();
        DecimalType type = (DecimalType) schema.fields()[schema.fieldIndex(amount)].dataType();
        Tally tally = new Tally(amount, type.scale(), List.copyOf(columns));
        rows.sparkSession().sparkContext().register(tally);
        return tally;
    }

    /** Returns the totals by one column; empty where the rows in the files do not have it, or too many values of it. */
    public Optional<List<Total>> by(String column) {
        return Optional.ofNullable(sums.get(column))
                .flatMap(Sums::all)
                .map(all -> all.entrySet().stream()
                        .map(entry -> total(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Total total(Object value, Sum sum) {
        String text = value instanceof Integer day
                ? LocalDate.ofEpochDay(day).toString()
                : value == null ? null : value.toString();
        return new Total(text, sum.rows(), new BigDecimal(sum.amount(), scale));
    }

    /** Whether rows of this schema have their amount in them and something to add up by, and not in names of folders. */
    boolean canAdd(StructType schema) {
        List<String> names = List.of(schema.fieldNames());
        return names.contains(amount) && columns.stream().anyMatch(names::contains);
    }

    TalliedRows ofFile(StructType schema) {
        return new TalliedRows(schema, amount, columns);
    }

    @Override
    public boolean isZero() {
        return sums.isEmpty();
    }

    @Override
    public Tally copy() {
        Tally copy = new Tally(amount, scale, columns);
        copy.sums = together(sums, Map.of());
        return copy;
    }

    @Override
    public void reset() {
        sums = new HashMap<>();
    }

    @Override
    public void add(Map<String, Sums> ofFile) {
        sums = together(sums, ofFile);
    }

    /** In the driver, one by one. */
    @Override
    public void merge(AccumulatorV2<Map<String, Sums>, Map<String, Sums>> ofTask) {
        add(ofTask.value(), sums);
    }

    @Override
    public Map<String, Sums> value() {
        return sums;
    }

    private static Map<String, Sums> together(Map<String, Sums> some, Map<String, Sums> more) {
        Map<String, Sums> all = new HashMap<>();
        add(some, all);
        add(more, all);
        return all;
    }

    private static void add(Map<String, Sums> some, Map<String, Sums> to) {
        some.forEach((column, found) ->
                to.computeIfAbsent(column, first -> new Sums()).add(found));
    }
}
