package io.nodeplane.app.chaos;

import io.nodeplane.app.chaos.ApiServerProxy.Mood;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection through an {@link ApiServerProxy}: two threads that copy, and do what the proxy's mood is. */
record ProxiedConnection(ApiServerProxy proxy, Socket inside, Socket outside, Runnable cut) {
    private static final String GONE = """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
            "message":"too old resource version: 1 (2)","reason":"Expired","code":410}}
            """;

    /** Returns when the connection is over. */
    void run() {
        var up = Thread.ofVirtual().name("chaos-proxy-up").start(() -> copy(true));
        copy(false);
        try {
            up.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(boolean up) {
        try {
            var in = (up ? inside : outside).getInputStream();
            var out = (up ? outside : inside).getOutputStream();
            var buffer = new byte[1 << 14];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                var mood = proxy.mood();
                if (up && mood == Mood.EXPIRED && isWatch(buffer, read)) {
                    tellGone();
                    return;
                }
                var isHalved = !up && mood == Mood.HALF;
                out.write(buffer, 0, isHalved ? read / 2 : read);
                out.flush();
                if (isHalved) {
                    return;
                }
            }
        } catch (IOException over) {
            // Either side ended it.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            cut.run();
        }
    }

    private void awaitFlow() throws InterruptedException {
        while (proxy.mood() == Mood.STALLED) {
            Thread.sleep(20);
        }
    }

    /** The head of a request comes in one piece: the client writes it so, and sends no second request before the answer. */
    private static boolean isWatch(byte[] buffer, int length) {
        var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        return text.startsWith("GET ") && text.lines().findFirst().orElse("").contains("watch=true");
    }

    private void tellGone() throws IOException {
        var answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + GONE.length()
                + "\r\nConnection: close\r\n\r\n" + GONE;
        inside.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        inside.getOutputStream().flush();
    }
}
