# shellcheck shell=bash
# Sourced: builds the commands of Kubernetes itself, with the version stamped in as its own build does.

# build_kubernetes COMMAND...: prints the folder with the binaries.
build_kubernetes() {
  need KUBERNETES_VERSION
  local version=component-base/version major minor stamp
  IFS=. read -r major minor _ <<<"${KUBERNETES_VERSION#v}"
  pinned kubernetes k8s.io/kubernetes "$KUBERNETES_VERSION"
  stamp="-X k8s.io/$version.gitVersion=$KUBERNETES_VERSION -X k8s.io/$version.gitMajor=$major -X k8s.io/$version.gitMinor=$minor"
  stamp+=" -X k8s.io/client-go/pkg/version.gitVersion=$KUBERNETES_VERSION"
  build kubernetes "$stamp" "" "${@/#/k8s.io/kubernetes/cmd/}"
}
