/** The contract's bytes: JSON, body shapes, canonical form, signed events, the encrypted secret. */
@NullMarked
package io.nodeplane.mockapi.wire;

import org.jspecify.annotations.NullMarked;
