/** Runs actions: admission, limits, the memory of what was run, results until they are accepted. */
@NullMarked
package io.nodeplane.plexd.actions.run;

import org.jspecify.annotations.NullMarked;
