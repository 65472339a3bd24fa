package io.crossfoot.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is put is exact; anything else is put nowhere. {@code ConversionOfBytesTest} tries what nobody thought of. */
class CsvValueTest {
    private static String put(String ddl, String text) {
        DataType type = DataType.fromDDL(ddl);
        byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
        CsvValue value = CsvValue.of(type).orElseThrow();
        try (OnHeapColumnVector vector = new OnHeapColumnVector(1, type)) {
            boolean isPut = value.put(vector, 0, bytes, 1, bytes.length - 1)
                    || value.putStripped(vector, 0, bytes, 1, bytes.length - 1);
            if (!isPut) {
                return "-";
            }
            if (type instanceof DecimalType decimal) {
                return vector.getDecimal(0, decimal.precision(), decimal.scale())
                        .toString();
            }
            return switch (ddl) {
                case "TINYINT" -> "" + vector.getByte(0);
                case "SMALLINT" -> "" + vector.getShort(0);
                case "INT" -> "" + vector.getInt(0);
                case "BIGINT" -> "" + vector.getLong(0);
                case "FLOAT" -> "" + vector.getFloat(0);
                case "DOUBLE" -> "" + vector.getDouble(0);
                case "BOOLEAN" -> "" + vector.getBoolean(0);
                case "DATE" -> "" + LocalDate.ofEpochDay(vector.getInt(0));
                default -> "" + Instant.EPOCH.plus(vector.getLong(0), ChronoUnit.MICROS);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 0, 0",
        "INT, -0, 0",
        "INT, 007, 7",
        "INT, 2147483647, 2147483647",
        "INT, -2147483648, -2147483648",
        "INT, 2147483648, -",
        "INT, 2.0, 2",
        "INT, 2., 2",
        "INT, 2.5, -",
        "INT, +2, 2",
        "INT, ' 2', 2",
        "INT, 1e3, 1000",
        "INT, 10e-1, -",
        "INT, 1e10, -",
        "INT, 1e9999, -",
        "INT, -, -",
        "INT, '', -",
        "INT, 1_0, -",
        "INT, 0x1, -",
        "INT, ١, -",
        "INT, 0000000000000000000000000000000000000000000000000000000000007, 7",
        "TINYINT, -128, -128",
        "TINYINT, 128, -",
        "SMALLINT, 32767, 32767",
        "SMALLINT, 32768, -",
        "BIGINT, 999999999999999999, 999999999999999999",
        "BIGINT, 9223372036854775807, 9223372036854775807",
        "BIGINT, -9223372036854775808, -9223372036854775808",
        "BIGINT, 9223372036854775808, -",
        "BIGINT, 99999999999999999999, -"
    })
    void putsWholeNumbers(String type, String text, String expected) {
        assertThat(put(type, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'DECIMAL(12,2)', 999.99, 999.99",
        "'DECIMAL(12,2)', 25.5, 25.50",
        "'DECIMAL(12,2)', 75, 75.00",
        "'DECIMAL(12,2)', -0.01, -0.01",
        "'DECIMAL(12,2)', 9999999999.99, 9999999999.99",
        "'DECIMAL(12,2)', 10000000000, -",
        "'DECIMAL(12,2)', 0.005, -",
        "'DECIMAL(12,2)', 1.100, 1.10",
        "'DECIMAL(12,2)', .5, 0.50",
        "'DECIMAL(12,2)', 5., 5.00",
        "'DECIMAL(12,2)', ., -",
        "'DECIMAL(12,2)', 1.2.3, -",
        "'DECIMAL(12,2)', NaN, -",
        "'DECIMAL(12,2)', '1,5', -",
        "'DECIMAL(12,2)', 1.5e-1, 0.15",
        "'DECIMAL(12,2)', 1e400, -",
        "'DECIMAL(9,3)', 123456.789, 123456.789",
        "'DECIMAL(9,3)', 1234567, -",
        "'DECIMAL(18,4)', 99999999999999.9999, 99999999999999.9999",
        "'DECIMAL(18,18)', 0.1, 0.100000000000000000",
        "'DECIMAL(19,0)', 9999999999999999999, 9999999999999999999",
        "'DECIMAL(19,0)', 10000000000000000000, -",
        "'DECIMAL(38,10)', -1234567890123456789012345678.0123456789, -1234567890123456789012345678.0123456789",
        "'DECIMAL(38,10)', 0.5, 0.5000000000",
        "'DECIMAL(38,38)', 1, -",
        "'DECIMAL(38,0)', 0.00000000000000000000000000000000000000000000001e47, 1",
        "DOUBLE, 0.1, 0.1",
        "DOUBLE, 1e300, 1.0E300",
        "DOUBLE, -0, -0.0",
        "DOUBLE, 123456789012345.6789, 1.2345678901234567E14",
        "DOUBLE, 9007199254740993, 9.007199254740992E15",
        "DOUBLE, 1e999, -",
        "DOUBLE, NaN, -",
        "DOUBLE, 1d, -",
        "FLOAT, 0.1, 0.1",
        "FLOAT, 16777217, 1.6777216E7",
        "FLOAT, 1e39, -"
    })
    void putsNumbers(String type, String text, String expected) {
        assertThat(put(type, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 1970-01-02, 1970-01-02",
        "DATE, 2024-02-29, 2024-02-29",
        "DATE, 2000-02-29, 2000-02-29",
        "DATE, 1900-02-29, -",
        "DATE, 0001-01-01, 0001-01-01",
        "DATE, 0000-03-01, 0000-03-01",
        "DATE, 9999-12-31, 9999-12-31",
        "DATE, 2023-02-29, -",
        "DATE, 2024-02-30, -",
        "DATE, 2024-04-31, -",
        "DATE, 2024-13-01, -",
        "DATE, 2024-00-01, -",
        "DATE, 2024-01-00, -",
        "DATE, 2024-1-5, -",
        "DATE, -024-01-01, -",
        "DATE, 2024-01-1T, -",
        "DATE, 2024/01/15, -",
        "DATE, ' 2024-01-15 ', 2024-01-15",
        "TIMESTAMP, 2024-01-15T12:00:00+02:00, 2024-01-15T10:00:00Z",
        "TIMESTAMP, 2024-01-15 12:00Z, 2024-01-15T12:00:00Z",
        "TIMESTAMP, 2024-01-15 12:00:01.5-0330, 2024-01-15T15:30:01.500Z",
        "TIMESTAMP, 2024-01-15 12:00:01.1234560Z, 2024-01-15T12:00:01.123456Z",
        "TIMESTAMP, 2024-01-15 12:00:01.1234561Z, -",
        "TIMESTAMP, 2024-01-15 12:00:01.Z, -",
        "TIMESTAMP, 2024-01-15 12:00:00, -",
        "TIMESTAMP, 2024-01-15 12:00:00+18:01, -",
        "TIMESTAMP, 2024-01-15 12:00:00+1, -",
        "TIMESTAMP, 0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "TIMESTAMP_NTZ, 2024-01-15T12:00:00, 2024-01-15T12:00:00Z",
        "TIMESTAMP_NTZ, 2024-01-15T12:00:00Z, -",
        "TIMESTAMP_NTZ, 2024-02-30T12:00:00, -",
        "TIMESTAMP_NTZ, 2024-01-15T24:00:00, -",
        "TIMESTAMP_NTZ, 2024-01-15T12:60:00, -",
        "TIMESTAMP_NTZ, 2024-01-15T12:00:60, -",
        "TIMESTAMP_NTZ, 2024-01-15T12:00:, -",
        "TIMESTAMP_NTZ, 2024-01-15, -",
        "BOOLEAN, true, true",
        "BOOLEAN, FALSE, false",
        "BOOLEAN, Y, true",
        "BOOLEAN, 0, false",
        "BOOLEAN, maybe, -",
        "BOOLEAN, '', -"
    })
    void putsDatesTimesAndBooleans(String type, String text, String expected) {
        assertThat(put(type, text)).isEqualTo(expected);
    }
}
