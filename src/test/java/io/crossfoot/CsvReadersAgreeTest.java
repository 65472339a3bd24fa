package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code csv-reader = spark}, cases of CSV end as their folders say, too. */
@ExtendWith(LocalSpark.class)
class CsvReadersAgreeTest {
    /** Cases that Spark's reader cannot read right, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "csv-quote-not-closed",
            "it takes the line end for the quote that is missing",
            "csv-quote-not-closed-among-customers-of-line-breaks",
            "it takes the end of the file for the quote that is missing",
            "csv-quote-not-closed-in-a-file-of-line-breaks",
            "it takes the end of the file for the quote that is missing",
            "csv-other-quote-and-null-texts",
            "it does not tell whether a text that stands for null was quoted",
            "csv-zstd",
            "it unpacks with a native library of Hadoop, which is not here",
            "csv-text-behind-a-closing-quote",
            "it guesses that a quote with text behind it is none",
            "csv-text-behind-a-closing-quote-in-a-file-of-line-breaks",
            "it guesses that a quote with text behind it is none",
            "csv-folders-and-columns-of-one-name-with-line-breaks",
            "with line breaks allowed, it takes a line of blanks for the header");

    static Stream<String> cases() throws IOException {
        return CasesTest.cases()
                .filter(name -> name.matches("(csv|values|text|hive|file-names|glob)-.*"))
                .filter(name -> !EXCEPTIONS.containsKey(name));
    }

    @Test
    void exceptionsAreCases() throws IOException {
        assertThat(Folders.testData().resolve("cases").toFile().list())
                .contains(EXCEPTIONS.keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void andEndTheSame(String name, SparkSession spark, @TempDir Path scratch) throws IOException {
        CasesTest.requireEnding(name, Map.of("csv-reader", "spark"), spark, scratch);
    }
}
