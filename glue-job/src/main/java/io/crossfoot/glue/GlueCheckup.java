package io.crossfoot.glue;

import io.crossfoot.doctor.Checkup;
import io.crossfoot.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Looks for AWS's Glue library, and for each member of it that the job needs. */
public final class GlueCheckup implements Checkup {
    @Override
    public List<Finding> examine(SparkSession spark) {
        Bindings bindings = GlueLibrary.examine(getClass().getClassLoader());
        List<Finding> findings = new ArrayList<>();
        if (bindings.found().isEmpty()) {
            findings.add(new Finding("Glue's library", "not here", "as it should be anywhere but on Glue"));
            return findings;
        }
        findings.add(new Finding(
                "Glue's library",
                "%d of %d members"
                        .formatted(
                                bindings.found().size(),
                                bindings.found().size() + bindings.missing().size()),
                bindings.missing().isEmpty() ? "the job can start" : "the job cannot start"));
        bindings.found().forEach(member -> findings.add(new Finding("  found", member)));
        bindings.missing().forEach(member -> findings.add(new Finding("  missing", member)));
        return findings;
    }
}
