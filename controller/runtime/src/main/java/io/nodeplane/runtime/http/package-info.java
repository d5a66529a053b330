/** A small HTTP/1.1 server for local callers, over TCP and over unix domain sockets: bounded in everything. */
@NullMarked
package io.nodeplane.runtime.http;

import org.jspecify.annotations.NullMarked;
