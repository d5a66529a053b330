/** The bundle on a real three-node kind cluster: one class per capability. {@code make e2e} runs it. */
@NullMarked
package io.nodeplane.e2e;

import org.jspecify.annotations.NullMarked;
