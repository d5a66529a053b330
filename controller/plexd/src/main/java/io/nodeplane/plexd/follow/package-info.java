/** Follows growing files line by line, through rotation, truncation and restarts. */
@NullMarked
package io.nodeplane.plexd.follow;

import org.jspecify.annotations.NullMarked;
