package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is there and may not be read. By a file system that denies it: tests may run as root, who may read all. */
@ExtendWith(LocalSpark.class)
class UnreadableInputTest {
    @TempDir
    Path folder;

    private SparkSession spark;

    @BeforeEach
    void writeInput(SparkSession shared) {
        spark = shared.newSession();
        Configuration remote = new Configuration(false);
        FaultyFileSystem.register(remote);
        remote.forEach(setting -> spark.conf().set(setting.getKey(), setting.getValue()));
        Folders.write(
                folder.resolve("sales/1.csv"),
                "order_id,customer_id,product_name,quantity,price,order_date\n1,C1,Pen,2,1.50,2024-01-15\n");
        Folders.write(folder.resolve("customers/1.json"), "{\"customer_id\":\"C1\",\"name\":\"Ann\"}\n");
        shared.read()
                .json(folder.resolve("customers").toString())
                .coalesce(1)
                .write()
                .parquet(folder.resolve("parquet").toString());
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    private void run(String customers) {
        Pipeline.of(EnrichConfig.of(Map.of(
                        "sales",
                        "remote://host" + folder.resolve("sales"),
                        "customers",
                        "remote://host" + folder.resolve(customers),
                        "output",
                        folder.resolve("out").toString(),
                        "run-id",
                        "first")))
                .run(spark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sales/1.csv", "customers/1.json", "parquet/part-0"})
    void isNamedWithWhatToDo(String file) {
        FaultyFileSystem.denyReadsOf(file);
        boolean isSales = file.startsWith("sales");

        assertThatThrownBy(() ->
                        run(isSales ? "customers" : Path.of(file).getName(0).toString()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        denied -> assertThat(denied.exitCode()).isEqualTo(4))
                .hasMessageMatching(
                        "Cannot read %s: remote://host%s\\S*: permission denied; give this user the right to read it"
                                .formatted(isSales ? "sales" : "customers", folder.resolve(file)));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void isNamedAlsoWhenItIsDeniedInTheMiddleOfTheRun() {
        assertThatThrownBy(() -> Pipeline.of(EnrichConfig.of(Map.of(
                                "sales",
                                "remote://host" + folder.resolve("sales"),
                                "customers",
                                "remote://host" + folder.resolve("customers"),
                                "output",
                                folder.resolve("out").toString(),
                                "run-id",
                                "first")))
                        .telling(stage -> {
                            if (stage.equals("enrich")) {
                                FaultyFileSystem.denyReadsOf("sales/1.csv");
                            }
                        })
                        .run(spark))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot read sales: remote://host%s: permission denied; give this user the right to read it;"
                                + " the previous output is untouched",
                        folder.resolve("sales/1.csv"));
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }
}
