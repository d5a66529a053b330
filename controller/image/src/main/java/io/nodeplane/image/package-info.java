/**
 * Builds the container images {@code plexd} and {@code mockapi} from nothing: a linked Java runtime, the C library of the build host,
 * stored jars and a trained AOT cache. Build time only.
 */
@NullMarked
package io.nodeplane.image;

import org.jspecify.annotations.NullMarked;
