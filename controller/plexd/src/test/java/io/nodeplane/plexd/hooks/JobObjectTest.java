package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobObjectTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                           | PENDING
            {active: 1, ready: 0}                                        | PENDING
            {active: 1, ready: 1}                                        | RUNNING
            {active: 1, conditions: [{type: Suspended, status: "True"}]} | PENDING
            {conditions: [{type: Failed, status: "False"}]}              | PENDING
            {conditions: [{type: Failed, status: "True"}]}               | FAILED
            {conditions: [{type: FailureTarget, status: "True"}]}        | PENDING
            {conditions: [{type: Complete, status: "True"}]}             | SUCCEEDED
            """)
    void readsHowFarAJobIs(String status, Phase phase) throws Exception {
        assertEquals(
                phase,
                JobObject.observed(yaml("{metadata: {name: a}, status: " + status + "}"))
                        .phase());
    }

    @Test
    void readsWhatAJobSaysOfItself() throws Exception {
        var job = JobObject.observed(yaml("""
                metadata:
                  name: plexdhook-a
                  uid: job-uid
                  creationTimestamp: "2026-02-20T12:00:00Z"
                  annotations: {plexd.plexsphere.com/node-name: node-a}
                  ownerReferences:
                    - {kind: Other, name: x, uid: y}
                    - {kind: PlexdHook, name: a, uid: hook-uid, controller: true}
                status:
                  conditions:
                    - type: Failed
                      status: "True"
                      reason: DeadlineExceeded
                      message: Job was active longer than specified deadline
                      lastTransitionTime: "2026-02-20T12:10:00Z"
                """));

        assertEquals(
                new JobObserved(
                        "plexdhook-a",
                        "job-uid",
                        "PlexdHook",
                        "a",
                        "hook-uid",
                        "node-a",
                        Phase.FAILED,
                        Optional.of(Instant.parse("2026-02-20T12:00:00Z")),
                        Optional.of(Instant.parse("2026-02-20T12:10:00Z")),
                        "DeadlineExceeded",
                        "Job was active longer than specified deadline"),
                job);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]}                   | '' | - | ''
            {containerStatuses: [{state: {waiting: {reason: ErrImagePull, message: no such}}}]}      | 'ErrImagePull: no such' | - | ''
            {conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: no room}]} | 'Unschedulable: no room' | - | ''
            {containerStatuses: [{state: {terminated: {exitCode: 137, reason: OOMKilled}}}]}         | '' | 137 | OOMKilled
            {reason: Evicted, message: low on memory}                                                | '' | - | Evicted
            """)
    void readsWhyAPodStandsWhereItStands(String status, String waiting, @Nullable Integer code, String reason)
            throws Exception {
        var pod = JobObject.pod(yaml("{status: " + status + "}"), List.of());

        assertEquals(waiting, pod.waiting());
        assertEquals(Optional.ofNullable(code), pod.exitCode());
        assertEquals(reason, pod.reason());
    }

    @Test
    void takesTheNewestPod() throws Exception {
        var pods = yaml("""
                items:
                  - metadata: {name: old, creationTimestamp: "2026-02-20T12:00:00Z"}
                  - metadata: {name: new, creationTimestamp: "2026-02-20T12:00:01Z"}
                """);

        assertEquals(
                "new", JobObject.newest(pods).orElseThrow().at("/metadata/name").asText());
    }

    private static JsonNode yaml(String text) throws JsonProcessingException {
        return YAML.readTree(text);
    }
}
