package io.crossfoot.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    Path folder;

    private ControlFolder control;
    private StateFolder state;

    @BeforeEach
    void make() {
        control = ControlFolder.of(
                new org.apache.hadoop.fs.Path(folder.resolve("out").toString()), Optional.empty(), HADOOP);
        control.create();
        state = new StateFolder(control, HADOOP, point -> {});
    }

    private void read(String runId, InputFile... objects) {
        stage(runId);
        publication()
                .publish(
                        state.keeping(WriteMode.APPEND, runId, List.of(objects), List.of(), List.of(), Map.of()),
                        runId);
    }

    private void stage(String runId) {
        Folders.write(folder.resolve("_crossfoot/out/staging/%1$s/part-0-%1$s-c000.parquet".formatted(runId)), runId);
    }

    /** Publishes files of the state in which the same is said. */
    private void regroup(String name) {
        stage(name);
        state.keepingNote(() -> publication().publish(state.regrouping(name, Map.of()), name));
    }

    private void publish(String runId, Grain grain, InputFile... found) {
        publish(runId, state.work(List.of(found), object -> true, grain));
    }

    /** Publishes a run that has one file for itself. */
    private void publish(String runId, Work work) {
        stage(runId);
        OutputFile written = new OutputFile("part-0-" + runId + "-c000.parquet", 1, 1);
        publication()
                .publish(
                        state.keeping(
                                WriteMode.APPEND, runId, work.toRead(), List.of(written), work.replaced(), Map.of()),
                        runId);
        state.tidy();
        state.done(work);
    }

    private Publication publication() {
        return new Publication(control, point -> {});
    }

    private Path stateFolder() {
        return folder.resolve("_crossfoot/out/state");
    }

    /** Puts others in the place of all files of the state, of the same size, as if they had been written at the same time. */
    private void garble() throws IOException {
        for (String name : Folders.tree(stateFolder())) {
            if (name.endsWith(".jsonl")) {
                Path file = stateFolder().resolve(name);
                FileTime written = Files.getLastModifiedTime(file);
                Files.writeString(file, "?".repeat((int) Files.size(file)));
                Files.deleteIfExists(file.resolveSibling("." + name + ".crc"));
                Files.setLastModifiedTime(file, written);
            }
        }
    }

    private Work work(InputFile... found) {
        return state.work(List.of(found), object -> true, Grain.RUN);
    }

    private Work settle(InputFile... found) {
        return state.settle(List.of(found), object -> true, Grain.RUN);
    }

    private static InputFile object(String path, long bytes) {
        return new InputFile(path, bytes, 1_700_000_000_000L, List.of());
    }

    @ParameterizedTest
    @CsvSource({"s3, s3a", "s3a, s3", "s3n, s3", "s3, s3"})
    void oneObjectOfS3IsKnownByEachOfItsNames(String then, String now) {
        read("r1", object(then + "://raw/sales/a.csv", 10), object(then + "://raw/sales/b.csv", 20));

        Work work = work(
                object(now + "://raw/sales/a.csv", 10),
                object(now + "://raw/sales/b.csv", 21),
                object(now + "://raw/sales/c.csv", 30));

        assertThat(work.added()).containsExactly(object(now + "://raw/sales/c.csv", 30));
        assertThat(work.changed()).containsExactly(object(now + "://raw/sales/b.csv", 21));
        assertThat(work.again()).containsExactly(object(now + "://raw/sales/a.csv", 10));
        assertThat(work.vanished().count() + work.lost().count()).isZero();
    }

    @Test
    void theKeyOfARunDoesNotDependOnTheName() {
        Stream.of("s3", "s3a", "s3n").forEach(scheme -> read(scheme, object(scheme + "://raw/sales/a.csv", 10)));

        assertThat(state.runs())
                .extracting(ProcessedRun::key)
                .hasSize(3)
                .containsOnly(RunKey.of(List.of(object("s3a://raw/sales/a.csv", 10))));
    }

    /** Another state of the same size, as if it had been written at the same time, is not looked at. */
    @Test
    void aStateThatHadNothingNewIsNotReadAgain() throws IOException {
        InputFile known = object("s3://raw/a.csv", 10);
        read("r1", known, object("s3://raw/b.csv", 20));
        Work first = settle(known);
        garble();

        assertThat(first.isNothing()).isTrue();
        assertThat(settle(known)).isEqualTo(work(known)).isEqualTo(first);
        assertThat(first.vanished().count()).isEqualTo(1);
        Files.setLastModifiedTime(stateFolder().resolve("000000001.run.jsonl"), FileTime.fromMillis(0));
        assertThatThrownBy(() -> work(known)).isInstanceOf(StorageException.class);
    }

    @Test
    void whatIsNewIsFoundThoughNothingWasNew() {
        InputFile known = object("s3://raw/a.csv", 10);
        read("r1", known);
        assertThat(settle(known).isNothing()).isTrue();

        assertThat(work(known, object("s3://raw/b.csv", 10)).added()).hasSize(1);
        assertThat(work(object("s3://raw/a.csv", 11)).changed()).hasSize(1);
        assertThat(work().vanished().count()).isEqualTo(1);
        new StateEditor(control, HADOOP, point -> {}).rewind(Optional.empty());
        assertThat(work(known).again()).hasSize(1);
    }

    @Test
    void whatARunHasDoneIsNotReadAgain() throws IOException {
        InputFile first = object("s3://raw/a.csv", 10);
        InputFile second = object("s3://raw/b.csv", 20);
        publish("r1", Grain.RUN, first);
        publish("r2", Grain.RUN, first, second);
        garble();

        assertThat(work(first, second).isNothing()).isTrue();
        assertThat(work(first, second).known()).isEqualTo(2);
        assertThatThrownBy(() -> work(first)).isInstanceOf(StorageException.class);
    }

    @Test
    void whatWasNotedGoesOnToHoldWhenFilesOfTheStateChange() throws IOException {
        InputFile known = object("s3://raw/a.csv", 10);
        publish("r1", Grain.RUN, known);
        regroup("c1");
        state.tidy();
        garble();

        assertThat(Folders.tree(stateFolder())).containsExactly("000000002.whole.jsonl", "nothing-new.json");
        assertThat(work(known).known()).isEqualTo(1);
    }

    @Test
    void whatWasNotedOfAnotherStateDoesNotHold() {
        InputFile known = object("s3://raw/a.csv", 10);
        publish("r1", Grain.RUN, known);
        new StateEditor(control, HADOOP, point -> {}).rewind(Optional.empty());
        regroup("c1");

        assertThat(work(known).again()).containsExactly(known);
    }

    @ParameterizedTest
    @CsvSource({"RUN", "OBJECT"})
    void whatIsNotedIsWhatTheStateSays(Grain grain) {
        Random random = new Random(20261130);
        long nothing = 0;
        for (int run = 1; run <= 300; run++) {
            String seed = "run " + run;
            List<InputFile> found = IntStream.range(0, 12)
                    .filter(name -> random.nextInt(6) > 0)
                    .mapToObj(name -> object("s3://raw/%02d.csv".formatted(name), random.nextInt(40) / 39))
                    .toList();
            Predicate<InputFile> wanted = random.nextInt(4) > 0 ? object -> true : object -> object.bytes() == 0;
            if (random.nextInt(5) == 0) {
                disturb(random, found);
            }
            Work work = state.settle(found, wanted, grain);
            if (work.lost().count() == 0 && !work.isNothing()) {
                publish("r" + run, work);
                if (random.nextInt(3) == 0) {
                    regroup("c" + run);
                }
                nothing += requireNoted(found, wanted, grain, seed);
            }
        }
        assertThat(nothing).isGreaterThan(20);
    }

    /** Changes the state as its owner may; not everything can be done at each time. */
    private void disturb(Random random, List<InputFile> found) {
        StateEditor editor = new StateEditor(control, HADOOP, point -> {});
        List<ProcessedRun> runs = state.runs();
        if (random.nextBoolean() || runs.isEmpty()) {
            editor.set("set" + random.nextInt(), found);
        } else {
            editor.rewind(
                    random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(runs.get(random.nextInt(runs.size())).run()));
        }
    }

    /** The lock was lost, and somebody else has rewound the state, when this came to its note. */
    @Test
    void whatSomebodyElseHasChangedSinceIsNotNoted() {
        InputFile known = object("s3://raw/a.csv", 10);
        Work work = work(known);
        publish("r1", work);
        Folders.delete(stateFolder().resolve("nothing-new.json"));
        new StateEditor(control, HADOOP, point -> {}).rewind(Optional.empty());

        state.done(work);

        assertThat(work(known).again()).containsExactly(known);
        state.keepingNote(() -> {});
        assertThat(work(known).again()).containsExactly(known);
    }

    @Test
    void aStateThatWasCopiedFromElsewhereIsRefusedInSpiteOfItsNote() throws IOException {
        InputFile known = object("s3://raw/a.csv", 10);
        publish("r1", Grain.RUN, known);
        ControlFolder other = ControlFolder.of(
                new org.apache.hadoop.fs.Path(folder.resolve("other").toString()), Optional.empty(), HADOOP);
        other.create();
        Path copy = folder.resolve("_crossfoot/other/state");
        Files.createDirectories(copy);
        for (String name : Folders.tree(stateFolder())) {
            Files.copy(stateFolder().resolve(name), copy.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }

        assertThatThrownBy(() ->
                        new StateFolder(other, HADOOP, point -> {}).work(List.of(known), object -> true, Grain.RUN))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("it belongs to the output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"state\":null}", "[]", "?"})
    void aNoteThatIsNoneIsNotBelieved(String text) {
        InputFile known = object("s3://raw/a.csv", 10);
        publish("r1", Grain.RUN, known);
        Folders.delete(stateFolder().resolve(".nothing-new.json.crc"));
        Folders.write(stateFolder().resolve("nothing-new.json"), text);

        assertThat(work(known).known()).isEqualTo(1);
        regroup("c1");
        assertThat(settle(known).known()).isEqualTo(1);
    }

    private int requireNoted(List<InputFile> found, Predicate<InputFile> wanted, Grain grain, String seed) {
        boolean isNoted = Folders.tree(stateFolder()).contains("nothing-new.json");
        Work noted = state.work(found, wanted, grain);
        Folders.delete(stateFolder().resolve("nothing-new.json"));
        assertThat(noted).as(seed).isEqualTo(state.work(found, wanted, grain));
        assertThat(noted.isNothing()).as(seed).isTrue();
        return isNoted ? 1 : 0;
    }

    @Test
    void bucketsOfOtherStoresAreOthers() {
        read("r1", object("s3://raw/a.csv", 10));

        assertThat(work(object("gs://raw/a.csv", 10), object("file:/raw/a.csv", 10))
                        .added())
                .hasSize(2);
    }
}
