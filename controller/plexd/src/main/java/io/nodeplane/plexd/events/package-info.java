/** The signed event stream: parse, verify, dispatch, reconnect, fall back to polling. */
@NullMarked
package io.nodeplane.plexd.events;

import org.jspecify.annotations.NullMarked;
