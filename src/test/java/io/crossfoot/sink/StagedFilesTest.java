package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFilesTest {
    private static final MessageType TYPE = MessageTypeParser.parseMessageType("message row { required int32 n; }");

    @TempDir
    Path folder;

    private static void writeParquet(Path file, int rows) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(new Configuration(false))
                .withType(TYPE)
                .build()) {
            for (int row = 0; row < rows; row++) {
                writer.write(new SimpleGroup(TYPE).append("n", row));
            }
        }
    }

    @Test
    void measuresDataFilesUnderTheirFinalNames() throws IOException {
        Disk disk = new Disk(folder);
        Path north = disk.staging("r1").resolve("region=North/part-00000-%s.c000.parquet".formatted(Disk.RANDOM));
        Path east = disk.staging("r1").resolve("region=East/part-00001-%s.c000.parquet".formatted(Disk.RANDOM));
        writeParquet(north, 3);
        writeParquet(east, 0);
        Disk.write(disk.staging("r1").resolve("_SUCCESS"), "");

        assertThat(StagedFiles.of(disk.control(), "r1"))
                .containsExactly(
                        new OutputFile("region=East/part-00001-r1.c000.parquet", Files.size(east), 0),
                        new OutputFile("region=North/part-00000-r1.c000.parquet", Files.size(north), 3));
    }

    @Test
    void findsNoFilesInAnEmptyFolder() throws IOException {
        Disk disk = new Disk(folder);
        Files.createDirectories(disk.staging("r1"));

        assertThat(StagedFiles.of(disk.control(), "r1")).isEmpty();
    }

    @Test
    void saysThatAFileCannotBeReadBack() throws IOException {
        Disk disk = new Disk(folder);
        Path file = disk.staging("r1").resolve("part-00000.parquet");
        writeParquet(file, 3);
        // a byte of the file and its checksum file no longer agree
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 9]++;
        Files.write(file, bytes);

        assertThatThrownBy(() -> StagedFiles.of(disk.control(), "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "Cannot read back what was staged at " + disk.staging("r1") + ": Checksum error")
                .hasMessageEndingWith("; check the file system, and start again; the previous output is untouched");
    }

    @Test
    void aFileThatIsNotParquetIsABug() {
        Disk disk = new Disk(folder);
        Path file = disk.staging("r1").resolve("part-00000.parquet");
        Disk.write(file, "text, text, text");

        assertThatThrownBy(() -> StagedFiles.of(disk.control(), "r1"))
                .isInstanceOf(RuntimeException.class)
                .hasMessage(
                        "file:%s is not a Parquet file."
                                + " Expected magic number at tail, but found [116, 101, 120, 116]",
                        file);
    }
}
