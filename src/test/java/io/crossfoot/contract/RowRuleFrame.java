package io.crossfoot.contract;

import io.crossfoot.testing.LocalSpark;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A contract with a column of each kind, values for each column, and the sessions that rules are tried in. */
final class RowRuleFrame {
    static final StructType CONTRACT = StructType.fromDDL(String.join(
            ", ",
            "quantity INT",
            "id BIGINT",
            "price DECIMAL(12,2)",
            "wide DECIMAL(38,0)",
            "tiny DECIMAL(38,38)",
            "name STRING",
            "day DATE",
            "paid BOOLEAN",
            "`a.b` TINYINT"));

    /** The values of each column, in the order of the contract. */
    private static final List<List<Object>> VALUES = List.of(
            values(null, Integer.MIN_VALUE, -1, 0, 1, 2, 3, Integer.MAX_VALUE),
            values(null, Long.MIN_VALUE, 0L, 9007199254740992L, 9007199254740993L, Long.MAX_VALUE),
            values(
                    null,
                    money("-1.00"),
                    money("0.00"),
                    money("0.09"),
                    money("0.10"),
                    money("0.11"),
                    money("9999999999.99")),
            values(null, money("-" + "9".repeat(38)), money("0"), money("1"), money("9".repeat(38))),
            values(null, money("0E-38"), money("1E-38"), money("0." + "9".repeat(38))),
            values(null, "", " ", "\t\u00a0", "a", "A", "ab", "ab\n", "é", "😀", "a\"b", "a\\b"),
            values(null, LocalDate.of(2023, 12, 31), LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 29)),
            values(null, true, false),
            values(null, (byte) -128, (byte) 0, (byte) 127));

    /** ANSI off and on, in two time zones that a day lies between. */
    static final List<SparkSession> SESSIONS = List.of(session("false", "UTC"), session("true", "Pacific/Apia"));

    private RowRuleFrame() {}

    /** Returns the values of the rule's column whose rows keep the rule, in order. */
    static List<Object> kept(SparkSession session, RowRule rule) {
        StructType one = new StructType(new StructField[] {CONTRACT.apply(rule.column())});
        List<Row> rows = column(rule.column()).stream().map(RowFactory::create).toList();
        return session.createDataFrame(rows, one).select(functions.col("*"), rule.holds(one)).collectAsList().stream()
                .filter(row -> row.getBoolean(1))
                .map(row -> row.get(0))
                .toList();
    }

    static Row randomRow(Random random) {
        return RowFactory.create(VALUES.stream()
                .map(values -> values.get(random.nextInt(values.size())))
                .toArray());
    }

    static Object[] all(String column) {
        return column(column).toArray();
    }

    static Object[] present(String column) {
        return column(column).stream().filter(value -> value != null).toArray();
    }

    private static List<Object> column(String column) {
        return VALUES.get(CONTRACT.fieldIndex(column));
    }

    private static List<Object> values(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    static BigDecimal money(String digits) {
        return new BigDecimal(digits);
    }

    private static SparkSession session(String ansi, String zone) {
        SparkSession session = LocalSpark.session().newSession();
        session.conf().set("spark.sql.ansi.enabled", ansi);
        session.conf().set("spark.sql.session.timeZone", zone);
        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        return session;
    }
}
