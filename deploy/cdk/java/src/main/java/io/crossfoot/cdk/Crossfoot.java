package io.crossfoot.cdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awscdk.cloudformation.include.CfnInclude;
import software.amazon.awscdk.services.glue.CfnJob;
import software.amazon.awscdk.services.glue.CfnWorkflow;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.constructs.Construct;

/**
 * The whole system, from the raw bucket to the alarms: what {@code deploy/cloudformation/crossfoot.yaml} describes, which is
 * part of this jar. One a stack, as it keeps the template's logical ids; so a stack that was deployed from the template can
 * become a stack of CDK without anything being made anew.
 *
 * <pre>{@code
 * Crossfoot sales = new Crossfoot(this, "Sales", Map.of("Suffix", "shop1", "StartMode", "schedule"));
 * Bucket.fromBucketName(this, "Raw", sales.rawBucket().getRef()).grantPut(exporter);
 * }</pre>
 */
public final class Crossfoot extends Construct {
    private static final String SUFFIX = "Suffix";
    private static final String SUFFIX_PATTERN = "[a-z0-9]{3,16}";

    private final CfnInclude template;

    /**
     * Adds it to a stack.
     *
     * @param parameters of the template, by name. Those that are not given stay parameters of the stack, with the template's
     *     defaults; {@code Suffix} has none
     * @throws IllegalArgumentException when the suffix cannot end a name
     * @throws RuntimeException when the template has no such parameter, or its type is another
     */
    public Crossfoot(Construct scope, String id, Map<String, ?> parameters) {
        super(scope, id);
        Optional.ofNullable(parameters.get(SUFFIX))
                .filter(suffix -> !suffix.toString().matches(SUFFIX_PATTERN))
                .ifPresent(suffix -> {
                    throw new IllegalArgumentException(
                            "Cannot name anything: Suffix '%s' must be 3 to 16 lower case letters and digits"
                                    .formatted(suffix));
                });
        this.template = CfnInclude.Builder.create(this, "Template")
                .templateFile(templateFile().toString())
                .parameters(parameters.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, parameter -> asTemplate(parameter.getValue()))))
                .build();
        Reasons.addTo(template);
    }

    /** CloudFormation knows texts and numbers. */
    private static Object asTemplate(Object value) {
        return value instanceof Boolean ? value.toString() : value;
    }

    /** CDK reads templates from files only. */
    private static Path templateFile() {
        try (InputStream packed = Crossfoot.class.getResourceAsStream("crossfoot.yaml")) {
            Path file = Files.createTempFile("crossfoot", ".yaml");
            file.toFile().deleteOnExit();
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Returns the bucket that takes sales and customers. */
    public CfnBucket rawBucket() {
        return (CfnBucket) template.getResource("RawBucket");
    }

    /** Returns the bucket that holds the jar and the output. */
    public CfnBucket processedBucket() {
        return (CfnBucket) template.getResource("ProcessedBucket");
    }

    /** Returns the job. */
    public CfnJob job() {
        return (CfnJob) template.getResource("Job");
    }

    /** Returns the workflow that crawls and then runs the job. */
    public CfnWorkflow workflow() {
        return (CfnWorkflow) template.getResource("Workflow");
    }

    /** Returns the topic that hears of what goes wrong. */
    public CfnTopic topic() {
        return (CfnTopic) template.getResource("Topic");
    }

    /** Returns all of it, by the template's logical ids. */
    public CfnInclude template() {
        return template;
    }
}
