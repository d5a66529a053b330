module nodeplane/e2e/cluster/modules/kyverno

go 1.26

replace k8s.io/pod-security-admission => github.com/kyverno/pod-security-admission v0.0.0-20251031094455-46f20778634f
