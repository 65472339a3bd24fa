package io.crossfoot.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.crossfoot.testing.LocalSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text and the value it stands for: {@code text → value}, where {@code -} is no value. */
@ExtendWith(LocalSpark.class)
class ConversionTest {
    private static final String ARROW = " → ";

    static Stream<Arguments> texts() {
        return Stream.of(
                        arguments(
                                "INT",
                                List.of(
                                        "2\u0001 → -",
                                        "\u00012 → -",
                                        "2 → 2",
                                        "0 → 0",
                                        "-0 → 0",
                                        "007 → 7",
                                        "+2 → 2",
                                        "-2 → -2",
                                        " 2 → 2",
                                        "2\t → 2",
                                        "2.0 → 2",
                                        "2. → 2",
                                        "2.00000000000 → 2",
                                        "2.5 → -",
                                        ".5 → -",
                                        ".0 → 0",
                                        ". → -",
                                        "1e3 → 1000",
                                        "1E+3 → 1000",
                                        "1.5e1 → 15",
                                        "1.55e1 → -",
                                        "10e-1 → -",
                                        "1e → -",
                                        "123456789 → 123456789",
                                        "999999999 → 999999999",
                                        "1234567890 → 1234567890",
                                        "2147483647 → 2147483647",
                                        "2147483648 → -",
                                        "-2147483648 → -2147483648",
                                        "-2147483649 → -",
                                        "9999999999 → -",
                                        "00000000000000000000000002 → 2",
                                        "99999999999999999999999999999999999999999 → -",
                                        "1e9 → 1000000000",
                                        "1e10 → -",
                                        " → -",
                                        "   → -",
                                        "- → -",
                                        "+ → -",
                                        "-+2 → -",
                                        "2 3 → -",
                                        "2a → -",
                                        "a → -",
                                        "/ → -",
                                        ": → -",
                                        "1/2 → -",
                                        "1:2 → -",
                                        "1,000 → -",
                                        "0x1F → -",
                                        "NaN → -",
                                        "Infinity → -",
                                        "٢ → -",
                                        "２ → -",
                                        "é → -",
                                        "2L → -",
                                        "2d → -",
                                        "true → -")),
                        arguments("TINYINT", List.of("127 → 127", "128 → -", "-128 → -128", "-129 → -", "1e2 → 100")),
                        arguments("SMALLINT", List.of("32767 → 32767", "32768 → -", "99999 → -", "2.0 → 2")),
                        arguments(
                                "BIGINT",
                                List.of(
                                        "9223372036854775807 → 9223372036854775807",
                                        "9223372036854775808 → -",
                                        "-9223372036854775808 → -9223372036854775808",
                                        "10000000000 → 10000000000",
                                        "999999999999999999 → 999999999999999999",
                                        "9007199254740993.0 → 9007199254740993",
                                        "9007199254740993 → 9007199254740993",
                                        "1e18 → 1000000000000000000",
                                        "1e19 → -")),
                        arguments(
                                "DECIMAL(12,2)",
                                List.of(
                                        "999.99 → 999.99",
                                        "2 → 2.00",
                                        "2. → 2.00",
                                        "2.5 → 2.50",
                                        "2.50 → 2.50",
                                        "2.500 → 2.50",
                                        "2.5000000000000000000000 → 2.50",
                                        "0.005 → -",
                                        "2.501 → -",
                                        ".5 → 0.50",
                                        "-.5 → -0.50",
                                        "-0.01 → -0.01",
                                        "+1.25 → 1.25",
                                        " 1.25  → 1.25",
                                        "9999999999.99 → 9999999999.99",
                                        "9999999999 → 9999999999.00",
                                        "10000000000.00 → -",
                                        "10000000000 → -",
                                        "9999999999.999 → -",
                                        "0000000000000012.34 → 12.34",
                                        "1e3 → 1000.00",
                                        "1.234e1 → 12.34",
                                        "1.234e0 → -",
                                        "12.3e-1 → 1.23",
                                        "12.34e-1 → -",
                                        "1e99 → -",
                                        "1e-99 → -",
                                        "1e2147483648 → -",
                                        "1.2.3 → -",
                                        "1..2 → -",
                                        ". → -",
                                        "-. → -",
                                        " → -",
                                        "$1.00 → -",
                                        "1,50 → -",
                                        "1.2a → -",
                                        "1.a → -",
                                        "a.2 → -",
                                        "1/.5 → -",
                                        "1. 5 → -",
                                        "NaN → -",
                                        "Infinity → -",
                                        "1.２ → -",
                                        "1.5d → -",
                                        "12-3.5 → -",
                                        "1.-5 → -")),
                        arguments("DECIMAL(3,3)", List.of(".125 → 0.125", "0.125 → 0.125", "1.125 → -", "0.1255 → -")),
                        arguments(
                                "DECIMAL(38,0)",
                                List.of(
                                        "99999999999999999999999999999999999999 → 99999999999999999999999999999999999999",
                                        "100000000000000000000000000000000000000 → -",
                                        "5.0 → 5",
                                        "5.1 → -")),
                        arguments(
                                "DOUBLE",
                                List.of(
                                        "2 → 2.0",
                                        "2.5 → 2.5",
                                        ".5 → 0.5",
                                        "1e3 → 1000.0",
                                        "-1e-3 → -0.001",
                                        "1e309 → -",
                                        "NaN → -",
                                        "Infinity → -",
                                        "1.5d → -",
                                        "1.5f → -",
                                        "0x1p3 → -",
                                        "inf → -",
                                        " → -")),
                        arguments("FLOAT", List.of("2.5 → 2.5", "1e39 → -", "NaN → -", "1e-50 → 0.0")),
                        arguments(
                                "DATE",
                                List.of(
                                        "2024-01-15 → 2024-01-15",
                                        "2024-02-29 → 2024-02-29",
                                        "2023-02-29 → -",
                                        "2024-13-01 → -",
                                        "2024-00-10 → -",
                                        "2024-01-32 → -",
                                        "2024-04-31 → -",
                                        " 2024-01-15  → 2024-01-15",
                                        "2024-1-5 → -",
                                        "2024-01 → -",
                                        "2024 → -",
                                        "2024-01-15T10:00:00 → -",
                                        "2024-01-15 10:00 → -",
                                        "15/01/2024 → -",
                                        "2024/01/15 → -",
                                        "20240115 → -",
                                        "0001-01-01 → 0001-01-01",
                                        "9999-12-31 → 9999-12-31",
                                        "12024-01-15 → -",
                                        "-024-01-15 → -",
                                        "2024-01-1a → -",
                                        "2024-01--5 → -",
                                        "now → -",
                                        "today → -",
                                        "epoch → -",
                                        "２０２４-01-15 → -",
                                        " → -")),
                        arguments(
                                "TIMESTAMP",
                                List.of(
                                        "2024-01-15T10:20:30Z → 2024-01-15 10:20:30",
                                        "2024-01-15 10:20:30.123456+02:00 → 2024-01-15 08:20:30.123456",
                                        "2024-01-15T10:20Z → 2024-01-15 10:20:00",
                                        "2024-01-15T10:20:30 → -",
                                        "2024-01-15T25:20:30Z → -",
                                        "2024-01-15T10:20:30.1234567Z → -",
                                        "now → -")),
                        arguments(
                                "TIMESTAMP_NTZ",
                                List.of(
                                        "2024-01-15T10:20:30 → 2024-01-15 10:20:30",
                                        "2024-01-15 10:20 → 2024-01-15 10:20:00",
                                        "2024-01-15T10:20:30Z → -",
                                        "2024-01-15 → -",
                                        "2024-02-30 10:20:30 → -")),
                        arguments("BOOLEAN", List.of("true → true", "FALSE → false", "2 → -", "maybe → -", " → -")))
                .flatMap(type -> Stream.of("false", "true").map(ansi -> arguments(type.get()[0], ansi, type.get()[1])));
    }

