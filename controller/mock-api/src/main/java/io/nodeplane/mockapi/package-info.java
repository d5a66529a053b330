/** The mock control plane: every route of the contract, counters, captures and faults. */
@NullMarked
package io.nodeplane.mockapi;

import org.jspecify.annotations.NullMarked;
