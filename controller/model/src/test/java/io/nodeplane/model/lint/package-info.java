/** House rules for the CRDs in {@code crds/}, among them what the java-generator cannot take. */
@NullMarked
package io.nodeplane.model.lint;

import org.jspecify.annotations.NullMarked;
