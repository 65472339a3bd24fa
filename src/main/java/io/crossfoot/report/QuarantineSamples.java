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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A few rows of a quarantine for each reason, from the beginning of its files: whatever its size, little is read. */
public record QuarantineSamples(Path folder, PersonalColumns personal, Configuration hadoop) {
    private static final int ROWS_READ = 2000;
    private static final int FOR_EACH_REASON = 3;
    private static final int LONGEST = 400;
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
                    in.lines().limit(ROWS_READ - lines.size()).forEach(lines::add);
                }
            }
            return chosen(lines);
        } catch (FileNotFoundException none) {
            return List.of();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read the quarantine " + folder, "");
        }
    }

    private List<QuarantineSample> chosen(List<String> lines) {
        Map<List<String>, Integer> taken = new HashMap<>();
        List<QuarantineSample> samples = new ArrayList<>();
        for (String line : lines) {
            QuarantineSample sample = parsed(line);
            List<String> reason = Arrays.asList(sample.table(), sample.reason(), sample.column());
            if (taken.merge(reason, 1, Integer::sum) <= FOR_EACH_REASON) {
                samples.add(personal.masked(sample));
            }
        }
        return samples.stream().map(QuarantineSamples::cut).toList();
    }

    private static QuarantineSample parsed(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            return new QuarantineSample(
                    text(row, "table"),
                    text(row, "reason"),
                    text(row, "column"),
                    text(row, "value"),
                    row.path("source_file").asText("").replaceFirst(".*/", ""),
                    text(row, "row"));
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the quarantine of this run holds a line that is no JSON", damaged);
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
