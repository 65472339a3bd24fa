package io.crossfoot;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Data goes one way through the packages; an import that points back would make that untrue. */
@AnalyzeClasses(packages = "io.crossfoot", importOptions = LayeringTest.WithoutTests.class)
class LayeringTest {
    /** ArchUnit's own knows the folder of the default build only. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule packagesKnowOnlyThoseBeforeThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("error")
            .definedBy("io.crossfoot.error")
            .layer("storage")
            .definedBy("io.crossfoot.storage")
            .layer("csv")
            .definedBy("io.crossfoot.csv")
            .layer("source")
            .definedBy("io.crossfoot.source")
            .layer("catalog")
            .definedBy("io.crossfoot.catalog")
            .layer("contract")
            .definedBy("io.crossfoot.contract")
            .layer("crawl")
            .definedBy("io.crossfoot.crawl")
            .layer("transform")
            .definedBy("io.crossfoot.transform")
            .layer("lineage")
            .definedBy("io.crossfoot.lineage")
            .layer("quality")
            .definedBy("io.crossfoot.quality")
            .layer("tally")
            .definedBy("io.crossfoot.tally")
            .layer("sink")
            .definedBy("io.crossfoot.sink")
            .layer("state")
            .definedBy("io.crossfoot.state")
            .layer("report")
            .definedBy("io.crossfoot.report")
            .layer("config")
            .definedBy("io.crossfoot.config")
            .layer("pipeline")
            .definedBy("io.crossfoot")
            .layer("doctor")
            .definedBy("io.crossfoot.doctor")
            .layer("cli")
            .definedBy("io.crossfoot.cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("doctor")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("pipeline", "cli")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers("pipeline", "cli")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("config", "pipeline", "cli")
            .whereLayer("sink")
            .mayOnlyBeAccessedByLayers("state", "report", "config", "pipeline", "cli")
            .whereLayer("quality")
            .mayOnlyBeAccessedByLayers("sink", "report", "config", "pipeline", "cli")
            .whereLayer("tally")
            .mayOnlyBeAccessedByLayers("pipeline")
            .whereLayer("lineage")
            .mayOnlyBeAccessedByLayers("report", "pipeline", "cli")
            .whereLayer("transform")
            .mayOnlyBeAccessedByLayers("quality", "sink", "report", "config", "pipeline", "cli")
            .whereLayer("crawl")
            .mayOnlyBeAccessedByLayers("pipeline", "cli")
            .whereLayer("contract")
            .mayOnlyBeAccessedByLayers("crawl", "transform", "quality", "sink", "report", "config", "pipeline", "cli")
            .whereLayer("storage")
            .mayOnlyAccessLayers("error")
            .whereLayer("csv")
            .mayOnlyBeAccessedByLayers("source", "catalog", "crawl", "config", "pipeline")
            .whereLayer("catalog")
            .mayOnlyBeAccessedByLayers(
                    "contract", "crawl", "transform", "quality", "sink", "report", "config", "pipeline", "cli")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers(
                    "catalog",
                    "contract",
                    "crawl",
                    "transform",
                    "lineage",
                    "quality",
                    "sink",
                    "state",
                    "report",
                    "config",
                    "pipeline",
                    "cli");
}
