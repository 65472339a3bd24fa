package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {
    @Test
    void numbersStandToTheRightAndNullIsTold() {
        ConsoleTable table = ConsoleTable.of(
                List.of("name", "total"),
                List.of(
                        Arrays.asList("Laptop", new BigDecimal("1E+3")),
                        Arrays.asList(null, 7),
                        Arrays.asList("", null)));

        assertThat(table).hasToString("""
                        name    total
                        ------  -----
                        Laptop   1000
                        NULL        7
                                 NULL""");
    }

    @Test
    void longAndUnprintableCellsStayOnTheirLine() {
        ConsoleTable table =
                ConsoleTable.of(List.of("text"), List.of(List.of("a\nb\u001b[31m"), List.of("x".repeat(100))));

        assertThat(table.lines()).contains("a b [31m", "x".repeat(59) + "…");
    }

    @Test
    void tableWithoutRowsIsItsHeader() {
        ConsoleTable table = ConsoleTable.of(List.of("a", "b"), List.of());

        assertThat(table).hasToString("a  b\n-  -");
    }
}
