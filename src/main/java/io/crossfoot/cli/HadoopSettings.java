package io.crossfoot.cli;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** How file systems are reached by the commands that need no Spark. */
final class HadoopSettings {
    private HadoopSettings() {}

    static Configuration of(Map<String, String> environment) {
        return new Configuration();
    }
}
