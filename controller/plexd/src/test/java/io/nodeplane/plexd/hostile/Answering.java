package io.nodeplane.plexd.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A server on loopback that answers each request with the same bytes, whatever they are, and then hangs up. */
final class Answering implements AutoCloseable {
    private final ServerSocket socket;
    private final Row.Input answer;

    private Answering(ServerSocket socket, Row.Input answer) {
        this.socket = socket;
        this.answer = answer;
    }

    static Answering with(Row.Input answer) throws IOException {
        var server = new Answering(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), answer);
        Thread.ofVirtual().name("answering").start(server::serve);
        return server;
    }

    URI uri() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var peer = socket.accept()) {
                answer(peer);
            } catch (Exception hungUp) {
                // The client hung up on what it was told, or the test is over: on to the next.
            }
        }
    }

    private void answer(Socket peer) throws Exception {
        readRequest(peer.getInputStream());
        try (var bytes = answer.open()) {
            bytes.transferTo(peer.getOutputStream());
        } catch (SocketException refused) {
            return;
        }
        peer.shutdownOutput();
        // A close with unread bytes would be a reset, which could overtake the answer.
        peer.setSoTimeout(2000);
        peer.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** The head, and the body by its announced length. */
    private static void readRequest(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var octet = in.read();
            if (octet < 0) {
                return;
            }
            head.append((char) octet);
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .sum();
        in.skipNBytes(length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
