/** Where the agent runs: in a pod or not, and the Kubernetes settings that follow. */
@NullMarked
package io.nodeplane.plexd.environment;

import org.jspecify.annotations.NullMarked;
