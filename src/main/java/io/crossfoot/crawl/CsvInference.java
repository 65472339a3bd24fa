package io.crossfoot.crawl;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.TextHead;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What CSV files look like. A first line is a header when there are at least two columns and two lines, each of its cells
 * looks like text, and some cell below does not. Without one, columns are {@code col0, col1, …}.
 */
final class CsvInference {
    private static final List<Character> DELIMITERS = List.of(',', '\t', ';', '|', '\u0001');
    private static final int RECORDS = 1000;
    private static final int CELL = 1 << 20;

    /** One file, taken apart. */
    private record Sheet(InputFile file, TextHead head, List<String[]> records) {
        boolean looksHeaded() {
            return records.size() > 1
                    && records.get(0).length > 1
                    && firstIsText()
                    && records.stream()
                            .skip(1)
                            .flatMap(Stream::of)
                            .map(TextType::of)
                            .anyMatch(CsvInference::isNumber);
        }

        boolean firstIsText() {
            return Stream.of(records.get(0)).noneMatch(cell -> isNumber(TextType.of(cell)));
        }

        List<String> names() {
            String[] cells = records.get(0);
            return IntStream.range(0, cells.length)
                    .mapToObj(i -> name(cells[i], i))
                    .toList();
        }

        private static String name(String cellOrNull, int position) {
            String cell = cellOrNull == null ? "" : cellOrNull.strip();
            return cell.isEmpty() ? "col" + position : cell.toLowerCase(Locale.ROOT);
        }
    }

    private final char delimiter;
    private final List<Sheet> sheets;
    private final boolean headed;
    private final List<String> notes = new ArrayList<>();

    private CsvInference(Map<InputFile, TextHead> heads) {
        delimiter = delimiter(heads.values().iterator().next());
        sheets = new ArrayList<>();
        heads.forEach((file, head) -> {
            List<String[]> records = records(head, delimiter);
            if (!records.isEmpty()) {
                sheets.add(new Sheet(file, head, records));
            }
        });
        headed = sheets.stream().anyMatch(Sheet::looksHeaded);
    }

    /** @param heads at least one, in the order of the files */
    static Inferred of(Map<InputFile, TextHead> heads) {
        return new CsvInference(heads).infer();
    }

    private Inferred infer() {
        LinkedHashMap<String, TextType> types = new LinkedHashMap<>();
        long rows = 0;
        long bytes = 0;
        boolean measurable = true;
        for (Sheet sheet : sheets) {
            List<String> names = headed ? sheet.names() : numbered(sheet);
            warn(sheet, names);
            names.forEach(name -> types.merge(name, TextType.NOTHING, TextType::or));
            for (String[] record :
                    sheet.records().subList(headed ? 1 : 0, sheet.records().size())) {
                for (int i = 0; i < Math.min(record.length, names.size()); i++) {
                    types.merge(names.get(i), TextType.of(record[i]), TextType::or);
                }
                rows++;
            }
            boolean whole = sheet.head().whole() && sheet.records().size() < RECORDS;
            measurable &= whole || !Compression.of(sheet.file()).isPacked();
            bytes += whole ? sheet.file().bytes() : bytes(sheet.records());
        }
        LinkedHashMap<String, String> hive = new LinkedHashMap<>();
        types.forEach((name, type) -> hive.put(name, type.hive()));
        return new Inferred(
                TableStorage.delimited(delimiter),
                Inferred.columns(hive),
                parameters(),
                rows,
                measurable ? bytes : 0,
                notes);
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                CatalogTable.CLASSIFICATION,
                "csv",
                CatalogTable.DELIMITER,
                String.valueOf(delimiter),
                "areColumnsQuoted",
                String.valueOf(isQuoted()),
                "columnsOrdered",
                "true"));
        if (headed) {
            parameters.put(CatalogTable.HEADER_LINES, "1");
        }
        if (isQuoted()) {
            notes.add("values are quoted: Athena wants the OpenCSVSerDe for that");
        }
        return parameters;
    }

    private void warn(Sheet sheet, List<String> names) {
        if (!headed) {
            return;
        }
        List<String> first = sheets.get(0).names();
        if (!sheet.firstIsText()) {
            notes.add("%s has no header, other files have one"
                    .formatted(sheet.file().name()));
        } else if (!names.equals(first)
                && names.stream()
                        .sorted()
                        .toList()
                        .equals(first.stream().sorted().toList())) {
            notes.add("%s has its columns in another order: Crossfoot goes by name, Athena by position"
                    .formatted(sheet.file().name()));
        }
    }

    private boolean isQuoted() {
        String quoted = delimiter + "\"";
        return sheets.stream()
                .map(sheet -> sheet.head().text())
                .anyMatch(text -> text.startsWith("\"") || text.contains("\n\"") || text.contains(quoted));
    }

    private static List<String> numbered(Sheet sheet) {
        int width =
                sheet.records().stream().mapToInt(record -> record.length).max().orElse(0);
        return IntStream.range(0, width).mapToObj(i -> "col" + i).toList();
    }

    private static boolean isNumber(TextType type) {
        return type == TextType.BIGINT || type == TextType.DOUBLE;
    }

    /** The delimiter that parts the first lines into most values, as many in each. */
    private static char delimiter(TextHead head) {
        char best = ',';
        int most = 1;
        for (char candidate : DELIMITERS) {
            List<Integer> widths = records(head, candidate).stream()
                    .limit(20)
                    .map(record -> record.length)
                    .distinct()
                    .toList();
            if (widths.size() == 1 && widths.get(0) > most) {
                most = widths.get(0);
                best = candidate;
            }
        }
        return best;
    }

    private static List<String[]> records(TextHead head, char delimiter) {
        String text = head.text();
        if (!head.whole()) {
            // the last line was cut
            text = text.substring(0, Math.max(text.lastIndexOf('\n'), 0));
        }
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(delimiter);
        settings.setMaxCharsPerColumn(CELL);
        settings.setMaxColumns(10_000);
        settings.setNumberOfRecordsToRead(RECORDS);
        settings.getFormat().setComment('\0');
        return new CsvParser(settings).parseAll(new StringReader(text));
    }

    private static long bytes(List<String[]> records) {
        return records.stream()
                .flatMap(Stream::of)
                .mapToLong(cell -> 1 + (cell == null ? 0 : cell.getBytes(StandardCharsets.UTF_8).length))
                .sum();
    }
}
