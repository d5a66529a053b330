/** Numbers about node and agent. */
@NullMarked
package io.nodeplane.plexd.metrics;

import org.jspecify.annotations.NullMarked;
