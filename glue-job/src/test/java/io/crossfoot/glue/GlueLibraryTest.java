package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.crossfoot.catalog.TableName;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.glue.GlueLibrary.GlueSession;
import io.crossfoot.testing.LocalSpark;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The adapter meets AWS's library in each shape that public evidence leaves open. */
@ExtendWith(LocalSpark.class)
class GlueLibraryTest {
    private static final TableName SALES = new TableName("shop", "sales");

    static Stream<Arguments> shapes() {
        GlueShape four = GlueShape.glue4();
        GlueShape five = four.with(
                "util.Job", GlueShape.job("void", "", GlueShape.INIT_WITH_CONTEXT + GlueShape.INIT_WITH_SESSION));
        GlueShape six = four.with("DynamicFrame", GlueShape.frame("scala.collection.immutable.Seq"))
                .with("util.Job", GlueShape.job("Object", "null", GlueShape.INIT_WITH_SESSION));
        return Stream.of(
                arguments("Glue 4: init with a context", four, "context"),
                arguments("Glue 5: init with either", five, "context"),
                arguments("Glue 6: immutable Seq, init with a session", six, "session"),
                arguments(
                        "options by Object", four.with("util.JsonOptions", GlueShape.options("Object any")), "context"),
                arguments(
                        "options by overloads, map first",
                        four.with(
                                "util.JsonOptions", GlueShape.options("scala.collection.Map<?, ?> map", "String json")),
                        "context"),
                arguments(
                        "commit returns something",
                        four.with(
                                "util.Job",
                                GlueShape.job(
                                        "scala.runtime.BoxedUnit",
                                        "scala.runtime.BoxedUnit.UNIT",
                                        GlueShape.INIT_WITH_CONTEXT)),
                        "context"),
                arguments(
                        "an object without forwarders",
                        four.without("util.Job").with("util.Job$", GlueShape.jobObject()),
                        "context"),
                arguments(
                        "the source is a class, not a trait",
                        four.with("GlueContext", four.source("GlueContext").replace("implements", "extends"))
                                .with(
                                        "DataSource",
                                        four.source("DataSource")
                                                .replace("interface", "abstract class")
                                                .replace("DynamicFrame get", "public abstract DynamicFrame get")),
                        "context"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void bindsEachShape(String name, GlueShape shape, String initWith, SparkSession spark) {
        ClassLoader loader = shape.compiled();

        GlueSession glue = GlueLibrary.bind(loader).begin(spark.sparkContext(), "nightly", "--JOB_NAME", "nightly");
        assertThat(glue.read("sales", new CatalogRead.Facts(SALES)).columns()).isEmpty();
        glue.read("customers", new CatalogRead.Lookup(new TableName("shop", "customers")));
        glue.commit();

        assertThat(GlueShape.calls(loader).stream().filter(call -> !call.equals("session")))
                .containsExactly(
                        "context",
                        "options JOB_NAME",
                        "init with a %s nightly {JOB_NAME=nightly}".formatted(initWith),
                        "source|shop|sales||crossfoot_shop_sales| |{}|null",
                        "toDF of 0",
                        "source|shop|customers||| |{}|null",
                        "toDF of 0",
                        "commit");
    }

    @Test
    void tellsAllThatIsMissingAtOnce() {
        ClassLoader shape = GlueShape.glue4()
                .without("util.GlueArgParser")
                .with("util.Job", "package com.amazonaws.services.glue.util; public class Job {}")
                .compiled();

        assertThatThrownBy(() -> GlueLibrary.bind(shape))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                        Cannot start: Glue's library lacks 3 of the 9 members that the job needs; Crossfoot knows Glue 5.0, 5.1, 6.0: choose one of these with --glue-version
                          - com.amazonaws.services.glue.util.GlueArgParser.getResolvedOptions(String[], String[])
                          - com.amazonaws.services.glue.util.Job.init(String, GlueContext, Map), or with a SparkSession as its second argument
                          - com.amazonaws.services.glue.util.Job.commit()""");
    }

    @Test
    void tellsThatThereIsNoGlueAtAll() {
        ClassLoader none = new GlueShape().compiled();

        assertThatThrownBy(() -> GlueLibrary.bind(none))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot start: Glue's library lacks 9 of the 9 members");
        assertThat(GlueLibrary.examine(none).missing()).hasSize(9);
    }

    @Test
    void tellsWhichTableGlueCouldNotRead(SparkSession spark) {
        GlueShape shape = GlueShape.glue4();
        ClassLoader loader = shape.with(
                        "GlueContext",
                        shape.source("GlueContext")
                                .replace(
                                        "return new Found();",
                                        "throw new RuntimeException(\"AccessDenied: no\\nmore\");"))
                .compiled();
        GlueSession glue = GlueLibrary.bind(loader).begin(spark.sparkContext(), "nightly");

        assertThatThrownBy(() -> glue.read("sales", new CatalogRead.Facts(SALES)))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot read sales: Glue cannot read table shop.sales (AccessDenied: no); check the table, its"
                                + " files, and the rights of the job's role");
    }
}
