/** The node API: what workloads and people of this node may ask the agent, over a unix socket and over TCP. */
@NullMarked
package io.nodeplane.plexd.nodeapi;

import org.jspecify.annotations.NullMarked;
