package io.crossfoot.glue;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.glue.Bindings.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Nil$;

/**
 * AWS's Glue library, as far as the job needs it. Each member is found by its name when the job starts, in whichever of
 * its known shapes this version of Glue has it; nothing is linked.
 */
final class GlueLibrary {
    /** The versions of Glue whose library is known. */
    static final List<String> KNOWN_VERSIONS = List.of("5.0", "5.1", "6.0");

    private static final String GLUE = "com.amazonaws.services.glue.";
    private static final String CONTEXT = GLUE + "GlueContext";
    private static final String OPTIONS = GLUE + "util.JsonOptions";
    private static final String JOB = GLUE + "util.Job";

    private final Bindings bindings;
    private final Member newContext;
    private final Member sparkSession;
    private final Member newOptions;
    private final Member catalogSource;
    private final Member dynamicFrame;
    private final Member frame;
    private final Member resolvedOptions;
    private final JobInit jobInit;
    private final Member jobCommit;

    /** Glue 4 begins a job with its context, Glue 5 also with a session. */
    @FunctionalInterface
    private interface JobInit {
        void begin(String jobName, Object context, Map<String, String> arguments);
    }

    private GlueLibrary(Bindings bindings) {
        this.bindings = bindings;
        Class<?> options = bindings.type(OPTIONS).orElse(Void.class);
        newContext = bindings.constructor(CONTEXT, SparkContext.class);
        sparkSession = bindings.method(CONTEXT, "getSparkSession");
        newOptions = bindings.constructor(OPTIONS, String.class);
        catalogSource = bindings.method(
                CONTEXT,
                "getCatalogSource",
                String.class,
                String.class,
                String.class,
                String.class,
                String.class,
                options,
                String.class);
        dynamicFrame = bindings.method(GLUE + "DataSource", "getDynamicFrame");
        // the empty list is a Seq of Scala 2.12 as well as of 2.13
        frame = bindings.method(GLUE + "DynamicFrame", "toDF", Nil$.class);
        resolvedOptions = bindings.objectMethod(
                GLUE + "util.GlueArgParser", "getResolvedOptions", String[].class, String[].class);
        jobInit = jobInit(bindings);
        jobCommit = bindings.objectMethod(JOB, "commit");
    }

    private JobInit jobInit(Bindings bindings) {
        Class<?> context = bindings.type(CONTEXT).orElse(Void.class);
        // Spark 4 has two classes of sessions; whoever takes the one takes an instance of the other
        Class<?> session =
                bindings.type("org.apache.spark.sql.classic.SparkSession").orElse(SparkSession.class);
        Optional<Member> withContext = bindings.findObjectMethod(JOB, "init", String.class, context, Map.class);
        if (withContext.isPresent()) {
            return (name, glue, arguments) -> withContext.get().call(null, name, glue, arguments);
        }
        Member withSession = bindings.findObjectMethod(JOB, "init", String.class, session, Map.class)
                .orElseGet(() -> bindings.absent(
                        JOB + ".init(String, GlueContext, Map), or with a SparkSession as its second argument"));
        return (name, glue, arguments) -> withSession.call(null, name, sparkSession.call(glue), arguments);
    }

    /**
     * Finds all members.
     *
     * @throws UsageException listing those that are missing
     */
    static GlueLibrary bind(ClassLoader loader) {
        Bindings bindings = new Bindings(loader);
        GlueLibrary library = new GlueLibrary(bindings);
        if (!bindings.missing().isEmpty()) {
            throw new UsageException(
                    ("Cannot start: Glue's library lacks %d of the %d members that the job needs; Crossfoot knows Glue %s: choose"
                                    + " one of these with --glue-version\n  - %s")
                            .formatted(
                                    bindings.missing().size(),
                                    bindings.missing().size() + bindings.found().size(),
                                    String.join(", ", KNOWN_VERSIONS),
                                    String.join("\n  - ", bindings.missing())));
        }
        return library;
    }

    /** Looks for all members, for a report of what is there. */
    static Bindings examine(ClassLoader loader) {
        return new GlueLibrary(new Bindings(loader)).bindings;
    }

    /**
     * Begins the job: from here on its bookmark stands where the last committed run has left it.
     *
     * @param arguments the command line as Glue passes it
     */
    GlueSession begin(SparkContext spark, String jobName, String... arguments) {
        Object context = newContext.call(null, spark);
        jobInit.begin(jobName, context, resolve(arguments));
        return new GlueSession(context);
    }

    /** Glue's own parser adds the names under which its bookmark knows the run. */
    private Map<String, String> resolve(String... arguments) {
        Object resolved = resolvedOptions.call(null, arguments, new String[] {"JOB_NAME"});
        Map<String, String> map = new HashMap<>();
        Iterator<?> entries = ((scala.collection.Map<?, ?>) resolved).iterator();
        while (entries.hasNext()) {
            Tuple2<?, ?> entry = (Tuple2<?, ?>) entries.next();
            map.put(String.valueOf(entry._1()), String.valueOf(entry._2()));
        }
        return map;
    }

    /** A job that has begun. */
    final class GlueSession {
        private final Object context;

        private GlueSession(Object context) {
            this.context = context;
        }

        SparkSession spark() {
            return (SparkSession) sparkSession.call(context);
        }

        /**
         * Reads a table of the Data Catalog. A frame without columns has no rows: there is no file, or none that is new.
         *
         * @param name what messages call the table
         */
        @SuppressWarnings("unchecked")
        Dataset<Row> read(String name, CatalogRead read) {
            try {
                Object source = catalogSource.call(
                        context,
                        read.table().database(),
                        read.table().table(),
                        "",
                        read.transformationContext(),
                        // a blank is Glue's own default for all partitions, null for the catalog of this account
                        " ",
                        newOptions.call(null, "{}"),
                        null);
                return (Dataset<Row>) frame.call(dynamicFrame.call(source), Nil$.MODULE$);
            } catch (Exception failed) {
                // Exception: Scala throws checked ones that no signature tells of
                throw new StorageException(
                        "Cannot read %s: Glue cannot read table %s (%s); check the table, its files, and the rights of the job's role"
                                .formatted(name, read.table(), firstLine(failed)),
                        failed);
            }
        }

        /** Saves the bookmark: what was read is not handed out again. */
        void commit() {
            try {
                jobCommit.call(null);
            } catch (Exception failed) {
                // Exception: Scala throws checked ones that no signature tells of
                throw new StorageException(
                        "Cannot save the bookmark: %s; the output is published, and the next run finds out whether it reads the same rows again"
                                .formatted(firstLine(failed)),
                        failed);
            }
        }
    }

    private static String firstLine(Throwable failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
