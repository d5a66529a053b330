package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.nodeplane.plexd.hooks.HookSpec.JobTemplate;
import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs against goldens (seed "PlexdHook CRD Reference"); {@code -Dgolden=update} rewrites them. */
class JobManifestTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/nodeplane/plexd/hooks");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @Test
    void rendersTheSeedsExample() throws IOException {
        golden("seed-example", Hooks.hook("disk-check-node01", Hooks.seedExample()), "node01");
    }

    @Test
    void rendersAPrivilegedHookWithoutTemplate() throws IOException {
        var spec = new HookSpec("reset", new Target.AnyNode(), JobTemplate.DEFAULT, List.of(), true);

        golden("privileged", Hooks.hook("reset", spec), "node01");
    }

    @Test
    void rendersEveryOptionalField() throws IOException {
        golden("every-field", Hooks.hook("trim", Hooks.everything()), "node-a");
    }

    @Test
    void rendersTheJobOfOneNodeAmongMany() throws IOException {
        golden("many-nodes", Hooks.hook("collect", Hooks.spec(Hooks.SSD, new Parameter("1.st", ""))), "node-a");
    }

    @Test
    void shortensWhatKubernetesDoesNotTakeAndKeepsItApart() {
        var name = "x".repeat(200);
        var one =
                job(Hooks.hook(name + "1", new HookSpec("größe/😀", Hooks.SSD, JobTemplate.DEFAULT, List.of(), false)));
        var two = job(Hooks.hook(name + "2", Hooks.spec(Hooks.SSD)));

        var jobName = one.at("/metadata/name").asText();
        assertTrue(jobName.length() <= 63 && jobName.startsWith("plexdhook-xxx"), jobName);
        assertNotEquals(jobName, two.at("/metadata/name").asText());
        var label = one.at("/metadata/labels")
                .path("plexd.plexsphere.com/hook-name")
                .asText();
        assertTrue(label.matches("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?") && label.length() <= 63, label);
        assertEquals(
                "größe/😀",
                one.at("/spec/template/spec/containers/0/env/1/value").asText());
    }

    @Test
    void keepsAJobLongEnoughToSeeItsEnd() {
        var plain = JobTemplate.DEFAULT;
        var template = new JobTemplate(
                plain.image(),
                plain.command(),
                plain.args(),
                plain.imagePullPolicy(),
                plain.requests(),
                plain.limits(),
                plain.hostPaths(),
                plain.serviceAccountName(),
                false,
                0,
                plain.activeDeadlineSeconds(),
                Optional.of(0));
        var hook = Hooks.hook("a", new HookSpec("a", new Target.AnyNode(), template, List.of(), false));

        assertEquals(600, job(hook).at("/spec/ttlSecondsAfterFinished").asInt());
    }

    private static JsonNode job(HookObserved hook) {
        return YAML.valueToTree(JobManifest.of(HookDesired.from(hook, "plexd-system", "node-a")));
    }

    private static void golden(String name, HookObserved hook, String node) throws IOException {
        var file = GOLDEN.resolve(name + ".yaml");
        var rendered = YAML.writeValueAsString(JobManifest.of(HookDesired.from(hook, "plexd-system", node)));
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, rendered);
        }
        assertEquals(Files.readString(file), rendered, "differs from " + file);
    }
}
