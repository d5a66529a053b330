package io.nodeplane.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiServerLoadTest {
    @Test
    void readsTheServersOwnPage() {
        var page = """
                # TYPE apiserver_request_total counter
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="plexd.plexsphere.com",resource="plexdnodestates",scope="resource",subresource="",verb="APPLY",version="v1alpha1"} 12
                apiserver_request_total{code="201",component="apiserver",dry_run="",group="",resource="secrets",scope="resource",subresource="",verb="POST",version="v1"} 3
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="secrets",scope="resource",subresource="",verb="GET",version="v1"} 7
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="nodes",scope="resource",subresource="status",verb="PATCH",version="v1"} 1e+06
                apiserver_request_total{code="429",component="apiserver",dry_run="",group="",resource="pods",scope="cluster",subresource="",verb="LIST",version="v1"} 2
                apiserver_request_duration_seconds_bucket{verb="GET",le="0.1"} 5
                process_cpu_seconds_total 98.75
                """;
        assertEquals(
                Map.of("cpu", 98.75, "requests", 1_000_024.0, "agents", 22.0, "throttled", 2.0, "writes", 15.0),
                ApiServerLoad.parse(page));
    }
}
