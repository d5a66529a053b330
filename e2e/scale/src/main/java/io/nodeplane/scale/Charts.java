package io.nodeplane.scale;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a run as one picture. */
final class Charts {
    private static final Color INK = new Color(0x24292f);
    private static final Color BLUE = new Color(0x0969da);
    private static final Color ORANGE = new Color(0xbc4c00);

    private Charts() {}

    static void write(Path file, StartStorm start, Outage outage, HookOnAll hook) throws IOException {
        var charts = List.of(
                chart(
                        "All agents start at once",
                        "agents",
                        new Line("registered", start.registered(), BLUE),
                        new Line("PlexdNodeState there", start.mirrored(), ORANGE)),
                chart(
                        "The control plane is back after an outage",
                        "event streams",
                        new Line("open", outage.back(), BLUE)),
                chart(
                        "Requests to it, each second",
                        "requests",
                        new Line("all agents", outage.requests().perSecond(), BLUE)),
                chart(
                        "One hook for all nodes",
                        "nodes",
                        new Line("Job there", hook.jobs(), BLUE),
                        new Line("end in the status", hook.done(), ORANGE)));
        BitmapEncoder.saveBitmap(charts, 2, 2, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private record Line(String name, Curve curve, Color colour) {}

    private static XYChart chart(String title, String unit, Line... lines) {
        var chart = new XYChartBuilder()
                .width(640)
                .height(360)
                .title(title)
                .xAxisTitle("seconds")
                .yAxisTitle(unit)
                .build();
        var style = chart.getStyler();
        style.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
                .setLegendPosition(lines.length == 1 ? Styler.LegendPosition.InsideNE : Styler.LegendPosition.InsideSE)
                .setLegendVisible(lines.length > 1)
                .setLegendBorderColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setYAxisMin(0.0);
        style.setXAxisMin(0.0);
        for (var line : lines) {
            add(chart, line);
        }
        return chart;
    }

    private static void add(XYChart chart, Line line) {
        var points = line.curve().points().isEmpty()
                ? List.of(new Curve.Point(0, 0))
                : line.curve().points();
        chart.addSeries(
                        line.name(),
                        points.stream().mapToDouble(Curve.Point::seconds).toArray(),
                        points.stream().mapToDouble(Curve.Point::count).toArray())
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(line.colour());
    }
}
