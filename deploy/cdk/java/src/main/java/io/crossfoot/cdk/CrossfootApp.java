package io.crossfoot.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
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

    public static void main(String... arguments) {
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
        app.synth();
    }
}
