package io.crossfoot.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    private Path home;

    @Test
    void mapsClassesFromAnArchiveOnlyWhereThereIsOne() throws IOException {
        Installation installation = new Installation(home);
        Path archive = Files.createDirectories(home.resolve("target")).resolve("crossfoot.jsa");
        String flag = "-XX:SharedArchiveFile=" + archive;

        assertThat(installation.flags(installation.archiveOfJobJar())).doesNotContain(flag);
        // so the launcher says that it could not make one
        Files.createFile(archive);
        assertThat(installation.flags(installation.archiveOfJobJar())).doesNotContain(flag);
        Files.writeString(archive, "classes");
        assertThat(installation.flags(installation.archiveOfJobJar())).contains(flag, "-Xlog:disable");
    }
}
