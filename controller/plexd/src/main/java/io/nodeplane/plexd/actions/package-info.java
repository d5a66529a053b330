/** What the agent runs on request: requests and results as values, and the ports between those who ask, run and tell. */
@NullMarked
package io.nodeplane.plexd.actions;

import org.jspecify.annotations.NullMarked;
