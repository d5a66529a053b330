/** What the node API answers, route by route (protocol facts 7.2). */
@NullMarked
package io.nodeplane.plexd.nodeapi.routes;

import org.jspecify.annotations.NullMarked;
