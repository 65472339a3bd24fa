package io.crossfoot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void flagGoesBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        Layer flags = Layer.of("flag", Map.of(Setting.MODE, "append"));
        Layer environment = Layer.environment(Map.of("CROSSFOOT_MODE", "x", "CROSSFOOT_PRICE", "cost", "PATH", "/bin"));
        Path file = file("mode = y\nprice = z\n\nquantity = pieces");

        Settings settings = Settings.resolve(flags, environment, Layer.file(file));

        assertThat(settings.value(Setting.MODE)).contains(new Settings.Value("append", "flag"));
        assertThat(settings.value(Setting.PRICE)).contains(new Settings.Value("cost", "environment CROSSFOOT_PRICE"));
        assertThat(settings.value(Setting.QUANTITY))
                .contains(new Settings.Value("pieces", "file %s: 4".formatted(file)));
        assertThat(settings.value(Setting.AMOUNT)).contains(new Settings.Value("total_amount", "default"));
        assertThat(settings.value(Setting.CONTROL)).isEmpty();
    }

    @Test
    void fileHoldsListsObjectsNumbersAndSwitches() throws IOException {
        Path file = file("""
                on = [order_region, customer_id]
                rename-sales { "cust.no" = customer_id, PRODUCT = product_name }
                max-quarantine = 1.5%
                csv-multiline = true
                target-file-size = 64MiB
                sales = ${PATH}/sales
                """);

        Settings settings = Settings.resolve(Layer.file(file));

        assertThat(text(settings, Setting.ON)).isEqualTo("order_region,customer_id");
        assertThat(text(settings, Setting.RENAME_SALES)).isEqualTo("PRODUCT=product_name,cust.no=customer_id");
        assertThat(text(settings, Setting.MAX_QUARANTINE)).isEqualTo("1.5%");
        assertThat(text(settings, Setting.CSV_MULTILINE)).isEqualTo("true");
        assertThat(text(settings, Setting.TARGET_FILE_SIZE)).isEqualTo("64MiB");
        assertThat(text(settings, Setting.SALES)).isEqualTo(System.getenv("PATH") + "/sales");
    }

    @Test
    void namesThatNothingKnowsAreRefusedTogether() throws IOException {
        Layer environment =
                Layer.environment(Map.of("CROSSFOOT_SALE", "x", "CROSSFOOT_HOME", "/x", "CROSSFOOT_RULES", ""));
        Path file = file("ouput = x\nmode { a = b }\nrules = null");

        assertThatThrownBy(() -> Settings.resolve(environment, Layer.file(file)))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                        Cannot start: 4 settings are wrong
                          - Cannot use the environment variable CROSSFOOT_SALE: there is no such setting; did you mean 'CROSSFOOT_SALES'?
                          - Cannot use mode (file %1$s: 2): its value is of the wrong kind; write mode = "…"
                          - Cannot use 'ouput' (file %1$s: 1): there is no such setting; did you mean 'output'?
                          - Cannot use rules (file %1$s: 3): its value is of the wrong kind; write rules = "…\"""".formatted(file));
    }

    @Test
    void environmentVariableSetToNothingIsNotSet() {
        Settings settings = Settings.resolve(Layer.environment(Map.of("CROSSFOOT_AMOUNT", "")));

        assertThat(settings.value(Setting.AMOUNT)).contains(new Settings.Value("total_amount", "default"));
    }

    @Test
    void missingFileIsNamed() {
        Path missing = folder.resolve("missing.conf");

        assertThatThrownBy(() -> Settings.resolve(Layer.file(missing)))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot read the settings file %s: there is no such readable file".formatted(missing));
    }

    @Test
    void malformedFileIsNamedWithItsLine() throws IOException {
        Path file = file("sales = a\nmode = [");

        assertThatThrownBy(() -> Settings.resolve(Layer.file(file)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot read the settings file %s: 2: ".formatted(file));
    }

    @Test
    void everySettingHasItsFourNames() {
        assertThat(Setting.SALES_CONTRACT.key()).isEqualTo("sales-contract");
        assertThat(Setting.SALES_CONTRACT.flag()).isEqualTo("--sales-contract");
        assertThat(Setting.SALES_CONTRACT.environmentName()).isEqualTo("CROSSFOOT_SALES_CONTRACT");
        assertThat(Setting.SALES_CONTRACT.glueName()).isEqualTo("SALES_CONTRACT");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.conf"), text);
    }

    private static String text(Settings settings, Setting setting) {
        return settings.value(setting).orElseThrow().text();
    }
}
