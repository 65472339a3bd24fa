package io.crossfoot.glue;

import io.crossfoot.catalog.CatalogSource;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.Layer;
import io.crossfoot.config.Setting;
import io.crossfoot.config.Settings;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns the arguments of the job into settings: the recipe's own ones name a database, its tables and a bucket, where
 * settings name places. What is wrong is noted, until all can be told at once.
 */
final class ArgumentReader {
    static final String DATABASE = "DATABASE_NAME";
    static final String BUCKET = "OUTPUT_BUCKET";
    static final String SALES_TABLE = "SALES_TABLE";
    static final String CUSTOMERS_TABLE = "CUSTOMERS_TABLE";
    /** Asks what this Glue is like, instead of a run. */
    static final String DOCTOR = "DOCTOR";

    /** Names a run: what it has quarantined is read, instead of the sales. */
    static final String REPLAY_RUN = "REPLAY_RUN";

    /** Names a ruleset of Glue Data Quality, for the output of the run. */
    static final String QUALITY_RULESET = "QUALITY_RULESET";

    /** Says what remembers the sales that were read. */
    static final String STATE = "STATE";

    private static final String MANIFEST = "manifest";
    private static final List<String> STATES = List.of("bookmark", MANIFEST);

    private static final List<String> OWN =
            List.of(DATABASE, BUCKET, SALES_TABLE, CUSTOMERS_TABLE, DOCTOR, REPLAY_RUN, QUALITY_RULESET, STATE);
    /** What AWS's documentation calls the catalog of a Spark that stands for the Data Catalog. */
    private static final String ICEBERG_CATALOG = "glue_catalog.";

    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    /** In place of what is missing, so that the rest can be looked at. */
    private static final String UNKNOWN = "unknown";

