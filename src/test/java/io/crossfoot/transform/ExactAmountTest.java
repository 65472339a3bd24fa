package io.crossfoot.transform;

import static io.crossfoot.testing.Frames.frame;
import static io.crossfoot.testing.Frames.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.testing.LocalSpark;
import java.math.BigDecimal;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class ExactAmountTest {
    @Test
    void multipliesWithoutRounding(SparkSession spark) {
        Dataset<Row> rows =
                frame(spark, "quantity INT, price DECIMAL(12,2)", "2|25.50", "null|10.00", "3|null", "-1|0.01");

        Dataset<Row> amounts = rows.transform(ExactAmount.of("quantity", "price"));

        assertThat(amounts.schema().apply("total_amount").dataType().sql()).isEqualTo("DECIMAL(23,2)");
        assertThat(lines(amounts)).containsExactly("-1|0.01|-0.01", "2|25.50|51.00", "3|null|null", "null|10.00|null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TINYINT       | -128                 | DECIMAL(12,2) | 9999999999.99
            SMALLINT      | 32767                | DECIMAL(12,2) | 9999999999.99
            INT           | -2147483648          | DECIMAL(12,2) | 9999999999.99
            BIGINT        | -9223372036854775808 | DECIMAL(18,4) | 99999999999999.9999
            DECIMAL(19,3) | 1234567890123456.789 | DECIMAL(18,6) | 999999999999.999999
            """)
    void holdsTheLargestProductOfItsTypes(
            String quantityType, String quantity, String priceType, String price, SparkSession spark) {
        Dataset<Row> rows = frame(spark, "q %s, p %s".formatted(quantityType, priceType), quantity + "|" + price);

        Dataset<Row> amounts = rows.transform(ExactAmount.of("q", "p").as("amount"));

        assertThat(amounts.select("amount").first().getDecimal(0))
                .isEqualByComparingTo(new BigDecimal(quantity).multiply(new BigDecimal(price)));
    }

    @Test
    void refusesDoublesTypesThatDoNotFitAndTakenNames(SparkSession spark) {
        Dataset<Row> rows = frame(spark, "q INT, d DOUBLE, wide DECIMAL(38,2)", "1|1|1");

        assertThatThrownBy(() -> rows.transform(ExactAmount.of("q", "d")))
                .hasMessage(
                        "Cannot compute 'total_amount' exactly: column 'd' is DOUBLE; give it a decimal or whole-number type");
        assertThatThrownBy(() -> rows.transform(ExactAmount.of("q", "wide")))
                .hasMessage(
                        "Cannot compute 'total_amount' exactly: DECIMAL(10,0) × DECIMAL(38,2) needs 49 digits, Spark has 38; give one a smaller type");
        assertThatThrownBy(() -> rows.transform(ExactAmount.of("q", "q").as("D")))
                .hasMessage("Cannot add the amount: column 'D' is there already; name another");
        assertThatThrownBy(() -> rows.transform(ExactAmount.of("q", "prise")))
                .hasMessage("Cannot find column 'prise' in the rows (found: q, d, wide)");
    }
}
