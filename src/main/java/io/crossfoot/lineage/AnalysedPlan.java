package io.crossfoot.lineage;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.runtime.BoxedUnit;

/** What Spark made of a frame before it thought of how to carry it out. */
record AnalysedPlan(LogicalPlan root) {
    static AnalysedPlan of(Dataset<Row> rows) {
        return new AnalysedPlan(rows.queryExecution().analyzed());
    }

    /** As JSON, which is the one form of a plan without Scala's collections: those differ from Spark to Spark. */
    PlanTree tree() {
        return PlanTree.parse(root.toJSON());
    }

    /** Returns the nodes in the order in which the tree lists them: each before its children. */
    List<LogicalPlan> nodes() {
        List<LogicalPlan> nodes = new ArrayList<>();
        root.foreach(node -> {
            nodes.add(node);
            return BoxedUnit.UNIT;
        });
        return nodes;
    }
}
