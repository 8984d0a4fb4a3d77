#!/usr/bin/env bash
# Process 1 of the node's namespaces: starts the machine (containerd, kubelet), etcd and the control plane, then runs COMMAND.
# Started by node.sh. For COMMAND:
#   KUBECONFIG               the administrator's
#   KEYFERRY_TEST_CLUSTER    server, authority and tokens as JSON, for test/cluster/world.ts
#   KEYFERRY_TEST_NODE       the folder of what was started
#   KEYFERRY_TEST_CTR        containerd's client, with the node's socket and namespace
#   KEYFERRY_TEST_IMAGES     archives of the node's images
# 10.96.0.1 is the API server's address and, for pods, that of everything that listens here on all addresses.
set -euo pipefail
SERVICE=10.96.0.1
API=https://$SERVICE
pki=$SCRATCH/pki log=$SCRATCH/log socket=$SCRATCH/containerd.sock
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
plugins=$("$here/plugins.sh")
export PATH="$BINARIES:$PATH" KUBECONFIG=$SCRATCH/admin.kubeconfig
ctr="ctr --address $socket --namespace k8s.io"
users='admin user-0 user-1 user-2 user-3'
mkdir -p "$SCRATCH"/{kubelet,podlogs,kernel,cni,empty} "$pki" "$log"

# background NAME PROGRAM…
background() {
  local name=$1
  shift
  "$@" >"$log/$name.log" 2>&1 </dev/null &
  # Or the shell would tell of its end in the middle of a test's output.
  disown
}

