/** JSON in and out as every contract of the control plane writes it, and no member of any of them. */
@NullMarked
package io.nodeplane.plexd.wire;

import org.jspecify.annotations.NullMarked;
