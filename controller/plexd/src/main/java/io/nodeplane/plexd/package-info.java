/** The plexd node agent: one package per feature. */
@NullMarked
package io.nodeplane.plexd;

import org.jspecify.annotations.NullMarked;
