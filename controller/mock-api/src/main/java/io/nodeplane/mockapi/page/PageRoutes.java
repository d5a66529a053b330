package io.nodeplane.mockapi.page;

import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.routes.Desk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The page, its files and its document. */
public final class PageRoutes {
    /** Only what the mock itself serves, and no way from a text into a script. SOURCE: W3C, CSP 3 and Trusted Types. */
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final List<String> FILES =
            List.of("page.css", "page.js", "view.js", "nodes.js", "draw.js", "controls.js", "icon.svg");

    private final Overview overview;

    /** The page of the given desk. */
    public PageRoutes(Desk desk) {
        this.overview = new Overview(desk);
    }

    /** All routes of the page. */
    public List<Route> all() {
        var files = FILES.stream().map(name -> file("/page/" + name, name));
        var rest = Stream.of(
                file("/", "index.html"), new Route("GET", "/test/overview", (request, names) -> overview(request)));
        return Stream.concat(rest, files).toList();
    }

    private static Route file(String path, String name) {
        var headers = Map.of(
                "Content-Type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), ""),
                "Content-Security-Policy", POLICY,
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Cache-Control", "no-cache");
        var reply = new Answer.Reply(200, headers, content(name));
        return new Route("GET", path, (request, names) -> reply);
    }

    private static Body content(String name) {
        try (var in = Objects.requireNonNull(PageRoutes.class.getResourceAsStream(name), name)) {
            return Body.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private Answer overview(Request request) {
        var since = request.parameter("since").filter(text -> !text.isEmpty());
        if (since.isEmpty()) {
            return uncached(Answer.json(overview.since(overview.start())));
        }
        var cursor = Cursor.parse(since.get())
                .orElseThrow(() -> new RefusedException(400, "since: expected the cursor of an earlier overview"));
        return uncached(Answer.json(overview.since(cursor)));
    }

    private static Answer uncached(Answer.Reply reply) {
        return new Answer.Reply(
                reply.status(),
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Cache-Control",
                        "no-store",
                        "X-Content-Type-Options",
                        "nosniff"),
                reply.body());
    }
}
