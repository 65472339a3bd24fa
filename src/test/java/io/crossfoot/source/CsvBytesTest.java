package io.crossfoot.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.source.CsvDialect.LineBreaks;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvBytesTest {
    @TempDir
    Path folder;

    private List<String> records(Path file, long start, long end, LineBreaks lineBreaks) throws IOException {
        CsvSpec.Input input = new CsvSpec.Input(file.toUri().toString(), Files.size(file), false, Map.of());
        List<String> records = new ArrayList<>();
        CsvSplit.Range range = new CsvSplit.Range(input, start, end);
        try (CsvBytes bytes = new CsvBytes(range, new CsvDialect(',', lineBreaks), new Configuration(false))) {
            if (range.start() == 0) {
                bytes.next();
            }
            while (bytes.next()) {
                records.add(
                        new String(bytes.buffer(), bytes.from(), bytes.to() - bytes.from(), StandardCharsets.UTF_8));
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

        for (long step = 1; step <= Files.size(file); step++) {
            List<String> parts = new ArrayList<>();
            for (long start = 0; start < Files.size(file); start += step) {
                parts.addAll(records(file, start, Math.min(Files.size(file), start + step), LineBreaks.NEVER));
            }
            // a range that ends inside the header belongs to the first one with all that is before the next line
            assertThat(parts).as("ranges of %d bytes", step).endsWith(all.toArray(String[]::new));
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
