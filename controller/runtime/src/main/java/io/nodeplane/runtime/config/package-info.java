/** Typed configuration from a YAML file, variables and flags, with all faults told together. */
@NullMarked
package io.nodeplane.runtime.config;

import org.jspecify.annotations.NullMarked;
