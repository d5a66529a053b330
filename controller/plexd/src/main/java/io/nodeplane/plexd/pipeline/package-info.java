/** Collect, buffer, send: the engine that metrics, logs and audit share. */
@NullMarked
package io.nodeplane.plexd.pipeline;

import org.jspecify.annotations.NullMarked;
