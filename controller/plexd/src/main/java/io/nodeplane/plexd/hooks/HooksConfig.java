package io.nodeplane.plexd.hooks;

/**
 * Whether the agent runs PlexdHooks, and which.
 *
 * @param rules what a hook may ask for
 */
public record HooksConfig(boolean enabled, HookRules rules) {}
