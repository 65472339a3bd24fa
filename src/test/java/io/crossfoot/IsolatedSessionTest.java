package io.crossfoot;

import static io.crossfoot.testing.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.source.InputFile;
import io.crossfoot.source.SourcePart;
import io.crossfoot.source.SourceTable;
import io.crossfoot.testing.LocalSpark;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class IsolatedSessionTest {
    @Test
    void shufflesAsWideAsATableIsLarge(SparkSession spark) {
        SparkSession isolated = IsolatedSession.of(spark, 1 << 20);

        IsolatedSession.sizeShuffles(isolated, table(spark, file(64L << 20)));

        assertThat(width(isolated)).isEqualTo("3");
    }

    @Test
    void shufflesATableOfUnknownSizeAsTheCallerWould(SparkSession spark) {
        SparkSession isolated = IsolatedSession.of(spark, 1 << 20);
        IsolatedSession.sizeShuffles(isolated, table(spark, file(1)));
        assertThat(width(isolated)).isEqualTo("1");

        IsolatedSession.sizeShuffles(isolated, table(spark));

        assertThat(width(isolated)).isEqualTo(width(spark)).isEqualTo("2");
    }

    private static SourceTable table(SparkSession spark, InputFile... files) {
        Dataset<Row> rows = frame(spark, "a STRING", "1");
        return new SourceTable(
                "sales",
                Optional.empty(),
                List.of(new SourcePart(rows.schema(), rows, List.of(files))),
                List.of(files));
    }

    private static InputFile file(long bytes) {
        return new InputFile("file:/sales.csv", bytes, 0, List.of());
    }

    private static String width(SparkSession session) {
        return session.conf().get("spark.sql.shuffle.partitions");
    }
}
