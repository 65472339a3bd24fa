package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV by the rules as they are written down, one character after the other and with no thought of speed: what the fast
 * reader is compared with.
 *
 * @param values its values as text, null for null; none when it is broken
 * @param isOpen whether a quote is open where it ends
 * @param text the record as it stands
 * @param offset where it begins, in bytes
 */
record SlowCsv(List<String> values, boolean isOpen, String text, long offset) {
    /** Returns all records of a text that are not blank, the header included; stops where a quote stays open. */
    static List<SlowCsv> of(String text, CsvDialect dialect) {
        List<SlowCsv> records = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (isLineEnd(text.charAt(at))) {
                at++;
            } else {
                Scanner scanner = new Scanner(text, at, dialect);
                SlowCsv record = scanner.record();
                at = scanner.at;
                if (!record.text().matches("[ \t]*") || record.text().indexOf(dialect.delimiter()) >= 0) {
                    records.add(record);
                }
            }
        }
        return records;
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }

    /** Reads one record. */
    private static final class Scanner {
        private final String text;
        private final CsvDialect dialect;
        private final int start;
        private int at;
        private boolean broken;
        private boolean open;

        Scanner(String text, int start, CsvDialect dialect) {
            this.text = text;
            this.start = start;
            this.at = start;
            this.dialect = dialect;
        }

        SlowCsv record() {
            List<String> values = new ArrayList<>();
            values.add(value());
            while (at < text.length() && text.charAt(at) == dialect.delimiter()) {
                at++;
                values.add(value());
            }
            long offset = text.substring(0, start).getBytes(StandardCharsets.UTF_8).length;
            return new SlowCsv(broken ? List.of() : values, open, text.substring(start, at), offset);
        }

        private String value() {
            return dialect.quote() != CsvDialect.NO_QUOTE && at < text.length() && text.charAt(at) == dialect.quote()
                    ? quoted()
                    : plain();
        }

        private String plain() {
            int from = at;
            while (at < text.length() && text.charAt(at) != dialect.delimiter() && !isLineEnd(text.charAt(at))) {
                at++;
            }
            String value = text.substring(from, at);
            return value.isEmpty() || dialect.nulls().contains(value) ? null : value;
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length()) {
                char next = text.charAt(at);
                if (next == dialect.quote() && at + 1 < text.length() && text.charAt(at + 1) == dialect.quote()) {
                    value.append(next);
                    at += 2;
                } else if (next == dialect.quote()) {
                    at++;
                    requireEndOfValue();
                    return value.toString();
                } else if (isLineEnd(next) && dialect.lineBreaks() == CsvDialect.LineBreaks.NEVER) {
                    broken = true;
                    return null;
                } else {
                    value.append(next);
                    at++;
                }
            }
            broken = true;
            open = true;
            return null;
        }

        /** What follows a closed quote breaks the record, which ends with the line. */
        private void requireEndOfValue() {
            if (at < text.length() && text.charAt(at) != dialect.delimiter() && !isLineEnd(text.charAt(at))) {
                broken = true;
                while (at < text.length() && !isLineEnd(text.charAt(at))) {
                    at++;
                }
            }
        }
    }
}
