package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Fault;
import io.crossfoot.testing.FaultyFileSystem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A publication that is killed anywhere, once or twice, ends in the state of one that was not. */
class PublicationCutTest {
    @TempDir
    Path folder;

    private int disks;

    static Stream<Arguments> everyWay() {
        return Stream.concat(
                fileByFile(),
                Stream.of(arguments(WriteMode.OVERWRITE, "file://"), arguments(WriteMode.OVERWRITE, "remote://host")));
    }

    static Stream<Arguments> fileByFile() {
        return Stream.of(
                arguments(WriteMode.OVERWRITE, "s3a://bucket"),
                arguments(WriteMode.APPEND, "s3a://bucket"),
                arguments(WriteMode.APPEND, "file://"));
    }

    private Disk disk() {
        Disk disk = new Disk(folder.resolve("disk" + disks++));
        disk.control().create();
        disk.fillOutput();
        disk.stage("r1");
        return disk;
    }

    private static Publication publication(Disk disk, String authority, Consumer<String> progress) {
        return new Publication(disk.control(authority), progress);
    }

    /** Throws at one of the calls it gets. */
    private static Consumer<String> cutAt(int call) {
        int[] calls = {0};
        return step -> {
            if (calls[0]++ == call) {
                throw new Cut();
            }
        };
    }

    private Map<String, String> uncut(WriteMode mode, String authority, List<String> said) {
        Disk disk = disk();
        publication(disk, authority, said::add).publish(mode, "r1");
        return Disk.tree(disk.output());
    }

