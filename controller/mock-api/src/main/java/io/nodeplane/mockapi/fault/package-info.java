/** Faults on demand: delays, statuses, cut connections. */
@NullMarked
package io.nodeplane.mockapi.fault;

import org.jspecify.annotations.NullMarked;
