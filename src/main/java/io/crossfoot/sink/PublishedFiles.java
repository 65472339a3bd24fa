package io.crossfoot.sink;

import io.crossfoot.error.StorageFault;
import io.crossfoot.source.HiddenName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The Parquet files that readers of an output see. */
public final class PublishedFiles {
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

    private PublishedFiles() {}

    /**
     * A file that Spark has written.
     *
     * @param partitionBy the columns that are folders, outermost first
     * @param columns the others, with their types; see {@link #columns}
     */
    public record Measured(OutputFile file, List<String> partitionBy, String columns) {}

    /** Returns the folder of a file below the output; empty for the output itself. */
    public static String folderOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * Returns columns as a text. Whether they may be null is not in it: Spark takes every column that it reads for one that
     * may be, and writes it so.
     */
    public static String columns(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> field.name() + " " + field.dataType().sql())
                .collect(Collectors.joining(", "));
    }

    /** Lists them by their paths below the output; opens none. */
    public static List<String> of(ControlFolder control) {
        return listed(control).stream().map(Store.File::name).toList();
    }

    /** Returns one of them that is such a one, by its path below the output; looks through no more folders than it must. */
    public static Optional<String> any(ControlFolder control, Predicate<String> wanted) {
        try {
            return firstFile(control.store(), control.output(), "", path -> isData(path) && wanted.test(path));
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + Store.show(control.output()), "");
        }
    }

    private static Optional<String> firstFile(Store store, Path folder, String below, Predicate<String> wanted)
            throws IOException {
        List<FileStatus> children = store.children(folder);
        for (FileStatus child : children) {
            String path = below + child.getPath().getName();
            if (child.isFile() && wanted.test(path)) {
                return Optional.of(path);
            }
        }
        for (FileStatus child : children) {
            String path = below + child.getPath().getName();
            if (child.isDirectory() && !HiddenName.is(child.getPath().getName())) {
                Optional<String> found = firstFile(store, child.getPath(), path + "/", wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the output is an Iceberg table, so that its catalog says what readers see. */
    public static boolean isTable(ControlFolder control) {
        try {
            return control.store().children(new Path(control.output(), "metadata")).stream()
                    .anyMatch(file -> file.getPath().getName().endsWith(".metadata.json"));
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + Store.show(control.output()), "");
        }
    }

    /** Which files are to be measured. */
    @FunctionalInterface
    public interface Choice {
        /** @param path below the output */
        boolean takes(String path, long bytes);
    }

    /**
     * Measures those that are chosen and that Spark has written, by reading their footers, eight at a time.
     *
     * @throws io.crossfoot.error.StorageException if the output cannot be listed, or a footer cannot be read
     */
    public static List<Measured> measured(ControlFolder control, Choice choice) {
        List<Callable<Optional<Measured>>> looks = new ArrayList<>();
        for (Store.File file : listed(control)) {
            if (choice.takes(file.name(), file.bytes())) {
                looks.add(() -> measured(control, file));
            }
        }
        try {
            return SideBySide.call(looks).stream().flatMap(Optional::stream).toList();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + Store.show(control.output()), "");
        }
    }

    private static Optional<Measured> measured(ControlFolder control, Store.File file) throws IOException {
        var input = HadoopInputFile.fromPath(file.path(), control.store().configuration());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            String schema = reader.getFileMetaData().getKeyValueMetaData().get(SPARK_SCHEMA);
            return Optional.ofNullable(schema)
                    .map(json -> new Measured(
                            new OutputFile(file.name(), file.bytes(), reader.getRecordCount()),
                            partitions(file.name()),
                            columns((StructType) DataType.fromJson(json))));
        }
    }

    /** Whether a run has written this file, as its name tells, and not Spark by itself, which puts a random id there. */
    static boolean isOfRun(String path) {
        return PublishedName.runOf(path)
                .filter(run -> !PublishedName.isRandom(run))
                .isPresent();
    }

    /** Returns the columns that are folders on the way to a file, outermost first. */
    public static List<String> partitions(String file) {
        return Arrays.stream(folderOf(file).split("/"))
                .filter(folder -> folder.indexOf('=') > 0)
                .map(folder -> ExternalCatalogUtils.unescapePathName(folder.substring(0, folder.indexOf('='))))
                .toList();
    }

    private static List<Store.File> listed(ControlFolder control) {
        try {
            return control.store().files(control.output()).stream()
                    .filter(file -> isData(file.name()))
                    .toList();
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + Store.show(control.output()), "");
        }
    }

    private static boolean isData(String file) {
        return file.endsWith(".parquet") && Arrays.stream(file.split("/")).noneMatch(HiddenName::is);
    }
}
