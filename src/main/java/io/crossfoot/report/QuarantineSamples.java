package io.crossfoot.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.error.StorageFault;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A few rows of a quarantine for each reason, from the beginning of its files: whatever its size, little is read. */
public record QuarantineSamples(Path folder, PersonalColumns personal, Configuration hadoop) {
    private static final int ROWS_READ = 2000;
    private static final int FOR_EACH_REASON = 3;
    private static final int LONGEST = 400;
    private static final int LONGEST_LINE = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the samples; none when there is no quarantine. */
    public List<QuarantineSample> read() {
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            FileStatus[] found = files.listStatus(folder, path -> path.getName().endsWith(".json"));
            Arrays.sort(found);
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < found.length && lines.size() < ROWS_READ; i++) {
                try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(files.open(found[i].getPath()), StandardCharsets.UTF_8))) {
                    addLines(in, lines);
                }
            }
            return chosen(lines);
        } catch (FileNotFoundException none) {
            return List.of();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read the quarantine " + folder, "");
        }
    }

    /** Lines that are too long to be shown are passed by. */
    private static void addLines(BufferedReader in, List<String> lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && lines.size() < ROWS_READ; next = in.read()) {
            if (next != '\n') {
                if (line.length() <= LONGEST_LINE) {
                    line.append((char) next);
                }
                continue;
            }
            if (line.length() <= LONGEST_LINE) {
                lines.add(line.toString());
            }
            line.setLength(0);
        }
        // an editor may have left the last line without an end
        if (lines.size() < ROWS_READ && line.length() <= LONGEST_LINE) {
            lines.add(line.toString());
        }
    }

    private List<QuarantineSample> chosen(List<String> lines) {
        Map<List<String>, Integer> taken = new HashMap<>();
        List<QuarantineSample> samples = new ArrayList<>();
        for (String line : lines) {
            parsed(line).ifPresent(sample -> {
                List<String> reason = Arrays.asList(sample.table(), sample.reason(), sample.column());
                if (taken.merge(reason, 1, Integer::sum) <= FOR_EACH_REASON) {
                    samples.add(personal.masked(sample));
                }
            });
        }
        return samples.stream().map(QuarantineSamples::cut).toList();
    }

    /** Returns what a line holds; people mend a quarantine by hand, and leave lines that hold nothing. */
    private static Optional<QuarantineSample> parsed(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            QuarantineSample sample = new QuarantineSample(
                    text(row, "table"),
                    text(row, "reason"),
                    text(row, "column"),
                    text(row, "value"),
                    row.path("source_file").asText("").replaceFirst(".*/", ""),
                    text(row, "row"));
            return sample.table() == null || sample.reason() == null ? Optional.empty() : Optional.of(sample);
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    private static QuarantineSample cut(QuarantineSample sample) {
        return new QuarantineSample(
                sample.table(),
                sample.reason(),
                sample.column(),
                cut(sample.value()),
                sample.file(),
                cut(sample.row()));
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).isTextual() ? row.get(field).asText() : null;
    }
}
