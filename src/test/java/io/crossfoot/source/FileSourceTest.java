package io.crossfoot.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What no case folder can show: files larger than what is sampled, and how many scans there are. */
@ExtendWith(LocalSpark.class)
class FileSourceTest {
    @TempDir
    Path folder;

    @Test
    void readsAnExpectedKeyThatTheSampleDidNotShowAndNamesAnyOther(SparkSession spark) {
        String sampled = "{\"id\": 1}\n".repeat(TextHead.BYTES / 10 + 1);
        Folders.write(folder.resolve("a.json"), sampled + "{\"id\": 2, \"Price\": 1.50}\n{\"id\": 3, \"other\": 1}\n");

        SourcePart part = onlyPart(spark, "id", "price");
        List<Row> late = part.rows()
                .filter("id <> '1'")
                .select("id", "price", SourcePart.UNEXPECTED)
                .collectAsList();

        assertThat(part.columns().fieldNames()).containsExactly("id");
        assertThat(late).extracting(Row::toString).containsExactly("[2,1.50,null]", "[3,null,other]");
    }

    @Test
    void marksBytesThatAreNotTextWithTheReplacementCharacterWhereTheSampleDidNotSeeThem(SparkSession spark)
            throws IOException {
        Path file = Folders.write(folder.resolve("a.csv"), "id\n" + "1\n".repeat(TextHead.BYTES));
        Files.write(file, "Größe\n".getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.APPEND);

        List<Row> late =
                onlyPart(spark, "id").rows().filter("id <> '1'").select("id").collectAsList();

        assertThat(late).extracting(Row::toString).containsExactly("[Gr\uFFFD\uFFFDe]");
    }

    @Test
    void saysInItsOwnWordsThatParquetHasTwoColumnsOfOneName(SparkSession spark) {
        SparkSession strict = spark.newSession();
        strict.conf().set("spark.sql.caseSensitive", true);
        strict.sql("SELECT 1 AS id, 2 AS price, 3 AS ID").write().mode("append").parquet(folder.toString());

        assertThatThrownBy(() -> open(spark, "id"))
                .isInstanceOf(ShapeException.class)
                .hasMessageMatching(
                        "Cannot read sales: two columns are named 'id' and 'ID'; rename one \\(in part-.*\\)");
    }

    @Test
    void readsFoldersNamedInAnyLanguage(SparkSession spark) {
        folder = folder.resolve("ventes d'été 100% [новые]");
        Folders.write(folder.resolve("größe.csv"), "id\n1\n");

        assertThat(onlyPart(spark, "id").rows().select("id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1]");
    }

    @Test
    void namesTheFileWhoseNameHadoopDoesNotTake(SparkSession spark) {
        Folders.write(folder.resolve("a:b.csv"), "id\n1\n");

        assertThatThrownBy(() -> open(spark, "id"))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot read sales: file:%s/a:b.csv: Hadoop opens no local file with ':' in its name; rename it",
                        folder);
    }

    @Test
    void readsFilesOfOneHeaderInOneScan(SparkSession spark) {
        List<String> headers = List.of("id,price", "price,id", "ID,price,note");
        for (int i = 0; i < 60; i++) {
            Folders.write(folder.resolve("part-%02d.csv".formatted(i)), headers.get(i % 3) + "\n");
        }

        SourceTable table = open(spark, "id");

        assertThat(table.files()).hasSize(60);
        assertThat(table.parts()).extracting(part -> part.files().size()).containsExactly(20, 20, 20);
        assertThat(table.parts().get(0).place()).isEqualTo("part-00.csv and 19 more files");
    }

    private SourcePart onlyPart(SparkSession spark, String... expected) {
        SourceTable table = open(spark, expected);
        assertThat(table.parts()).hasSize(1);
        return table.parts().get(0);
    }

    private SourceTable open(SparkSession spark, String... expected) {
        StructType texts = new StructType();
        for (String name : expected) {
            texts = texts.add(name, DataTypes.StringType);
        }
        return new FileSource("sales", folder.toString(), Optional.empty(), CsvDialect.standard()).open(spark, texts);
    }
}
