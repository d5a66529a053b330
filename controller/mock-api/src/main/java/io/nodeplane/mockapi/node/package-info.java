/** Nodes and the identities they get. */
@NullMarked
package io.nodeplane.mockapi.node;

import org.jspecify.annotations.NullMarked;
