package io.nodeplane.plexd.hooks;

class InMemoryHooksTest extends HookObjectsContract {
    private final InMemoryHooks hooks = new InMemoryHooks();

    @Override
    HookObjects objects() {
        return hooks;
    }

    @Override
    HookList list() {
        return hooks;
    }

    @Override
    HookObserved make(String name, HookSpec spec) {
        return hooks.make(name, spec);
    }

    @Override
    void remove(String name) {
        hooks.remove(name);
    }

    @Override
    void eventually(Runnable check) {
        check.run();
    }
}
