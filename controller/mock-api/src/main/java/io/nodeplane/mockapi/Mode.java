package io.nodeplane.mockapi;

/** How the mock identifies nodes and how much it checks. */
public enum Mode {
    /** Every host name gets its own node id and mesh address; nothing but JSON types is checked. */
    DEFAULT,

    /** As the upstream mock of the seed's era: one constant node id and mesh address for every host. */
    COMPAT,

    /** {@link #DEFAULT} plus checks of bearer, node id and body; a refusal names the field. */
    STRICT
}
