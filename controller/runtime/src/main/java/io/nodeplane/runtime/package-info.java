/** What every Nodeplane process needs to run: no resource kind and no feature is known here. */
@NullMarked
package io.nodeplane.runtime;

import org.jspecify.annotations.NullMarked;
