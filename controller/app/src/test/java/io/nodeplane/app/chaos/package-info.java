/** The fault campaign: real agents killed at random points of their lives, and programs that check what must hold. */
@NullMarked
package io.nodeplane.app.chaos;

import org.jspecify.annotations.NullMarked;
