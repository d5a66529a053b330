/** Who calls the node API, and what they may do there (protocol facts 7.1). */
@NullMarked
package io.nodeplane.plexd.nodeapi.access;

import org.jspecify.annotations.NullMarked;
