package io.nodeplane.app.chaos;

/**
 * The faults that are to be had for a node, besides those of its control plane.
 *
 * @param disk full and read-only
 * @param clock jumps
 * @param server the API server away, slow, forgetful
 */
record Means(boolean disk, boolean clock, boolean server) {}
