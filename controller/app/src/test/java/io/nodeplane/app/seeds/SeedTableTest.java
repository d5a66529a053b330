package io.nodeplane.app.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.app.seeds.SeedTable.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every claim of the seeds has a test that is there and runs; {@code -Dgolden=update} writes the README's summary. */
class SeedTableTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path README = ROOT.resolve("README.md");
    private static final String FILE = "controller/SEEDS.md";
    private static final String BEGIN = "<!-- seeds:begin -->\n";
    private static final String END = "<!-- seeds:end -->\n";

    private static SeedTable table;
    private static TestSources sources;

    @TempDir
    Path checkout;

    @BeforeAll
    static void read() throws IOException {
        table = SeedTable.of(Files.readString(ROOT.resolve(FILE)));
        sources = TestSources.of(ROOT);
    }

    @Test
    void isATableOfThreeSeeds() {
        assertEquals(List.of(), table.faults());
        assertEquals(
                List.of("Kubernetes DaemonSet Deployment Reference", "PlexdHook CRD Reference", "Kubernetes E2E Test"),
                table.sections().stream().map(Section::document).distinct().toList());
        assertTrue(table.claims().size() > 250, table.claims().size() + " claims");
    }

    @Test
    void everyTestOfTheTableIsThereAndRuns() throws IOException {
        var faults = new ArrayList<String>();
        for (var claim : table.claims()) {
            for (var test : claim.tests()) {
                sources.fault(test).ifPresent(fault -> faults.add(claim.id() + " " + test + ": " + fault));
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void everyTestOfTheTableNamesTheSeed() throws IOException {
        var faults = new ArrayList<String>();
        for (var section : table.sections()) {
            for (var claim : section.claims()) {
                for (var test : claim.tests()) {
                    if (sources.fault(test).isEmpty() && !names(sources.text(test), section)) {
                        faults.add(test.split("#", 2)[0] + ": neither seed \"" + section.document() + "\" nor seed \""
                                + section.heading() + "\"");
                    }
                }
            }
        }
        assertEquals("", String.join("\n", faults.stream().distinct().sorted().toList()));
    }

    private static boolean names(String source, Section section) {
        return source.contains("seed \"" + section.document() + "\"")
                || source.contains("seed \"" + section.heading() + "\"");
    }

    @Test
    void readmeShowsTheTableInShort() throws IOException {
        var readme = Files.readString(README);
        var from = readme.indexOf(BEGIN) + BEGIN.length();
        var to = readme.indexOf(END);
        var summary = SeedSummary.of(table, FILE);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(README, readme.substring(0, from) + summary + readme.substring(to));
            return;
        }

        assertEquals(summary, readme.substring(from, to), "run make generate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "GoodTest#works            >",
                "GoodTest#inherited        >",
                "BaseContract#inherited    >",
                "policies/good             >",
                "GoodTest#missing          > no such method",
                "MissingTest#works         > no such class",
                "TwiceTest#works           > several classes of that name",
                "GoodTest#isHelper         > the method is no test",
                "GoodTest#isOff            > the method is switched off, or only at times on",
                "GoodTest#maySkip          > the method may skip itself",
                "OffTest#works             > the class is switched off, or only at times on",
                "LonelyContract#works      > no class that the build runs",
                "Never#works               > no class that the build runs",
                "GoodTest                  > expected Class#method or policies/name",
                "policies/absent           > no such policy, or it has no tests",
                "policies/unlisted         > not in policies/kustomization.yaml",
                "policies/toothless        > its tests do not pass and fail",
            })
    void findsWhatIsNoTestThatRuns(String test, String fault) throws IOException {
        java(
                "GoodTest extends BaseContract",
                "@Test void works() {} @Test @Disabled void isOff() {} void isHelper() {}"
                        + "@Test void maySkip() { Assumptions.assumeTrue(false); }");
        java("BaseContract", "@Test void inherited() {}");
        java("LonelyContract", "@Test void works() {}");
        java("Never", "@Test void works() {}");
        java("OffTest", "@Test void works() {}");
        java("TwiceTest", "@Test void works() {}");
        write("other/src/test/java/TwiceTest.java", "class TwiceTest { @Test void works() {} }");
        policy("good", "result: pass\nresult: fail\n");
        policy("unlisted", "result: pass\nresult: fail\n");
        policy("toothless", "result: pass\n");
        write("policies/kustomization.yaml", "resources:\n  - good\n  - toothless\n");

        assertEquals(Optional.ofNullable(fault), TestSources.of(checkout).fault(test));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "| A1 | said | | `XTest#a` | >",
                "| A1 | said | | `XTest#a`, `YIT#b` | >",
                "| A2 | said | | `XTest#a` | > line 6: number 1 is expected, not A2",
                "| A1 | said | | | > line 6: no test",
                "| A1 | said | | XTest#a | > line 6: no test, line 6: tests as `Class#method`, `Class#method`",
                "| A1 | said | `XTest#a` | > line 6: expected four cells: | A1 | said | `XTest#a` |, section A heading has no claims",
                "| A1 | `said | | `XTest#a` | > line 6: a ` without its pair",
                "| A1 | a b c d e f g h i j k l m n o p | | `XTest#a` | > line 6: a claim of 1 to 15 words, not 16",
            })
    void findsWhatIsNoRow(String row, String faults) {
        var table = SeedTable.of("## A seed\n### A heading\n\n| # | Claim | Otherwise here, or more | Tests |\n"
                + "|---|---|---|---|\n" + row + "\n");

        assertEquals(faults == null ? "" : faults, String.join(", ", table.faults()));
    }

    private void java(String declared, String body) throws IOException {
        var name = declared.split(" ", 2)[0];
        var modifier = name.endsWith("Contract") ? "abstract " : "";
        var off = name.equals("OffTest") ? "@DisabledOnOs " : "";
        write("module/src/test/java/" + name + ".java", off + modifier + "class " + declared + " {" + body + "}");
    }

    private void policy(String name, String tests) throws IOException {
        write("policies/" + name + "/" + name + ".yaml", "");
        write("policies/" + name + "/.kyverno-test/kyverno-test.yaml", tests);
    }

    private void write(String file, String text) throws IOException {
        var path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
