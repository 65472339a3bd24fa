package io.crossfoot.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.csv.CsvDialect.LineBreaks;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvBytesTest {
    @TempDir
    Path folder;

    /** Returns the records that begin in [start, end), behind the header. */
    private static List<String> records(Path file, long start, long end, LineBreaks lineBreaks) throws IOException {
        CsvDialect dialect = CsvDialect.standard().with(lineBreaks);
        CsvSpec.Input input = CsvFiles.input(file, dialect);
        List<String> records = new ArrayList<>();
        CsvSplit.Range range = new CsvSplit.Range(input, start, end);
        CsvFields fields = new CsvFields(dialect, List.of());
        fields.expect(new CsvSpec.Layout(2, List.of()));
        try (CsvBytes bytes = new CsvBytes(CsvFiles.texts(dialect, 2, input), range, CsvFiles.HADOOP)) {
            for (bytes.read(fields); fields.rows() > 0; bytes.read(fields)) {
                for (int row = 0; row < fields.rows(); row++) {
                    records.add(CsvFiles.text(fields.bytes(), fields.start(row), fields.end(row)));
                    assertThat(fields.offset(fields.start(row))).isBetween(start, end);
                }
            }
        }
        return records;
    }

    @Test
    void givesEachRecordToOneRangeWhereverAFileIsCut() throws IOException {
        Path file = Folders.write(
                folder.resolve("a.csv"),
                "\uFEFF\n \nid,name\r\n1,é\n\n2,\"b,\"\"c\"\r3,\r\n4,\"open\r\nid,name\n  \n5,last");
        List<String> all = List.of("1,é", "2,\"b,\"\"c\"", "3,", "4,\"open", "id,name", "5,last");

        long data = CsvFiles.input(file, CsvDialect.standard()).data();
        for (long cut = data; cut <= Files.size(file); cut++) {
            List<String> parts = new ArrayList<>(records(file, data, cut, LineBreaks.NEVER));
            parts.addAll(records(file, cut, Files.size(file), LineBreaks.NEVER));
            assertThat(parts).as("cut at byte %d", cut).isEqualTo(all);
        }
        assertThat(records(file, 0, Long.MAX_VALUE, LineBreaks.NEVER)).isEqualTo(all);
    }

    @Test
    void keepsLineBreaksInsideQuotesAsTheyAre() throws IOException {
        Path file = Folders.write(folder.resolve("a.csv"), "id,\"na\nme\"\n1,\"a\r\nb\n\"\r\n2,c\n");

        assertThat(records(file, 0, Long.MAX_VALUE, LineBreaks.QUOTED)).containsExactly("1,\"a\r\nb\n\"", "2,c");
    }

    @Test
    void readsRecordsThatAreLongerThanItsBuffer() throws IOException {
        String longest = "x".repeat(3_000_000);
        Path file = Folders.write(folder.resolve("a.csv"), "id,name\n1," + longest + "\n2,\"" + longest + "\"\n3,c\n");

        assertThat(records(file, 0, Long.MAX_VALUE, LineBreaks.NEVER))
                .containsExactly("1," + longest, "2,\"" + longest + "\"", "3,c");
    }

    @Test
    void readsFilesWithoutRecords() throws IOException {
        assertThat(records(Folders.write(folder.resolve("empty.csv"), ""), 0, 9, LineBreaks.NEVER))
                .isEmpty();
        assertThat(records(Folders.write(folder.resolve("header.csv"), "id"), 0, 9, LineBreaks.NEVER))
                .isEmpty();
        assertThat(records(Folders.write(folder.resolve("blank.csv"), "\n \n\n"), 0, 9, LineBreaks.NEVER))
                .isEmpty();
    }
}
