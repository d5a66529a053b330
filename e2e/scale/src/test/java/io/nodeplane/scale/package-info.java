@NullMarked
package io.nodeplane.scale;

import org.jspecify.annotations.NullMarked;
