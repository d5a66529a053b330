/** The mock in the platform's contract of 2026: strict bodies, problems with codes, events that can be replayed. */
@NullMarked
package io.nodeplane.mockapi.platform;

import org.jspecify.annotations.NullMarked;
