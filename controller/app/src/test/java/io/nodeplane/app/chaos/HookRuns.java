package io.nodeplane.app.chaos;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdHookSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeplane.model.ModelJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * PlexdHooks of all kinds of target; the trial is Job controller and kubelet. Each hook has exactly one Job, ever, and its phase ends
 * as the Job's.
 */
final class HookRuns implements Trial {
    private final KubernetesClient admin;
    private final String node;
    private final Random random;
    private int count;

    /** Jobs that were ever seen, by the uid of their hook. */
    private final Map<String, Set<String>> jobs = new HashMap<>();

    HookRuns(KubernetesClient admin, String node, Random random) {
        this.admin = admin;
        this.node = node;
        this.random = random;
    }

    @Override
    public void act(Random some) {
        if (random.nextInt(3) > 0) {
            goOn();
            return;
        }
        var spec = new HashMap<String, Object>(Map.of("hookName", "chaos"));
        switch (random.nextInt(3)) {
            case 0 -> spec.put("nodeName", node);
            case 1 -> spec.put("nodeSelector", Map.of("chaos", node));
            default -> {
                // Any node: there is one that looks.
            }
        }
        var hook = new PlexdHook();
        hook.setMetadata(new ObjectMetaBuilder()
                .withName("hook-" + count++)
                .withNamespace(node)
                .build());
        hook.setSpec(ModelJson.serialization().convertValue(spec, PlexdHookSpec.class));
        admin.resource(hook).create();
    }

    /** Every Job goes one step on: its pod runs, or it ends. */
    @Override
    public void goOn() {
        for (var job : admin.batch().v1().jobs().inNamespace(node).list().getItems()) {
            job.getMetadata().getOwnerReferences().stream()
                    .map(OwnerReference::getUid)
                    .forEach(hook -> jobs.computeIfAbsent(hook, uid -> new HashSet<>())
                            .add(job.getMetadata().getUid()));
            if (phase(job).isEmpty() && random.nextBoolean()) {
                step(job);
            }
        }
    }

    private void step(Job job) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var isRunning = job.getStatus() != null
                && Integer.valueOf(1).equals(job.getStatus().getReady());
        var status = isRunning ? ended(now) : "\"active\":1,\"ready\":1,\"startTime\":\"" + now + "\"";
        admin.resource(job)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{" + status + "}}");
    }

    private String ended(Instant now) {
        return random.nextInt(4) == 0
                ? "\"active\":0,\"ready\":0,\"failed\":1,"
                        + conditions(now, "BackoffLimitExceeded", "FailureTarget", "Failed")
                : "\"active\":0,\"ready\":0,\"succeeded\":1,\"completionTime\":\"" + now + "\","
                        + conditions(now, "CompletionsReached", "SuccessCriteriaMet", "Complete");
    }

    private static String conditions(Instant now, String reason, String first, String second) {
        var condition = "{\"type\":\"%s\",\"status\":\"True\",\"reason\":\"%s\",\"lastTransitionTime\":\"%s\"}";
        return "\"conditions\":["
                + condition.formatted(first, reason, now) + ","
                + condition.formatted(second, reason, now) + "]";
    }

    /** {@code Succeeded} or {@code Failed}, empty while the Job is not over. */
    private static String phase(Job job) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return "";
        }
        return job.getStatus().getConditions().stream()
                .map(condition -> condition.getType())
                .filter(type -> type.equals("Complete") || type.equals("Failed"))
                .map(type -> type.equals("Complete") ? "Succeeded" : type)
                .findFirst()
                .orElse("");
    }

    @Override
    public List<String> open() {
        var ends = new HashMap<String, String>();
        for (var job : admin.batch().v1().jobs().inNamespace(node).list().getItems()) {
            job.getMetadata().getOwnerReferences().forEach(owner -> ends.put(owner.getUid(), phase(job)));
        }
        var open = new ArrayList<String>();
        for (var hook : hooks()) {
            var json = ModelJson.serialization().convertValue(hook, Map.class);
            var status = json.get("status") instanceof Map<?, ?> map ? map : Map.of();
            var phase = String.valueOf(status.get("phase"));
            var end = ends.getOrDefault(hook.getMetadata().getUid(), "no Job");
            if (end.isEmpty() || !end.equals(phase)) {
                open.add("hook " + hook.getMetadata().getName() + " is " + phase + ", its Job "
                        + (end.isEmpty() ? "has not ended" : end) + ": " + status);
            }
        }
        return open;
    }

    private List<PlexdHook> hooks() {
        return admin.resources(PlexdHook.class).inNamespace(node).list().getItems();
    }

    @Override
    public List<String> violations() {
        goOn();
        return hooks().stream()
                .map(HasMetadata::getMetadata)
                .filter(meta -> jobs.getOrDefault(meta.getUid(), Set.of()).size() > 1)
                .map(meta -> "hook " + meta.getName() + " was run by Jobs " + jobs.get(meta.getUid()))
                .toList();
    }

    @Override
    public String told() {
        return count + " PlexdHooks";
    }
}
