package io.nodeplane.plexd.config;

import io.nodeplane.plexd.identity.WireContract;
import io.nodeplane.plexd.registration.ResourceClaim;
import java.time.Duration;
import java.util.Optional;

/**
 * How the control plane is spoken to ({@code api.contract} and its companions, protocol facts 0.3).
 *
 * @param wire for a fresh registration; an identity keeps the contract under which it was given
 * @param claim what a registration in contract {@code v1-2026} asks for; present in that contract only
 * @param sseReprobeInterval pause between attempts while the control plane offers no event stream
 */
public record ContractConfig(WireContract wire, Optional<ResourceClaim> claim, Duration sseReprobeInterval) {}
