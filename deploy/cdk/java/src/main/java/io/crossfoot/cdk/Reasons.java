package io.crossfoot.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.amazon.awscdk.cloudformation.include.CfnInclude;

/** Why some things are as they are, though rules of cdk-nag would have them otherwise. */
final class Reasons {
    /** @param findings which ones of the rule's; all where there are none */
    private record Reason(String rule, List<Object> findings, List<String> resources, String why) {
        Reason(String rule, List<String> resources, String why) {
            this(rule, List.of(), resources, why);
        }

        NagPackSuppression suppression() {
            NagPackSuppression.Builder builder =
                    NagPackSuppression.builder().id(rule).reason(why);
            return (findings.isEmpty() ? builder : builder.appliesTo(findings)).build();
        }
    }

    private static final List<Reason> ALL = List.of(
            new Reason(
                    "AwsSolutions-S1",
                    List.of("RawBucket", "ProcessedBucket"),
                    "Access logs would want a third bucket; CloudTrail's data events tell the same to who wants it"),
            new Reason(
                    "AwsSolutions-S10",
                    List.of("RawBucketPolicy", "ProcessedBucketPolicy"),
                    "They refuse what comes without TLS; the rule does not see it where a bucket is called by its name"),
            new Reason(
                    "AwsSolutions-IAM5",
                    List.of(RegexAppliesTo.builder()
                            .regex("/^Resource::arn:.*$/")
                            .build()),
                    List.of("GlueRole", "StartRole", "ReplicationRole", "ProfileRole"),
                    "What lies in a bucket, a folder, a database or a log group of this system has no names before it is there"),
            new Reason(
                    "AwsSolutions-IAM5",
                    List.of("Resource::*"),
                    List.of("GlueRole"),
                    "cloudwatch:PutMetricData is bound to no resource; a condition binds it to a namespace"),
            new Reason(
                    "AwsSolutions-GL1",
                    List.of("RawCrawler", "OutputCrawler", "Job"),
                    "CloudWatch encrypts logs with a key of its own; what is personal is not logged"),
            new Reason(
                    "AwsSolutions-GL3",
                    List.of("Job"),
                    "A bookmark tells times and names of files, and nothing of what they hold"),
            new Reason("AwsSolutions-SQS3", List.of("DeadArrivals"), "It is the dead-letter queue"),
            new Reason(
                    "AwsSolutions-L1",
                    List.of("StartFunction"),
                    "Java 21 is supported for years, and the function is tested on 17; no newer one was tried"));

    private Reasons() {}

    static void addTo(CfnInclude template) {
        for (Reason reason : ALL) {
            for (String resource : reason.resources()) {
                NagSuppressions.addResourceSuppressions(template.getResource(resource), List.of(reason.suppression()));
            }
        }
    }
}
