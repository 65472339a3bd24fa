package io.crossfoot.cdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

/**
 * A stack with nothing but the system, which needs no bootstrapped account:
 * {@code npx aws-cdk deploy -c stack=crossfoot-shop1 --parameters Suffix=shop1}.
 */
public final class CrossfootApp {
    private CrossfootApp() {}

    public static void main(String... arguments) throws IOException {
        App app = new App(AppProps.builder().analyticsReporting(false).build());
        String name = Optional.ofNullable(app.getNode().tryGetContext("stack"))
                .map(Object::toString)
                .orElse("crossfoot");
        Stack stack = new Stack(
                app,
                name,
                StackProps.builder().synthesizer(new BootstraplessSynthesizer()).build());
        new Crossfoot(stack, "Crossfoot", Map.of());
        Aspects.of(app).add(new AwsSolutionsChecks());
        shorten(Path.of(app.synth().getStackByName(name).getTemplateFullPath()));
    }

    /**
     * The command line sends a template of up to 50 KiB by itself, and a larger one by a bucket, which a bootstrapped account
     * has: what only people read is left out.
     */
    private static void shorten(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode template = (ObjectNode) json.readTree(file.toFile());
        template.remove("Metadata");
        for (String section : List.of("Parameters", "Resources", "Outputs")) {
            template.path(section).forEach(one -> ((ObjectNode) one).remove(List.of("Description", "Metadata")));
        }
        json.writeValue(file.toFile(), template);
    }
}
