package io.crossfoot.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is put is exact; what is left to the contract is null. */
class CsvTypedValueTest {
    private static String put(String ddl, String text) {
        DataType type = DataType.fromDDL(ddl);
        byte[] bytes = ("," + text + ",").getBytes(StandardCharsets.UTF_8);
        try (OnHeapColumnVector vector = new OnHeapColumnVector(1, type)) {
            CsvTypedValue.of(type).put(vector, 0, bytes, 1, bytes.length - 2);
            if (vector.isNullAt(0)) {
                return "-";
            }
            if (type instanceof DecimalType decimal) {
                return vector.getDecimal(0, decimal.precision(), decimal.scale())
                        .toString();
            }
            return ddl.equals("BIGINT") ? "" + vector.getLong(0) : "" + vector.getInt(0);
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
        "INT, 2.0, -",
        "INT, 2., -",
        "INT, +2, -",
        "INT, ' 2', -",
        "INT, 1e3, -",
        "INT, -, -",
        "INT, '', -",
        "INT, 1_0, -",
        "INT, 0x1, -",
        "INT, ١, -",
        "BIGINT, 999999999999999999, 999999999999999999",
        "BIGINT, 9223372036854775807, -",
        "'DECIMAL(12,2)', 999.99, 999.99",
        "'DECIMAL(12,2)', 25.5, 25.50",
        "'DECIMAL(12,2)', 75, 75.00",
        "'DECIMAL(12,2)', -0.01, -0.01",
        "'DECIMAL(12,2)', 9999999999.99, 9999999999.99",
        "'DECIMAL(12,2)', 10000000000, -",
        "'DECIMAL(12,2)', 0.005, -",
        "'DECIMAL(12,2)', 1.100, -",
        "'DECIMAL(12,2)', .5, -",
        "'DECIMAL(12,2)', 5., -",
        "'DECIMAL(12,2)', 1.2.3, -",
        "'DECIMAL(12,2)', NaN, -",
        "'DECIMAL(12,2)', '1,5', -",
        "'DECIMAL(9,3)', 123456.789, 123456.789",
        "'DECIMAL(9,3)', 1234567, -",
        "'DECIMAL(18,4)', 99999999999999.9999, 99999999999999.9999",
        "'DECIMAL(18,18)', 0.1, -",
        "DATE, 1970-01-02, 1",
        "DATE, 2024-02-29, 19782",
        "DATE, 0001-01-01, -719162",
        "DATE, 2023-02-29, -",
        "DATE, 2024-13-01, -",
        "DATE, 2024-1-5, -",
        "DATE, 0000-01-01, -",
        "DATE, -024-01-01, -",
        "DATE, 2024-01-1T, -",
        "DATE, 2024/01/15, -"
    })
    void putsTheUsualTextsAndLeavesTheRest(String type, String text, String expected) {
        assertThat(put(type, text)).isEqualTo(expected);
    }
}
