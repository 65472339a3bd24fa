package io.crossfoot.contract;

import static io.crossfoot.contract.RowRuleFrame.money;
import static io.crossfoot.contract.RowRuleFrame.present;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A rule, and which values of its column in {@link RowRuleFrame} keep it, in their order there. */
record RowRuleVerdicts(String rule, List<Object> kept) {
    static Stream<RowRuleVerdicts> all() {
        return Stream.of(
                keeps("IsComplete \"paid\"", true, false),
                keeps("IsComplete \"name\"", present("name")),
                keeps("ColumnValues \"paid\" != NULL", true, false),
                keeps("ColumnValues \"paid\" = null", (Object) null),
                // null: only != and not in keep it, unless it is listed
                keeps("ColumnValues \"quantity\" = 1", 1),
                keeps("ColumnValues \"quantity\" != 1", null, Integer.MIN_VALUE, -1, 0, 2, 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" in [1, 3]", 1, 3),
                keeps("ColumnValues \"quantity\" in [1, NULL]", null, 1),
                keeps("ColumnValues \"quantity\" in [NULL]", (Object) null),
                keeps("ColumnValues \"quantity\" not in [1, -1]", null, Integer.MIN_VALUE, 0, 2, 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" not in [NULL, 1, -1]", Integer.MIN_VALUE, 0, 2, 3, Integer.MAX_VALUE),
                // the ends of a range are outside
                keeps("ColumnValues \"quantity\" between 0 and 3", 1, 2),
                keeps("ColumnValues \"quantity\" between 3 and 0"),
                keeps("ColumnValues \"quantity\" not between 0 and 3", Integer.MIN_VALUE, -1, 0, 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" > 0", 1, 2, 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" >= 2", 2, 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" < 0", Integer.MIN_VALUE, -1),
                keeps("ColumnValues \"quantity\" <= -1", Integer.MIN_VALUE, -1),
                // between two values of the column, and beyond them all
                keeps("ColumnValues \"quantity\" < 2.5", Integer.MIN_VALUE, -1, 0, 1, 2),
                keeps("ColumnValues \"quantity\" <= 2.5", Integer.MIN_VALUE, -1, 0, 1, 2),
                keeps("ColumnValues \"quantity\" > 2.5", 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" >= 2.5", 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" > -0.5", 0, 1, 2, 3, Integer.MAX_VALUE),
                keeps("ColumnValues \"quantity\" = 2.0", 2),
                keeps("ColumnValues \"quantity\" = 2.5"),
                keeps("ColumnValues \"quantity\" != 2.5", RowRuleFrame.all("quantity")),
                keeps("ColumnValues \"quantity\" < 2147483648", present("quantity")),
                keeps("ColumnValues \"quantity\" > 2147483648"),
                keeps("ColumnValues \"quantity\" >= -2147483648", present("quantity")),
                keeps("ColumnValues \"quantity\" > -99999999999999999999999999999999999999999999", present("quantity")),
                keeps("ColumnValues \"quantity\" in [4294967297, 1.5]"),
                keeps("ColumnValues \"a.b\" >= 127", (byte) 127),
                keeps("ColumnValues \"a.b\" < 127.5", present("a.b")),
                keeps("ColumnValues \"a.b\" > -128.5", present("a.b")),
                // numbers that a double cannot tell apart
                keeps("ColumnValues \"id\" = 9007199254740993", 9007199254740993L),
                keeps("ColumnValues \"id\" > 9007199254740992", 9007199254740993L, Long.MAX_VALUE),
                keeps("ColumnValues \"id\" < 9223372036854775807.5", present("id")),
                keeps("ColumnValues \"price\" < 0.1", money("-1.00"), money("0.00"), money("0.09")),
                keeps("ColumnValues \"price\" = 0.1", money("0.10")),
                keeps("ColumnValues \"price\" = 0.100000000000000000000000000000000000000000001"),
                keeps(
                        "ColumnValues \"price\" > 0.09999999999999999999999999999999999999999999",
                        money("0.10"),
                        money("0.11"),
                        money("9999999999.99")),
                keeps("ColumnValues \"price\" >= 9999999999.991"),
                keeps("ColumnValues \"price\" between 0.0900001 and 0.1100001", money("0.10"), money("0.11")),
                keeps("ColumnValues \"wide\" > 0.5", money("1"), money("9".repeat(38))),
                keeps("ColumnValues \"wide\" >= 99999999999999999999999999999999999999", money("9".repeat(38))),
                keeps("ColumnValues \"wide\" < 100000000000000000000000000000000000000", present("wide")),
                keeps("ColumnValues \"tiny\" >= 1"),
                keeps("ColumnValues \"tiny\" > 0", money("1E-38"), money("0." + "9".repeat(38))),
                keeps("ColumnValues \"tiny\" in [0, 1]", money("0E-38")),
                keeps("ColumnValues \"day\" > \"2024-01-01\"", LocalDate.of(2024, 2, 29)),
                keeps("ColumnValues \"day\" = \"2024-02-29\"", LocalDate.of(2024, 2, 29)),
                keeps("ColumnValues \"day\" <= \"2024-01-01\"", LocalDate.of(2023, 12, 31), LocalDate.of(2024, 1, 1)),
                keeps("ColumnValues \"day\" between \"2023-12-31\" and \"2024-02-29\"", LocalDate.of(2024, 1, 1)),
                keeps(
                        "ColumnValues \"day\" not between \"2023-12-31\" and \"2024-02-29\"",
                        LocalDate.of(2023, 12, 31),
                        LocalDate.of(2024, 2, 29)),
                keeps("ColumnValues \"day\" in [\"2024-01-01\", NULL]", null, LocalDate.of(2024, 1, 1)),
                keeps("ColumnValues \"name\" = \"a\"", "a"),
                keeps("ColumnValues \"name\" in [\"é\", \"😀\"]", "é", "😀"),
                keeps("ColumnValues \"name\" in [\"a\\\"b\", \"a\\\\b\"]", "a\"b", "a\\b"),
                keeps("ColumnValues \"name\" = EMPTY", ""),
                keeps("ColumnValues \"name\" in [WHITESPACES_ONLY]", " ", "\t\u00a0"),
                keeps(
                        "ColumnValues \"name\" in [NULL, EMPTY, WHITESPACES_ONLY, \"a\"]",
                        null,
                        "",
                        " ",
                        "\t\u00a0",
                        "a"),
                keeps(
                        "ColumnValues \"name\" not in [NULL, EMPTY, WHITESPACES_ONLY, \"a\"]",
                        "A",
                        "ab",
                        "ab\n",
                        "é",
                        "😀",
                        "a\"b",
                        "a\\b"),
                keeps(
                        "ColumnValues \"name\" not in [EMPTY, WHITESPACES_ONLY, \"a\"]",
                        null,
                        "A",
                        "ab",
                        "ab\n",
                        "é",
                        "😀",
                        "a\"b",
                        "a\\b"),
                // the whole value, and not just a line of it
                keeps("ColumnValues \"name\" matches \"a|ab\"", "a", "ab"),
                keeps("ColumnValues \"name\" matches \"(?i)a\"", "a", "A"),
                keeps("ColumnValues \"name\" matches \"\\w\\W\\w\"", "a\"b", "a\\b"),
                keeps("ColumnValues \"name\" matches \".\"", " ", "a", "A", "é", "😀"),
                keeps("ColumnValues \"name\" not matches \"[^b]*\"", "ab", "ab\n", "a\"b", "a\\b"),
                // characters, not bytes; a null has none
                keeps("ColumnLength \"name\" = 1", " ", "a", "A", "é", "😀"),
                keeps("ColumnLength \"name\" < 1", null, ""),
                keeps("ColumnLength \"name\" > 2", "ab\n", "a\"b", "a\\b"),
                keeps("ColumnLength \"name\" in [0, 2]", null, "", "\t\u00a0", "ab"),
                keeps("ColumnLength \"name\" not in [0, 1, 2]", "ab\n", "a\"b", "a\\b"),
                keeps("ColumnLength \"name\" not between 0 and 3", null, "", "ab\n", "a\"b", "a\\b"),
                keeps("(ColumnValues \"name\" = NULL) or (ColumnLength \"name\" > 2)", null, "ab\n", "a\"b", "a\\b"),
                keeps("(ColumnLength \"name\" < 2) AND (ColumnValues \"name\" != NULL)", "", " ", "a", "A", "é", "😀"),
                keeps(
                        "((ColumnValues \"quantity\" > 2) and (IsComplete \"quantity\")) or (ColumnValues \"quantity\" = 0)",
                        0,
                        3,
                        Integer.MAX_VALUE));
    }

    private static RowRuleVerdicts keeps(String rule, Object... values) {
        return new RowRuleVerdicts(rule, Arrays.asList(values));
    }
}
