package io.crossfoot.source;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.csv.CsvHeader;
import io.crossfoot.csv.CsvInput;
import io.crossfoot.csv.CsvSpec;
import io.crossfoot.error.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A CSV file whose header was read.
 *
 * @param names the names of its columns; one that is blank is named by its place
 * @param data where its records begin, in bytes
 */
record CsvFile(InputFile file, List<String> names, long data) {
    /** Reads the header of a file; empty when the file has no line that is not blank. */
    static Optional<CsvFile> of(String table, InputFile file, CsvDialect dialect, Configuration hadoop) {
        TextHead head = TextHead.of(table, file, dialect, hadoop);
        CsvHeader header = CsvHeader.in(head.text(), head.whole(), dialect);
        return switch (header.state()) {
            case NONE -> Optional.empty();
            case ENDLESS ->
                throw new ShapeException("Cannot read %s: the first %d bytes of %s hold no line end; is it a CSV file?"
                        .formatted(table, TextHead.BYTES, file.path()));
            case BROKEN ->
                throw new ShapeException(
                        "Cannot read %s: a quote in the header of %s is not closed, or not followed by '%s'; mend it"
                                .formatted(table, file.path(), dialect.delimiter()));
            case WHOLE ->
                Optional.of(new CsvFile(file, names(header.values()), (long) head.byteOrderMark() + header.end()));
        };
    }

    /** Reads the header of a file, or takes the names that its values are known to have where it has none. */
    static Optional<CsvFile> of(
            String table, InputFile file, Optional<List<String>> names, CsvDialect dialect, Configuration hadoop) {
        return names.isPresent()
                ? withoutHeader(table, file, names.get(), dialect, hadoop)
                : of(table, file, dialect, hadoop);
    }

    /** Takes a file that begins with a record; empty when it has none. */
    static Optional<CsvFile> withoutHeader(
            String table, InputFile file, List<String> names, CsvDialect dialect, Configuration hadoop) {
        TextHead head = TextHead.of(table, file, dialect, hadoop);
        return head.whole() && head.text().isBlank()
                ? Optional.empty()
                : Optional.of(new CsvFile(file, names, head.byteOrderMark()));
    }

    /** What a scan has to know of the file. */
    CsvSpec.Input input(int layout, Configuration hadoop) {
        return new CsvSpec.Input(
                file.path(),
                file.bytes(),
                data,
                CsvInput.isPacked(file.path(), hadoop),
                layout,
                PartitionFolders.values(file));
    }

    private static List<String> names(List<String> values) {
        List<String> names = new ArrayList<>();
        for (String value : values) {
            names.add(value.isBlank() ? "column " + (names.size() + 1) : value.strip());
        }
        return List.copyOf(names);
    }
}
