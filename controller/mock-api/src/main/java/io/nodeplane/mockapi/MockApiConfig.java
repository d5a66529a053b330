package io.nodeplane.mockapi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;

/**
 * What a mock is started with.
 *
 * @param mode identity and checks
 * @param http address of the plain listener; port 0 takes a free one
 * @param https address of the TLS listener; port 0 takes a free one
 * @param clock time of counters, captures and events
 * @param keepAlive pause between two comments on an idle event stream; 15 s in the contract
 * @param windowBytes bytes of requests and of records that are kept per endpoint, at least 1
 * @param contract what it speaks
 */
public record MockApiConfig(
        Mode mode,
        InetSocketAddress http,
        InetSocketAddress https,
        Clock clock,
        Duration keepAlive,
        int windowBytes,
        WireContract contract) {

    /** Pause between two comments on an idle event stream. SOURCE: facts 10.2, events. */
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** Window of a mock inside a test process. */
    private static final int TEST_WINDOW = 16 << 20;

    /** Refuses values that no mock can run with. */
    public MockApiConfig {
        if (keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("keepAlive: expected more than 0, got " + keepAlive);
        }
        if (windowBytes < 1) {
            throw new IllegalArgumentException("windowBytes: expected at least 1, got " + windowBytes);
        }
    }

    /** A mock for tests: {@link Mode#DEFAULT}, free loopback ports, system clock. */
    public static MockApiConfig loopback() {
        var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new MockApiConfig(
                Mode.DEFAULT, free, free, Clock.systemUTC(), KEEP_ALIVE, TEST_WINDOW, WireContract.V1_SEED);
    }

    /** The same with another mode. */
    public MockApiConfig mode(Mode other) {
        return new MockApiConfig(other, http, https, clock, keepAlive, windowBytes, contract);
    }

    /** The same with another contract. */
    public MockApiConfig contract(WireContract other) {
        return new MockApiConfig(mode, http, https, clock, keepAlive, windowBytes, other);
    }

    /** The same with another address of the plain listener, for a mock that comes back at its old port. */
    public MockApiConfig http(InetSocketAddress other) {
        return new MockApiConfig(mode, other, https, clock, keepAlive, windowBytes, contract);
    }

    /** The same with another address of the TLS listener. */
    public MockApiConfig https(InetSocketAddress other) {
        return new MockApiConfig(mode, http, other, clock, keepAlive, windowBytes, contract);
    }

    /** The same with another clock. */
    public MockApiConfig clock(Clock other) {
        return new MockApiConfig(mode, http, https, other, keepAlive, windowBytes, contract);
    }

    /** The same with another pause between comments on an idle event stream. */
    public MockApiConfig keepAlive(Duration other) {
        return new MockApiConfig(mode, http, https, clock, other, windowBytes, contract);
    }

    /** The same with another window of kept bytes. */
    public MockApiConfig windowBytes(int other) {
        return new MockApiConfig(mode, http, https, clock, keepAlive, other, contract);
    }
}