    private final CommandLine line;
    private final List<String> problems;
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);

    ArgumentReader(String... arguments) {
        Stream<String> settings = Arrays.stream(Setting.values()).map(Setting::glueName);
        line = CommandLine.parse(Stream.concat(OWN.stream(), settings).toList(), arguments);
        problems = new ArrayList<>(line.problems());
        for (Setting setting : Setting.values()) {
            line.value(setting.glueName()).ifPresent(text -> texts.put(setting, text));
        }
    }

    /** Returns whether the doctor is asked for, whatever else is right or wrong. */
    static boolean asksForDoctor(String... arguments) {
        return CommandLine.parse(OWN, arguments)
                .value(DOCTOR)
                .filter(text -> !text.equalsIgnoreCase("false"))
                .isPresent();
    }

    /** @throws UsageException listing everything that is wrong */
    GlueArguments read() {
        Optional<String> jobName = line.value("JOB_NAME");
        if (jobName.isEmpty()) {
            problems.add("Cannot name the job: Glue gave no --JOB_NAME; outside of Glue give it yourself");
        }
        Optional<String> replayed = line.value(REPLAY_RUN);
        // a job has its bookmark in every run; a replay reads nothing that it knows of
        Bookmark bookmark = replayed.isPresent() ? Bookmark.DISABLED : bookmark();
        table(Setting.SALES, SALES_TABLE, "sales");
        table(Setting.CUSTOMERS, CUSTOMERS_TABLE, "customers");
        outputTable();
        output();
        runId();
        if (replayed.isEmpty()) {
            state(bookmark);
            mode(bookmark);
        }
        texts.putIfAbsent(Setting.CATALOG, "glue");
        Optional<EnrichConfig> config = config(replayed.isPresent() ? Settings::replaying : UnaryOperator.identity());
        if (bookmark.isOn() && !texts.get(Setting.SALES).startsWith(CatalogSource.PREFIX)) {
            problems.add(
                    "Cannot use a bookmark with --SALES %s: Glue remembers files of catalog tables only; name one with --%s"
                            .formatted(texts.get(Setting.SALES), SALES_TABLE));
        }
        Optional<String> ruleset = line.value(QUALITY_RULESET);
        if (ruleset.isPresent() && !texts.containsKey(Setting.OUTPUT_TABLE)) {
            problems.add("Cannot use --%s: the output is no table; name one with --%s"
                    .formatted(QUALITY_RULESET, Setting.OUTPUT_TABLE.glueName()));
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems.stream().distinct().toList());
        }
        Optional<QualityEvaluation> quality =
                ruleset.map(name -> QualityEvaluation.of(name, texts.get(Setting.OUTPUT_TABLE), config.orElseThrow()));
        return new GlueArguments(jobName.orElseThrow(), bookmark, replayed, quality, config.orElseThrow());
    }

    private Bookmark bookmark() {
        if (line.value("job-bookmark-from").isPresent()
                != line.value("job-bookmark-to").isPresent()) {
            problems.add(
                    "Cannot use --job-bookmark-from without --job-bookmark-to, nor the other way round; give both");
        }
        try {
            return Bookmark.of(line.value(Bookmark.ARGUMENT));
        } catch (IllegalArgumentException wrong) {
            problems.add(wrong.getMessage());
            return Bookmark.DISABLED;
        }
    }

    private void table(Setting setting, String argument, String usual) {
        if (!texts.containsKey(setting)) {
            texts.put(
                    setting,
                    CatalogSource.PREFIX + inDatabase(line.value(argument).orElse(usual)));
        } else if (line.value(argument).isPresent()) {
            problems.add("Cannot use --%s and --%s together; give one".formatted(argument, setting.glueName()));
        }
    }

    /** The output of tables is a table beside them; an Iceberg table is known to Spark by a catalog. */
    private void outputTable() {
        String given = texts.getOrDefault(Setting.OUTPUT_TABLE, "enriched_sales");
        boolean isIceberg = "iceberg".equalsIgnoreCase(texts.get(Setting.TABLE_FORMAT));
        if (isIceberg && given.chars().filter(character -> character == '.').count() < 2) {
            texts.put(Setting.OUTPUT_TABLE, ICEBERG_CATALOG + (given.contains(".") ? given : inDatabase(given)));
        } else if (given.contains(".")) {
            texts.put(Setting.OUTPUT_TABLE, given);
        } else if (line.value(DATABASE).isPresent() || texts.containsKey(Setting.OUTPUT_TABLE)) {
            texts.put(Setting.OUTPUT_TABLE, inDatabase(given));
        }
    }

    private String inDatabase(String table) {
        if (line.value(DATABASE).isEmpty()) {
            problems.add("Cannot start: --%s is missing; give the database of the tables".formatted(DATABASE));
        }
        return line.value(DATABASE).orElse(UNKNOWN) + "." + table;
    }

    private void output() {
        Optional<String> bucket = line.value(BUCKET);
        if (bucket.isPresent() && texts.containsKey(Setting.OUTPUT)) {
            problems.add("Cannot use --%s and --%s together; give one".formatted(BUCKET, Setting.OUTPUT.glueName()));
        } else if (bucket.isEmpty() && !texts.containsKey(Setting.OUTPUT)) {
            problems.add("Cannot start: --%s is missing; give the bucket that enriched-sales/ is written to"
                    .formatted(BUCKET));
        }
        bucket.filter(name -> !BUCKET_NAME.matcher(name).matches())
                .map(name ->
                        "Cannot use --%s %s: it is no name of a bucket; write the name alone, or a whole path with --%s"
                                .formatted(BUCKET, name, Setting.OUTPUT.glueName()))
                .ifPresent(problems::add);
        texts.putIfAbsent(Setting.OUTPUT, "s3://%s/enriched-sales/".formatted(bucket.orElse(UNKNOWN)));
    }

    /** Glue names each attempt of a run: {@code jr_1f2e…_attempt_1}. */
    private void runId() {
        Optional<String> glues =
                line.value("JOB_RUN_ID").or(() -> Optional.ofNullable(System.getProperty("spark.glue.JOB_RUN_ID")));
        if (glues.isEmpty() && !texts.containsKey(Setting.RUN_ID)) {
            problems.add("Cannot name the run: Glue gave no --JOB_RUN_ID; outside of Glue give --RUN_ID");
        }
        texts.putIfAbsent(Setting.RUN_ID, glues.orElse(UNKNOWN));
    }

    /** Crossfoot's own state, where it is asked for instead of Glue's. */
    private void state(Bookmark bookmark) {
        String given = line.value(STATE).orElse(STATES.get(0));
        if (!STATES.contains(given)) {
            problems.add("Cannot use --%s %s: it must be bookmark or manifest%s"
                    .formatted(STATE, given, NearMiss.hint(given, STATES)));
        } else if (given.equals(MANIFEST)) {
            if (bookmark.isOn()) {
                problems.add(
                        "Cannot use --%s manifest with a bookmark: each would remember the sales for itself; disable the bookmark"
                                .formatted(STATE));
            }
            texts.putIfAbsent(Setting.INCREMENTAL, "true");
        }
    }

    /** What is new is added to what is there; without a bookmark all is read, and takes the place of what was. */
    private void mode(Bookmark bookmark) {
        Optional<String> given = Optional.ofNullable(texts.get(Setting.MODE));
        if (bookmark.isOn() && given.stream().anyMatch("overwrite"::equalsIgnoreCase)) {
            problems.add("Cannot use --MODE overwrite with a bookmark: new sales alone would replace all earlier ones;"
                    + " leave it out, or disable the bookmark");
        }
        if (line.value("job-bookmark-from").isPresent() && given.isEmpty()) {
            problems.add(
                    "Cannot read a range of the bookmark as if it were new: its sales may be in the output already;"
                            + " give --MODE append if that is meant");
        }
        if (bookmark.isOn()) {
            texts.putIfAbsent(Setting.MODE, "append");
        }
    }

    private Optional<EnrichConfig> config(UnaryOperator<Settings> task) {
        try {
            Settings given = Settings.resolve(Layer.of("Glue argument", texts));
            return Optional.of(EnrichConfig.from(task.apply(given)));
        } catch (UsageException wrong) {
            problems.addAll(wrong.problems());
            return Optional.empty();
        }
    }
}
