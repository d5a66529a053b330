/** Commands that ask the running agent over its socket, and how their answers look. */
@NullMarked
package io.nodeplane.app.cli;

import org.jspecify.annotations.NullMarked;
