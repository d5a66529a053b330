/** The tables of routes: contract, test control and local endpoints. */
@NullMarked
package io.nodeplane.mockapi.routes;

import org.jspecify.annotations.NullMarked;
