/** Text that other processes gave us, made fit to be handed on. */
@NullMarked
package io.nodeplane.runtime.text;

import org.jspecify.annotations.NullMarked;
