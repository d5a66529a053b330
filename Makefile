# Nodeplane: `make` prints what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# ---- pins: each under the page that lists its releases ----------------------------------------------------------------
# https://github.com/kubernetes-sigs/kind/releases (the notes of a release list the node images made for it)
export KIND_VERSION := v0.31.0
export KUBERNETES_VERSION := v1.34.3
export NODE_IMAGE := kindest/node:v1.34.3@sha256:08497ee19eace7b4b5348db5c6a1591d7752b164530a36f855cb0f2bdcbadd48
# https://github.com/kubernetes/kubernetes/blob/v1.34.3/cmd/kubeadm/app/constants/constants.go (what this Kubernetes goes with)
export ETCD_VERSION := 3.6.5-0
export COREDNS_VERSION := v1.12.1
export PAUSE_VERSION := 3.10
# https://github.com/containerd/containerd/releases
export CONTAINERD_VERSION := v2.2.0
# https://github.com/kubernetes-sigs/kustomize/releases
export KUSTOMIZE_VERSION := v5.8.2
# https://github.com/kubernetes-sigs/kwok/releases
export KWOK_VERSION := v0.8.0
# https://github.com/kyverno/kyverno/releases
export KYVERNO_VERSION := v1.19.1
# https://go.dev/dl/
export GO_VERSION := 1.26.8

# ---- settings ---------------------------------------------------------------------------------------------------------
# Another name lets several checkouts have a cluster each.
export CLUSTER_NAME ?= plexd-e2e
export DEMO_CLUSTER_NAME ?= plexd-demo
# How long each rollout may take, the mock's and the DaemonSet's.
export TIMEOUT ?= 120s
export NODEPLANE_CACHE ?= $(HOME)/.cache/nodeplane

CHAOS_POINTS ?= 1000
CHAOS_SEED ?= $(shell date +%s)

CLUSTER := e2e/cluster
export PATH := $(NODEPLANE_CACHE)/bin:$(PATH)
# Looked for when a verb needs it: its absence must not keep `make help` or `make cluster-up` from working.
MAVEN = JAVA_HOME=$$($(CLUSTER)/jdk.sh) ./mvnw

##@ Look
.PHONY: help
help: ## Print this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\n  CLUSTER_NAME=%s TIMEOUT=%s NODEPLANE_CACHE=%s\n' '$(CLUSTER_NAME)' '$(TIMEOUT)' '$(NODEPLANE_CACHE)'

.PHONY: demo
demo: preflight image ## A cluster with an agent on every node, and what it shows
	CLUSTER_NAME=$(DEMO_CLUSTER_NAME) e2e/demo.sh up

.PHONY: demo-down
demo-down: ## Delete the demo's cluster
	CLUSTER_NAME=$(DEMO_CLUSTER_NAME) $(CLUSTER)/cluster.sh down

##@ Build
.PHONY: build
build: ## Compile all modules, with static analysis
	$(MAVEN) -q test-compile

.PHONY: image
image: engine ## Build the images of the agent and the mock control plane
	controller/image/build.sh

.PHONY: image-reproducible
image-reproducible: ## Build the images' layers twice and compare them
	controller/image/reproducible.sh