    @ParameterizedTest(name = "{0}, ANSI {1}")
    @MethodSource("texts")
    void convertsTextExactlyOrNotAtAll(String type, String ansi, List<String> table, SparkSession spark) {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.ansi.enabled", ansi);
        session.conf().set("spark.sql.session.timeZone", "UTC");
        List<String> texts =
                table.stream().map(line -> line.split(ARROW, -1)[0]).toList();
        Column value = Conversion.value("value", DataTypes.StringType, DataType.fromDDL(type));

        List<Row> rows = session.createDataset(texts, Encoders.STRING())
                .toDF("value")
                .select(org.apache.spark.sql.functions.col("value"), value.cast("string"))
                .collectAsList();

        assertThat(rows.stream().map(row -> row.getString(0) + ARROW + (row.isNullAt(1) ? "-" : row.getString(1))))
                .containsExactlyElementsOf(table);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void leavesNullNull(String type, String ansi, List<String> table, SparkSession spark) {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.ansi.enabled", ansi);
        Column value = Conversion.value("value", DataTypes.StringType, DataType.fromDDL(type));
        List<String> nulls = new ArrayList<>(Arrays.asList(null, null));

        List<Row> rows = session.createDataset(nulls, Encoders.STRING())
                .toDF("value")
                .select(value)
                .collectAsList();

        assertThat(rows).hasSize(2).allMatch(row -> row.isNullAt(0));
    }
}
