/** The mock's self-signed certificate. */
@NullMarked
package io.nodeplane.mockapi.tls;

import org.jspecify.annotations.NullMarked;
