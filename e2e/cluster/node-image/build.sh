# shellcheck shell=bash
# Sourced by images.sh: builds a kind node image from Debian packages and Go modules, for places without a container registry.

NODE_IMAGE_FOLDER=$HERE/node-image
PACKAGES=systemd,conntrack,iptables,nftables,iproute2,ethtool,kmod,libseccomp2,pigz,e2fsprogs,ca-certificates,curl,jq,procps
PACKAGES+=,runc,containernetworking-plugins,catatonit

# build_node_image prints the name of the image, whose tag is the hash of all that it is made from.
build_node_image() {
  local kubernetes containerd coredns etcd_binary image
  kubernetes=$(build_kubernetes kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubeadm kubectl)
  pinned containerd github.com/containerd/containerd/v2 "$CONTAINERD_VERSION"
  containerd=$(build containerd "-X github.com/containerd/containerd/v2/version.Version=$CONTAINERD_VERSION" \
    no_btrfs,no_zfs,no_devmapper,no_aufs github.com/containerd/containerd/v2/cmd/{containerd,ctr,containerd-shim-runc-v2})
  pinned coredns github.com/coredns/coredns "$COREDNS_VERSION"
  coredns=$(build coredns "" "" nodeplane/e2e/cluster/modules/coredns)
  etcd_binary=$(etcd)
  image=nodeplane/node:$KUBERNETES_VERSION-$(node_image_inputs "$kubernetes" "$containerd" "$coredns" "$etcd_binary")
  if ! docker image inspect "$image" >/dev/null 2>&1; then
    make_node_image "$image"
  fi
  echo "$image"
}

