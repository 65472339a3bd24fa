package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.lineage.ColumnLineage;
import io.crossfoot.lineage.ColumnLineage.Source;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import io.crossfoot.transform.SalesEnrichment;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we say of columns is what OpenLineage's own listener says of the same job. The listener runs in a process of its
 * own, as it changes the Spark that it listens to.
 */
@ExtendWith(LocalSpark.class)
class LineageListenerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_CUSTOMERS = Set.of("name", "email", "region");

    @TempDir
    private static Path scratch;

    private static Path heardOfTheRun;

    /** With the CSV reader of Spark: the listener does not know ours, as it knows no reader but those it was written for. */
    @BeforeAll
    static void runWithTheListener() {
        heardOfTheRun = listened(
                StoppableRun.class,
                "ending:well",
                "sales=" + Folders.testData().resolve("sales"),
                "customers=" + Folders.testData().resolve("customers"),
                "output=" + scratch.resolve("listened"),
                "csv-reader=spark",
                "lineage=file",
                "run-id=run");
    }

    /**
     * We name a source by its folder, the listener by its file; and the listener calls a cast that may fail
     * {@code CONDITIONAL} besides, which is left out here.
     */
    @Test
    void saysTheSameOfEverySalesColumnOfARun(SparkSession spark) {
        JsonNode ours = ourEvent(spark);
        JsonNode listeners = eventOfTheListener(heardOfTheRun);

        Map<String, Set<String>> told = direct(ours);
        Map<String, Set<String>> heard = direct(listeners);
        assertThat(told)
                .containsKeys("customer_id", "order_date", "total_amount")
                .hasSize(10);
        // the customers of a run are cached, and there the listener stops
        assertThat(heard).doesNotContainKeys(OF_CUSTOMERS.toArray(String[]::new));
        told.keySet().removeAll(OF_CUSTOMERS);
        assertThat(heard).isEqualTo(told);
        // what decides which rows there are: we also say what the join looks at among the customers
        assertThat(conditions(ours)).containsAll(conditions(listeners));
        assertThat(conditions(ours, "JOIN"))
                .containsExactly("customers.customer_id", "sales.customer_id")
                .containsAll(conditions(listeners, "JOIN"));
        assertThat(conditions(listeners, "JOIN")).containsExactly("sales.customer_id");
    }

    @Test
    void isNotToldOfARunTwice() {
        RunReport report =
                ReportJson.read(Folders.read(scratch.resolve("_crossfoot/listened/runs/run/run-report.json")));
        assertThat(report.published()).isTrue();
        assertThat(report.warnings())
                .containsExactly(
                        "lineage: the OpenLineage listener of this Spark tells of the run; it is not told twice");
        assertThat(scratch.resolve("_crossfoot/listened/runs/run/lineage.jsonl"))
                .doesNotExist();
    }

    @Test
    void saysTheSameOfEveryColumnOfATransform(SparkSession spark) {
        Path events =
                listened(EnrichmentInAJobOfOnesOwn.class, Folders.testData().toString(), scratch.toString());

        ColumnLineage ours = EnrichmentInAJobOfOnesOwn.lineage(spark, Folders.testData());
        Map<String, Set<String>> told = new TreeMap<>();
        ours.columns()
                .forEach(column -> told.put(
                        column.column(),
                        column.sources().stream()
                                .map(source -> source + " " + column.kind())
                                .collect(Collectors.toCollection(TreeSet::new))));
        Map<String, Set<String>> heard = direct(eventOfTheListener(events));
        for (String attribute : OF_CUSTOMERS) {
            // the join takes a customer as a struct of the three, which the listener takes for one value; we look into
            // it
            assertThat(heard.remove(attribute))
                    .containsExactly(
                            "customers.email TRANSFORMATION",
                            "customers.name TRANSFORMATION",
                            "customers.region TRANSFORMATION");
            assertThat(told.remove(attribute)).containsExactly("customers." + attribute + " IDENTITY");
        }
        assertThat(told)
                .containsKeys("customer_id", "order_date", "total_amount")
                .hasSize(7);
        assertThat(heard).isEqualTo(told);
    }

    /** What users of the library write. */
    static final class EnrichmentInAJobOfOnesOwn {
        private EnrichmentInAJobOfOnesOwn() {}

        public static void main(String... arguments) {
            SparkSession spark =
                    SparkSession.builder().master("local[2]").appName("own").getOrCreate();
            Path data = Path.of(arguments[0]);
            enriched(sales(spark, data), customers(spark, data))
                    .write()
                    .parquet(Path.of(arguments[1], "own").toString());
            spark.stop();
        }

        static ColumnLineage lineage(SparkSession spark, Path data) {
            Dataset<Row> sales = sales(spark, data);
            Dataset<Row> customers = customers(spark, data);
            return ColumnLineage.of(
                    enriched(sales, customers),
                    List.of(new Source("sales", sales), new Source("customers", customers)));
        }

        private static Dataset<Row> enriched(Dataset<Row> sales, Dataset<Row> customers) {
            return sales.transform(SalesEnrichment.with(customers));
        }

        private static Dataset<Row> sales(SparkSession spark, Path data) {
            return spark.read()
                    .option("header", "true")
                    .schema(
                            "order_id BIGINT, customer_id STRING, product_name STRING, quantity INT, price DECIMAL(12,2),"
                                    + " order_date DATE")
                    .csv(data.resolve("sales").toString());
        }

        private static Dataset<Row> customers(SparkSession spark, Path data) {
            return spark.read()
                    .schema("customer_id STRING, name STRING, email STRING, region STRING")
                    .json(data.resolve("customers").toString());
        }
    }

    private static JsonNode ourEvent(SparkSession spark) {
        Pipeline.of(EnrichConfig.of(Map.of(
                        "sales", Folders.testData().resolve("sales").toString(),
                        "customers", Folders.testData().resolve("customers").toString(),
                        "output", scratch.resolve("out").toString(),
                        "lineage", "file",
                        "run-id", "run")))
                .run(spark);
        return lines(scratch.resolve("_crossfoot/out/runs/run/lineage.jsonl")).get(1);
    }

    /** Runs a job with the listener, and returns where its events are. */
    private static Path listened(Class<?> job, String... arguments) {
        Path listener = Folders.target().resolve("lineage-listener/openlineage-spark.jar");
        // its jar has the model of the events, too, for its own Jackson
        String others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !jar.contains("openlineage-java"))
                .collect(Collectors.joining(File.pathSeparator));
        Path events = scratch.resolve(job.getSimpleName() + ".jsonl");
        Child child = Child.jvm(scratch, listener + File.pathSeparator + others, job.getName(), List.of(arguments));
        for (String setting : List.of(
                "extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener",
                "openlineage.namespace=test",
                "openlineage.transport.type=file",
                "openlineage.transport.location=" + events,
                "openlineage.columnLineage.datasetLineageEnabled=true",
                "ui.enabled=false")) {
            child = child.jvmOption("-Dspark." + setting);
        }
        Child.Ending ending = child.run();
        assertThat(ending.exitCode()).as(ending.err()).isZero();
        return events;
    }

    private static JsonNode eventOfTheListener(Path events) {
        return lines(events).stream()
                .filter(event -> event.path("eventType").asText().equals("COMPLETE"))
                .filter(event -> event.path("outputs").has(0))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    assertThat(found).as("events that tell of an output").hasSize(1);
                    return found.get(0);
                }));
    }

    private static List<JsonNode> lines(Path file) {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Folders.read(file).lines().toList()) {
            try {
                events.add(JSON.readTree(line));
            } catch (JsonProcessingException broken) {
                throw new AssertionError(line, broken);
            }
        }
        return events;
    }

    private static JsonNode facet(JsonNode event) {
        return event.at("/outputs/0/facets/columnLineage");
    }

    /** Returns for each column of the output what its values are made of, and how. */
    private static Map<String, Set<String>> direct(JsonNode event) {
        Map<String, Set<String>> columns = new TreeMap<>();
        facet(event).path("fields").properties().forEach(column -> {
            Set<String> sources = new TreeSet<>();
            for (JsonNode source : column.getValue().path("inputFields")) {
                for (JsonNode made : source.path("transformations")) {
                    if (made.path("type").asText().equals("DIRECT")) {
                        sources.add(name(source) + " " + made.path("subtype").asText());
                    }
                }
            }
            columns.put(column.getKey(), sources);
        });
        return columns;
    }

    private static Set<String> conditions(JsonNode event, String... subtypes) {
        Set<String> sources = new TreeSet<>();
        for (JsonNode source : facet(event).path("dataset")) {
            for (JsonNode made : source.path("transformations")) {
                if (subtypes.length == 0
                        || Set.of(subtypes).contains(made.path("subtype").asText())) {
                    sources.add(name(source));
                }
            }
        }
        // Spark's reader says by it that it cannot parse a line: it is no column of the file
        sources.remove("sales._crossfoot_malformed");
        return sources;
    }

    private static String name(JsonNode source) {
        Path dataset = Folders.testData().relativize(Path.of(source.path("name").asText()));
        return dataset.getName(0) + "." + source.path("field").asText();
    }
}
