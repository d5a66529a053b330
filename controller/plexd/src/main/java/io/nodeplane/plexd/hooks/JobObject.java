package io.nodeplane.plexd.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads Jobs and Pods from their JSON: a few members, where the client's types would bring all of a pod. */
final class JobObject {
    /** A container that shows this has nothing to wait for yet; it says so on the way to every start. */
    private static final List<String> ON_ITS_WAY = List.of("ContainerCreating", "PodInitializing");

    private JobObject() {}

    static JobObserved observed(JsonNode job) {
        var owner = controller(job.at("/metadata/ownerReferences"));
        var failed = condition(job, "Failed");
        var complete = condition(job, "Complete");
        var end = complete.map(done ->
                        instant(job.at("/status/completionTime")).or(() -> instant(done.path("lastTransitionTime"))))
                .orElseGet(() -> failed.flatMap(condition -> instant(condition.path("lastTransitionTime"))));
        return new JobObserved(
                job.at("/metadata/name").asText(),
                job.at("/metadata/uid").asText(),
                owner.path("kind").asText(),
                owner.path("name").asText(),
                owner.path("uid").asText(),
                job.path("metadata")
                        .path("annotations")
                        .path(JobManifest.NODE_NAME)
                        .asText(),
                complete.isPresent() ? Phase.SUCCEEDED : failed.isPresent() ? Phase.FAILED : running(job),
                instant(job.at("/metadata/creationTimestamp")),
                end,
                failed.map(condition -> condition.path("reason").asText()).orElse(""),
                failed.map(condition -> condition.path("message").asText()).orElse(""));
    }

    /** The pod that was made last, of a list. */
    static Optional<JsonNode> newest(JsonNode pods) {
        return StreamSupport.stream(pods.path("items").spliterator(), false)
                .max(Comparator.comparing(
                        pod -> instant(pod.at("/metadata/creationTimestamp")).orElse(Instant.EPOCH)));
    }

    static PodObserved pod(JsonNode pod, List<String> lastLines) {
        var container = pod.at("/status/containerStatuses/0/state");
        var ended = container.path("terminated");
        var waiting = container.path("waiting");
        var reason = ended.path("reason").asText(pod.at("/status/reason").asText());
        var message = ended.path("message").asText(pod.at("/status/message").asText());
        return new PodObserved(
                waiting.isMissingNode() ? unscheduled(pod) : waiting(waiting),
                ended.has("exitCode") ? Optional.of(ended.path("exitCode").asInt()) : Optional.empty(),
                reason,
                message,
                lastLines);
    }

    private static String waiting(JsonNode waiting) {
        var reason = waiting.path("reason").asText();
        if (ON_ITS_WAY.contains(reason)) {
            return "";
        }
        var message = waiting.path("message").asText();
        return message.isEmpty() ? reason : reason + ": " + message;
    }

    private static String unscheduled(JsonNode pod) {
        return condition(pod, "PodScheduled", "False")
                .map(condition -> condition.path("reason").asText() + ": "
                        + condition.path("message").asText())
                .orElse("");
    }

    private static Phase running(JsonNode job) {
        return job.at("/status/ready").asInt() > 0 ? Phase.RUNNING : Phase.PENDING;
    }

    private static Optional<JsonNode> condition(JsonNode object, String type) {
        return condition(object, type, "True");
    }

    private static Optional<JsonNode> condition(JsonNode object, String type, String status) {
        return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type)
                        && condition.path("status").asText().equals(status))
                .findFirst();
    }

    private static JsonNode controller(JsonNode owners) {
        return StreamSupport.stream(owners.spliterator(), false)
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst()
                .orElse(owners.path(-1));
    }

    private static Optional<Instant> instant(JsonNode time) {
        try {
            return time.isTextual()
                    ? Optional.of(OffsetDateTime.parse(time.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
