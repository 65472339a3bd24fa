package io.crossfoot.emulator.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.emulator.http.AwsError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT a FROM db.sales LIMIT 10                  | SELECT a FROM t0 AS \"sales\" LIMIT 10",
                "SELECT s.a FROM db.sales AS s                    | SELECT s.a FROM t0 AS s",
                "SELECT a FROM db . \"Sales\" s                   | SELECT a FROM t0 s",
                "SELECT a FROM \"my-db\".sales;                   | SELECT a FROM t0 AS \"sales\"",
                "SELECT * FROM d.a JOIN d.b USING (k)             | SELECT * FROM t0 AS \"a\" JOIN t1 AS \"b\" USING (k)",
                "SELECT * FROM d.a, d.b x WHERE y IN (SELECT y FROM c) | SELECT * FROM t0 AS \"a\", t1 x WHERE y IN (SELECT y FROM t2 AS \"c\")",
                "WITH x AS (SELECT * FROM d.a) SELECT * FROM x     | WITH x AS (SELECT * FROM t0 AS \"a\") SELECT * FROM x",
                "SELECT 'db.sales' FROM awsdatacatalog.db.sales  | SELECT 'db.sales' FROM t0 AS \"sales\"",
                "SELECT 1                                         | SELECT 1",
            })
    void renamesTablesAndNothingElse(String sql, String expected) {
        Statement statement = Statement.parse(sql);

        List<String> names = IntStream.range(0, statement.tables().size())
                .mapToObj(index -> "t" + index)
                .toList();
        assertThat(statement.rename(names)).isEqualTo(expected);
    }

    @Test
    void findsTablesOnAnyLine() {
        Statement statement = Statement.parse("-- all\nSELECT *\n  FROM db.sales\n JOIN db.x ON true");

        assertThat(statement.tables())
                .extracting(use -> use.line() + ":" + use.column())
                .containsExactly("3:8", "4:7");
    }

    @Test
    void refusesWhatTheGrammarRefusesInItsWords() {
        assertThatThrownBy(() -> Statement.parse("SELECT a FROM analytics-database-x.sales"))
                .isInstanceOf(AwsError.class)
                .hasMessageStartingWith("line 1:24: mismatched input '-'");
        assertThatThrownBy(() -> Statement.parse("SELEKT 1"))
                .isInstanceOf(AwsError.class)
                .hasMessageStartingWith("line 1:1: mismatched input 'SELEKT'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE x",
                "create external table t (a int)",
                "MSCK REPAIR TABLE t",
                "INSERT INTO a SELECT 1"
            })
    void refusesWhatItDoesNotDoRatherThanFakeIt(String sql) {
        assertThatThrownBy(() -> Statement.parse(sql))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.status()).isEqualTo(501))
                .hasMessageStartingWith("The emulator answers queries (SELECT, WITH, VALUES) only");
    }

    @Test
    void refusesWhatWouldKeepTheParserBusyForMinutes() {
        assertThatThrownBy(() -> Statement.parse("SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000)))
                .hasMessage("The query is nested more than 50 times");
        assertThatThrownBy(() -> Statement.parse("SELECT '" + "x".repeat(262_144) + "'"))
                .hasMessage("The query is longer than 262144 characters");
    }

    @Test
    @Timeout(30)
    void readsWhatIsNestedAsDeepAsItMayBe() {
        assertThat(Statement.parse("SELECT " + "(".repeat(50) + "1" + ")".repeat(50))
                        .tables())
                .isEmpty();
    }
}
