/** Sockets, requests and answers; the only package that knows the HTTP server. */
@NullMarked
package io.nodeplane.mockapi.http;

import org.jspecify.annotations.NullMarked;
