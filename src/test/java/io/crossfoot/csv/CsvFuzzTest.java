package io.crossfoot.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.csv.CsvDialect.LineBreaks;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reader against {@link SlowCsv}, on texts and dialects of every kind, whole and cut at every byte, with a buffer that
 * is mostly too small. A failure names its seed. {@code -Dcrossfoot.fuzz=1000} tries a thousand times as many.
 */
class CsvFuzzTest {
    private static final int TEXTS = 1500 * Integer.getInteger("crossfoot.fuzz", 1);
    private static final String[] PIECES = {
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "a",
        "1.50",
        "é",
        "😀",
        "NULL",
        "0123456789abcdef",
        "\u0000",
        "\u0001",
        "Ā",
        "\u000b",
        "\uFEFF"
    };
    private static final int SMALLEST_BUFFER = 16;

    @TempDir
    Path folder;

    @Test
    void readsWhatTheSlowReaderReads() throws IOException {
        for (int seed = 0; seed < TEXTS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CsvDialect dialect = dialect(random);
            String text = text(random, dialect);
            Path file = Folders.write(folder.resolve("a.csv"), (random.nextInt(5) == 0 ? "\uFEFF" : "") + text);
            compare("seed %d: %s %s".formatted(seed, dialect, text), text, file, dialect, random);
        }
    }

    private static void compare(String seed, String text, Path file, CsvDialect dialect, SplittableRandom random)
            throws IOException {
        List<SlowCsv> slow = SlowCsv.of(text, dialect);
        CsvHeader header = CsvHeader.in(text, true, dialect);
        if (slow.isEmpty()) {
            assertThat(header.state()).as(seed).isEqualTo(CsvHeader.State.NONE);
            return;
        }
        boolean broken = slow.get(0).values().isEmpty();
        assertThat(header.state()).as(seed).isEqualTo(broken ? CsvHeader.State.BROKEN : CsvHeader.State.WHOLE);
        int width = broken ? 2 : header.values().size();
        int mark = (int) (Files.size(file) - text.getBytes(StandardCharsets.UTF_8).length);
        CsvSpec.Input input = CsvFiles.input(file, dialect);
        CsvSpec spec = CsvFiles.texts(dialect, width, input);
        List<String> expected = slow.subList(1, slow.size()).stream()
                .map(record -> shown(record, width, mark))
                .toList();
        if (staysOpen(slow, dialect)) {
            assertThatThrownBy(() -> read(spec, 0, Long.MAX_VALUE, random))
                    .as(seed)
                    .hasMessageContaining("never closed");
            return;
        }
        assertThat(read(spec, 0, Long.MAX_VALUE, random)).as(seed).isEqualTo(expected);
        if (dialect.lineBreaks() == LineBreaks.NEVER && random.nextInt(10) == 0) {
            for (long cut = input.data(); cut <= input.bytes(); cut++) {
                List<String> parts = new ArrayList<>(read(spec, input.data(), cut, random));
                parts.addAll(read(spec, cut, input.bytes(), random));
                assertThat(parts).as("%s cut at byte %d", seed, cut).isEqualTo(expected);
            }
        }
    }

    /** Nobody knows what a text means in which a quote is never closed. */
    private static boolean staysOpen(List<SlowCsv> slow, CsvDialect dialect) {
        return dialect.lineBreaks() == LineBreaks.QUOTED
                && slow.get(slow.size() - 1).isOpen()
                && slow.size() > 1;
    }

    private static String shown(SlowCsv record, int width, int mark) {
        return "%d %s"
                .formatted(
                        mark + record.offset(),
                        record.values().size() == width ? record.values() : "malformed " + record.text());
    }

    private static List<String> read(CsvSpec spec, long start, long end, SplittableRandom random) throws IOException {
        List<String> records = new ArrayList<>();
        CsvSplit.Range range = new CsvSplit.Range(spec.files().get(0), start, end);
        List<Integer> values = IntStream.range(0, spec.columns().size()).boxed().toList();
        CsvFields fields = new CsvFields(spec.dialect(), values);
        fields.expect(spec.layouts().get(0));
        int room = SMALLEST_BUFFER + random.nextInt(random.nextBoolean() ? 64 : 2048);
        try (CsvBytes bytes = new CsvBytes(spec, range, CsvFiles.HADOOP, room)) {
            for (bytes.read(fields); fields.rows() > 0; bytes.read(fields)) {
                assertThat(fields.arePlain()).isEqualTo(isPlain(fields));
                for (int row = 0; row < fields.rows(); row++) {
                    List<String> texts = new ArrayList<>();
                    for (int value : values) {
                        texts.add(text(fields, fields.places(value)[row]));
                    }
                    String record = CsvFiles.text(fields.bytes(), fields.start(row), fields.end(row));
                    records.add("%d %s"
                            .formatted(
                                    fields.offset(fields.start(row)),
                                    fields.isMalformed(row) ? "malformed " + record : texts));
                }
            }
        }
        return records;
    }

    private static boolean isPlain(CsvFields fields) {
        return IntStream.range(0, fields.rows())
                .flatMap(row -> IntStream.range(fields.start(row), fields.end(row)))
                .noneMatch(place -> fields.bytes()[place] <= 0);
    }

    private static String text(CsvFields fields, long place) {
        if (place == Place.NULL) {
            return null;
        }
        return Place.hasDoubledQuotes(place)
                ? new String(fields.record().undoubled(fields.bytes(), place), StandardCharsets.UTF_8)
                : CsvFiles.text(fields.bytes(), Place.start(place), Place.end(place));
    }

    private static CsvDialect dialect(SplittableRandom random) {
        char delimiter = ",;|\t ^".charAt(random.nextInt(6));
        char quote = "\"\"'$\0".charAt(random.nextInt(5));
        LineBreaks lineBreaks = LineBreaks.values()[random.nextInt(2)];
        List<String> nulls = random.nextInt(3) == 0 ? List.of("NULL", "a") : List.of();
        return new CsvDialect(delimiter, quote, lineBreaks, nulls, "UTF-8");
    }

    /** Pieces by chance; the more of them are whole quoted values, the longer a text stays in order. */
    private static String text(SplittableRandom random, CsvDialect dialect) {
        StringBuilder text = new StringBuilder();
        String quote = dialect.quote() == CsvDialect.NO_QUOTE ? "\"" : "" + dialect.quote();
        boolean orderly = random.nextInt(3) > 0;
        for (int pieces = random.nextInt(random.nextInt(4) > 0 ? 40 : 400); pieces > 0; pieces--) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> text.append(dialect.delimiter());
                case 3 -> text.append(quote).append(orderly ? "x" + quote + quote + dialect.delimiter() + quote : "");
                case 4 -> text.append(orderly ? "" : quote);
                default -> text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        // in front it would be a byte order mark
        return text.toString().replaceFirst("^\uFEFF+", "");
    }
}
