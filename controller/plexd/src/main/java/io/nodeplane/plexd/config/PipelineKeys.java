package io.nodeplane.plexd.config;

import io.nodeplane.plexd.local.LocalEndpointConfig;
import io.nodeplane.plexd.pipeline.PipelineConfig;
import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.ConfigType;
import io.nodeplane.runtime.config.GoDuration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys that {@code metrics}, {@code log_fwd} and {@code audit_fwd} share (protocol facts 1.2). */
record PipelineKeys(
        ConfigKey<Boolean> enabled,
        ConfigKey<Duration> collectInterval,
        ConfigKey<Duration> reportInterval,
        ConfigKey<Integer> batchSize,
        ConfigKey<URI> localUrl,
        ConfigKey<String> localSecretKey,
        ConfigKey<Boolean> localTlsInsecureSkipVerify) {

    /** Defaults and lower bounds differ by pipeline. */
    record Rhythm(Duration collect, Duration leastCollect, Duration report, Duration leastReport, int batch) {}

    static PipelineKeys of(String section, String records, Rhythm rhythm) {
        return new PipelineKeys(
                // Absent means true and an explicit value is kept (protocol facts 1.3).
                ConfigKey.of(section + ".enabled", ConfigType.BOOLEAN, true, "send " + records),
                ConfigKey.atLeast(
                        section + ".collect_interval",
                        rhythm.collect(),
                        rhythm.leastCollect(),
                        "time between collections"),
                ConfigKey.atLeast(
                        section + ".report_interval",
                        rhythm.report(),
                        rhythm.leastReport(),
                        "time between deliveries; not below the collect interval"),
                ConfigKey.atLeast(section + ".batch_size", rhythm.batch(), 1, "records per request"),
                ConfigKey.without(
                                section + ".local_endpoint.url",
                                ConfigType.HTTP_URL,
                                "off",
                                "second receiver of " + records)
                        .where("https only", url -> "https".equalsIgnoreCase(url.getScheme())),
                ConfigKey.without(
                        section + ".local_endpoint.secret_key",
                        ConfigType.TEXT,
                        "none",
                        "name of the control-plane secret that holds the bearer; needed with the URL"),
                ConfigKey.of(
                        section + ".local_endpoint.tls_insecure_skip_verify",
                        ConfigType.BOOLEAN,
                        false,
                        "accept any certificate and host name, this receiver only"));
    }

    List<ConfigKey<?>> all() {
        return List.of(
                enabled,
                collectInterval,
                reportInterval,
                batchSize,
                localUrl,
                localSecretKey,
                localTlsInsecureSkipVerify);
    }

    PipelineConfig read(ConfigReader reader) {
        var collect = reader.get(collectInterval);
        var report = reader.get(reportInterval);
        var pairIsSound = !reader.isFaulty(collectInterval) && !reader.isFaulty(reportInterval);
        if (pairIsSound && report.compareTo(collect) < 0) {
            reader.fault(
                    reportInterval,
                    GoDuration.format(report),
                    "at least " + collectInterval.path() + ", which is " + GoDuration.format(collect));
        }
        return new PipelineConfig(reader.get(enabled), collect, report, reader.get(batchSize), localEndpoint(reader));
    }

    private Optional<LocalEndpointConfig> localEndpoint(ConfigReader reader) {
        var url = reader.find(localUrl);
        var secretKey = reader.find(localSecretKey).filter(name -> !name.isBlank());
        var skipVerify = reader.get(localTlsInsecureSkipVerify);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (secretKey.isEmpty() && !reader.isFaulty(localSecretKey)) {
            reader.fault(
                    localSecretKey,
                    "nothing",
                    "the name of a control-plane secret, because " + localUrl.path() + " is set");
        }
        return Optional.of(new LocalEndpointConfig(url.get(), secretKey.orElse(""), skipVerify));
    }
}