.PHONY: sbom
sbom: ## What ships, as CycloneDX and by licence: target/*-sbom.json, *-licences.txt of app and mock-api
	$(MAVEN) -q compile org.cyclonedx:cyclonedx-maven-plugin:makeBom org.codehaus.mojo:license-maven-plugin:add-third-party -pl controller/app,controller/mock-api -am
	@wc -l controller/{app,mock-api}/target/*-{sbom.json,licences.txt}

.PHONY: generate
generate: ## Write what is derived: the mock's manifests, the model's golden list, the tables of configuration, privileges and claims
	JAVA_HOME=$$($(CLUSTER)/jdk.sh) controller/manifests/generate.sh
	$(MAVEN) -q test -pl controller/app -am -Dtest='GeneratedSurfaceTest,ReadmeTableTest,PrivilegesTableTest,SeedTableTest' -Dgolden=update -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: lint
lint: ## Check formatting, shell scripts, CRDs and that every overlay renders
	$(MAVEN) -q spotless:check
	$(MAVEN) -q test -pl controller/model -am -Dtest=CrdLintTest -Dsurefire.failIfNoSpecifiedTests=false
	$(CLUSTER)/tools.sh kustomize
	kustomize/check.sh

.PHONY: verify
verify: lint generate ## Regenerate everything derived and demand that nothing differs from what is committed
	@git diff --exit-code --stat && [ -z "$$(git status --porcelain)" ] || \
	  { git status --short; echo "error: generated files differ from the committed ones: commit what 'make generate' wrote" >&2; exit 1; }

##@ Test
.PHONY: test
test: ## unit it policy e2e in one go; leaves nothing running
	@$(CLUSTER)/test.sh unit it policy e2e

.PHONY: unit
unit: ## Fast tests (*Test)
	$(MAVEN) test

.PHONY: it
it: engine ## Tests against a real API server, a browser, sockets and processes (*IT)
	$(CLUSTER)/preflight.sh browser
	$(CLUSTER)/images.sh apiserver
	TESTCONTAINERS_RYUK_DISABLED=true $(MAVEN) verify -Dskip.unit=true -Dskip.it=false

.PHONY: policy
policy: ## Kyverno policies against good and bad resources, and against the rendered overlays
	$(CLUSTER)/tools.sh kustomize kyverno
	kustomize/check.sh
	policies/check.sh

.PHONY: e2e
e2e: preflight image cluster-up ## The seed's phases and more, on a three-node cluster (*E2E)
	$(CLUSTER)/cluster.sh load plexd:e2e mockapi:e2e
	KUBECONFIG=$$($(CLUSTER)/cluster.sh kubeconfig) $(MAVEN) verify -pl e2e -am -Dskip.unit=true -Dskip.e2e=false

.PHONY: chaos
chaos: engine ## Kill agents at random points under faults and check what must hold (CHAOS_POINTS=1000 CHAOS_SEED=)
	$(CLUSTER)/images.sh apiserver
	TESTCONTAINERS_RYUK_DISABLED=true $(MAVEN) -q verify -pl controller/app -am -Dskip.unit=true -Dskip.it=false -Dit.test=ChaosIT -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dchaos.points=$(CHAOS_POINTS) -Dchaos.seed=$(CHAOS_SEED)

.PHONY: fuzz
fuzz: ## Fuzz what reads foreign bytes: FUZZ_SECONDS=60 for each of five targets
	$(MAVEN) -q test-compile dependency:build-classpath -Pfuzz -pl controller/plexd -am -Dmdep.outputFile=target/fuzz-classpath
	JAVA_HOME=$$($(CLUSTER)/jdk.sh) controller/plexd/fuzz.sh

.PHONY: bench
bench: ## Measure the agent in the cluster CLUSTER_NAME and print a table (BENCH_MINUTES=10)
	e2e/bench/bench.sh

.PHONY: bench-scale
bench-scale: preflight ## A thousand agents against one API server: table and charts in e2e/scale/target/scale (SCALE_AGENTS=1000 SCALE_REST_MINUTES=10)
	$(MAVEN) -q compile dependency:build-classpath -pl e2e/scale -am -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	JAVA_HOME=$$($(CLUSTER)/jdk.sh) e2e/scale/scale.sh

##@ Cluster
.PHONY: cluster-up
cluster-up: preflight ## Make the kind cluster CLUSTER_NAME anew
	$(CLUSTER)/cluster.sh up

.PHONY: cluster-down
cluster-down: ## Delete the cluster CLUSTER_NAME
	$(CLUSTER)/cluster.sh down

# Before the images: what a cluster lacks is told at once. And the images before the cluster, which would take the processors from them.
.PHONY: preflight
preflight:
	$(CLUSTER)/preflight.sh cluster

.PHONY: engine
engine: ## Look for a Docker engine; on Debian as root install and start one
	$(CLUSTER)/engine.sh up

.PHONY: tools
tools: ## Have kind, kubectl, kustomize and kyverno in the cache
	$(CLUSTER)/tools.sh kind kubectl kustomize kyverno
