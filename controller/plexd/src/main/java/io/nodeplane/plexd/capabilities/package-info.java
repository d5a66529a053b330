/** Tells the control plane what this agent can do, and again when that changes. */
@NullMarked
package io.nodeplane.plexd.capabilities;

import org.jspecify.annotations.NullMarked;
