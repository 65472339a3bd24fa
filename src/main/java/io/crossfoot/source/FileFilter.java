package io.crossfoot.source;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Some of the files of a table.
 *
 * @param since those written then or later; empty for any time
 * @param only those in folders of these columns whose values match: {@code *} stands for any text; empty for all
 */
public record FileFilter(Optional<Instant> since, Map<String, String> only) implements Predicate<InputFile> {
    /** Every file. */
    public static final FileFilter NONE = new FileFilter(Optional.empty(), Map.of());

    public FileFilter {
        only = Map.copyOf(only);
    }

    /** Whether every file passes. */
    public boolean isNone() {
        return equals(NONE);
    }

    @Override
    public boolean test(InputFile file) {
        boolean isLate =
                since.map(time -> file.modified() >= time.toEpochMilli()).orElse(true);
        return isLate && (only.isEmpty() || matches(PartitionFolders.values(file)));
    }

    private boolean matches(Map<String, String> values) {
        return only.entrySet().stream().allMatch(wanted -> matches(values.get(wanted.getKey()), wanted.getValue()));
    }

    private static boolean matches(String value, String pattern) {
        String expression =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return value != null && value.matches(expression);
    }

    /**
     * Refuses columns that none of the files lies in a folder of: the filter would let nothing through, in silence.
     *
     * @throws UsageException that names the column
     */
    public FileFilter requireFolders(List<InputFile> found) {
        if (only.isEmpty() || found.isEmpty()) {
            return this;
        }
        Set<String> columns = new TreeSet<>();
        found.forEach(file -> columns.addAll(file.partitions()));
        for (String column : new TreeMap<>(only).keySet()) {
            if (!columns.contains(column)) {
                throw new UsageException("Cannot use only = %s=…: no file of the sales lies in a folder %s=…%s"
                        .formatted(column, column, NearMiss.hint(column, columns)));
            }
        }
        return this;
    }

    /** Returns those of the files that pass. */
    public List<InputFile> of(List<InputFile> found) {
        requireFolders(found);
        return found.stream().filter(this).toList();
    }
}