node_image_inputs() {
  (
    echo "$PACKAGES $KIND_VERSION $PAUSE_VERSION $*"
    lacks_sys_resource && echo "without CAP_SYS_RESOURCE"
    cat "$NODE_IMAGE_FOLDER"/*
  ) | sha256sum | cut -c1-12
}

# make_node_image IMAGE: uses the binaries of the caller.
make_node_image() {
  on_debian_as_root || die "without a container registry the node image can only be built on Debian as root: make $NODE_IMAGE available"
  install_packages debootstrap jq
  local root work=$CACHE/node-image
  root=$work/root
  debian_root "$root"
  step "node image: add kind's files and the binaries" lay_out "$root"
  step "node image: import it" import_root "$root" "$image-bare"
  component_images "$root"
  step "node image: put the control plane's images in" preload "$image-bare" "$image"
  docker image rm -f "$image-bare" >/dev/null
  rm -rf "$root"
}

# The root of the packages alone is kept: a new Kubernetes version needs no new Debian.
debian_root() {
  local root=$1 kept
  kept=$(dirname "$root")/debian-$(sha256sum <<<"$PACKAGES" | cut -c1-12).tar
  rm -rf "$root" && mkdir -p "$root"
  if [ ! -f "$kept" ]; then
    step "node image: install Debian packages" debootstrap --variant=minbase --include="$PACKAGES" bookworm "$root"
    rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}/*
    step "node image: keep them" tar -C "$root" -cf "$kept.unfinished" .
    mv "$kept.unfinished" "$kept"
    return
  fi
  step "node image: unpack the kept Debian packages" tar -C "$root" -xf "$kept"
}

lay_out() {
  local root=$1 go files
  go=$(go_command)
  files=$("$go" -C "$HERE/modules/kind" list -m -f '{{.Dir}}' sigs.k8s.io/kind)/images/base/files
  cp -rT --no-preserve=mode,ownership "$files" "$root"
  chmod 755 "$root"/usr/local/bin/* "$root"/kind/bin "$root"/kind/bin/*
  install -m 755 "$containerd"/{containerd,ctr,containerd-shim-runc-v2} "$root/usr/local/bin/"
  install -m 755 "$kubernetes"/{kubeadm,kubelet,kubectl} "$root/usr/bin/"
  ln -sf /usr/sbin/runc "$root/usr/local/sbin/runc"
  install -D -t "$root/opt/cni/bin" "$root"/usr/lib/cni/{host-local,loopback,portmap,ptp}
  echo -n "$KUBERNETES_VERSION" >"$root/kind/version"
  ! lacks_sys_resource || sed -i 's/restrict_oom_score_adj = false/restrict_oom_score_adj = true/' "$root/etc/containerd/config.toml"
  install -m 755 "$NODE_IMAGE_FOLDER/prepare" "$root/prepare"
  chroot "$root" /prepare
  rm "$root/prepare"
}

# tar and not a Dockerfile: there is no base image to start from.
import_root() {
  tar -C "$1" --exclude='./proc/*' --exclude='./sys/*' -c . |
    docker import -c 'ENV container=docker' -c 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]' - "$2"
}

COMPONENTS=()
component_images() {
  local name
  apiserver >/dev/null
  COMPONENTS=("$REGISTRY/kube-apiserver:$KUBERNETES_VERSION" "$REGISTRY/etcd:$ETCD_VERSION")
  for name in kube-controller-manager kube-scheduler; do
    component "$name:$KUBERNETES_VERSION" "$kubernetes/$name" "usr/local/bin/$name"
  done
  component "coredns/coredns:$COREDNS_VERSION" "$coredns/coredns" coredns '["/coredns"]'
  component "pause:$PAUSE_VERSION" "$1/usr/bin/catatonit" pause '["/pause", "-P"]'
  kube_proxy_image "$1" "$REGISTRY/kube-proxy:$KUBERNETES_VERSION"
}

component() {
  COMPONENTS+=("$REGISTRY/$1")
  import_binary "$REGISTRY/$1" "${@:2}"
}

# kube-proxy calls the packet filter's commands, so its image also takes these and their libraries from the node's root.
kube_proxy_image() {
  local root=$1 image=$2 part=$1/kube-proxy
  COMPONENTS+=("$image")
  mkdir -p "$part/tmp"
  install -D -m 755 "$kubernetes/kube-proxy" "$part/usr/local/bin/kube-proxy"
  # shellcheck disable=SC2016 # the inner shell expands these
  chroot "$root" /bin/sh -c 'set -- /usr/sbin/nft /usr/sbin/conntrack /usr/sbin/*tables* /etc/alternatives/*tables* \
    /usr/lib/*/xtables/*.so /bin/dash /bin/sh; { ls -d "$@"; ldd $(readlink -f "$@") | grep -o "/lib[^ :]*"; } | sort -u' >"$root/files"
  tar -C "$root" -ch --hard-dereference -T <(sed 's|^/||' "$root/files") | tar -C "$part" -x
  tar -C "$part" -c . | docker import -c 'ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    -c 'LABEL nodeplane.inputs=node-image' - "$image" >/dev/null
  rm -r "$part" "$root/files"
}

# preload FROM TO: a container's own containerd takes the images in, and the container becomes the image.
preload() {
  local container=nodeplane-node-image
  # An interrupted build left it.
  docker rm -f -v "$container" >/dev/null 2>&1 || true
  docker run -d --name "$container" --stop-signal SIGRTMIN+3 --privileged --entrypoint sleep "$1" infinity
  docker exec -d "$container" containerd
  docker exec "$container" sh -c 'for i in $(seq 60); do ctr version >/dev/null 2>&1 && exit; sleep 0.5; done; exit 1'
  docker save "${COMPONENTS[@]}" |
    docker exec -i "$container" ctr -n k8s.io images import --no-unpack --label io.cri-containerd.image=managed -
  docker exec "$container" sh -c 'pkill -x containerd; while pgrep -x containerd >/dev/null; do sleep 0.2; done'
  docker commit -c 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]' "$container" "$2"
  docker rm -f -v "$container"
}
