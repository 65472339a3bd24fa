package io.crossfoot.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.tally.Tally.Total;
import io.crossfoot.testing.Frames;
import io.crossfoot.testing.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class TallyTest {
    @TempDir
    Path folder;

    private Tally write(Dataset<Row> rows, String... partitionBy) {
        Tally tally = Tally.of(rows, "amount", List.of("region", "day"));
        TalliedParquet.adding(rows.write(), tally)
                .mode(SaveMode.Overwrite)
                .partitionBy(partitionBy)
                .save(folder.resolve("out").toString());
        return tally;
    }

    private static Total total(String value, long rows, String amount) {
        return new Total(value, rows, new BigDecimal(amount));
    }

    @Test
    void addsUpNullsBesideEmptyTextsAndRowsWithoutAnAmount(SparkSession spark) {
        Dataset<Row> rows = spark.sql("""
                SELECT region, day, CAST(amount AS DECIMAL(23,2)) AS amount FROM VALUES
                ('North', DATE'2024-01-15', 1.10), ('North', NULL, NULL), ('', DATE'1600-02-29', -2.25),
                (NULL, DATE'9999-12-31', 3.00), (NULL, DATE'2024-01-15', NULL)
                AS sales(region, day, amount)""");

        Tally tally = write(rows.repartition(3));

        assertThat(tally.by("region").orElseThrow())
                .containsExactlyInAnyOrder(total("North", 2, "1.10"), total("", 1, "-2.25"), total(null, 2, "3.00"));
        assertThat(tally.by("day").orElseThrow())
                .containsExactlyInAnyOrder(
                        total("2024-01-15", 2, "1.10"),
                        total(null, 1, "0.00"),
                        total("1600-02-29", 1, "-2.25"),
                        total("9999-12-31", 1, "3.00"));
        assertThat(Frames.lines(spark.read().parquet(folder.resolve("out").toString())))
                .containsExactlyInAnyOrderElementsOf(Frames.lines(rows));
    }

    @Test
    void addsUpWhatNoLongHolds(SparkSession spark) {
        String nines = "9".repeat(36) + ".99";
        Dataset<Row> rows =
                spark.sql("SELECT 'a' AS region, CAST(%s AS DECIMAL(38,2)) AS amount FROM range(3)".formatted(nines));

        assertThat(write(rows).by("region").orElseThrow())
                .containsExactly(new Total("a", 3, new BigDecimal(nines).multiply(BigDecimal.valueOf(3))));
    }

    @Test
    void addsUpAsIntegersWithoutLimit() {
        Random random = new Random(7);
        Sum sum = new Sum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 1000; i++) {
            long amount = random.nextInt(3) == 0 ? random.nextLong() : Long.MAX_VALUE - random.nextInt(9);
            Sum other = new Sum();
            other.add(amount);
            sum.add(amount);
            sum.add(other);
            expected = expected.add(BigInteger.valueOf(amount).shiftLeft(1));
        }
        assertThat(sum.amount()).isEqualTo(expected);
        assertThat(sum.rows()).isEqualTo(2000);
    }

    /** Larger results count against what a driver is to hold of all tasks together. */
    @Test
    void sendsLessThanAMebibyteForTwoColumns() throws IOException {
        Map<String, Sums> sums = new HashMap<>();
        for (String column : List.of("region", "day")) {
            Sums most = new Sums();
            for (int i = 0; i < Sums.MOST; i++) {
                most.of(UTF8String.fromString("%032d".formatted(i))).add(Long.MAX_VALUE - i);
            }
            assertThat(most.all().orElseThrow()).hasSize(Sums.MOST);
            sums.put(column, most);
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new ObjectOutputStream(sent).writeObject(sums);
        assertThat(sent.size()).isLessThan(1 << 20);

        Sums texts = new Sums();
        texts.of(UTF8String.fromString("x".repeat(Sums.MOST_BYTES))).add(1);
        assertThat(texts.all().orElseThrow()).hasSize(1);
        texts.of(UTF8String.fromString("y")).add(1);
        assertThat(texts.all()).isEmpty();
    }

    @Test
    void ofTooManyNothingIsLeftWhoeverMetThem() {
        Sums few = new Sums();
        few.of(null).add(1);
        Sums tooMany = new Sums();
        IntStream.rangeClosed(0, Sums.MOST).forEach(value -> tooMany.of(value).add(1));
        assertThat(tooMany.all()).isEmpty();

        few.add(tooMany);
        assertThat(few.all()).isEmpty();
        few.of(7).add(1);
        assertThat(few.all()).isEmpty();
    }

    @Test
    void tellsNothingOfAColumnThatNamesFoldersOrHasTooManyValues(SparkSession spark) {
        Dataset<Row> rows = spark.sql(
                "SELECT id %% 2 AS half, CAST(id AS STRING) AS region, date_add(DATE'2000-01-01', CAST(id %% 10 AS INT)) AS day, CAST(1 AS DECIMAL(12,2)) AS amount FROM range(0, %d, 1, 2)"
                        .formatted(Sums.MOST + 2));

        assertThat(write(rows).by("region")).isEmpty();
        Tally folders = write(rows.filter("id < 0 OR region < '2'").withColumn("region", rows.col("half")), "day");
        assertThat(folders.by("day")).isEmpty();
        assertThat(folders.by("elsewhere")).isEmpty();
        assertThat(write(rows.filter("id < 100"), "amount").by("region")).isEmpty();
    }
}
