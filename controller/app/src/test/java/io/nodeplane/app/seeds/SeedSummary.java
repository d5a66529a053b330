package io.nodeplane.app.seeds;

import io.nodeplane.app.seeds.SeedTable.Claim;
import io.nodeplane.app.seeds.SeedTable.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of claims in short, a row per section, for the README. */
final class SeedSummary {
    private SeedSummary() {}

    /** Markdown with links into the file, whose path is given as the README sees it. */
    static String of(SeedTable table, String file) {
        var lines = new ArrayList<String>();
        lines.add("%d claims; %d are met otherwise than to the letter, or with more."
                .formatted(table.claims().size(), differing(table.claims())));
        Map<String, Integer> anchors = new HashMap<>();
        var document = "";
        for (var section : table.sections()) {
            if (!section.document().equals(document)) {
                document = section.document();
                anchor(anchors, document);
                lines.add("");
                lines.add("| " + document + " | Claims | Otherwise, or more | Tests |");
                lines.add("|---|---|---|---|");
            }
            lines.add(row(section, file + "#" + anchor(anchors, section.heading())));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(Section section, String link) {
        var claims = section.claims();
        var range = claims.getFirst().id()
                + (claims.size() == 1 ? "" : "–" + claims.getLast().id());
        return "| [%s](%s) | %s | %s | %s |"
                .formatted(
                        section.heading(),
                        link,
                        range,
                        differing(claims) == 0 ? "–" : String.valueOf(differing(claims)),
                        tests(claims));
    }

    private static String tests(List<Claim> claims) {
        return claims.stream()
                .flatMap(claim -> claim.tests().stream())
                .map(test -> "`" + test.split("#", 2)[0] + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static long differing(List<Claim> claims) {
        return claims.stream().filter(claim -> !claim.difference().isEmpty()).count();
    }

    /** As forges make them of headings: lower case, hyphens for spaces, a number behind the second of a name. */
    private static String anchor(Map<String, Integer> taken, String heading) {
        var anchor =
                heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
        var before = taken.merge(anchor, 1, Integer::sum) - 1;
        return before == 0 ? anchor : anchor + "-" + before;
    }
}
