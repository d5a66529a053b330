package io.nodeplane.app.seeds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table of claims as its Markdown has it.
 *
 * @param sections in the order of the file
 * @param faults lines that are not as they should be, with their number
 */
record SeedTable(List<Section> sections, List<String> faults) {
    private static final String HEADER = "| # | Claim | Otherwise here, or more | Tests |";
    private static final String RULER = "|---|---|---|---|";
    private static final Pattern ID = Pattern.compile("([A-Z])([1-9][0-9]*)");
    private static final Pattern TEST = Pattern.compile("`([^`]+)`");
    /** A claim is told in its shortest form. */
    private static final int MAX_WORDS = 15;

    SeedTable {
        sections = List.copyOf(sections);
        faults = List.copyOf(faults);
    }

    /**
     * One heading of a seed.
     *
     * @param document title of the seed
     */
    record Section(String document, String heading, List<Claim> claims) {
        Section {
            claims = List.copyOf(claims);
        }
    }

    /**
     * One claim of a seed.
     *
     * @param difference what is done instead or beyond it; empty when it is kept to the letter
     * @param tests {@code Class#method} or {@code policies/name}
     */
    record Claim(String id, String text, String difference, List<String> tests) {
        Claim {
            tests = List.copyOf(tests);
        }
    }

    static SeedTable of(String markdown) {
        return new Reading().over(markdown.lines().toList());
    }

    List<Claim> claims() {
        return sections.stream().flatMap(section -> section.claims().stream()).toList();
    }

    /** What is known after so many lines. */
    private static final class Reading {
        private final List<Section> sections = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final List<Claim> claims = new ArrayList<>();
        private String document = "";
        private String heading = "";
        private String letters = "";
        private int number;

        SeedTable over(List<String> lines) {
            for (var i = 0; i < lines.size(); i++) {
                var line = lines.get(i);
                var before = i == 0 ? "" : lines.get(i - 1);
                if (line.startsWith("## ") || line.startsWith("### ")) {
                    heading(line);
                } else if (line.startsWith("|")) {
                    row(line, before, i + 1);
                }
            }
            endSection();
            return new SeedTable(sections, faults);
        }

        private void heading(String line) {
            endSection();
            if (line.startsWith("## ")) {
                document = line.substring(3);
                number = 0;
            } else {
                heading = line.substring(4);
            }
        }

        private void endSection() {
            if (!heading.isEmpty()) {
                if (claims.isEmpty()) {
                    faults.add("section " + heading + " has no claims");
                }
                sections.add(new Section(document, heading, claims));
                claims.clear();
                heading = "";
            }
        }

        private void row(String line, String before, int lineNumber) {
            if (line.equals(HEADER)) {
                check(before.isEmpty(), lineNumber, "a table begins after an empty line");
            } else if (line.equals(RULER)) {
                check(before.equals(HEADER), lineNumber, "this line belongs under " + HEADER);
            } else {
                check(before.startsWith("|"), lineNumber, "a row belongs into a table");
                claim(line, lineNumber)
                        .ifPresentOrElse(claims::add, () -> check(false, lineNumber, "expected four cells: " + line));
            }
        }

        private Optional<Claim> claim(String line, int lineNumber) {
            var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (cells.size() != 6 || !line.endsWith(" |")) {
                return Optional.empty();
            }
            var tests = TEST.matcher(cells.get(4))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            var claim = new Claim(cells.get(1), cells.get(2), cells.get(3), tests);
            id(claim.id(), lineNumber);
            check(line.chars().filter(c -> c == '`').count() % 2 == 0, lineNumber, "a ` without its pair");
            var words = claim.text().split("\\s+").length;
            check(!claim.text().isEmpty() && words <= MAX_WORDS, lineNumber, "a claim of 1 to 15 words, not " + words);
            check(!tests.isEmpty(), lineNumber, "no test");
            check(
                    cells.get(4)
                            .equals(String.join(
                                    ", ",
                                    tests.stream().map(test -> "`" + test + "`").toList())),
                    lineNumber,
                    "tests as `Class#method`, `Class#method`");
            return Optional.of(claim);
        }

        /** One letter per document, numbers without a gap. */
        private void id(String id, int lineNumber) {
            var matcher = ID.matcher(id);
            number++;
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) != number) {
                check(false, lineNumber, "number " + number + " is expected, not " + id);
            } else if (number == 1) {
                check(!letters.contains(matcher.group(1)), lineNumber, "two documents with the letter of " + id);
                letters += matcher.group(1);
            } else {
                check(letters.endsWith(matcher.group(1)), lineNumber, "another letter than before: " + id);
            }
        }

        private void check(boolean isGood, int lineNumber, String fault) {
            if (!isGood) {
                faults.add("line " + lineNumber + ": " + fault);
            }
        }
    }
}
