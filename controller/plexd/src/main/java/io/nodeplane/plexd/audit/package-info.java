/** Who did what: the agent's own start and the Kubernetes audit log. */
@NullMarked
package io.nodeplane.plexd.audit;

import org.jspecify.annotations.NullMarked;
