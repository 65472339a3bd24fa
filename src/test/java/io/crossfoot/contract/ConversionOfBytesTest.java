package io.crossfoot.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.source.FileSource;
import io.crossfoot.source.SourcePart;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the CSV reader makes of bytes is what a contract makes of text, for texts that nobody thought of, too.
 * {@code -Dcrossfoot.fuzz=100} tries a hundred times as many.
 */
@ExtendWith(LocalSpark.class)
class ConversionOfBytesTest {
    private static final int TEXTS = 3000 * Integer.getInteger("crossfoot.fuzz", 1);
    private static final List<String> PIECES = List.of(
            "0",
            "1",
            "9",
            "00",
            "000000000",
            "123456789",
            "999999999",
            ".",
            ".",
            "-",
            "+",
            "e",
            "E",
            "e-",
            "e+",
            " ",
            "\t",
            "_",
            "x",
            "NaN",
            "Infinity",
            "d",
            "f",
            "٣",
            "true",
            "T",
            "no",
            "2024-02-29",
            "2024-02-30",
            "0000-12-31",
            "9999-12-31",
            "1582-10-10",
            "T12:30",
            " 23:59",
            ":00",
            ":61",
            ".123456",
            "Z",
            "+02:00",
            "-1800",
            "+18:01",
            "\u0001",
            "\u007F");

    private static final List<String> TIMES =
            List.of("", "", "", "2024-02-29T12:30", "1582-10-10 00:00:59", "0000-02-29T23:59:00.5", "2024-02-30 12:00");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TINYINT",
                "SMALLINT",
                "INT",
                "BIGINT",
                "DECIMAL(12,2)",
                "DECIMAL(5,0)",
                "DECIMAL(18,18)",
                "DECIMAL(38,10)",
                "FLOAT",
                "DOUBLE",
                "DATE",
                "TIMESTAMP",
                "TIMESTAMP_NTZ",
                "BOOLEAN"
            })
    void agreeWithTheConversionOfText(String ddl, SparkSession spark) {
        DataType type = DataType.fromDDL(ddl);
        Folders.write(folder.resolve("texts.csv"), "text\n" + String.join("\n", texts(ddl.hashCode())) + "\n");

        SourcePart part = new FileSource("texts", folder.toString(), Optional.empty(), CsvDialect.standard())
                .open(spark, new StructType().add("text", type))
                .parts()
                .get(0);
        String twin = SourcePart.TYPED + "text";
        List<Row> different = part.rows()
                .select(
                        col("text"),
                        col(twin),
                        Conversion.value("text", DataTypes.StringType, type).as("converted"))
                .filter(not(col(twin).eqNullSafe(col("converted"))))
                .limit(20)
                .collectAsList();

        assertThat(different).isEmpty();
        assertThat(part.rows().filter(col(twin).isNotNull()).count()).isGreaterThan(20);
    }

    private static List<String> texts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            // by chance alone hardly any text would be a time
            StringBuilder text = new StringBuilder(TIMES.get(random.nextInt(TIMES.size())));
            for (int pieces = random.nextInt(text.isEmpty() ? 5 : 3); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
