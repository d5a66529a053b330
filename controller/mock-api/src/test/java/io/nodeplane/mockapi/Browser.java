package io.nodeplane.mockapi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a profile of its own. It is looked for on the PATH and never downloaded. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path profile;
    private final ChromeDriver driver;

    /** A condition that is asked again and again. */
    @FunctionalInterface
    interface Wanted {
        boolean isTrue();
    }

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Starts one; {@link AssertionError} says what to install where there is none. */
    static Browser start(String... more) throws IOException {
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(found(List.of("chromedriver")).toFile())
                .usingAnyFreePort()
                .build();
        var profile = Files.createTempDirectory("page-it");
        var options = new ChromeOptions();
        options.setBinary(
                found(List.of("chromium", "chromium-browser", "google-chrome")).toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return new Browser(profile, new ChromeDriver(service, options));
    }

    private static Path found(List<String> names) {
        var folders = String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1);
        return names.stream()
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no " + String.join(", ", names) + " on the PATH: this test drives a"
                                + " real browser. Install Chromium and its driver (Debian: apt-get install chromium"
                                + " chromium-driver), or run e2e/cluster/preflight.sh browser"));
    }

    void open(String address) {
        driver.get(address);
    }

    /** Light or dark, as the person's system says. */
    void scheme(String name) {
        var feature = Map.of("name", "prefers-color-scheme", "value", name);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** The size of what is seen of the page. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    void click(String selector) {
        ask(selector, element -> {
            element.click();
            return selector;
        });
    }

    void press(String selector, CharSequence... keys) {
        ask(selector, element -> {
            element.sendKeys(keys);
            return selector;
        });
    }

    /** The page may draw a list anew between finding an element and asking it; then the new one is asked. */
    private <T> T ask(String selector, Function<WebElement, T> question) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.apply(find(selector));
            } catch (StaleElementReferenceException drawnAnew) {
                if (System.nanoTime() > end) {
                    throw drawnAnew;
                }
            }
        }
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** The text of an element as a person sees it. */
    String text(String selector) {
        return ask(selector, WebElement::getText);
    }

    /** An attribute of an element, empty when it has none. */
    String attribute(String selector, String name) {
        return ask(selector, element -> Objects.requireNonNullElse(element.getDomAttribute(name), ""));
    }

    /** The value of a script's expression, as text. */
    String value(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    void run(String script) {
        driver.executeScript(script);
    }

    /** Waits until a condition holds; {@link AssertionError} with what was awaited and what stands on top of the page. */
    void await(String what, Wanted wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.isTrue()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "; the page says: " + text("h1")
                        + "; console: " + console());
            }
            Thread.sleep(PAUSE);
        }
    }

    /** What the console was told since the last call. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(String::valueOf)
                .toList();
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (var files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
