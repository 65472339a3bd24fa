package io.crossfoot.sink;

import io.crossfoot.error.StorageFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The data files of an output that are smaller than they should be, and which of them can be made one. */
public final class SmallFiles {
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

    private SmallFiles() {}

    /**
     * Files of the same columns, some in each of some folders, whose rows fit into fewer files.
     *
     * @param partitionBy the columns that are folders, outermost first
     * @param files their paths below the output, sizes and rows
     * @param expected about how many files their rows need
     */
    public record Batch(List<String> partitionBy, List<OutputFile> files, long expected) {
        public Batch {
            partitionBy = List.copyOf(partitionBy);
            files = List.copyOf(files);
        }
    }

    private record Columns(List<String> partitionBy, String others) {}

    private record Found(OutputFile file, Columns columns) {
        String folder() {
            return folderOf(file.path());
        }
    }

    /** Returns the folder of a file below the output; empty for the output itself. */
    public static String folderOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * Finds the files, of those that are wanted, that are smaller than three quarters of the target, in folders where fewer would do. Files that
     * Spark has not written are left alone: their types could come back as others. Reads the footers of small files.
     *
     * @param wanted tells files by their path below the output
     * @throws io.crossfoot.error.StorageException if the output cannot be listed, or a footer cannot be read
     */
    public static List<Batch> of(ControlFolder control, long targetBytes, Predicate<String> wanted) {
        try {
            List<Callable<Optional<Found>>> looks = new ArrayList<>();
            for (Store.File file : control.store().files(control.output())) {
                if (isData(file.name()) && file.bytes() < targetBytes / 4 * 3 && wanted.test(file.name())) {
                    looks.add(() -> look(control, file));
                }
            }
            return batches(SideBySide.call(looks).stream().flatMap(Optional::stream).toList(), targetBytes);
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "look through " + Store.show(control.output()), "");
        }
    }

    private static boolean isData(String file) {
        return file.endsWith(".parquet")
                && Arrays.stream(file.split("/"))
                        .noneMatch(part -> part.startsWith(".") || part.startsWith("_") && !part.contains("="));
    }

    private static List<Batch> batches(List<Found> found, long targetBytes) {
        Map<String, List<Found>> alike = found.stream()
                .collect(Collectors.groupingBy(
                        file -> file.folder() + '\n' + file.columns(), TreeMap::new, Collectors.toList()));
        Map<String, List<List<Found>>> batches = alike.values().stream()
                .filter(files -> expected(files, targetBytes) < files.size())
                .collect(Collectors.groupingBy(
                        files -> files.get(0).columns().toString(), TreeMap::new, Collectors.toList()));
        return batches.values().stream()
                .map(folders -> new Batch(
                        folders.get(0).get(0).columns().partitionBy(),
                        folders.stream()
                                .flatMap(files -> files.stream().map(Found::file))
                                .toList(),
                        folders.stream()
                                .mapToLong(files -> expected(files, targetBytes))
                                .sum()))
                .toList();
    }

    private static long expected(List<Found> files, long targetBytes) {
        long bytes = files.stream().mapToLong(found -> found.file().bytes()).sum();
        return OutputSize.files(bytes, targetBytes, 1);
    }

    private static Optional<Found> look(ControlFolder control, Store.File file) throws IOException {
        var input = HadoopInputFile.fromPath(file.path(), control.store().configuration());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            String schema =
                    reader.getFileMetaData().getKeyValueMetaData().get(SPARK_SCHEMA);
            if (schema == null) {
                return Optional.empty();
            }
            Columns columns = new Columns(partitions(file.name()), withoutNullability(schema));
            return Optional.of(
                    new Found(new OutputFile(file.name(), file.bytes(), reader.getRecordCount()), columns));
        }
    }

    /** Spark takes every column that it reads for one that may be null, and writes it so. */
    private static String withoutNullability(String schema) {
        return Arrays.stream(((StructType) DataType.fromJson(schema)).fields())
                .map(field -> field.name() + " " + field.dataType().sql())
                .collect(Collectors.joining(", "));
    }

    private static List<String> partitions(String file) {
        return Arrays.stream(new Path("/" + file).getParent().toString().split("/"))
                .filter(folder -> folder.indexOf('=') > 0)
                .map(folder -> folder.substring(0, folder.indexOf('=')))
                .toList();
    }
}
