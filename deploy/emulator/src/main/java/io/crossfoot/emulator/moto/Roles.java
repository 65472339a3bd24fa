package io.crossfoot.emulator.moto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** IAM roles, as a service that would act in them sees them. */
public final class Roles {
    private final Moto moto;

    public Roles(Moto moto) {
        this.moto = moto;
    }

    /** Whether there is such a role (a name or an ARN) and it trusts the service, such as {@code glue.amazonaws.com}. */
    public boolean assumable(String role, String service) {
        return description(role)
                .flatMap(xml -> Xml.text(xml, "AssumeRolePolicyDocument"))
                .map(document -> URLDecoder.decode(document, StandardCharsets.UTF_8))
                .filter(document -> trusts(Json.parse(document.getBytes(StandardCharsets.UTF_8)), service))
                .isPresent();
    }

    /**
     * Returns keys that act in a role, by the names of the environment variables that carry them.
     *
     * @throws AwsError when there is no such role
     */
    public Map<String, String> assume(String region, String role, String session) {
        String arn = description(role)
                .flatMap(xml -> Xml.text(xml, "Arn"))
                .orElseThrow(() -> AwsError.entityNotFound("There is no role " + role));
        String xml = moto.query(
                "sts",
                region,
                Map.of("Action", "AssumeRole", "Version", "2011-06-15", "RoleArn", arn, "RoleSessionName", session));
        return Map.of(
                "AWS_ACCESS_KEY_ID", Xml.text(xml, "AccessKeyId").orElseThrow(),
                "AWS_SECRET_ACCESS_KEY", Xml.text(xml, "SecretAccessKey").orElseThrow(),
                "AWS_SESSION_TOKEN", Xml.text(xml, "SessionToken").orElseThrow());
    }

    private Optional<String> description(String role) {
        String name = role.substring(role.lastIndexOf('/') + 1);
        try {
            return Optional.of(moto.query(
                    "iam", "us-east-1", Map.of("Action", "GetRole", "Version", "2010-05-08", "RoleName", name)));
        } catch (AwsError unknown) {
            return Optional.empty();
        }
    }

    static boolean trusts(ObjectNode policy, String service) {
        return elements(policy.path("Statement"))
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .flatMap(statement -> elements(statement.path("Principal").path("Service")))
                .anyMatch(principal -> principal.asText().equals(service));
    }

    /** One element stands for a list of one. */
    private static Stream<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }
}
