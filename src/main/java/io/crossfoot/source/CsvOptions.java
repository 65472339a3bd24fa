package io.crossfoot.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.csv.CsvDialect;
import io.crossfoot.csv.CsvDialect.LineBreaks;
import io.crossfoot.csv.CsvSpec.Misfits;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The options of {@link CsvDataSource}.
 *
 * @param names the names of the columns, where files have no header; none when the schema names them
 */
record CsvOptions(List<String> locations, CsvDialect dialect, Misfits misfits, boolean header, List<String> names) {
    private static final List<String> KNOWN = List.of(
            "path",
            "paths",
            "header",
            "columns",
            "sep",
            "delimiter",
            "quote",
            "multiLine",
            "nullValue",
            "encoding",
            "charset",
            "mode");

    /** @throws UsageException listing everything that is wrong */
    static CsvOptions of(CaseInsensitiveStringMap options) {
        List<String> problems = new ArrayList<>();
        for (String name : options.asCaseSensitiveMap().keySet()) {
            if (KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
                problems.add("Cannot read %s: there is no option '%s'%s"
                        .formatted(CsvDataSource.NAME, name, NearMiss.hint(name, KNOWN)));
            }
        }
        boolean header = flag("header", options.getOrDefault("header", "true"), problems);
        boolean multiline = flag("multiLine", options.getOrDefault("multiLine", "false"), problems);
        List<String> names = list(options.get("columns"));
        if (header && !names.isEmpty()) {
            problems.add(problem("columns", options.get("columns"), "the header names them; or set header to false"));
        }
        Misfits misfits = mode(options.getOrDefault("mode", "FAIL"), problems);
        CsvDialect dialect = CsvDialect.standard();
        try {
            dialect = new CsvDialect(
                    character("sep", options.getOrDefault("sep", options.getOrDefault("delimiter", ","))),
                    options.getOrDefault("quote", "\"").isEmpty()
                            ? CsvDialect.NO_QUOTE
                            : character("quote", options.getOrDefault("quote", "\"")),
                    multiline ? LineBreaks.QUOTED : LineBreaks.NEVER,
                    list(options.get("nullValue")),
                    options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8")));
        } catch (java.nio.charset.IllegalCharsetNameException | java.nio.charset.UnsupportedCharsetException unknown) {
            problems.add(problem("encoding", unknown.getMessage(), "Java knows no such charset"));
        } catch (IllegalArgumentException invalid) {
            problems.add(invalid.getMessage());
        }
        List<String> locations = locations(options);
        if (locations.isEmpty()) {
            problems.add("Cannot read %s: no path is given; write load(path)".formatted(CsvDataSource.NAME));
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return new CsvOptions(locations, dialect, misfits, header, names);
    }

    private static List<String> locations(Map<String, String> options) {
        List<String> locations = new ArrayList<>();
        if (options.containsKey("path")) {
            locations.add(options.get("path"));
        }
        try {
            // so does Spark hand over several
            locations.addAll(
                    List.of(new ObjectMapper().readValue(options.getOrDefault("paths", "[]"), String[].class)));
        } catch (JsonProcessingException invalid) {
            throw new UsageException(problem("paths", options.get("paths"), "write load(path, path)"));
        }
        return locations;
    }

    private static boolean flag(String name, String text, List<String> problems) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            problems.add(problem(name, text, "write true or false"));
        }
        return text.equalsIgnoreCase("true");
    }

    private static Misfits mode(String text, List<String> problems) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "FAIL" -> Misfits.FAIL;
            case "MARK" -> Misfits.MARK;
            default -> {
                problems.add(problem("mode", text, "it must be FAIL or MARK"));
                yield Misfits.FAIL;
            }
        };
    }

    private static char character(String option, String text) {
        String character = text.equals("\\t") ? "\t" : text;
        if (character.length() != 1) {
            throw new IllegalArgumentException(problem(option, text, "write one ASCII character"));
        }
        return character.charAt(0);
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : Stream.of(text.split(",", -1)).toList();
    }

    private static String problem(String option, String value, String remedy) {
        return "Cannot read %s: option %s is '%s'; %s".formatted(CsvDataSource.NAME, option, value, remedy);
    }
}
