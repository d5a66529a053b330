/** What workloads report about themselves, on its way to the control plane. */
@NullMarked
package io.nodeplane.plexd.report;

import org.jspecify.annotations.NullMarked;
