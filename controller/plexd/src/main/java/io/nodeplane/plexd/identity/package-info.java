/** Who this node is to the control plane: keys, secret and the files that keep them. */
@NullMarked
package io.nodeplane.plexd.identity;

import org.jspecify.annotations.NullMarked;