# until_true WHAT COMMAND…: a minute for each step, which is ten times what it takes
until_true() {
  local what=$1 end=$((SECONDS + 60))
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS > end)); then
      echo "test/node: $what: not after a minute" >&2
      tail -n 5 "$log"/*.log >&2
      exit 90
    fi
    sleep .1
  done
}

make_network() {
  ip link set lo up
  # No kube-proxy: the one Service there is has its address here.
  ip address add "$SERVICE/32" dev lo
  echo 1 >/proc/sys/net/ipv4/ip_forward
}

# The kubelet writes these for the whole machine, unless it finds them as it wants them: it is shown files.
show_kernel_parameters() {
  local pair file
  for pair in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    file=$SCRATCH/kernel/${pair//[\/=]/_}
    echo "${pair#*=}" >"$file"
    mount --bind "$file" "/proc/sys/${pair%=*}"
  done
}

hide_fixed_paths() {
  local folder
  for folder in $HIDDEN; do mount -t tmpfs none "$folder"; done
}

make_keys() (
  cd "$pki"
  exec 2>"$log/openssl.log"
  openssl genrsa -out sa.key 2048
  openssl rsa -in sa.key -pubout -out sa.pub
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=node-test -days 30 \
    -addext keyUsage=critical,keyCertSign
  openssl req -newkey rsa:2048 -nodes -keyout api.key -out api.csr -subj /CN=kube-apiserver
  printf 'subjectAltName=DNS:kubernetes.default.svc,IP:127.0.0.1,IP:%s\nextendedKeyUsage=serverAuth\n' $SERVICE >names
  openssl x509 -req -in api.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile names -out api.crt
)

# user NAME USER GROUP: a token, and a kubeconfig that has it
user() {
  local token
  token=$(openssl rand -hex 16)
  echo "$token,$2,$1,\"$3\"" >>"$pki/tokens.csv"
  cat >"$SCRATCH/$1.kubeconfig" <<END
{apiVersion: v1, kind: Config, current-context: node, contexts: [{name: node, context: {cluster: node, user: $1}}],
 clusters: [{name: node, cluster: {server: "$API", certificate-authority: $pki/ca.crt}}],
 users: [{name: $1, user: {token: $token}}]}
END
  printf -v "token_${1//-/_}" %s "$token"
}

# Who is believed beside the users and ServiceAccounts; the API server reads it again when a test writes it.
make_authentication() {
  echo '{"apiVersion":"apiserver.config.k8s.io/v1","kind":"AuthenticationConfiguration","jwt":[]}' >"$pki/authentication.json"
}

make_users() {
  local name group
  umask 077
  user controllers system:kube-controller-manager ''
  user scheduler system:kube-scheduler ''
  user kubelet system:node:127.0.0.1 system:nodes
  for name in $users; do
    group=
    [ "$name" != admin ] || group=system:masters
    user "$name" "$name" "$group"
  done
  umask 022
}

# What tests are told; the form is that of ControlPlaneAddress in test/cluster/control-plane.ts.
address() {
  local name token tokens=
  for name in $users; do
    token=token_${name//-/_}
    tokens+="${tokens:+,}\"$name\":\"${!token}\""
  done
  echo "{\"server\":\"$API\",\"caFile\":\"$pki/ca.crt\",\"collectsGarbage\":true,\"authenticationFile\":\"$pki/authentication.json\",\"tokens\":{$tokens}}"
}

configure() {
  cat >"$SCRATCH/cni/10-node.conflist" <<END
{"cniVersion": "0.4.0", "name": "node", "plugins": [{"type": "bridge", "bridge": "cni0", "isGateway": true,
 "ipam": {"type": "host-local", "dataDir": "$SCRATCH/addresses", "ranges": [[{"subnet": "10.88.0.0/24"}]],
  "routes": [{"dst": "0.0.0.0/0"}]}}]}
END
  # restrict_oom_score_adj: without it no sandbox starts where root lacks CAP_SYS_RESOURCE, as in many containers.
  cat >"$SCRATCH/containerd.toml" <<END
version = 2
root = "$SCRATCH/containerd/root"
state = "$SCRATCH/containerd/state"
[grpc]
  address = "$socket"
[plugins."io.containerd.internal.v1.opt"]
  path = "$SCRATCH/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$plugins"
    conf_dir = "$SCRATCH/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
END
  # A disk that is fairly full is no reason to take away images, which no registry could give back.
  cat >"$SCRATCH/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
containerRuntimeEndpoint: unix://$socket
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
makeIPTablesUtilChains: false
podLogsDir: $SCRATCH/podlogs
volumePluginDir: $SCRATCH/empty
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
END
}

start_api_server() {
  background etcd etcd --data-dir "$SCRATCH/etcd" --unsafe-no-fsync --log-level warn
  background api-server kube-apiserver --etcd-servers http://127.0.0.1:2379 --secure-port 443 \
    --advertise-address $SERVICE --endpoint-reconciler-type none --service-cluster-ip-range 10.96.0.0/24 \
    --tls-cert-file "$pki/api.crt" --tls-private-key-file "$pki/api.key" --token-auth-file "$pki/tokens.csv" \
    --authentication-config "$pki/authentication.json" \
    --enable-admission-plugins OwnerReferencesPermissionEnforcement \
    --authorization-mode Node,RBAC --allow-privileged --kubelet-preferred-address-types InternalIP \
    --service-account-issuer https://cluster.keyferry.test/oidc/ --service-account-jwks-uri $API/openid/v1/jwks \
    --service-account-signing-key-file "$pki/sa.key" --service-account-key-file "$pki/sa.pub"
}

import_images() {
  local archive
  until_true 'containerd answers' $ctr version
  for archive in $IMAGES; do $ctr images import "$archive" >>"$log/images.log" 2>&1; done
}

start_controllers() {
  # Four seconds pass before the node's taint goes, with fewer requests at a time.
  background controllers kube-controller-manager --kubeconfig "$SCRATCH/controllers.kubeconfig" --leader-elect=false \
    --use-service-account-credentials --service-account-private-key-file "$pki/sa.key" --root-ca-file "$pki/ca.crt" \
    --bind-address 127.0.0.1 --cert-dir "$pki/controllers" --flex-volume-plugin-dir "$SCRATCH/empty" \
    --kube-api-qps 300 --kube-api-burst 600
  background scheduler kube-scheduler --kubeconfig "$SCRATCH/scheduler.kubeconfig" --leader-elect=false \
    --bind-address 127.0.0.1 --cert-dir "$pki/scheduler"
}

# Its session is what a test kills to take the machine its power.
start_machine() {
  background machine setsid "$here/machine.sh"
  echo $! >"$SCRATCH/machine"
}

# Ready, and nothing keeps pods away.
node_takes_pods() {
  local state='{.status.conditions[?(@.type=="Ready")].status} {.spec.taints}'
  [ "$(kubectl get node 127.0.0.1 -o jsonpath="$state")" = 'True ' ]
}

make_network
show_kernel_parameters
hide_fixed_paths
make_keys
make_users
make_authentication
configure
start_machine
start_api_server
import_images &
images=$!
until_true 'the API server is ready' kubectl get --raw /readyz
start_controllers
until_true 'the node takes pods' node_takes_pods
wait $images
echo "test/node: the node is ready after $SECONDS s" >&2
KEYFERRY_TEST_CLUSTER=$(address)
export KEYFERRY_TEST_CLUSTER KEYFERRY_TEST_NODE=$SCRATCH KEYFERRY_TEST_CTR=$ctr KEYFERRY_TEST_IMAGES=$IMAGES
"$@"
