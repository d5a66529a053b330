package io.nodeplane.mockapi.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a JSON array into the exact bytes of its elements, without building a tree. */
final class Batch {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Batch() {}

    /** The elements; {@link IOException} when the bytes are no JSON array of objects. */
    static List<byte[]> elements(byte[] array) throws IOException {
        var elements = new ArrayList<byte[]>();
        try (var parser = FACTORY.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("batch: expected an array");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                elements.add(Arrays.copyOfRange(
                        array, start, (int) parser.currentLocation().getByteOffset()));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("batch: expected objects");
            }
        }
        return elements;
    }
}
