package io.crossfoot.whole;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a run that was killed.
 *
 * @param point where, as {@link #named} calls it
 * @param left what readers saw then
 * @param repeat what the next run did
 */
record Death(Mode mode, String point, String left, String repeat) {
    /** How a run changes an output that holds rows of earlier ones. */
    enum Mode {
        OVERWRITE("overwrite"),
        APPEND("append"),
        NEW_FILE("incremental, a new file"),
        REWRITTEN_FILE("incremental, a rewritten file"),
        MERGE("merge into an Iceberg table");

        private final String words;

        Mode(String words) {
            this.words = words;
        }

        /** Whether rows come beside those that are there, file by file. */
        private boolean isAdding() {
            return this == APPEND || this == NEW_FILE;
        }

        /** Whether a reader may ever see these rows. */
        boolean shows(List<String> rows, List<String> before, List<String> after) {
            if (isAdding()) {
                return rows.containsAll(before) && after.containsAll(rows);
            }
            return rows.equals(before) || rows.equals(after) || this != MERGE && rows.isEmpty();
        }
    }

    /** Names a point without its places. */
    static String named(String said, Ground ground) {
        return said.replace("file:", "")
                .replace(ground.control() + "/", "")
                .replace(ground.output() + "/", "out/")
                .replace(ground.output().toString(), "out")
                .replaceAll("\\b(staging|replaced|state|quarantine|out)/\\S+", "$1/*")
                .replaceAll("\\bruns/[^/ ]+", "runs/*")
                .replaceAll("\\d{9}\\.(run|whole)\\.jsonl", "*")
                .replaceAll(" \\d+ steps| of run \\S+", " …")
                .strip();
    }

    /** Says what a reader sees of a run that was killed at a point; rows are as {@link Mode#shows} lets them be. */
    static String left(Mode mode, String point, List<String> rows, List<String> before, List<String> after) {
        if (isBesideOthers(mode, point)) {
            return "the previous output, and each new file whole or not at all";
        }
        if (rows.equals(before)) {
            return "the previous output";
        }
        return rows.isEmpty() ? "nothing, until then" : rows.equals(after) ? "the new output" : "rows: " + rows;
    }

    /** Files are moved side by side, that of the state among them: in which order is not said. */
    private static boolean isBesideOthers(Mode mode, String point) {
        return mode.isAdding() && point.matches("publish: move staging/.*|published: .*");
    }

    /** Says what a run has done that was started after another had been killed. */
    static String repeat(List<String> points) {
        List<String> recovering = points.stream()
                .takeWhile(point -> !point.equals("open") && !point.equals("register"))
                .toList();
        List<String> did = new ArrayList<>();
        if (recovering.stream().anyMatch(point -> point.startsWith("publish: "))) {
            did.add("finishes the publication");
        } else if (recovering.stream().anyMatch(point -> point.startsWith("give up"))) {
            did.add("gives the publication up");
        } else if (recovering.stream().anyMatch(point -> point.startsWith("clean: delete"))) {
            did.add("removes what was staged");
        }
        did.add(points.contains("enrich") ? "starts over" : "reports what was published");
        return String.join(", then ", did);
    }

    /** Returns deaths as a table: those that follow each other and are alike in one row, those of several modes, too. */
    static List<String> table(List<Death> deaths) {
        Map<List<String>, Set<Mode>> rows = new LinkedHashMap<>();
        deaths.stream()
                .collect(Collectors.groupingBy(Death::mode, LinkedHashMap::new, Collectors.toList()))
                .forEach((mode, of) -> runs(of).forEach(row ->
                        rows.computeIfAbsent(row, key -> new LinkedHashSet<>()).add(mode)));
        List<String> lines =
                new ArrayList<>(List.of("| killed at | with | readers see | the next run |", "|---|---|---|---|"));
        rows.forEach((row, modes) ->
                lines.add("| %s | %s | %s | %s |".formatted(row.get(0), words(modes), row.get(1), row.get(2))));
        return lines;
    }

    private static String words(Set<Mode> modes) {
        return modes.size() == Mode.values().length
                ? "all"
                : modes.stream().map(mode -> mode.words).collect(Collectors.joining("; "));
    }

    /** Returns points, what is left, and what the next run does, for points that follow each other. */
    private static List<List<String>> runs(List<Death> deaths) {
        List<List<Death>> runs = new ArrayList<>();
        for (Death death : deaths) {
            if (runs.isEmpty() || !runs.get(runs.size() - 1).get(0).isLike(death)) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(death);
        }
        return runs.stream()
                .map(run -> List.of(points(run), run.get(0).left, run.get(0).repeat))
                .toList();
    }

    private boolean isLike(Death other) {
        return left.equals(other.left) && repeat.equals(other.repeat);
    }

    private static String points(Collection<Death> run) {
        Stream<String> points = run.stream().map(Death::point).distinct();
        Stream<String> settled =
                run.stream().allMatch(death -> isBesideOthers(death.mode, death.point)) ? points.sorted() : points;
        return settled.map("`%s`"::formatted).collect(Collectors.joining(", "));
    }
}
