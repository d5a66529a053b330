/** Keeps a Kubernetes Secret for each secret reference of this node, and none for a reference that is gone. */
@NullMarked
package io.nodeplane.plexd.nodesecrets;

import org.jspecify.annotations.NullMarked;
