package io.nodeplane.mockapi.routes;

import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.capture.Captures;
import io.nodeplane.mockapi.capture.Counters;
import io.nodeplane.mockapi.capture.Records;
import io.nodeplane.mockapi.events.EventStreams;
import io.nodeplane.mockapi.fault.Faults;
import io.nodeplane.mockapi.http.Refusals;
import io.nodeplane.mockapi.node.Nodes;
import java.time.Clock;

/** Everything that routes read and write, put together once by {@code MockApi}. */
public record Desk(
        Mode mode,
        Clock clock,
        Counters counters,
        Captures captures,
        Records records,
        Nodes nodes,
        EventStreams streams,
        Faults faults,
        Refusals refusals,
        Fixture fixture) {}