    private static void assertClean(Disk disk) {
        assertThat(Disk.tree(disk.controlRoot()).keySet())
                .isSubsetOf("", "output.txt", "runs", "runs/r1", "runs/r1/published.json");
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void cutAnywhereIsFinished(WriteMode mode, String authority) {
        List<String> said = new ArrayList<>();
        Map<String, String> expected = uncut(mode, authority, said);

        for (int cut = 0; cut < said.size(); cut++) {
            Disk disk = disk();
            Map<String, String> before = Disk.tree(disk.output());
            Consumer<String> cutter = cutAt(cut);
            assertThatThrownBy(() -> publication(disk, authority, cutter).publish(mode, "r1"))
                    .isInstanceOf(Cut.class)
                    .hasMessage("cut here");

            Publication next = publication(disk, authority, step -> {});
            next.recover();

            // the first call comes before the journal: nothing has begun, and nothing is to be finished
            assertThat(Disk.tree(disk.output())).as(said.get(cut)).isEqualTo(cut == 0 ? before : expected);
            assertThat(next.published("r1")).as(said.get(cut)).isEqualTo(cut > 0);
            assertClean(disk);
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void cutAgainWhileItIsFinishedIsFinished(WriteMode mode, String authority) {
        List<String> said = new ArrayList<>();
        Map<String, String> expected = uncut(mode, authority, said);

        for (int cut = 1; cut < said.size(); cut++) {
            // what a later cut of the recovery leaves, a later first cut leaves too
            for (int second = 0; second < 3; second++) {
                Disk disk = disk();
                Consumer<String> cutter = cutAt(cut);
                assertThatThrownBy(() -> publication(disk, authority, cutter).publish(mode, "r1"))
                        .isInstanceOf(Cut.class)
                        .hasMessage("cut here");

                recoverCutShort(disk, authority, second);
                publication(disk, authority, step -> {}).recover();

                assertThat(Disk.tree(disk.output()))
                        .as("%s, %d", said.get(cut), second)
                        .isEqualTo(expected);
                assertClean(disk);
            }
        }
    }

    private static void recoverCutShort(Disk disk, String authority, int cut) {
        try {
            publication(disk, authority, cutAt(cut)).recover();
        } catch (Cut expected) {
            // unless so little was left to do that it came to its end
        }
    }

    @ParameterizedTest
    @MethodSource("fileByFile")
    void cutWhileAFileIsCopiedIsFinished(WriteMode mode, String authority) {
        Map<String, String> expected = uncut(mode, authority, new ArrayList<>());

        for (String copied : List.of("part-00000", "part-00001")) {
            for (String text : List.of("r1 nor", "r1 north")) {
                Disk disk = disk();
                Consumer<String> cutter = step -> {
                    if (step.startsWith("publish: move") && step.contains(copied)) {
                        Disk.write(
                                Path.of(URI.create(step.substring(step.indexOf(" -> ") + 4))
                                        .getPath()),
                                text);
                        throw new Cut();
                    }
                };
                assertThatThrownBy(() -> publication(disk, authority, cutter).publish(mode, "r1"))
                        .isInstanceOf(Cut.class)
                        .hasMessage("cut here");

                publication(disk, authority, step -> {}).recover();

                assertThat(Disk.tree(disk.output())).isEqualTo(expected);
                assertClean(disk);
            }
        }
    }

    static Stream<Arguments> everyWayThatCanFail() {
        return everyWay().filter(way -> !way.get()[1].equals("file://"));
    }

    @ParameterizedTest
    @MethodSource("everyWayThatCanFail")
    void anyOperationThatFailsIsPutRight(WriteMode mode, String authority) {
        Map<String, String> expected = uncut(mode, authority, new ArrayList<>());

        boolean anyLeft = true;
        for (int operation = 0; anyLeft; operation++) {
            Disk disk = disk();
            Publication publication = publication(disk, authority, step -> {});
            Fault fault = new Fault(Fault.Kind.REFUSED, operation);
            FaultyFileSystem.strike(URI.create(authority).getAuthority(), fault);
            boolean refused = false;
            try {
                publication.publish(mode, "r1");
            } catch (StorageException failed) {
                refused = true;
            }
            anyLeft = fault.hasCome();
            FaultyFileSystem.heal();
            publication.recover();

            boolean begun = publication.published("r1");
            assertThat(refused || begun).as("operation %d", operation).isTrue();
            if (begun) {
                assertThat(Disk.tree(disk.output()))
                        .as("operation %d", operation)
                        .isEqualTo(expected);
            }
            assertClean(disk);
        }
    }

    @Test
    void readersSeeThePreviousOutputOrTheNewOne() {
        Disk disk = disk();
        Set<String> before = Disk.tree(disk.output()).keySet();
        List<Set<String>> seen = new ArrayList<>();

        publication(disk, "file://", step -> seen.add(Disk.tree(disk.output()).keySet()))
                .publish(WriteMode.OVERWRITE, "r1");

        Set<String> after = Disk.tree(disk.output()).keySet();
        assertThat(seen).isSubsetOf(before, Set.of(), after).contains(before, after);
    }

    /** A run that replaces what an earlier one has published of the same rows; the rest of the output stays. */
    @ParameterizedTest
    @ValueSource(strings = {"s3a://bucket", "file://"})
    void cutWhileItReplacesAnEarlierRunIsFinished(String authority) {
        List<String> said = new ArrayList<>();
        Disk uncut = replacing(authority);
        replace(uncut, authority, said::add);
        Map<String, String> expected = Disk.tree(uncut.output());
        assertThat(expected.keySet())
                .contains("notes.txt", "region=West/part-00001-old.parquet")
                .anyMatch(file -> file.contains("r1"))
                .noneMatch(file -> file.contains("r0"));

        for (int cut = 1; cut < said.size(); cut++) {
            Disk disk = replacing(authority);
            Consumer<String> cutter = cutAt(cut);
            assertThatThrownBy(() -> replace(disk, authority, cutter))
                    .isInstanceOf(Cut.class)
                    .hasMessage("cut here");

            Publication next = publication(disk, authority, step -> {});
            next.recover();

            assertThat(Disk.tree(disk.output())).as(said.get(cut)).isEqualTo(expected);
            assertThat(next.unacknowledged().orElseThrow().run())
                    .as(said.get(cut))
                    .isEqualTo("r1");
            next.acknowledged();
            assertThat(Disk.tree(disk.controlRoot()).keySet())
                    .isSubsetOf("", "output.txt", "quarantine", "runs", "runs/r1", "runs/r1/published.json");
        }
    }

    private static void replace(Disk disk, String authority, Consumer<String> progress) {
        Publication publication = publication(disk, authority, progress);
        publication.publishUnacknowledged("r1", Optional.empty(), publication.unacknowledged());
    }

    /** A disk on which run r0 has published and the source was not told, and r1 has staged. */
    private Disk replacing(String authority) {
        Disk disk = new Disk(folder.resolve("disk" + disks++));
        disk.control().create();
        disk.fillOutput();
        disk.stage("r0");
        Disk.write(disk.controlRoot().resolve("quarantine/r0/part.json"), "{}");
        publication(disk, authority, step -> {}).publishUnacknowledged("r0", Optional.empty(), Optional.empty());
        disk.stage("r1");
        return disk;
    }
}
