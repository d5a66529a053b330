/** Programs in a directory of the node, run by the bytes that were checked and with nothing of the agent's own surroundings. */
@NullMarked
package io.nodeplane.plexd.filehooks;

import org.jspecify.annotations.NullMarked;
