package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class ChoiceColumnsTest {
    private static List<String> resolved(SparkSession spark, String... choices) {
        Dataset<Row> frame =
                spark.sql("SELECT * FROM VALUES (%s) AS t(`a.choice`)".formatted(String.join("), (", choices)));
        return ChoiceColumns.resolve(frame)
                .selectExpr("coalesce(cast(`a.choice` AS string), 'null')")
                .as(Encoders.STRING())
                .collectAsList();
    }

    @Test
    void whicheverAlternativeHasAValueIsTheText(SparkSession spark) {
        assertThat(resolved(
                        spark,
                        "named_struct('long', 7L, 'string', CAST(null AS string))",
                        "named_struct('long', CAST(null AS bigint), 'string', 'C7')",
                        "named_struct('long', CAST(null AS bigint), 'string', CAST(null AS string))",
                        "CAST(null AS struct<long: bigint, string: string>)"))
                .containsExactly("7", "C7", "null", "null");
    }

    @Test
    void aDoubleThatMayBeSeveralNumbersIsNone(SparkSession spark) {
        assertThat(resolved(
                        spark,
                        "named_struct('double', 25.5D, 'string', CAST(null AS string))",
                        "named_struct('double', 9007199254740993D, 'string', CAST(null AS string))"))
                .containsExactly("25.5", "9.007199254740992E15 (inexact)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"struct<int: int, string: string>", "struct<long: bigint, double: double, string: string>"})
    void aStructNamedAfterItsTypesIsAChoice(String type) {
        assertThat(ChoiceColumns.isChoice(DataType.fromDDL(type))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct<string: string>",
                "struct<street: string, string: string>",
                "struct<int: string, long: bigint>"
            })
    void anyOtherStructIsNone(String type) {
        assertThat(ChoiceColumns.isChoice(DataType.fromDDL(type))).isFalse();
    }
}
