/** The actions that come with the agent. */
@NullMarked
package io.nodeplane.plexd.actions.builtin;

import org.jspecify.annotations.NullMarked;
