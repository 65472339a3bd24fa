package io.crossfoot.testing;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The local disk, on which relative paths begin where the settings say: two runs of one process may each have their own. */
public final class GroundFileSystem extends LocalFileSystem {
    private static final String FOLDER = "ground.folder";

    /** Settings of Spark by which relative paths begin in a folder. */
    public static Map<String, String> in(java.nio.file.Path folder) {
        return Map.of(
                "spark.hadoop.fs.file.impl",
                GroundFileSystem.class.getName(),
                "spark.hadoop.fs.file.impl.disable.cache",
                "true",
                "spark.hadoop." + FOLDER,
                folder.toUri().toString());
    }

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        super.initialize(name, configuration);
        setWorkingDirectory(new Path(configuration.get(FOLDER)));
    }
}
