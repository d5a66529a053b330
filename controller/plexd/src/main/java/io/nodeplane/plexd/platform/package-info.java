/** The codec of the platform's contract of 2026: every port in its JSON, and nothing else. */
@NullMarked
package io.nodeplane.plexd.platform;

import org.jspecify.annotations.NullMarked;
