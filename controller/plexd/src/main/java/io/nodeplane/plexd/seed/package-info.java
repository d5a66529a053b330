/** The seeds' wire contract: every JSON member, path and rule of it, and nothing of what the agent does with them. */
@NullMarked
package io.nodeplane.plexd.seed;

import org.jspecify.annotations.NullMarked;
