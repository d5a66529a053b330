/** The agent's configuration: its keys, and the values of one start. */
@NullMarked
package io.nodeplane.plexd.config;

import org.jspecify.annotations.NullMarked;
