/** The API server as the agent reaches it: one client, one kind of failure, one way to names. Knows no feature. */
@NullMarked
package io.nodeplane.plexd.cluster;

import org.jspecify.annotations.NullMarked;
