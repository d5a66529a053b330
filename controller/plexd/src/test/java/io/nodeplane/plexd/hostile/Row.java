package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * One hostile input and what must come of it.
 *
 * @param input opened anew for each trial; large ones are made as they are read, so that they take no heap
 * @param expected how the outcome begins
 */
record Row(String name, Input input, String expected) {
    /** Makes the bytes. */
    @FunctionalInterface
    interface Input {
        InputStream open() throws Exception;
    }

    static Row of(String name, String input, String expected) {
        return of(name, input.getBytes(UTF_8), expected);
    }

    static Row of(String name, byte[] input, String expected) {
        return new Row(name, () -> new ByteArrayInputStream(input), expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
