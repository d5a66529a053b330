/** Server-sent event streams of the nodes. */
@NullMarked
package io.nodeplane.mockapi.events;

import org.jspecify.annotations.NullMarked;
