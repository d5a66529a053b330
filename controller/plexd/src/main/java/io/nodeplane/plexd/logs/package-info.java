/** Log lines: the agent's own, journald and files. */
@NullMarked
package io.nodeplane.plexd.logs;

import org.jspecify.annotations.NullMarked;
