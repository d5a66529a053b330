package io.nodeplane.plexd.identity;

class InMemoryIdentitiesTest extends IdentitiesContract {
    private final InMemoryIdentities identities = new InMemoryIdentities();

    @Override
    Identities identities() {
        return identities;
    }
}
