package io.crossfoot.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class CrossfootTest {
    private final App app = new App(
            AppProps.builder().analyticsReporting(false).outdir("target/shop").build());
    private final Stack stack = new Stack(
            app,
            "shop",
            StackProps.builder().synthesizer(new BootstraplessSynthesizer()).build());

    /** What somebody else's stack does; deploy/test compares the template that is left in target. */
    @Test
    void isPartOfAStack() {
        Crossfoot sales =
                new Crossfoot(stack, "Sales", Map.of("Suffix", "test01", "MaxRetries", 1, "ProcessedCrawler", true));
        CfnOutput.Builder.create(stack, "Incoming")
                .value(sales.rawBucket().getRef())
                .build();
        app.synth();

        Template template = Template.fromStack(stack);
        template.hasOutput("Incoming", Map.of("Value", Map.of("Ref", "RawBucket")));
        assertThat(template.findParameters("*")).doesNotContainKey("Suffix").containsKey("GlueVersion");
        assertThat(sales.job().getJobRunQueuingEnabled()).isNotNull();
        assertThat(sales.workflow().getRef()).isNotEmpty();
        assertThat(sales.topic().getRef()).isNotEmpty();
        assertThat(sales.processedBucket().getRef()).isNotEmpty();
    }

    @Test
    void followsTheRulesOfCdkNagOrSaysWhyNot() {
        new Crossfoot(stack, "Sales", Map.of("Suffix", "test01"));
        Aspects.of(app).add(new AwsSolutionsChecks());

        Annotations said = Annotations.fromStack(stack);
        said.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
        said.hasNoWarning("*", Match.stringLikeRegexp("(AwsSolutions|CdkNag).*"));
    }

    @Test
    void refusesWhatTheTemplateDoesNotKnow() {
        assertThatThrownBy(() -> new Crossfoot(stack, "Sales", Map.of("Sufix", "test01")))
                .hasMessageContaining("Sufix");
    }

    @Test
    void refusesASuffixThatCannotEndAName() throws Exception {
        assertThatThrownBy(() -> new Crossfoot(stack, "Sales", Map.of("Suffix", "Not-This")))
                .hasMessage("Cannot name anything: Suffix 'Not-This' must be 3 to 16 lower case letters and digits");
        // the template's own
        assertThat(Files.readString(Path.of("../../cloudformation/crossfoot.yaml")))
                .contains("AllowedPattern: \"[a-z0-9]{3,16}\"");
    }
}
