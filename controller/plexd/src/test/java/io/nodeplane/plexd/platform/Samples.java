package io.nodeplane.plexd.platform;

import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.identity.WireContract;

/** The constants of the vectors (protocol facts 0.4, numbers 2, 3 and 5). */
final class Samples {
    static final String NODE_ID = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3";
    static final String NSK = "AAECAwQFBgcICQoLDA0OD4CRorPE1eb3+Onay7ytno8=";
    static final String SIGNING_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    static final String KEY_ID = "did:web:plexsphere.com#key-e2e";
    static final Identity IDENTITY = new Identity(
            new NodeId(NODE_ID),
            "10.99.0.1",
            new SigningKey(KEY_ID, SIGNING_KEY),
            new NodeSecretKey(NSK),
            WireContract.V1_2026,
            "10.99.0.0/24");

    private Samples() {}
}
