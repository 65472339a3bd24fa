package io.crossfoot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The points that a run has told, and where among them what lies on disk was another than at the point before, or may be
 * in another run. A run that dies at one of the others leaves what it leaves at the one before: tests need not kill it
 * there a second time.
 */
public final class Trace {
    private final Path folder;
    private final List<String> points = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();
    private Map<String, String> last = Map.of();

    private Trace(Path folder) {
        this.folder = folder;
    }

    /**
     * Follows a run.
     *
     * @param folder where all lies that the run changes
     * @param run given who is to be told its points
     */
    public static Trace of(Path folder, Consumer<Consumer<String>> run) {
        Trace trace = new Trace(folder);
        run.accept(trace::pass);
        return trace;
    }

    private void pass(String point) {
        int number = points.size();
        Map<String, String> now = disk(number);
        sources.add(now.equals(last) && !isBesideOthers(number - 1) ? sources.get(number - 1) : (Integer) number);
        points.add(point);
        last = now;
    }

    /** Files are moved side by side: the disk may have been as it is now, and need not be in another run. */
    private boolean isBesideOthers(int point) {
        return points.get(point).startsWith("published: ");
    }

    /** Each file and folder with what tells one content of it from another. */
    private Map<String, String> disk(int point) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
                String content = "%s %d %s".formatted(file.fileKey(), file.size(), file.lastModifiedTime());
                found.put(path.toString(), file.isDirectory() ? "" : content);
            }
            return found;
        } catch (IOException | UncheckedIOException inChange) {
            // files are moved side by side
            return Map.of("", "in change at " + point);
        }
    }

    /** Returns what the run has told, in order. */
    public List<String> points() {
        return List.copyOf(points);
    }

    /** Returns the numbers of the points, from a number on, at which the disk is another than at the point before. */
    public List<Integer> changesFrom(int first) {
        return IntStream.range(first, points.size())
                .filter(point -> point == first || sources.get(point) == point)
                .boxed()
                .toList();
    }

    /** Returns the last point up to this one at which the disk has changed. */
    public int source(int point) {
        return sources.get(point);
    }

    /** Returns the number of the first point that begins so. */
    public int first(String start) {
        return IntStream.range(0, points.size())
                .filter(point -> points.get(point).startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no point %s in %s".formatted(start, points)));
    }
}
