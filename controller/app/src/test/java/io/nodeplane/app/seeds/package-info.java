/** The table of what the seeds say and which tests prove it: {@code controller/SEEDS.md}. */
@NullMarked
package io.nodeplane.app.seeds;

import org.jspecify.annotations.NullMarked;
