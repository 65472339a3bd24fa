package io.crossfoot.whole;

import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder as Spark is installed in, from which it starts executors. */
record SparkHome(Path folder) {
    /** Makes one of the jars that the tests run on. */
    static SparkHome in(Path scratch) {
        SparkHome home = new SparkHome(scratch.resolve("spark"));
        try {
            Files.createDirectories(home.folder.resolve("jars"));
            for (String jar : Folders.sparkClassPath().split(":")) {
                Files.createSymbolicLink(
                        home.folder.resolve("jars").resolve(Path.of(jar).getFileName()), Path.of(jar));
            }
            return home;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns a process that starts executors from here. */
    Child of(Child child) {
        String[] numbers = scala.util.Properties.versionNumberString().split("\\.");
        return child.with("SPARK_HOME", folder.toString()).with("SPARK_SCALA_VERSION", numbers[0] + "." + numbers[1]);
    }
}
