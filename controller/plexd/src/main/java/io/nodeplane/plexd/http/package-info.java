/** The transport to the control plane: every client rule of the protocol facts, section 3.1, and nothing about bodies. */
@NullMarked
package io.nodeplane.plexd.http;

import org.jspecify.annotations.NullMarked;
