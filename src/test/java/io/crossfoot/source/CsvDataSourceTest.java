package io.crossfoot.source;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.UsageException;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.Frames;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Tasks;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format {@code crossfoot-csv}, as somebody else's job uses it. */
@ExtendWith(LocalSpark.class)
class CsvDataSourceTest {
    private static final String SCHEMA = "id INT NOT NULL, price DECIMAL(12,2), day DATE, name STRING";

    @TempDir
    Path folder;

    private DataFrameReader csv(SparkSession spark) {
        return spark.read().format("crossfoot-csv");
    }

    private String file(String name, String... lines) {
        return Folders.write(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    /** Three files of other layouts, one of them in a folder that is a column. */
    private void writeThree() {
        file("in/a.csv", "id,price,day,name", "1,1.50,2024-02-29,\"a,b\"", "2,,,\"\"", "3,7,2024-01-01,");
        file("in/b.csv", "NAME,id,other,price", "é,4,x,0.01");
        file("in/region=North/c.csv", "id", "2.0e1");
    }

    @Test
    void namesColumnsByTheHeadersWithoutASchema(SparkSession spark) {
        writeThree();

        Dataset<Row> rows = csv(spark).load(folder.resolve("in").toString());

        assertThat(rows.schema().toDDL())
                .isEqualTo("id STRING,price STRING,day STRING,name STRING,other STRING,region STRING");
        assertThat(Frames.lines(rows))
                .containsExactly(
                        "1|1.50|2024-02-29|a,b|null|null",
                        "2.0e1|null|null|null|null|North",
                        "2|null|null||null|null",
                        "3|7|2024-01-01|null|null|null",
                        "4|0.01|null|é|x|null");
    }

    @Test
    void typesTheColumnsOfASchemaByName(SparkSession spark) {
        writeThree();

        Dataset<Row> rows = csv(spark)
                .schema("region STRING, Price DECIMAL(12,2), id INT NOT NULL, day DATE")
                .load(folder.resolve("in").toString());

        assertThat(Frames.lines(rows))
                .containsExactly(
                        "North|null|20|null",
                        "null|0.01|4|null",
                        "null|1.50|1|2024-02-29",
                        "null|7.00|3|2024-01-01",
                        "null|null|2|null");
    }

    @Test
    void readsOnlyWhatIsAskedForInAnyOrder(SparkSession spark) {
        writeThree();
        Dataset<Row> rows = csv(spark).schema(SCHEMA).load(folder.resolve("in").toString());

        assertThat(rows.count()).isEqualTo(5);
        assertThat(Frames.lines(rows.select("name", "id").filter("id < 3"))).containsExactly("a,b|1", "|2");
        assertThat(Frames.lines(rows.selectExpr("id", "regexp_extract(_file, '[^/]*$', 0)", "_offset")))
                .containsExactly("1|a.csv|18", "20|c.csv|3", "2|a.csv|42", "3|a.csv|49", "4|b.csv|20");
        rows.selectExpr("id", "_offset").createOrReplaceTempView("lines");
        assertThat(Frames.lines(spark.sql("SELECT _offset FROM lines WHERE id = 20")))
                .containsExactly("3");
    }

    @Test
    void failsAtTheFirstValueThatDoesNotFit(SparkSession spark) {
        String path = file("a.csv", "id,price,day,name", "1,1.50,,", "2,1.505,,");

        assertThatThrownBy(() -> csv(spark).schema(SCHEMA).load(path).collectAsList())
                .rootCause()
                .hasMessage(
                        "Cannot read crossfoot-csv: file:%s: not an exact DECIMAL(12,2) (price): '1.505'; mend it, or read with mode MARK (byte 27)",
                        path);
        // nobody looks at the price
        assertThat(csv(spark).schema(SCHEMA).load(path).select("id").count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'1,1.50,', malformed record",
        "',1.50,,', 'no value, schema says NOT NULL'",
        "'1,\"1,,', malformed record"
    })
    void failsAtARecordThatDoesNotFit(String record, String reason, SparkSession spark) {
        String path = file("a.csv", "id,price,day,name", record);

        assertThatThrownBy(() -> csv(spark).schema(SCHEMA).load(path).collectAsList())
                .rootCause()
                .hasMessageContaining(reason);
    }

    @Test
    void marksRowsThatDoNotFit(SparkSession spark) {
        String path = file(
                "a.csv",
                "id,price,day,name",
                "1,1.50,2024-01-01,good",
                "x,1.505,,two at once",
                "2,,2024-02-30,",
                "3,4",
                ",1,,");
        Dataset<Row> rows = csv(spark).schema(SCHEMA).option("mode", "mark").load(path);

        assertThat(rows.columns()).containsExactly("id", "price", "day", "name", "_reason", "_column", "_value");
        assertThat(Frames.lines(rows))
                .containsExactly(
                        "1|1.50|2024-01-01|good|null|null|null",
                        "2|null|null|null|not an exact DATE|day|2024-02-30",
                        "null|1.00|null|null|no value, schema says NOT NULL|id|null",
                        "null|null|null|null|malformed record|null|3,4",
                        "null|null|null|two at once|not an exact INT|id|x");
        // what is wrong does not depend on what else is asked for
        assertThat(Frames.lines(
                        rows.filter("_reason is not null and price is null").select("_column")))
                .containsExactly("day", "id", "null");
        assertThat(csv(spark)
                        .schema(rows.schema())
                        .option("mode", "mark")
                        .load(path)
                        .count())
                .isEqualTo(5);
    }

    @Test
    void filtersWhileReadingWithTheSameResult(SparkSession spark) {
        String path = file(
                "a.csv",
                "id,price,day,name",
                IntStream.range(0, 200)
                        .mapToObj(i -> "%d,%s,%s,%s"
                                .formatted(
                                        i,
                                        i % 3 == 0 ? "" : "%d.50".formatted(i % 7),
                                        "2024-01-%02d".formatted(1 + i % 31),
                                        i % 5 == 0 ? "" : "é" + i % 11))
                        .reduce((a, b) -> a + "\n" + b)
                        .orElseThrow());
        Dataset<Row> pushed = csv(spark).schema(SCHEMA).load(path);
        Dataset<Row> kept = spark.createDataFrame(pushed.collectAsList(), pushed.schema());

        for (String filter : List.of(
                "price is not null",
                "price > 3",
                "price >= 3.5 and day < '2024-01-15'",
                "price = 2.50",
                "id <= 10 and name is not null",
                "name > 'é2'",
                "name = 'é7' and price < 100",
                "price > 2.505",
                "day = date'2024-01-31'",
                "id > 100000")) {
            assertThat(Frames.lines(pushed.filter(filter).select("id", "day")))
                    .as(filter)
                    .isEqualTo(Frames.lines(kept.filter(filter).select("id", "day")));
        }
        assertThat(pushed.filter("price > 3").queryExecution().executedPlan().toString())
                .contains("pushed filters: [")
                .doesNotContain("Filter (");
    }

    /** The lines of the README, word by word. */
    @Test
    void doesWhatTheReadmeShows(SparkSession spark) {
        String folder = file("a.csv", "order_id,price,order_date", "1,1.50,2024-02-29", "2,1.505,2024-02-29");

        // README
        Dataset<Row> lines = spark.read()
                .format("crossfoot-csv")
                .schema("order_id BIGINT NOT NULL, price DECIMAL(12,2), order_date DATE")
                .option("mode", "MARK")
                .load(folder);
        Dataset<Row> good = lines.filter("_reason IS NULL");
        Dataset<Row> bad =
                lines.filter("_reason IS NOT NULL").select("_reason", "_column", "_value", "_file", "_offset");
        // end

        assertThat(Frames.lines(good)).containsExactly("1|1.50|2024-02-29|null|null|null");
        assertThat(Frames.lines(bad)).containsExactly("not an exact DECIMAL(12,2)|price|1.505|file:" + folder + "|44");
        String source =
                Folders.read(Folders.root().resolve("src/test/java/io/crossfoot/source/CsvDataSourceTest.java"));
        String shown = source.split("// README\n")[1].split(" *// end")[0].replaceAll("\\s+", "");
        assertThat(Folders.read(Folders.root().resolve("README.md")).replaceAll("\\s+", ""))
                .contains(shown);
    }

    @Test
    void readsFilesWithoutAHeader(SparkSession spark) {
        String path = file("a.csv", "1;x", "2;NULL", "3;'NULL'");
        DataFrameReader reader = csv(spark)
                .option("header", false)
                .option("sep", ";")
                .option("quote", "'")
                .option("nullValue", "NULL");

        assertThat(Frames.lines(reader.schema("n INT, t STRING").load(path)))
                .containsExactly("1|x", "2|null", "3|NULL");
        assertThat(csv(spark)
                        .option("header", false)
                        .option("sep", ";")
                        .option("columns", "n,t")
                        .load(path)
                        .columns())
                .containsExactly("n", "t");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16", "UTF-16LE", "ISO-8859-1", "windows-1252", "UTF-8"})
    void readsOtherCharsets(String charset, SparkSession spark) throws Exception {
        Path file = folder.resolve("a.csv");
        Files.write(file, "id,name\r\n1,Größe\r\n2,\"x\"\r\n".getBytes(charset));

        assertThat(Frames.lines(csv(spark).option("encoding", charset).load(file.toString())))
                .containsExactly("1|Größe", "2|x");
    }

    @Test
    void saysWhatIsWrongWithTheOptionsAllAtOnce(SparkSession spark) {
        assertThatThrownBy(() -> csv(spark)
                        .option("delimeter", ";")
                        .option("mode", "DROPMALFORMED")
                        .option("header", "yes")
                        .load(folder.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll(
                        "there is no option 'delimeter'; did you mean 'delimiter'?",
                        "option mode is 'DROPMALFORMED'; it must be FAIL or MARK",
                        "option header is 'yes'; write true or false");
    }

    @Test
    void saysWhatIsWrongWithTheSchema(SparkSession spark) {
        String path = file("a.csv", "id,price", "1,2");

        assertThatThrownBy(() ->
                        csv(spark).schema("id INT, prices INT, list ARRAY<INT>").load(path))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll(
                        "column 'prices' is missing; did you mean 'price'? (found: id, price;",
                        "column 'list' is ARRAY<INT>; CSV holds numbers, text, dates, times and booleans");
        assertThatThrownBy(() -> csv(spark).load(file("b.csv", "id,ID", "1,2")))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("two columns are named 'id' and 'ID'");
    }

    @Test
    void countsRowsAndBytesAsReadOnce(SparkSession spark) {
        String line = "1,1.50,2024-01-01,some text\n";
        Path file = Folders.write(folder.resolve("a.csv"), "id,price,day,name\n" + line.repeat(400_000));

        List<TaskMetrics> tasks = Tasks.during(
                spark,
                () -> csv(spark)
                        .schema(SCHEMA)
                        .load(file.toString())
                        .write()
                        .format("noop")
                        .mode("overwrite")
                        .save());

        long bytes = "id,price,day,name\n".length() + 400_000L * line.length();
        assertThat(tasks).hasSizeGreaterThan(1);
        assertThat(tasks.stream()
                        .mapToLong(task -> task.inputMetrics().recordsRead())
                        .sum())
                .isEqualTo(400_000);
        assertThat(tasks.stream()
                        .mapToLong(task -> task.inputMetrics().bytesRead())
                        .sum())
                .isBetween(bytes - 100, bytes + 3 * 1_100_000);
    }

    @Test
    void tellsSparkHowLargeItIs(SparkSession spark) throws Exception {
        Path small = Folders.write(folder.resolve("small.csv"), "id\n1\n");
        Dataset<Row> rows = csv(spark).load(small.toString());

        assertThat(rows.queryExecution().optimizedPlan().stats().sizeInBytes().toLong())
                .isEqualTo(Files.size(small));
        assertThat(spark.range(10)
                        .join(rows, "id")
                        .queryExecution()
                        .executedPlan()
                        .toString())
                .contains("BroadcastHashJoin");
    }

    /** The beginning of a file is looked at before; this stands behind it. */
    @Test
    void marksTextThatIsNotUtf8(SparkSession spark) throws Exception {
        Path file = folder.resolve("a.csv");
        String good = "1,Größe\n".repeat(TextHead.BYTES / 8);
        Files.write(file, ("id,name\n" + good).getBytes(StandardCharsets.UTF_8));
        Files.write(
                file,
                "2,x\u00e9y\n3,\"\u00e9\"\"\"\n".getBytes(StandardCharsets.ISO_8859_1),
                StandardOpenOption.APPEND);
        DataFrameReader reader = csv(spark).schema("id INT, name STRING");

        assertThat(Frames.lines(
                        reader.option("mode", "MARK").load(file.toString()).filter("id > 1")))
                .containsExactly("2|null|not UTF-8|name|x\uFFFDy", "3|null|not UTF-8|name|\uFFFD\"");
        assertThat(reader.load(file.toString()).select("id").distinct().count()).isEqualTo(3);
        assertThatThrownBy(() -> csv(spark)
                        .schema("id INT, name STRING")
                        .load(file.toString())
                        .filter("name = 'x'")
                        .collectAsList())
                .rootCause()
                .hasMessageContaining("a.csv: not UTF-8 (name): 'x\uFFFDy'");
    }

    @Test
    void refusesZeroBytesWhereverTheyStand(SparkSession spark) {
        String path = file("a.csv", "id", "1\n".repeat(TextHead.BYTES), "\0");

        assertThatThrownBy(() -> csv(spark).load(path).collectAsList())
                .rootCause()
                .hasMessage(
                        "Cannot read crossfoot-csv: file:%s is not UTF-8 text: byte %d is zero; is it binary, or UTF-16?",
                        path, 3 + 2 * TextHead.BYTES + 1);
    }

    @ParameterizedTest
    @CsvSource({"gz", "bz2", "zst"})
    void namesThePackedFileThatIsDamagedAndTheByte(String extension, SparkSession spark) throws Exception {
        Path whole = folder.resolve("whole.csv." + extension);
        String texts = new Random(5).ints(200_000).mapToObj(Integer::toString).collect(joining("\n"));
        try (OutputStream out = packing(whole)) {
            out.write(("id\n" + texts + "\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path half = folder.resolve("half.csv." + extension);
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> csv(spark).load(half.toString()).count())
                .hasMessageContaining(
                        "Cannot read crossfoot-csv: file:%s is damaged, has changed, or cannot be reached behind byte "
                                .formatted(half));
    }

    private static OutputStream packing(Path file) throws Exception {
        OutputStream out = Files.newOutputStream(file);
        return file.toString().endsWith(".zst")
                ? new ZstdOutputStream(out)
                : new CompressionCodecFactory(new Configuration())
                        .getCodec(new org.apache.hadoop.fs.Path(file.toString()))
                        .createOutputStream(out);
    }

    @Test
    void namesTheFileThatHasShrunkSinceItWasListed(SparkSession spark) throws Exception {
        Path file = Path.of(file("a.csv", "id", "1"));
        Dataset<Row> rows = csv(spark).load(file.toString());
        Files.writeString(file, "i");

        assertThatThrownBy(rows::count)
                .hasMessageContaining("Cannot read crossfoot-csv: file:%s is damaged, has changed,".formatted(file));
    }

    @ParameterizedTest
    @CsvSource({"sep, ||", "quote, ab", "sep, ''"})
    void showsTheSeparatorThatIsNone(String option, String text, SparkSession spark) {
        String path = file("a.csv", "id", "1");

        assertThatThrownBy(() -> csv(spark).option(option, text).load(path))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("option %s is '%s'; write one ASCII character".formatted(option, text));
    }

    @Test
    void refusesAFolderWithoutAValueWhereTheSchemaSaysNotNull(SparkSession spark) {
        file("in/region=__HIVE_DEFAULT_PARTITION__/a.csv", "id", "1");
        file("in/region=North/b.csv", "id", "2");

        assertThatThrownBy(() -> csv(spark)
                        .schema("id INT, region STRING NOT NULL")
                        .load(folder.resolve("in").toString()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("region=__HIVE_DEFAULT_PARTITION__/a.csv has a value of 'region'");
        assertThat(csv(spark)
                        .schema("id INT, region STRING")
                        .load(folder.resolve("in").toString())
                        .count())
                .isEqualTo(2);
    }

    @Test
    void takesFoldersForNoValuesOfFilesWithoutAHeader(SparkSession spark) {
        file("in/region=North/a.csv", "1,x");
        Dataset<Row> rows = csv(spark)
                .option("header", false)
                .option("mode", "MARK")
                .schema("n INT, region STRING, t STRING, _reason STRING")
                .load(folder.resolve("in").toString());

        assertThat(Frames.lines(rows)).containsExactly("1|North|x|null|null|null");
    }

    @Test
    void losesNoColumnThatIsAFolderOfOtherFiles(SparkSession spark) {
        file("in/region=North/a.csv", "id", "1");
        file("in/b.csv", "id,Region", "2,South");

        assertThatThrownBy(() -> csv(spark).load(folder.resolve("in").toString()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'Region' is a folder of some files and a column of others");
    }
}
