/** What Dekorate reads: one annotated class per workload, no code. */
@NullMarked
package io.nodeplane.manifests;

import org.jspecify.annotations.NullMarked;
