package io.nodeplane.mockapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The page in a real browser, over a mock that three nodes talked to for ten minutes. */
@Timeout(120)
final class PageIT {
    /** A desk, a window beside another, a phone. */
    private static final int[] WIDTHS = {1280, 1000, 390};

    private final SettableClock clock = new SettableClock();
    private MockApi api =
            MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT).clock(clock));
    private Client client = client(api);
    private Fleet fleet = new Fleet(client, api.uri(), clock);
    private Browser browser = browser();

    private static Client client(MockApi api) {
        try {
            return new Client(api);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Browser browser() {
        try {
            return Browser.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void size() {
        browser.size(1280, 800);
    }

    @AfterEach
    void close() throws IOException {
        browser.close();
        client.close();
        api.close();
    }

    private void open() throws InterruptedException {
        browser.open(api.uri() + "/");
        browser.await("an answer of the mock", () -> browser.text("#live").equals("live"));
    }

    private String row(String host) {
        return "tr[data-node='" + fleet.id(host) + "']";
    }

    @Test
    void showsEachNodeWithStateRequestsAndCharts() throws Exception {
        fleet.live();
        var stream = fleet.events("edge-1");

        open();

        browser.await(
                "the stream",
                () -> browser.text("h1").equals("3 nodes: 2 healthy, 1 late. 1 event stream open. No fault is on."));
        assertTrue(browser.text(row("edge-1")).contains("stream open"), browser.text(row("edge-1")));
        for (var host : Fleet.HOSTS) {
            assertEquals(host, browser.text(row(host) + " .open"));
            assertTrue(browser.text(row(host)).contains("3 corrections"), browser.text(row(host)));
            assertTrue(browser.text(row(host)).contains("seed contract"), browser.text(row(host)));
        }
        assertEquals("late", browser.text(row(Fleet.LOST) + " .word"));
        assertEquals(3, browser.count("rect.silence, .mark[data-state=healthy]"));
        assertEquals(12, browser.count("svg.spark path.value[d^=M]"), "three nodes, four charts");
        stream.close();
        assertTrue(
                browser.attribute(row("edge-1") + " .score svg", "aria-label").contains("10 heartbeat"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    void saysThatThereIsNoDataYet() throws Exception {
        open();

        assertEquals("No node has registered yet.", browser.text("h1"));
        for (var empty : List.of("nodes", "log", "audit", "executions")) {
            assertTrue(browser.text("#" + empty + "-empty").startsWith("No data yet"), empty);
        }
        assertEquals(List.of(), browser.console());
    }

    @Test
    void aHostileLogLineIsOnlyText() throws Exception {
        fleet.live();
        var line =
                "</td><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u202e\u001b[2J";
        fleet.log("edge-1", "info", "<b>unit</b>", line);

        open();

        assertTrue(
                browser.text("#log-rows tr").contains("<script>document.title='owned'</script>"),
                browser.text("#log-rows tr"));
        assertTrue(browser.text("#log-rows tr").contains("\u241b[2J"), "the escape is shown, not obeyed");
        assertEquals(0, browser.count("#log-rows script, #log-rows img, #log-rows b"));
        assertEquals("Mock control plane", browser.value("document.title"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    void aFaultIsSwitchedOnAndOff() throws Exception {
        fleet.live();
        open();

        browser.press("#fault-which", "metrics");
        browser.press("#fault-status", Keys.chord(Keys.CONTROL, "a"), "429");
        browser.press("#fault-times", "2");
        browser.click("#fault-on");
        browser.await("the fault in the list", () -> browser.count("#fault-rows tr") == 1);

        var path = "/v1/nodes/" + fleet.id("edge-1") + "/metrics";
        assertEquals(429, client.send(api.uri(), "POST", path, "[]").statusCode());
        browser.await("the hit", () -> browser.text("#fault-rows tr").contains("1 of 2"));
        assertTrue(browser.text("h1").contains("1 fault is on"), browser.text("h1"));

        browser.click("#fault-rows button");
        browser.await("the end of the fault", () -> browser.text("h1").contains("No fault is on"));
        assertEquals(List.of(), api.faults());
        assertEquals(List.of(), browser.console());
    }

    @Test
    void tellsWhatIsWrongWithAFault() throws Exception {
        open();

        browser.press("#fault-route", Keys.chord(Keys.CONTROL, "a"), "metrics");
        browser.click("#fault-on");

        browser.await("the reason", () -> browser.text("#fault-said").contains("expected \"*\" or \"METHOD /path\""));
        assertEquals(List.of(), api.faults());
    }

    @Test
    void anEventAndTheHeartbeatAnswerAreSet() throws Exception {
        fleet.live();
        open();

        browser.click("#event-send");
        browser.await("the event", () -> api.count("inject_event") == 2);
        browser.await("its execution", () -> browser.text("#execution-rows").contains("sent"));
        browser.click("#rotate-keys");
        browser.await("the answer", () -> api.last("configure_heartbeat").isPresent());

        var answer = api.last("configure_heartbeat").orElseThrow().json();
        assertTrue(answer.get("rotate_keys").asBoolean(), answer.toString());
        assertTrue(answer.get("reconcile").asBoolean(), answer.toString());
    }

    @Test
    void aNodeOpensWithTheKeyboard() throws Exception {
        fleet.live();
        open();

        browser.press(row("edge-2") + " .open", Keys.ENTER);

        assertEquals("true", browser.attribute(row("edge-2") + " .open", "aria-expanded"));
        assertTrue(browser.text(row("edge-2") + " + tr").contains("diagnostics.collect, system.info"));
    }

    @Test
    void saysThatTheMockIsGoneAndComesBack() throws Exception {
        open();
        var address = api.address();

        api.close();
        browser.await("the loss", () -> browser.text("#live").equals("mock gone"));
        assertTrue(browser.text("#gone").startsWith("The mock has not answered since"), browser.text("#gone"));

        clock.advance(Duration.ofSeconds(9));
        api = MockApi.start(MockApiConfig.loopback().clock(clock).http(address));
        browser.await("the return", () -> browser.text("#live").equals("live"));
        assertTrue(browser.text("#gone").startsWith("The mock restarted at"), browser.text("#gone"));
    }

    @Test
    void restsWhileNobodyLooks() throws Exception {
        open();
        browser.run("Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true});"
                + "window.away = true; document.dispatchEvent(new Event('visibilitychange'));");
        // One poll may be under way.
        Thread.sleep(500);
        var polls = "performance.getEntriesByType('resource').filter((one) => one.name.includes('overview')).length";
        var before = browser.value(polls);

        Thread.sleep(5_000);
        assertEquals(before, browser.value(polls));

        browser.run("window.away = false; document.dispatchEvent(new Event('visibilitychange'));");
        browser.await("a poll", () -> !browser.value(polls).equals(before));
    }

    @Test
    void fitsADeskAPhoneAndBothSchemes() throws Exception {
        fleet.live();
        var fault = "{\"route\":\"POST /v1/nodes/*/metrics\",\"delay\":\"2s\"}";
        assertEquals(204, client.send(api.uri(), "POST", "/test/faults", fault).statusCode());
        var streams = List.of(fleet.events("edge-1"), fleet.events("edge-2"));
        open();
        for (var scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (int width : WIDTHS) {
                picture(scheme + "-" + width, width, 800);
                picture(scheme + "-" + width + "-all", width, 2_200);
            }
        }
        browser.click(row("edge-2") + " .open");
        for (int width : WIDTHS) {
            picture("details-" + width, width, 800);
        }
        assertEquals(List.of(), browser.console());
        for (var stream : streams) {
            stream.close();
        }
    }

    /** Nothing may stand out at the side, whatever fonts this machine has; the picture is for people. */
    private void picture(String name, int width, int height) throws IOException, InterruptedException {
        browser.size(width, height);
        browser.await(
                "the width of " + name,
                () -> browser.value("document.documentElement.scrollWidth - innerWidth")
                        .equals("0"));
        browser.screenshot(Files.createDirectories(Path.of("target", "page")).resolve(name + ".png"));
    }
}
