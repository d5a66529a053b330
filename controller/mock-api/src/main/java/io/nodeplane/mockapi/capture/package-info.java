/** What was received: counters, requests, records and tallies, all bounded. */
@NullMarked
package io.nodeplane.mockapi.capture;

import org.jspecify.annotations.NullMarked;
