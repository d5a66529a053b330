# shellcheck shell=bash
# Sourced by cluster.sh: the pod network of nodes whose image was built here: a bridge-less link per pod and a route per other node.

POD_NETWORK=10.244.0.0/16

# pod_network CLUSTER: every node gets its plugin configuration, the routes to the other nodes' pods, and one address towards the outside.
pod_network() {
  local node range address ranges
  ranges=$(pod_ranges)
  while read -r node range address; do
    docker exec -i "$node" sh -c 'cat >/etc/cni/net.d/10-nodeplane.conflist' <<<"$(plugin_configuration "$range")"
    docker exec "$node" iptables -t nat -A POSTROUTING -s "$range" ! -d "$POD_NETWORK" -j MASQUERADE
    while read -r other other_range other_address; do
      [ "$other" = "$node" ] || docker exec "$node" ip route replace "$other_range" via "$other_address"
    done <<<"$ranges"
  done <<<"$ranges"
}

# pod_ranges prints node, pod range and address of each node, once all have a range.
pod_ranges() {
  kubectl wait node --all --for=jsonpath='{.spec.podCIDR}' --timeout=60s >/dev/null
  kubectl get nodes -o jsonpath='{range .items[*]}{.metadata.name} {.spec.podCIDR} {.status.addresses[?(@.type=="InternalIP")].address}{"\n"}{end}'
}

plugin_configuration() {
  cat <<CONFLIST
{"cniVersion": "0.3.1", "name": "nodeplane", "plugins": [
  {"type": "ptp", "ipMasq": false, "mtu": 1500, "ipam": {"type": "host-local", "dataDir": "/run/cni-ipam-state",
    "routes": [{"dst": "0.0.0.0/0"}], "ranges": [[{"subnet": "$1"}]]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}
]}
CONFLIST
}
