/** Replaces the node's mesh key when the control plane asks for it. */
@NullMarked
package io.nodeplane.plexd.rotation;

import org.jspecify.annotations.NullMarked;
