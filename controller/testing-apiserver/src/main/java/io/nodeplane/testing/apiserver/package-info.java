/** A real API server for integration tests: etcd and kube-apiserver in containers, nothing else of a cluster. */
@NullMarked
package io.nodeplane.testing.apiserver;

import org.jspecify.annotations.NullMarked;
