package io.crossfoot.whole;

import io.crossfoot.testing.Folders;
import java.nio.file.Path;

/** What the build has made. */
final class Jars {
    private Jars() {}

    static Path job() {
        return Folders.root().resolve("glue-job/target/crossfoot-glue-job.jar");
    }

    static Path library() {
        return Folders.root().resolve("target/crossfoot-%s.jar".formatted(System.getProperty("crossfoot.version")));
    }

    static Path tests() {
        return Folders.root()
                .resolve("target/crossfoot-%s-tests.jar".formatted(System.getProperty("crossfoot.version")));
    }
}
