/** Reading and writing of the kinds in {@code crds/}; their Java types are generated into {@code com.plexsphere.plexd}. */
@NullMarked
package io.nodeplane.model;

import org.jspecify.annotations.NullMarked;
