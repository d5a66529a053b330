/** What the control plane wants of this node: pull, compare, apply, report drift. */
@NullMarked
package io.nodeplane.plexd.state;

import org.jspecify.annotations.NullMarked;
