/** A thousand agents against one API server and one control plane. Measures, never asserts. */
@NullMarked
package io.nodeplane.scale;

import org.jspecify.annotations.NullMarked;
