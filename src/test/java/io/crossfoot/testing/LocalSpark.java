package io.crossfoot.testing;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One local session for all tests of a JVM, as a parameter of test methods. */
public final class LocalSpark implements ParameterResolver {
    private static final class Holder {
        static final SparkSession SESSION = start();

        private static SparkSession start() {
            SparkSession session = SparkSession.builder()
                    .master("local[2]")
                    .appName("test")
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", 2)
                    .config("spark.sql.session.timeZone", "UTC")
                    .getOrCreate();
            String asked = System.getProperty("crossfoot.spark.version", session.version());
            if (!session.version().equals(asked)) {
                throw new IllegalStateException(
                        "tests are to run on Spark %s, and run on %s".formatted(asked, session.version()));
            }
            return session;
        }
    }

    public static SparkSession session() {
        return Holder.SESSION;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SparkSession.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return session();
    }
}
