package io.crossfoot.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that every reader should read alike: well formed, of any dialect, typed. Spark's reader and DuckDB share no line
 * with ours. {@code -Dcrossfoot.fuzz=100} tries a hundred times as many.
 */
@ExtendWith(LocalSpark.class)
class CsvPeersTest {
    private static final int ROWS = 300;
    private static final String SCHEMA = "i BIGINT, d DECIMAL(20,3), t DATE, b BOOLEAN, f DOUBLE, s STRING, u STRING";
    private static final List<String> TEXTS = List.of(
            "plain",
            "",
            " padded ",
            "Größe",
            "日本語",
            "😀",
            "a,b;c|d",
            "it's",
            "say \"hi\"",
            "\"",
            "''",
            "#x",
            "-",
            "\\",
            "\\n");

    @TempDir
    Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 6 * Integer.getInteger("crossfoot.fuzz", 1));
    }

    /** How a file is written. */
    private record Style(char delimiter, char quote, String lineEnd, boolean lineBreaks) {
        static Style of(SplittableRandom random) {
            return new Style(
                    ",;|\t".charAt(random.nextInt(4)),
                    "\"\"'".charAt(random.nextInt(3)),
                    random.nextBoolean() ? "\n" : "\r\n",
                    random.nextInt(3) == 0);
        }

        String field(String value, SplittableRandom random) {
            if (value == null) {
                return "";
            }
            boolean must = value.isEmpty()
                    || value.indexOf(delimiter) >= 0
                    || value.indexOf(quote) >= 0
                    || value.indexOf('\n') >= 0;
            String quoted = quote + value.replace("" + quote, "" + quote + quote) + quote;
            return must || random.nextInt(4) == 0 ? quoted : value;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readAlike(int seed, SparkSession spark) {
        SplittableRandom random = new SplittableRandom(seed);
        Style style = Style.of(random);
        String file =
                Folders.write(folder.resolve("a.csv"), text(style, random)).toString();

        List<String> ours = rows(
                spark.read()
                        .format("crossfoot-csv")
                        .option("sep", "" + style.delimiter())
                        .option("quote", "" + style.quote())
                        .option("multiLine", style.lineBreaks()),
                file);
        DataFrameReader reader = spark.read()
                .format("csv")
                .option("header", true)
                .option("sep", "" + style.delimiter())
                .option("quote", "" + style.quote())
                .option("escape", "" + style.quote())
                .option("emptyValue", "")
                .option("nullValue", "\u0001")
                .option("multiLine", style.lineBreaks());

        assertThat(ours).hasSize(ROWS);
        assertThat(ours).as("seed %d, %s", seed, style).isEqualTo(rows(reader, file));
        assertThat(ours).as("seed %d, %s", seed, style).isEqualTo(duckDb(style, file));
    }

    private static List<String> rows(DataFrameReader reader, String file) {
        return reader
                .schema(SCHEMA)
                .load(file)
                .selectExpr("i", "d", "cast(t as string)", "b", "f", "s", "u")
                .collectAsList()
                .stream()
                .map(CsvPeersTest::line)
                .toList();
    }

    private static String line(Row row) {
        StringJoiner line = new StringJoiner("|");
        for (int i = 0; i < row.size(); i++) {
            line.add(row.isNullAt(i) ? "∅" : row.get(i).toString().replace("\n", "\\n"));
        }
        return line.toString();
    }

    private static List<String> duckDb(Style style, String file) {
        String quote = style.quote() == '\'' ? "''" : "" + style.quote();
        List<String> lines = DuckDb.query("""
                SELECT * FROM read_csv('%s', header = true, auto_detect = false, delim = '%s', quote = '%s', escape = '%s',
                  nullstr = '', allow_quoted_nulls = false, strict_mode = true, parallel = false,
                  columns = {i: 'BIGINT', d: 'DECIMAL(20,3)', t: 'DATE', b: 'BOOLEAN', f: 'DOUBLE', s: 'VARCHAR', u: 'VARCHAR'})
                """.formatted(file, style.delimiter(), quote, quote));
        return lines.subList(1, lines.size());
    }

    private static String text(Style style, SplittableRandom random) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("" + style.delimiter(), "i", "d", "t", "b", "f", "s", "u"));
        for (int row = 0; row < ROWS; row++) {
            StringJoiner line = new StringJoiner("" + style.delimiter());
            line.add(style.field("" + (random.nextLong() >> random.nextInt(64)), random));
            line.add(style.field(
                    some(
                            random,
                            "%s%d.%03d"
                                    .formatted(
                                            random.nextBoolean() ? "-" : "",
                                            random.nextLong(100_000_000_000_000L),
                                            random.nextInt(1000))),
                    random));
            line.add(style.field(
                    some(
                            random,
                            "%04d-%02d-%02d"
                                    .formatted(
                                            1583 + random.nextInt(1000),
                                            1 + random.nextInt(12),
                                            1 + random.nextInt(28))),
                    random));
            line.add(style.field(some(random, random.nextBoolean() ? "true" : "false"), random));
            line.add(style.field(some(random, "" + random.nextInt(1_000_000) / 64.0), random));
            line.add(style.field(some(random, word(style, random)), random));
            line.add(style.field(some(random, word(style, random)), random));
            lines.add(line.toString());
        }
        return String.join(style.lineEnd(), lines) + style.lineEnd();
    }

    private static String some(SplittableRandom random, String value) {
        return random.nextInt(6) == 0 ? null : value;
    }

    private static String word(Style style, SplittableRandom random) {
        String word = TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
        return style.lineBreaks() && random.nextInt(4) == 0 ? word + "\n" + word : word;
    }
}
