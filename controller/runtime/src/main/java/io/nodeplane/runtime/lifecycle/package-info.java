/** Parts of a process: started in order, stopped in reverse. */
@NullMarked
package io.nodeplane.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
