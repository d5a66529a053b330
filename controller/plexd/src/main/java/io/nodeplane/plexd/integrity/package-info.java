/** Whether the files that the agent runs are those it ran before: a baseline, comparisons, and what is told of differences. */
@NullMarked
package io.nodeplane.plexd.integrity;

import org.jspecify.annotations.NullMarked;
