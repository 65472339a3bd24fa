package io.crossfoot.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;

/** Files of tests, as scans see them. */
final class CsvFiles {
    static final Configuration HADOOP = new Configuration(false);

    private CsvFiles() {}

    /** Returns a file whose records begin behind its first record that is not blank. */
    static CsvSpec.Input input(Path file, CsvDialect dialect) {
        try {
            String text = Files.readString(file);
            int mark = text.startsWith("\uFEFF") ? 3 : 0;
            int header = CsvHeader.in(text.substring(mark / 3), true, dialect).end();
            return new CsvSpec.Input(file.toUri().toString(), Files.size(file), mark + header, false, 0, Map.of());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns a scan of so many texts. */
    static CsvSpec texts(CsvDialect dialect, int width, CsvSpec.Input... files) {
        List<CsvSpec.Column> columns = IntStream.range(0, width)
                .mapToObj(i -> CsvSpec.Column.ofValue("c" + i, DataTypes.StringType, true, i))
                .toList();
        return new CsvSpec(
                "table",
                "multiline",
                dialect,
                CsvSpec.Misfits.NULL,
                columns,
                columns.stream().map(CsvSpec.Column::name).toList(),
                List.of(new CsvSpec.Layout(
                        width, IntStream.range(0, width).boxed().toList())),
                List.of(files));
    }

    static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
