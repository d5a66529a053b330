/** How a node becomes known: token, request, retry; never twice while an identity holds. */
@NullMarked
package io.nodeplane.plexd.registration;

import org.jspecify.annotations.NullMarked;
