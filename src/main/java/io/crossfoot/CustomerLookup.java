package io.crossfoot;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.contract.CheckedTable;
import io.crossfoot.quality.References;
import io.crossfoot.report.RunReport.LookupRows;
import io.crossfoot.source.Identifier;
import io.crossfoot.transform.GuardedJoin;
import io.crossfoot.transform.Lookup;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The customers, one row per key, read once and kept: the guard looks at them before sales are read, the join uses them,
 * and near misses are looked up in them.
 */
final class CustomerLookup implements AutoCloseable {
    private static final int NAMED_CONFLICTS = 5;
    private static final String MET = "_crossfoot_met";

    private final Lookup lookup;
    private final Dataset<Row> groups;
    private final Counted counted;

    private CustomerLookup(Lookup lookup, Dataset<Row> groups, Counted counted) {
        this.lookup = lookup;
        this.groups = groups;
        this.counted = counted;
    }

    /**
     * What was counted while they were read.
     *
     * @param digest is the same for as long as each sale meets the same customer, or none
     * @param bytes what the groups take in memory
     */
    private record Counted(long read, long accepted, LookupRows rows, LeftOut leftOut, String digest, long bytes) {}

    /** Reads the customers: one job over their files. */
    static CustomerLookup read(Inputs.Input input, EnrichConfig config) {
        CheckedTable customers = input.checked();
        IsolatedSession.sizeShuffles(customers.countable().sparkSession(), input.source());
        Column isAccepted = col(CheckedTable.ACCEPTED);
        List<Column> counts = List.of(
                count(lit(1)).as("read"), count(when(isAccepted, lit(1))).as("accepted"));
        List<Column> leftOut = LeftOut.numbers(input, config.extraColumns());
        Observed passed =
                new Observed(Stream.concat(counts.stream(), leftOut.stream()).toArray(Column[]::new));
        Dataset<Row> accepted =
                passed.on(customers.countable()).filter(isAccepted).drop(CheckedTable.ACCEPTED, CheckedTable.UNSHOWN);
        Lookup lookup = Lookup.of(accepted, config.on(), config.duplicates());
        Dataset<Row> groups = lookup.groups().persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return new CustomerLookup(lookup, groups, counted(customers, passed, lookup, groups));
        } catch (Throwable failed) {
            groups.unpersist();
            throw failed;
        }
    }

    private static Counted counted(CheckedTable customers, Observed passed, Lookup lookup, Dataset<Row> groups) {
        Column conflict = col(Lookup.CONFLICT);
        Column checksum = Checksum.of(groups.schema())[1];
        Row counted = groups.agg(
                        count(lit(1)),
                        coalesce(
                                sum(when(conflict, lit(0))
                                        .otherwise(col(Lookup.ROWS).minus(1))),
                                lit(0L)),
                        count(when(conflict, lit(1))),
                        coalesce(sum(Lookup.ROWS), lit(0L)),
                        coalesce(sum(rowBytes(groups)), lit(0L)),
                        coalesce(checksum.cast("string"), lit("")))
                .first();
        // Spark skips the plan, and what it would observe, when nothing comes out of it
        Map<String, Object> values = counted.getLong(0) == 0 ? passed.query(customers.countable()) : passed.values();
        if ((long) values.get("accepted") != counted.getLong(3)) {
            // rows without a key, or a task that Spark ran twice
            values = passed.query(customers.countable());
        }
        long acceptedRows = (long) values.get("accepted");
        LookupRows rows = new LookupRows(
                counted.getLong(0), counted.getLong(1), counted.getLong(2), acceptedRows - counted.getLong(3));
        String digest = "%s; %s; %s"
                .formatted(
                        String.join(",", lookup.keys()), String.join(",", lookup.attributes()), counted.getString(5));
        return new Counted(
                (long) values.get("read"), acceptedRows, rows, LeftOut.of(values), digest, counted.getLong(4));
    }

    /** Returns what is the same for as long as each sale meets the same customer, or none. */
    String digest() {
        return counted.digest();
    }

    long rowsRead() {
        return counted.read();
    }

    long rowsAccepted() {
        return counted.accepted();
    }

    LeftOut leftOut() {
        return counted.leftOut();
    }

    LookupRows rows() {
        return counted.rows();
    }

    /** Returns the columns that a customer has besides the keys. */
    List<String> attributes() {
        return lookup.attributes();
    }

    /** Returns the keys of the groups, as strings, and whether they are in conflict. */
    Dataset<Row> groups() {
        return groups;
    }

    /** Returns the rows of an output that may have no customer: of those that have none, every attribute is null. */
    Dataset<Row> candidates(Dataset<Row> enriched) {
        List<String> there = List.of(enriched.columns());
        return lookup.attributes().stream()
                .filter(attribute -> there.stream().anyMatch(attribute::equalsIgnoreCase))
                .reduce((first, second) -> second)
                .map(last -> enriched.filter(Identifier.column(last).isNull()))
                .orElse(enriched);
    }

    /** Whether one of the facts has its customer here. */
    boolean isAnyOf(Dataset<Row> facts) {
        // a count is one job over all files at once, isEmpty() begins with the first alone
        return join().marking(MET)
                        .apply(facts.select(keys()))
                        .filter(col(MET))
                        .limit(1)
                        .count()
                > 0;
    }

    /** Returns the first keys in conflict, in the order of their text. */
    List<String> firstConflicts() {
        return groups
                .filter(col(Lookup.CONFLICT))
                .select(keys())
                .orderBy(keys())
                .limit(NAMED_CONFLICTS)
                .collectAsList()
                .stream()
                .map(row -> row.mkString(", "))
                .toList();
    }

    private Column[] keys() {
        return lookup.keys().stream().map(Identifier::column).toArray(Column[]::new);
    }

    /** Returns the customers as they are joined. */
    Dataset<Row> unique() {
        return lookup.unique(groups);
    }

    /** Returns what the join tells of sales that may have {@code matched} one. */
    References.Joined joined(Column matched) {
        return new References.Joined("customers", lookup.keys(), matched);
    }

    /** Returns the join; customers that fit into a tenth of the memory go to every task, others never do. */
    GuardedJoin join() {
        Dataset<Row> unique = lookup.unique(groups);
        return isSmall()
                ? GuardedJoin.with(lookup, unique).broadcasting()
                : GuardedJoin.with(lookup, unique.hint("merge"));
    }

    boolean isSmall() {
        return counted.bytes() < IsolatedSession.BROADCAST_BYTES;
    }

    /** What a row takes in memory, as Spark lays it out: eight bytes for each column and for its nulls, then the texts. */
    private static Column rowBytes(Dataset<Row> rows) {
        Column bytes = lit(8L * (1 + rows.columns().length));
        for (String column : rows.columns()) {
            Column text = Identifier.column(column).cast("string");
            bytes = bytes.plus(coalesce(octet_length(text), lit(0)));
        }
        return bytes;
    }

    @Override
    public void close() {
        groups.unpersist();
    }
}
