package io.crossfoot.testing;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.source.FileSource;
import io.crossfoot.source.Source;
import io.crossfoot.source.SourceTable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A folder of CSV that hands out the files that are new, again and again until it was told that they were used. */
public final class NewFiles implements Source {
    private final Path folder;
    private final Set<String> used = new HashSet<>();
    private List<String> handedOut = List.of();

    public NewFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns another reader of the same folder, which knows what this one was told. */
    public NewFiles another() {
        NewFiles another = new NewFiles(folder);
        another.used.addAll(used);
        return another;
    }

    @Override
    public SourceTable open(SparkSession spark, StructType expected) {
        handedOut = Folders.tree(folder).stream()
                .filter(file -> !used.contains(stamped(file)))
                .toList();
        if (handedOut.isEmpty()) {
            return new SourceTable("sales", Optional.empty(), List.of(), List.of());
        }
        String files = folder + "/{" + String.join(",", handedOut) + "}";
        return new FileSource("sales", files, Optional.empty(), CsvDialect.standard()).open(spark, expected);
    }

    @Override
    public List<String> locations() {
        return List.of(folder.toString());
    }

    /** What was handed out last was used. */
    public boolean acknowledge() {
        handedOut.forEach(file -> used.add(stamped(file)));
        return true;
    }

    /** A file that is written anew is a new one. */
    private String stamped(String file) {
        return file + " " + folder.resolve(file).toFile().lastModified();
    }
}
