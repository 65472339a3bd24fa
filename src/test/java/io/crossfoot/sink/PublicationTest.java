package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.sink.Change.PublishedRun;
import io.crossfoot.testing.FaultyFileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static final Map<String, String> NEW = Map.of(
            "", "-",
            "region=North", "-",
            "region=North/part-00000-r1.c000.zstd.parquet", "r1 north",
            "region=East", "-",
            "region=East/part-00001-r1.c000.zstd.parquet", "r1 east");

    @TempDir
    Path folder;

    private Disk disk;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void createControlFolder() {
        disk = new Disk(folder);
        disk.control().create();
    }

    private Publication publication() {
        return new Publication(disk.control(), said::add);
    }

    private Publication publication(String authority) {
        return new Publication(disk.control(authority), said::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void overwritePublishesDataFilesAndNothingElse(String authority) {
        disk.stage("r1");

        publication(authority).publish(WriteMode.OVERWRITE, "r1");

        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
        assertThat(Disk.tree(disk.controlRoot()))
                .containsOnlyKeys("", "output.txt", "runs", "runs/r1", "runs/r1/published.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void overwriteReplacesWhateverWasThere(String authority) {
        disk.fillOutput();
        disk.stage("r1");

        publication(authority).publish(WriteMode.OVERWRITE, "r1");

        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void overwriteWithNoFilesLeavesAnEmptyOutput(String authority) {
        disk.fillOutput();
        Disk.write(disk.staging("r1").resolve("_SUCCESS"), "");

        publication(authority).publish(WriteMode.OVERWRITE, "r1");

        assertThat(disk.output()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void overwriteWithTheSameRunIdReplacesItsOwnFiles(String authority) {
        disk.stage("r1");
        publication(authority).publish(WriteMode.OVERWRITE, "r1");
        Disk.write(disk.staging("r1").resolve("region=East/part-00001-r1.c000.zstd.parquet"), "second");

        publication(authority).publish(WriteMode.OVERWRITE, "r1");

        assertThat(Disk.tree(disk.output()))
                .isEqualTo(
                        Map.of("", "-", "region=East", "-", "region=East/part-00001-r1.c000.zstd.parquet", "second"));
    }

    @Test
    void appendAddsToWhatIsThere() {
        disk.fillOutput();
        Map<String, String> expected = Disk.tree(disk.output());
        expected.putAll(NEW);
        disk.stage("r1");

        publication().publish(WriteMode.APPEND, "r1");

        assertThat(Disk.tree(disk.output())).isEqualTo(expected);
    }

    @Test
    void appendOfAPublishedRunAddsNothing() {
        disk.stage("r1");
        publication().publish(WriteMode.APPEND, "r1");
        Disk.write(disk.staging("r1").resolve("part-00009.parquet"), "more");

        publication().publish(WriteMode.APPEND, "r1");

        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
        assertThat(disk.staging("r1")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void aFileThatIsToBeReplacedMustBeThere(String authority) {
        disk.fillOutput();
        disk.stage("r1");
        Map<String, String> before = Disk.tree(disk.output());
        Change replacing = Change.of(WriteMode.APPEND)
                .replacing(List.of(
                        new PublishedRun("r0", List.of("region=North/part-00000-old.parquet", "gone.parquet"))));

        assertThatThrownBy(() -> publication(authority).publish(replacing, "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot publish to ")
                .hasMessageContaining(": gone.parquet is to be replaced and is not there, ");

        assertThat(Disk.tree(disk.output())).isEqualTo(before);
        assertThat(publication(authority).halfDone()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void whereNothingIsThereNothingCouldComeTwice(String authority) {
        disk.stage("r1");

        publication(authority)
                .publish(
                        Change.of(WriteMode.APPEND).replacing(List.of(new PublishedRun("r0", List.of("gone.parquet")))),
                        "r1");

        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
    }

    @Test
    void knowsWhichRunsWerePublished() {
        disk.stage("r1");
        publication().publish(WriteMode.APPEND, "r1");

        assertThat(publication().published("r1")).isTrue();
        assertThat(publication().published("r2")).isFalse();
    }

    @Test
    void forgetsAnEarlierPublicationOfTheRunWhenItOverwritesAgain() {
        disk.stage("r1");
        publication().publish(WriteMode.OVERWRITE, "r1");
        disk.stage("r1");
        Publication cutAtTheBeginning = new Publication(disk.control(), step -> {
            throw new Cut();
        });

        assertThatThrownBy(() -> cutAtTheBeginning.publish(WriteMode.OVERWRITE, "r1"))
                .isInstanceOf(Cut.class)
                .hasMessage("cut here");

        assertThat(publication().published("r1")).isFalse();
        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "remote://host", "s3a://bucket"})
    void keepsNamesThatAreEscapedOrLookLikePatterns(String authority) {
        for (String region : List.of("a%3Ab", "A B", "[x]", "{y}", "z*?", "50%", "+&=#")) {
            Disk.write(disk.staging("r1").resolve("region=" + region).resolve("0.parquet"), region);
        }

        publication(authority).publish(WriteMode.OVERWRITE, "r1");

        assertThat(Disk.tree(disk.output()))
                .containsEntry("region=a%3Ab/r1-0.parquet", "a%3Ab")
                .containsEntry("region=A B/r1-0.parquet", "A B")
                .containsEntry("region=[x]/r1-0.parquet", "[x]")
                .containsEntry("region={y}/r1-0.parquet", "{y}")
                .containsEntry("region=z*?/r1-0.parquet", "z*?")
                .containsEntry("region=50%/r1-0.parquet", "50%")
                .containsEntry("region=+&=#/r1-0.parquet", "+&=#");
    }

    @Test
    void saysWhatItDoes() {
        disk.fillOutput();
        disk.stage("r1");

        publication().publish(WriteMode.OVERWRITE, "r1");

        String output = disk.output().toString();
        String control = disk.controlRoot().toString();
        assertThat(said)
                .containsExactly(
                        "publish: begin 2 steps",
                        "publish: move " + output + " -> " + control + "/replaced/r1",
                        "set aside: " + output,
                        "publish: move " + control + "/staging/r1 -> " + output,
                        "published: " + output,
                        "publish: mark " + control + "/runs/r1/published.json",
                        "marked: " + control + "/runs/r1/published.json",
                        "publish: end of run r1",
                        "clean: delete " + control + "/replaced/r1");
    }

    @Test
    void recoverHasNothingToDoAfterARunThatEnded() {
        disk.stage("r1");
        publication().publish(WriteMode.OVERWRITE, "r1");

        Recovery recovery = publication().recover();

        assertThat(recovery.finished()).isEmpty();
        assertThat(recovery.removed()).isEmpty();
        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
    }

    @Test
    void recoverRemovesWhatDeadRunsStaged() {
        disk.fillOutput();
        Map<String, String> before = Disk.tree(disk.output());
        disk.stage("dead1");
        disk.stage("dead2");

        Recovery recovery = publication().recover();

        assertThat(recovery.finished()).isEmpty();
        assertThat(recovery.removed())
                .containsExactly(
                        disk.staging("dead1").toString(), disk.staging("dead2").toString());
        assertThat(Disk.tree(disk.output())).isEqualTo(before);
        assertThat(Disk.tree(disk.controlRoot())).containsOnlyKeys("", "output.txt");
    }

    @Test
    void refusesADamagedJournal() {
        Path journal = disk.controlRoot().resolve("journal.json");
        Disk.write(journal, "{\"version\": 1,\n \"run\"");

        assertThatThrownBy(() -> publication().recover())
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot finish the last publication to %s: journal %s is damaged at line 2;"
                                + " check the file system, and start again",
                        disk.output(), journal);
    }

    @Test
    void refusesAJournalOfALaterVersion() {
        Path journal = disk.controlRoot().resolve("journal.json");
        Disk.write(journal, "{\"version\": 2, \"run\": \"r1\", \"steps\": []}");

        assertThatThrownBy(() -> publication().recover())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("journal %s has version 2, this program knows 1".formatted(journal));
    }

    @Test
    void refusesAFileAsOutput() {
        Disk.write(disk.output(), "a file");
        disk.stage("r1");

        assertThatThrownBy(() -> publication().publish(WriteMode.OVERWRITE, "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot write to %s: it is a file; name a folder, or move the file away", disk.output());
        assertThat(disk.output()).hasContent("a file");
    }

    @Test
    void leavesThePreviousOutputWhenItCannotBegin() {
        disk.fillOutput();
        Map<String, String> before = Disk.tree(disk.output());
        disk.stage("r1");
        ControlFolder control = disk.control("remote://host", FaultyFileSystem.denyingWrites("/out/journal.json"));

        assertThatThrownBy(() -> new Publication(control, said::add).publish(WriteMode.OVERWRITE, "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot publish to remote://host%s: permission denied; give this user the right to write"
                                + " there, and start again; the previous output is untouched",
                        disk.output());
        assertThat(Disk.tree(disk.output())).isEqualTo(before);
    }

    @Test
    void finishesAPublicationThatRanOutOfSpace() {
        disk.fillOutput();
        disk.stage("r1");
        ControlFolder full =
                disk.control("s3a://bucket", FaultyFileSystem.withoutSpaceFor("region=North/part-00000-r1"));

        assertThatThrownBy(() -> new Publication(full, said::add).publish(WriteMode.OVERWRITE, "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "Cannot publish to s3a://bucket%s (move s3a://bucket%s/region=North/part-",
                        disk.output(), disk.staging("r1"))
                .hasMessageEndingWith(": no space is left; free some space, and start again:"
                        + " the next run first finishes this one");

        ControlFolder roomy = disk.control("s3a://bucket", FaultyFileSystem.configuration());
        Recovery recovery = new Publication(roomy, said::add).recover();

        assertThat(recovery.finished()).contains("r1");
        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
    }

    @Test
    void putsThePreviousOutputBackWhenTheNewOneCannotTakeItsPlace() {
        disk.fillOutput();
        Map<String, String> before = Disk.tree(disk.output());
        disk.stage("r1");
        Publication publication = new Publication(disk.control(), step -> {
            said.add(step);
            if (step.startsWith("set aside")) {
                // a file system that fails from here on, and only in this direction
                Disk.rename(disk.staging("r1"), disk.staging("gone"));
            }
        });

        assertThatThrownBy(() -> publication.publish(WriteMode.OVERWRITE, "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessageEndingWith("check the file system, and start again: the next run first finishes this one");
        assertThat(Disk.tree(disk.output())).isEqualTo(before);

        Disk.rename(disk.staging("gone"), disk.staging("r1"));
        publication().recover();

        assertThat(Disk.tree(disk.output())).isEqualTo(NEW);
    }

    @Test
    void stopsWhenAnotherProgramWritesThereMeanwhile() {
        disk.fillOutput();
        disk.stage("r1");
        Publication publication = new Publication(disk.control(), step -> {
            if (step.startsWith("set aside")) {
                throw new Cut();
            }
        });
        assertThatThrownBy(() -> publication.publish(WriteMode.OVERWRITE, "r1")).isInstanceOf(Cut.class);
        Disk.write(disk.output().resolve("foreign"), "x");

        assertThatThrownBy(() -> publication().recover())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("another program wrote there while this one was publishing");
        assertThat(disk.staging("r1")).exists();
    }

    @ParameterizedTest
    @EnumSource
    void neverForgetsAPublicationThatIsHalfDone(WriteMode mode) {
        disk.stage("r1");
        publication().publish(mode, "r1");
        Disk.write(disk.controlRoot().resolve("journal.json"), "{\"version\": 1, \"run\": \"r2\", \"steps\": []}");
        disk.stage("r2");

        assertThatThrownBy(() -> publication().publish(mode, "r1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a publication is half done: recover() comes before staging");
        assertThat(disk.staging("r2")).exists();
    }

    @Test
    void stagingNothingIsABug() {
        assertThatThrownBy(() -> publication().publish(WriteMode.APPEND, "r1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("nothing was staged at ");
    }

    @Test
    void twoFilesOfOneNameAreABug() {
        Disk.write(disk.staging("r1").resolve("part-%s.parquet".formatted(Disk.RANDOM)), "1");
        Disk.write(disk.staging("r1").resolve("part-%s.parquet".formatted(Disk.RANDOM.replace('2', '3'))), "2");

        assertThatThrownBy(() -> publication().publish(WriteMode.APPEND, "r1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two staged files would be published as part-r1.parquet");
    }
}
