package io.nodeplane.mockapi.http;

/** How an answer goes out. */
public sealed interface Delivery {
    /** As it is. */
    record Whole(Answer answer) implements Delivery {}

    /** Half of it, then the connection is closed. */
    record Half(Answer answer) implements Delivery {}

    /** Nothing: the connection is closed. */
    record Nothing() implements Delivery {}
}
