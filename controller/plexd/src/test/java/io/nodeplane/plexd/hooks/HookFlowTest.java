package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class HookFlowTest extends HookFlowContract {
    private final InMemoryHooks hooks = new InMemoryHooks();
    private final InMemoryJobs jobs = new InMemoryJobs();
    private final InMemorySurroundings surroundings = new InMemorySurroundings();

    @Override
    HookSteps.Ports ports() {
        return new HookSteps.Ports(hooks, jobs, surroundings);
    }

    @Override
    HookObserved make(String name, HookSpec spec) {
        return hooks.make(name, spec);
    }

    @Override
    HookObserved change(String name, HookSpec spec) {
        return hooks.change(name, spec);
    }

    @Override
    void remove(String name) {
        hooks.remove(name);
    }

    @Override
    void addNode(String name, Map<String, String> labels) {
        surroundings.addNode(name, labels);
    }

    @Override
    void becomes(String job, Phase phase) {
        if (phase == Phase.FAILED) {
            jobs.podOf(job, new PodObserved("", Optional.of(3), "Error", "", List.of("disk is full")));
        }
        jobs.becomes(job, phase, end());
    }

    @Override
    void lacksItsImage(String job) {
        jobs.podOf(job, new PodObserved("ErrImagePull: no such image", Optional.empty(), "", "", List.of()));
    }

    @Override
    void removeJob(String name) {
        jobs.remove(name);
    }

    @Override
    void stranger(String job) {
        jobs.stranger(job);
    }

    @Override
    List<String> events() {
        return surroundings.events();
    }

    @Override
    void eventually(Check check) throws Exception {
        work();
        check.run();
    }

    @Override
    void settle() {
        work();
    }

    @Override
    String namespace() {
        return "plexd-system";
    }
}
