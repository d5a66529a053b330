/** The place for tunnels: a small interface and, today, a data plane that says why it cannot start. */
@NullMarked
package io.nodeplane.plexd.dataplane;

import org.jspecify.annotations.NullMarked;
