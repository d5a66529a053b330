package io.nodeplane.plexd.registration;

import io.nodeplane.plexd.identity.Identities;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.MeshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the node its identity: the stored one, else a fresh one; never registers while an identity holds (protocol facts 2.6). */
public final class Enrollment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrollment.class);

    private final Identities identities;
    private final TokenSources tokens;
    private final Registrar registrar;
    private final RegistrationConfig config;
    private final RandomGenerator random;

    /**
     * An enrollment.
     *
     * @param random makes the mesh key; a cryptographic one outside tests
     */
    public Enrollment(
            Identities identities,
            TokenSources tokens,
            Registrar registrar,
            RegistrationConfig config,
            RandomGenerator random) {
        this.identities = identities;
        this.tokens = tokens;
        this.registrar = registrar;
        this.config = config;
        this.random = random;
    }

    /** The node's identity, stored. */
    public Identity enroll() throws RegistrationFailed, IOException, InterruptedException {
        var known = identities.load();
        if (known.isPresent()) {
            LOG.atInfo().addKeyValue("node", known.get().nodeId()).log("identity loaded");
            return known.get();
        }
        return renew();
    }

    /** A fresh identity in place of the stored one, after the control plane refused that one. */
    public Identity renew() throws RegistrationFailed, IOException, InterruptedException {
        var found = tokens.find();
        // A token is spent by its use, so look first whether its fruit can be kept.
        identities.prepare();
        LOG.atInfo()
                .addKeyValue("hostname", config.hostname())
                .addKeyValue("token_source", found.source())
                .log("registering");
        var meshKey = MeshKey.generate(random);
        var identity = registrar.register(new Registrations.Request(
                found.token(), config.hostname(), meshKey.publicText(), config.metadata(), randomUuid()));
        identities.store(identity, meshKey);
        LOG.atInfo()
                .addKeyValue("node", identity.nodeId())
                .addKeyValue("mesh_ip", identity.meshIp())
                .log("node registered");
        found.file().ifPresent(Enrollment::deleteSpentToken);
        return identity;
    }

    /** Version 4 (RFC 9562, section 5.4). */
    private UUID randomUuid() {
        var high = (random.nextLong() & ~0xf000L) | 0x4000L;
        var low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static void deleteSpentToken(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException readOnly) {
            // Normal in Kubernetes, where the file is on a read-only mount.
            LOG.atWarn().addKeyValue("file", file).setCause(readOnly).log("spent token file cannot be deleted");
        }
    }
}
