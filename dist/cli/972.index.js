export const id = 972;
export const ids = [972];
export const modules = {

/***/ 29972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runInstallation: () => (/* binding */ runInstallation)
});

// EXTERNAL MODULE: ./lib/src/adapters/node/redacting.js
var redacting = __webpack_require__(5903);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./lib/src/core/deploy/print.js
/** Objects as YAML, for `kubectl apply --server-side -f -`, GitOps tools and review. */

function printObjects(objects) {
    return objects.map((object) => `---\n${(0,dist/* stringify */.As)(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
}

// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var model_problem = __webpack_require__(32833);
// EXTERNAL MODULE: ./lib/src/wiring/aks-cluster.js + 6 modules
var aks_cluster = __webpack_require__(70633);
// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(40390);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./lib/src/core/deploy/custom-resources.js
var custom_resources = __webpack_require__(47039);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var secret = __webpack_require__(18260);
// EXTERNAL MODULE: ./lib/src/core/plan/guards.js
var guards = __webpack_require__(84422);
// EXTERNAL MODULE: ./lib/src/core/plan/pull.js + 1 modules
var pull = __webpack_require__(12409);
;// CONCATENATED MODULE: ./lib/src/core/deploy/gone-intents.js




/** Names of the Secrets that an ExternalSecret may own: by its status and by its spec. */
function secretNamesOf({ metadata, spec, status }) {
    const { target } = (spec ?? {});
    const { binding } = (status ?? {});
    const names = [target?.name ?? '', binding?.name ?? ''].filter((name) => name !== '');
    return names.length === 0 ? [metadata.name] : [...new Set(names)];
}
/** Those of its Secrets that an intent of the deployment goes on with. */
function handedOver(externalSecret, intents) {
    const { namespace = '' } = externalSecret.metadata;
    const wanted = new Set(intents.map((intent) => (0,object_ref/* refText */.d0)((0,pull/* targetOf */.$r)(intent))));
    return secretNamesOf(externalSecret).filter((name) => wanted.has((0,object_ref/* refText */.d0)((0,secret/* secretRef */.C)(namespace, name))));
}
/** Would more Secrets go with their ExternalSecrets than the limits allow? */
function tooManyGone(gone, intents, limits) {
    const lost = gone.filter((one) => ownsItsSecret(one) && handedOver(one, intents).length === 0).length;
    return (0,guards/* overLimits */.NN)(lost, intents.length + lost, limits);
}
function ownsItsSecret({ kind, spec }) {
    const { target } = (spec ?? {});
    return kind === 'ExternalSecret' && (target?.creationPolicy ?? 'Owner') === 'Owner';
}

// EXTERNAL MODULE: ./lib/src/core/deploy/ownership.js
var deploy_ownership = __webpack_require__(20771);
// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var deploy_installation = __webpack_require__(83096);
;// CONCATENATED MODULE: ./lib/src/core/deploy/engine-config.js

const ENGINE_FOLDER = '/engine';
const ENGINE_FILE = 'engine.js.gz';
/** What the loader ends with when the engine is not the one that was deployed. */
const TAMPERED_EXIT_CODE = 4;
function engineConfig({ gzipped }, installation) {
    const digest = (0,deploy_installation/* digestOf */.ol)(gzipped);
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
            name: deploy_installation/* names */.Dy.engine(installation, digest),
            namespace: installation.namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'engine'),
        },
        immutable: true,
        binaryData: { [ENGINE_FILE]: Buffer.from(gzipped).toString('base64') },
    };
}
/**
 * `node -e` with the digest as its argument. What it says when it refuses is also written where the kubelet looks for
 * the last words of a container.
 */
const LOADER = `
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { gunzipSync } = require('node:zlib');
const run = require('node:process');
const packed = readFileSync('${ENGINE_FOLDER}/${ENGINE_FILE}');
const digest = createHash('sha256').update(packed).digest('hex');
const [, expected] = run.argv;
if (digest === expected) {
  const file = '/tmp/engine.mjs';
  writeFileSync(file, gunzipSync(packed));
  import(file);
} else {
  const short = (text) => text.slice(0, 12) + '…';
  const message = 'the engine is not the one that was deployed: its digest is ' + short(digest) + ', expected ' + short(expected)
    + '. It was not run. Deploy again, and find out who changed the ConfigMap.';
  try { writeFileSync('/dev/termination-log', message); } catch {}
  run.stdout.write(JSON.stringify({ level: 'error', message }) + '\\n');
  run.exitCode = ${TAMPERED_EXIT_CODE};
}
`.trim();
/** The container's command that runs the engine of this digest. */
function engineCommand({ gzipped }) {
    return ['node', '-e', LOADER, (0,deploy_installation/* digestOf */.ol)(gzipped)];
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/cron-job.js


const VERSION_ANNOTATION = 'keyferry.dev/version';
const INTENTS_ANNOTATION = 'keyferry.dev/intents-digest';
const USER = 65532;
/** Exit codes of the job and its loader after which another attempt cannot help. */
const HOPELESS = [3, TAMPERED_EXIT_CODE];
const PASS_SECONDS = 600;
const CONTAINER = 'keyferry';
function serviceAccountOf(input) {
    const { installation, pod } = input;
    const annotations = {
        ...(pod.azureClientId === undefined ? {} : { 'azure.workload.identity/client-id': pod.azureClientId }),
        ...(pod.azureTenantId === undefined ? {} : { 'azure.workload.identity/tenant-id': pod.azureTenantId }),
    };
    return {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
            name: installation.name,
            namespace: installation.namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'identity'),
            ...(usesMountedIdentity(input.stores) && Object.keys(annotations).length > 0 ? { annotations } : {}),
        },
    };
}
function cronJobOf(input) {
    const { installation, schedule, version, intentsDigest } = input;
    return {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: {
            name: installation.name,
            namespace: installation.namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'job'),
            annotations: { [VERSION_ANNOTATION]: version, [INTENTS_ANNOTATION]: intentsDigest },
        },
        spec: {
            schedule: schedule.cron,
            concurrencyPolicy: 'Forbid',
            startingDeadlineSeconds: 300,
            successfulJobsHistoryLimit: 1,
            failedJobsHistoryLimit: 3,
            jobTemplate: { metadata: { labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'job') }, spec: jobSpec(input) },
        },
    };
}
/** One Job of the CronJob as it is in the cluster, to run now; `kubectl create job --from` makes the same. */
function jobOf(cronJob, name) {
    const { jobTemplate } = cronJob['spec'];
    const { namespace, uid } = cronJob.metadata;
    return {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
            ...jobTemplate.metadata,
            name,
            ...(namespace === undefined ? {} : { namespace }),
            annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
            ownerReferences: [
                { apiVersion: 'batch/v1', kind: 'CronJob', name: cronJob.metadata.name, uid: uid ?? '', controller: true },
            ],
        },
        spec: { ...jobTemplate.spec, ttlSecondsAfterFinished: 3600 },
    };
}
function jobSpec(input) {
    const { schedule } = input;
    return {
        backoffLimit: 2,
        activeDeadlineSeconds: schedule.windowMinutes * 60 + PASS_SECONDS,
        podFailurePolicy: {
            rules: [
                { action: 'FailJob', onExitCodes: { containerName: CONTAINER, operator: 'In', values: HOPELESS } },
                { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
            ],
        },
        template: { metadata: { labels: podLabels(input) }, spec: podSpec(input) },
    };
}
function podLabels({ installation, stores }) {
    const labels = (0,deploy_installation/* labelsOf */.PC)(installation, 'job');
    return usesMountedIdentity(stores) ? { ...labels, 'azure.workload.identity/use': 'true' } : labels;
}
/** Stores that name no ServiceAccount use the pod's. */
function usesMountedIdentity(stores) {
    return stores.some(({ provider }) => provider.type === 'azurekv' &&
        provider.authType === 'WorkloadIdentity' &&
        provider.serviceAccountRef === undefined);
}
function podSpec(input) {
    const { installation, pod, engine } = input;
    const volumes = volumesOf(input);
    return {
        restartPolicy: 'Never',
        serviceAccountName: installation.name,
        enableServiceLinks: false,
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        ...(pod.tolerations.length === 0 ? {} : { tolerations: pod.tolerations }),
        ...(pod.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: pod.imagePullSecrets.map((name) => ({ name })) }),
        securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            fsGroup: USER,
            seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
            {
                name: CONTAINER,
                image: pod.image,
                imagePullPolicy: 'IfNotPresent',
                ...(engine === undefined ? {} : { command: engineCommand(engine) }),
                env: Object.entries(variablesOf(input)).map(([name, value]) => ({ name, value })),
                resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: pod.memory } },
                securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'] },
                },
                terminationMessagePolicy: 'FallbackToLogsOnError',
                volumeMounts: volumes.map(({ mount }) => mount),
            },
        ],
        volumes: volumes.map(({ volume }) => volume),
    };
}
/** Custom resources are pruned by who deploys: the Secret goes with its resource. */
function variablesOf({ installation, home, pod, schedule, jobVariables, }) {
    return {
        KEYFERRY_HOME: home,
        KEYFERRY_INSTALLATION: installation.name,
        KEYFERRY_INSTALLATION_NAMESPACE: installation.namespace,
        ...(home === 'custom-resources' ? { KEYFERRY_DEPLOYED: 'true' } : { KEYFERRY_PRUNE: 'true' }),
        ...(schedule.windowMinutes === 0 ? {} : { KEYFERRY_WINDOW: String(schedule.windowMinutes) }),
        ...(pod.azureClientId === undefined ? {} : { KEYFERRY_AZURE_CLIENT_ID: pod.azureClientId }),
        ...(pod.azureTenantId === undefined ? {} : { KEYFERRY_AZURE_TENANT_ID: pod.azureTenantId }),
        ...(pod.caConfigMap === undefined ? {} : { NODE_EXTRA_CA_CERTS: '/ca/ca.crt' }),
        ...jobVariables,
        ...pod.environment,
    };
}
function volumesOf({ installation, engine, pod }) {
    return [
        { volume: { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }, mount: { name: 'tmp', mountPath: '/tmp' } },
        ...(engine === undefined
            ? []
            : [
                {
                    volume: { name: 'engine', configMap: { name: deploy_installation/* names */.Dy.engine(installation, (0,deploy_installation/* digestOf */.ol)(engine.gzipped)) } },
                    mount: { name: 'engine', mountPath: ENGINE_FOLDER, readOnly: true },
                },
            ]),
        ...(pod.caConfigMap === undefined
            ? []
            : [
                {
                    volume: { name: 'ca', configMap: { name: pod.caConfigMap } },
                    mount: { name: 'ca', mountPath: '/ca', readOnly: true },
                },
            ]),
    ];
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/explain-pod.js
/** Kubernetes: SIGKILL, SIGTERM (also where the job says what it has left), and a container that went with its machine. */
const ENDED_FROM_OUTSIDE = [137, 143, 255];
/** `undefined` = nothing is wrong so far. */
function explainJob({ job, pods, events }) {
    const newest = pods.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
    const ofPod = newest === undefined ? explainMissingPod(events) : explainPod(newest, events);
    const ofJob = explainDeadline(job);
    if (ofPod === undefined)
        return ofJob;
    // A Job that has failed starts no other pod.
    return ofJob === undefined ? ofPod : { ...ofPod, mayPass: false };
}
function timeOf({ metadata }) {
    return Date.parse(metadata.creationTimestamp ?? '') || 0;
}
function explainMissingPod(events) {
    const refusal = messageOf(events, 'FailedCreate');
    if (refusal === undefined)
        return undefined;
    if (refusal.includes('exceeded quota')) {
        return {
            what: `no pod may be created: ${tail(refusal, 'exceeded quota')}`,
            fix: 'Raise the ResourceQuota, or free some of it.',
            mayPass: true,
        };
    }
    if (refusal.includes('admission webhook')) {
        return {
            what: `an admission webhook refuses the pod: ${tail(refusal, 'admission webhook')}`,
            fix: 'If it is the workload-identity webhook, see that it runs; else ask who runs that policy.',
            mayPass: true,
        };
    }
    if (refusal.includes('violates PodSecurity')) {
        return {
            what: `the pod ${tail(refusal, 'violates PodSecurity')}`,
            fix: 'Admit it in the namespace, or report it: the pod asks for nothing beyond "restricted".',
            mayPass: false,
        };
    }
    return { what: `no pod could be created: ${refusal}`, fix: 'Mend what the API server names.', mayPass: true };
}
function explainPod(pod, events) {
    const { conditions = [], containerStatuses = [] } = (pod['status'] ?? {});
    const [container] = containerStatuses;
    const { terminated, waiting } = container?.state ?? {};
    if (terminated !== undefined && terminated.exitCode !== 0)
        return explainEnd(terminated);
    const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
    if (unscheduled !== undefined) {
        return {
            what: `the pod waits for a node: ${unscheduled.message ?? unscheduled.reason ?? 'Unschedulable'}`,
            fix: 'See that a Linux node with room is there; give --toleration for tainted ones.',
            mayPass: true,
        };
    }
    if (waiting?.reason !== undefined)
        return explainWaiting(waiting, pod, events);
    const mount = messageOf(events, 'FailedMount');
    if (mount !== undefined && container?.state?.waiting !== undefined)
        return explainMount(mount);
    return undefined;
}
function explainWaiting({ reason = '', message = '' }, pod, events) {
    if (/^(?:ErrImage|ImagePull|InvalidImageName|RegistryUnavailable|ImageInspectError)/u.test(reason)) {
        return {
            what: `the image ${imageOf(pod)} cannot be had (${reason})`,
            fix: 'Check --image, and --image-pull-secret for a private registry; nodes without internet need an image from your own.',
            mayPass: false,
        };
    }
    if (reason === 'CreateContainerConfigError' || reason === 'CreateContainerError' || reason === 'RunContainerError') {
        return {
            what: `the container cannot be made (${reason}): ${message}`,
            fix: 'Mend what the kubelet names; deploy again if a ConfigMap is missing.',
            mayPass: false,
        };
    }
    const mount = messageOf(events, 'FailedMount');
    return mount === undefined ? undefined : explainMount(mount);
}
function explainMount(message) {
    return {
        what: `a volume of the pod cannot be mounted: ${message}`,
        fix: 'Deploy again if a ConfigMap is missing; the ConfigMap of --ca-config-map must be in the same namespace.',
        mayPass: true,
    };
}
function explainEnd({ reason = '', exitCode, message = '' }) {
    if (reason === 'OOMKilled') {
        return {
            what: 'the pod needed more memory than it may have (OOMKilled)',
            fix: 'Give it more with --memory.',
            mayPass: false,
        };
    }
    if (ENDED_FROM_OUTSIDE.includes(exitCode ?? 0)) {
        return {
            what: `a pod was ended from outside before its pass was done (exit code ${exitCode ?? 'unknown'})`,
            fix: 'Kubernetes starts another one. If that goes on, look at the node, and at the Events of the pod.',
            mayPass: true,
        };
    }
    const words = message.trim() === '' ? `exit code ${exitCode ?? 'unknown'}` : message.trim();
    return {
        what: `the pass ended with exit code ${exitCode ?? 'unknown'}: ${words}`,
        fix: 'Mend what it names, and deploy again.',
        mayPass: false,
    };
}
function explainDeadline(job) {
    const { conditions = [] } = (job['status'] ?? {});
    const failed = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
    if (failed === undefined)
        return undefined;
    if (failed.reason === 'DeadlineExceeded') {
        return {
            what: 'the Job took longer than it may (DeadlineExceeded)',
            fix: 'Look at the log of its pod: a vault or the API server may be slow.',
            mayPass: false,
        };
    }
    return {
        what: `the Job failed (${failed.reason ?? 'no reason'}): ${failed.message ?? ''}`,
        fix: 'Look at the log of its pod.',
        mayPass: false,
    };
}
function imageOf(pod) {
    const { containers = [] } = (pod['spec'] ?? {});
    return containers[0]?.image ?? '';
}
function messageOf(events, reason) {
    const found = events.filter((event) => event['reason'] === reason).map((event) => event['message']);
    const last = found.at(-1);
    return typeof last === 'string' ? last : undefined;
}
function tail(text, from) {
    return text.slice(text.indexOf(from));
}

// EXTERNAL MODULE: ./lib/src/core/model/sync-record.js
var sync_record = __webpack_require__(20697);
// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(68694);
;// CONCATENATED MODULE: ./lib/src/core/deploy/pass-report-config.js





const SCHEMA_VERSION = 1;
const KEY = 'report.json';
const ROOM_BYTES = 800_000;
const MOST_PROBLEMS = 200;
function passReport(facts, report) {
    const problems = problemsOf(report)
        .toSorted((a, b) => rank(a.severity) - rank(b.severity))
        .map(toldProblem);
    const objects = report.objects.map(({ ref, target, verdict, reason, nextDue }) => ({
        object: refText(ref),
        target: refText(target),
        verdict,
        ...(reason === undefined ? {} : { reason }),
        ...(nextDue === undefined ? {} : { nextDue: wholeSeconds(nextDue) }),
    }));
    return fitted({ ...facts, counts: report.counts, problems, left: 0, objects });
}
function toldProblem(problem) {
    const { severity, code, origin } = problem;
    return { severity, code, text: problemText(problem), ...(origin === undefined ? {} : { origin }) };
}
/** For a pass that came to no report. */
function failedPass(facts, text) {
    return { ...facts, problems: [{ severity: 'error', code: 'pass-failed', text }], left: 0, objects: [] };
}
function rank(severity) {
    return severity === 'error' ? 0 : 1;
}
function fitted(report) {
    const problems = report.problems.slice(0, MOST_PROBLEMS);
    const cut = { ...report, problems, left: report.problems.length - problems.length };
    if (Buffer.byteLength(JSON.stringify(cut)) <= ROOM_BYTES)
        return cut;
    const room = ROOM_BYTES - Buffer.byteLength(JSON.stringify({ ...cut, objects: [] }));
    let bytes = 0;
    const objects = cut.objects.filter((object) => (bytes += Buffer.byteLength(JSON.stringify(object)) + 1) < room);
    return { ...cut, objects, left: cut.left + cut.objects.length - objects.length };
}
function passReportConfig(report, installation) {
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
            name: names.report(installation),
            namespace: installation.namespace,
            labels: labelsOf(installation, 'report'),
        },
        data: { [KEY]: `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...report })}\n` },
    };
}
/** `undefined` when it is not what this version writes. */
function readPassReport(configMap) {
    const text = configMap['data']?.[KEY] ?? '';
    try {
        const value = JSON.parse(text);
        return isReport(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isReport(value) {
    return (typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === SCHEMA_VERSION);
}

// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/engine/stop.js
var stop = __webpack_require__(78009);
;// CONCATENATED MODULE: ./lib/src/engine/follow.js
/** Starts one Job of the CronJob now, and follows it until a pass has seen the intents, or something stands in the way. */






const ASK_EVERY_MS = 1_000;
async function startAndFollow(input) {
    const { objects, installation, clock } = input;
    const before = await readReport(input);
    const stamp = clock.now().getTime().toString(36);
    const name = `${installation.name.slice(0, 63 - stamp.length - 1)}-${stamp}`;
    const job = await objects.create(onePass(jobOf(input.cronJob, name), input.force === true), (0,deploy_installation/* managerOf */.dM)(installation));
    return await follow(input, job, before?.finishedAt);
}
/** The Job that is started by hand makes one pass, also where the schedule's runs stay for a window. */
function onePass(job, force) {
    const spec = job['spec'];
    const { template } = spec;
    const containers = template.spec.containers.map((container) => ({
        ...container,
        env: [
            ...(container.env ?? []).filter(({ name }) => name !== 'KEYFERRY_WINDOW'),
            ...(force ? [{ name: 'KEYFERRY_FORCE', value: 'true' }] : []),
        ],
    }));
    return { ...job, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } } };
}
async function follow(input, job, lastSeen) {
    const { clock, timeoutMs } = input;
    const deadline = clock.now().getTime() + timeoutMs;
    let told = '';
    for (;;) {
        const pass = await newPass(input, lastSeen);
        if (pass !== undefined)
            return { pass };
        const explanation = await explain(input, job);
        const late = clock.now().getTime() >= deadline;
        if (late || (explanation !== undefined && !explanation.mayPass)) {
            // The report may have been written between the two looks.
            const last = await newPass(input, lastSeen);
            if (last !== undefined)
                return { pass: last };
            return { explanation: explanation ?? nothingYet(timeoutMs), timedOut: late, log: await logOf(input, job) };
        }
        if (explanation !== undefined && explanation.what !== told) {
            told = explanation.what;
            input.logger.warn(explanation.what);
        }
        if ((0,stop/* isStopping */.vH)(input))
            throw new stop/* RunStopped */.NL();
        await clock.sleep(ASK_EVERY_MS);
    }
}
async function newPass(input, lastSeen) {
    const report = await readReport(input);
    if (report === undefined || report.finishedAt === lastSeen)
        return undefined;
    const { intentsDigest } = input;
    return intentsDigest === undefined || report.intentsDigest === intentsDigest ? report : undefined;
}
async function readReport({ objects, installation, }) {
    const { namespace } = installation;
    const name = deploy_installation/* names */.Dy.report(installation);
    const configMap = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
    return configMap === undefined ? undefined : readPassReport(configMap);
}
async function explain({ objects }, { metadata }) {
    const { namespace = '', name } = metadata;
    const job = await objects.read({ apiVersion: 'batch/v1', kind: 'Job', namespace, name });
    if (job === undefined)
        return { what: `Job ${namespace}/${name} was deleted`, fix: 'Deploy again.', mayPass: false };
    const pods = await objects.list({ apiVersion: 'v1', kind: 'Pod', namespace }, { 'batch.kubernetes.io/job-name': name });
    const involved = new Set([name, ...pods.map((pod) => pod.metadata.name)]);
    const events = await eventsOf(objects, namespace, involved);
    return explainJob({ job, pods, events });
}
/** Where Events may not be read, the status of the pods must do. */
async function eventsOf(objects, namespace, involved) {
    try {
        const events = await objects.list({ apiVersion: 'v1', kind: 'Event', namespace }, {});
        return events.filter((event) => {
            const { name = '' } = (event['involvedObject'] ?? {});
            return involved.has(name);
        });
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return [];
        throw error;
    }
}
/** The last lines of the newest pod; '' where there is none. */
async function logOf({ objects }, { metadata }) {
    const { namespace = '', name } = metadata;
    try {
        const pods = await objects.list({ apiVersion: 'v1', kind: 'Pod', namespace }, { 'batch.kubernetes.io/job-name': name });
        const pod = pods.at(-1);
        if (pod === undefined)
            return '';
        return (await objects.log(namespace, pod.metadata.name)).trimEnd().split('\n').slice(-10).join('\n');
    }
    catch {
        return '';
    }
}
function nothingYet(timeoutMs) {
    return {
        what: `no pass came to its end within ${Math.round(timeoutMs / 1000)} s`,
        fix: 'Give it more time with --wait-timeout, or look with keyferry status.',
        mayPass: true,
    };
}

// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
;// CONCATENATED MODULE: ./lib/src/core/deploy/rights.js



const WRITE = ['get', 'create', 'patch', 'update'];
/** Of what is always applied on the server, whether it is there or not. */
const APPLY = ['get', 'create', 'patch'];
/** One that recurs is counted by a patch. */
const EVENTS = ['create', 'patch'];
/** Role and RoleBinding for each namespace that is concerned, sorted. */
function rolesOf(input) {
    const rights = [
        ...ownRights(input),
        ...secretRights(input),
        ...(input.resources === undefined ? eventRights(input) : resourceRights(input.resources)),
        ...input.stores.flatMap((store) => storeRights(store, input)),
    ];
    const namespaces = [...new Set(rights.map(({ namespace }) => namespace))].sort(object_ref/* compareText */.n6);
    return namespaces.flatMap((namespace) => {
        const own = rights.filter((right) => right.namespace === namespace);
        return [role(namespace, own, input.installation), roleBinding(namespace, input.installation)];
    });
}
function ownRights({ installation, intentsCount, stateCount }) {
    const { namespace, name } = installation;
    const configMap = (one, verbs) => ({
        namespace,
        apiGroup: '',
        resource: 'configmaps',
        name: one,
        verbs,
    });
    const counted = (count) => Array.from({ length: count }, (_, index) => index);
    return [
        ...counted(intentsCount).map((index) => configMap(deploy_installation/* names */.Dy.intents(installation, index), ['get'])),
        ...counted(stateCount).map((index) => configMap(deploy_installation/* names */.Dy.state(installation, index), WRITE)),
        configMap(deploy_installation/* names */.Dy.report(installation), APPLY),
        { namespace, apiGroup: 'coordination.k8s.io', resource: 'leases', name, verbs: WRITE },
    ];
}
/** Events hang on the CronJob, whose uid they need. */
function eventRights({ installation: { name, namespace } }) {
    return [
        { namespace, apiGroup: 'batch', resource: 'cronjobs', name, verbs: ['get'] },
        { namespace, apiGroup: '', resource: 'events', name: '', verbs: EVENTS },
    ];
}
/** Kubernetes keeps Events of cluster-scoped objects in the namespace default. */
function resourceRights(resources) {
    const places = resources.map(({ namespace = 'default' }) => namespace);
    return [
        ...resources.flatMap(({ namespace, kind, name }) => namespace === undefined ? [] : rightsOnResource(namespace, kind, name)),
        ...[...new Set(places)].map((place) => right(place, 'events', '', EVENTS)),
    ];
}
/** Read, and its status written; nothing else of it. */
function rightsOnResource(namespace, kind, name) {
    const own = { namespace, apiGroup: 'external-secrets.io', name };
    return [
        { ...own, resource: (0,custom_resources/* resourceOf */.KU)(kind), verbs: ['get'] },
        { ...own, resource: `${(0,custom_resources/* resourceOf */.KU)(kind)}/status`, verbs: ['patch'] },
    ];
}
function secretRights({ intents, leftBehind }) {
    const secret = (namespace, name, verbs) => ({
        namespace,
        apiGroup: '',
        resource: 'secrets',
        name,
        verbs,
    });
    return [
        ...intents.map(({ ref, target }) => secret(ref.namespace, target.name, target.deletionPolicy === 'Delete' ? [...WRITE, 'delete'] : WRITE)),
        ...intents.flatMap(templateRights),
        ...leftBehind.map(({ namespace = '', name }) => secret(namespace, name, ['get', 'delete'])),
    ];
}
/** What the templates of `templateFrom` are read from: ConfigMaps and Secrets of the ExternalSecret's own namespace. */
function templateRights({ ref, target }) {
    const sources = (target.template?.templateFrom ?? []).flatMap((one) => one.sources);
    return sources.map(({ kind, name }) => right(ref.namespace, kind === 'ConfigMap' ? 'configmaps' : 'secrets', name, ['get']));
}
/** A store without a namespace in its references is read in the namespace of whoever uses it. */
function storeRights(store, { intents }) {
    if (store.provider.type !== 'azurekv')
        return [];
    const { authSecretRef, serviceAccountRef } = store.provider;
    const users = intents.filter((intent) => uses(intent, store)).map(({ ref }) => ref.namespace);
    const placesOf = (namespace) => {
        if (store.ref.namespace !== undefined)
            return [store.ref.namespace];
        return namespace === undefined ? [...new Set(users)] : [namespace];
    };
    const { clientId, tenantId, clientSecret, clientCertificate } = authSecretRef ?? {};
    const secrets = [clientId, tenantId, clientSecret, clientCertificate].filter((one) => one !== undefined);
    return [
        ...secrets.flatMap(({ name, namespace }) => placesOf(namespace).map((place) => right(place, 'secrets', name, ['get']))),
        ...(serviceAccountRef === undefined
            ? []
            : placesOf(serviceAccountRef.namespace).flatMap((place) => [
                right(place, 'serviceaccounts', serviceAccountRef.name, ['get']),
                right(place, 'serviceaccounts/token', serviceAccountRef.name, ['create']),
            ])),
    ];
}
function right(namespace, resource, name, verbs) {
    return { namespace, apiGroup: '', resource, name, verbs };
}
/** Does the ExternalSecret name this store? */
function uses(intent, { ref }) {
    return intent.storeRefs.some(({ kind, name }) => kind === ref.kind &&
        name === ref.name &&
        (kind === 'ClusterSecretStore' || intent.ref.namespace === ref.namespace));
}
function role(namespace, rights, installation) {
    return {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: {
            name: deploy_installation/* names */.Dy.role(installation, namespace),
            namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'rights'),
        },
        rules: rulesOf(rights),
    };
}
/** Rights on one object are joined; objects with the same verbs share a rule. */
function rulesOf(rights) {
    const verbs = new Map();
    for (const { apiGroup, resource, name, verbs: more } of rights) {
        const key = JSON.stringify([apiGroup, resource, name]);
        verbs.set(key, new Set([...(verbs.get(key) ?? []), ...more]));
    }
    const rules = new Map();
    for (const [key, own] of verbs) {
        const [apiGroup = '', resource = '', name = ''] = JSON.parse(key);
        const ordered = [...WRITE, 'delete'].filter((verb) => own.has(verb));
        const ruleKey = JSON.stringify([apiGroup, resource, ordered]);
        const rule = rules.get(ruleKey) ?? { apiGroup, resource, verbs: ordered, names: [] };
        rule.names.push(name);
        rules.set(ruleKey, rule);
    }
    return [...rules]
        .sort(([a], [b]) => (0,object_ref/* compareText */.n6)(a, b))
        .map(([, rule]) => ({
        apiGroups: [rule.apiGroup],
        resources: [rule.resource],
        ...(rule.names.includes('') ? {} : { resourceNames: rule.names.sort(object_ref/* compareText */.n6) }),
        verbs: rule.verbs,
    }));
}
function roleBinding(namespace, installation) {
    const name = deploy_installation/* names */.Dy.role(installation, namespace);
    return {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name, namespace, labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'rights') },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name: installation.name, namespace: installation.namespace }],
    };
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/cluster-rights.js


/** A ClusterRole and its binding; nothing where nothing is needed. */
function clusterRolesOf(needs, installation) {
    const rights = needs.stores.filter(isClusterWide).flatMap((store) => rightsFor(store, needs));
    return rights.length === 0 ? [] : [clusterRole(rights, installation), clusterRoleBinding(installation)];
}
function rightsFor(store, { intents, home }) {
    const onStore = home === 'custom-resources' ? rightsOnResource('', store.ref.kind, store.ref.name) : [];
    return [
        ...onStore,
        ...namespacesToJudge(store, intents).map((name) => ({
            namespace: '',
            apiGroup: '',
            resource: 'namespaces',
            name,
            verbs: ['get'],
        })),
    ];
}
/** What is told where the rights were not asked for. */
function clusterRightsProblems({ intents, stores, home }) {
    return stores.filter(isClusterWide).flatMap((store) => {
        const about = { at: store.ref, ...(store.origin === undefined ? {} : { origin: store.origin }) };
        const fix = 'Deploy with --cluster-rights, for which you need rights on ClusterRoles, or use a SecretStore.';
        if (home === 'custom-resources') {
            const what = 'is a resource of the whole cluster, which the job may not read with rights in namespaces alone';
            return [{ severity: 'error', code: 'cluster-rights', ...about, what, fix }];
        }
        const namespaces = namespacesToJudge(store, intents);
        if (namespaces.length === 0)
            return [];
        const what = `selects namespaces by label in spec.conditions, and the job may not read ${namespaces.join(', ')}`;
        return [{ severity: 'warning', code: 'cluster-rights', ...about, what, fix }];
    });
}
function isClusterWide({ ref }) {
    return ref.kind === 'ClusterSecretStore';
}
/** Conditions that list names, or patterns for them, are judged by the name. */
function namespacesToJudge(store, intents) {
    if (!store.conditions.some(({ namespaceSelector }) => namespaceSelector !== undefined))
        return [];
    return [...new Set(intents.filter((intent) => uses(intent, store)).map(({ ref }) => ref.namespace))].sort();
}
const GROUP = 'rbac.authorization.k8s.io';
function clusterRole(rights, installation) {
    return {
        apiVersion: `${GROUP}/v1`,
        kind: 'ClusterRole',
        metadata: { name: deploy_installation/* names */.Dy.clusterRole(installation), labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'rights') },
        rules: rulesOf(rights),
    };
}
function clusterRoleBinding(installation) {
    const name = deploy_installation/* names */.Dy.clusterRole(installation);
    return {
        apiVersion: `${GROUP}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name, labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'rights') },
        roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name: installation.name, namespace: installation.namespace }],
    };
}

// EXTERNAL MODULE: ./lib/src/core/deploy/intents-config.js
var intents_config = __webpack_require__(99376);
;// CONCATENATED MODULE: ./lib/src/core/deploy/schedule.js

const MINUTE_MS = 60_000;
const SHORTEST_MINUTES = 5;
const SHORT = { cron: '*/15 * * * *', windowMinutes: 14 };
const MINUTES = [30, 20, 15, 12, 10, 6, 5];
const HOURS = [12, 8, 6, 4, 3, 2, 1];
function scheduleOf(intents, installation) {
    const intervals = intents
        .filter(({ refresh }) => refresh.policy === 'Periodic' && refresh.intervalMs > 0)
        .map(({ refresh }) => refresh.intervalMs / MINUTE_MS);
    const smallest = intervals.length === 0 ? 60 : Math.min(...intervals);
    if (smallest < SHORTEST_MINUTES)
        return SHORT;
    return { cron: cronOf(smallest, spreadOf(installation)), windowMinutes: 0 };
}
function cronOf(minutes, { minute, hour }) {
    if (minutes < 60)
        return `*/${MINUTES.find((step) => step <= minutes) ?? SHORTEST_MINUTES} * * * *`;
    const hours = Math.floor(minutes / 60);
    if (hours >= 24)
        return `${minute} ${hour} * * *`;
    const step = HOURS.find((one) => one <= hours) ?? 1;
    return step === 1 ? `${minute} * * * *` : `${minute} */${step} * * *`;
}
/** Installations of one cluster do not all start in the same minute; one always starts in its own. */
function spreadOf({ name, namespace }) {
    const spread = Number.parseInt((0,deploy_installation/* digestOf */.ol)(`${namespace}/${name}`).slice(0, 8), 16);
    return { minute: spread % 60, hour: Math.floor(spread / 60) % 24 };
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/deployment.js










function deploymentOf(input) {
    const { installation, intents, stores, remembered } = input;
    const resources = input.home === 'custom-resources' ? (0,custom_resources/* resourcesOf */.F3)(input) : undefined;
    const applied = (resources ?? []).map(({ object }) => object);
    const { configMaps, digest } = resources === undefined
        ? (0,intents_config/* intentsConfig */.C)(input.documents, installation)
        : (0,intents_config/* intentsConfig */.C)(resources.map(custom_resources/* headOf */.Uo), installation, applied);
    const cronJob = { ...input, schedule: scheduleOf(intents, installation), intentsDigest: digest };
    const roles = rolesOf({
        installation,
        intents,
        stores,
        leftBehind: remembered.leftBehind,
        intentsCount: configMaps.length,
        // One more than there are, so that a growing state finds the right for its next ConfigMap.
        stateCount: remembered.stateCount + 1,
        ...(resources === undefined ? {} : { resources: applied.map(kubernetes_object/* typedRefOf */.Z) }),
    });
    return {
        objects: [
            serviceAccountOf(cronJob),
            ...input.extras.map((extra) => labelled(extra, installation)),
            ...applied,
            ...configMaps,
            ...(input.engine === undefined ? [] : [engineConfig(input.engine, installation)]),
            ...roles,
            ...(input.clusterRights ? clusterRolesOf(input, installation) : []),
            cronJobOf(cronJob),
        ],
        intentsDigest: digest,
        origins: originsOf(resources ?? []),
    };
}
/** So that it goes with the installation. */
function labelled(extra, installation) {
    return { ...extra, metadata: { ...extra.metadata, labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'identity') } };
}
function originsOf(resources) {
    return new Map(resources.flatMap(({ document: { origin }, object }) => origin === undefined ? [] : [[(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object)), origin]]));
}
const deployment_KEY = 'objects.json';
/** What an installation has applied: written before anything is, so that nothing is ever forgotten. */
function inventoryOf(objects, installation) {
    const lines = objects.map((ref) => JSON.stringify(ref));
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
            name: deploy_installation/* names */.Dy.inventory(installation),
            namespace: installation.namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'inventory'),
        },
        data: { [deployment_KEY]: `[\n${lines.join(',\n')}\n]\n` },
    };
}
/** The refs of an inventory; `undefined` when it is not what Keyferry writes there. */
function readInventory(configMap) {
    const text = configMap['data']?.[deployment_KEY] ?? '';
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Everything of `before` that `now` does not hold, in the reverse of the order in which it was applied. */
function goneFrom(before, now) {
    const kept = new Set(now.map((object) => textOf((0,kubernetes_object/* typedRefOf */.Z)(object))));
    return before.filter((ref) => !kept.has(textOf(ref))).toReversed();
}
/** Both, each once. */
function joined(before, now) {
    return [...new Map([...before, ...now].map((ref) => [textOf(ref), ref])).values()];
}
function textOf({ apiVersion, kind, namespace = '', name }) {
    return `${apiVersion.split('/')[0] ?? ''} ${kind} ${namespace}/${name}`;
}

;// CONCATENATED MODULE: ./lib/src/engine/leave.js
/**
 * Taking objects of an installation away without taking anything else along.
 *
 * The garbage collector deletes a Secret together with the custom resource that owns it, so a Secret that is to stay
 * loses its ownerReference first. A custom resource that another tool applies as well is left to that tool.
 */




/** ESO 2.9: a running operator sets it on every ExternalSecret; once that is gone, nobody takes it off. */
const OPERATOR_FINALIZER = 'externalsecrets.external-secrets.io/externalsecret-cleanup';
const ATTEMPTS = 4;
/** `undefined` = it is not there, or not the installation's. */
async function removeObject(objects, ref, installation) {
    const live = await objects.read(ref);
    const ownership = live === undefined ? 'others' : (0,deploy_ownership/* ownershipOf */.VL)(live, installation);
    if (ownership === 'others')
        return undefined;
    if (ownership === 'shared')
        return await giveUp(objects, ref, installation);
    await objects.delete(ref);
    if ((0,custom_resources/* isCustomResource */.iN)(ref))
        await dropFinalizer(objects, ref, installation);
    return 'deleted';
}
/** An apply that names no field: what nobody else set goes, the rest is theirs. */
async function giveUp(objects, ref, installation) {
    const { apiVersion, kind, name, namespace } = ref;
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    try {
        await objects.apply({ apiVersion, kind, metadata }, (0,deploy_ownership/* managerFor */.Vh)(ref, installation), { yielding: true });
    }
    catch (error) {
        // The other tool has not set every field that must be there; then it stays as it is.
        if (!(error instanceof errors/* PortError */.U7) || error.kind !== 'Invalid')
            throw error;
    }
    return 'kept';
}
async function dropFinalizer(objects, ref, installation) {
    await patchedAsRead(objects, ref, installation, (live) => {
        const finalizers = (live.metadata['finalizers'] ?? []);
        if (!finalizers.includes(OPERATOR_FINALIZER))
            return undefined;
        return { finalizers: orNull(finalizers.filter((one) => one !== OPERATOR_FINALIZER)) };
    });
}
/** Takes the ExternalSecret off the owners of these Secrets; gives those that it was taken off. */
async function disown(objects, externalSecret, names, installation) {
    const { uid, namespace } = externalSecret.metadata;
    const disowned = [];
    for (const name of names) {
        const ref = { apiVersion: 'v1', kind: 'Secret', name, ...(namespace === undefined ? {} : { namespace }) };
        const isDone = await patchedAsRead(objects, ref, installation, ({ metadata }) => {
            const owners = (metadata['ownerReferences'] ?? []);
            if (!owners.some((owner) => owner.uid === uid))
                return undefined;
            return { ownerReferences: orNull(owners.filter((owner) => owner.uid !== uid)) };
        });
        if (isDone)
            disowned.push(ref);
    }
    return disowned;
}
function orNull(list) {
    return list.length === 0 ? null : list;
}
/** Changes metadata of what was read; read again where somebody was faster. False = there was nothing to change. */
async function patchedAsRead(objects, ref, installation, change) {
    for (let attempt = 1;; attempt += 1) {
        const live = await objects.read(ref);
        const metadata = live === undefined ? undefined : change(live);
        if (live === undefined || metadata === undefined)
            return false;
        try {
            const { resourceVersion } = live.metadata;
            await objects.patch((0,kubernetes_object/* typedRefOf */.Z)(live), { metadata: { ...metadata, resourceVersion } }, (0,deploy_ownership/* managerFor */.Vh)(ref, installation));
            return true;
        }
        catch (error) {
            const isMoved = error instanceof errors/* PortError */.U7 && (error.kind === 'Conflict' || error.kind === 'NotFound');
            if (!isMoved || attempt === ATTEMPTS)
                throw error;
        }
    }
}

;// CONCATENATED MODULE: ./lib/src/engine/install.js
/**
 * Applies a deployment: inventory first, then every object in order, then what is gone.
 *
 * The inventory holds old and new until everything is applied, so that a run that dies in between forgets nothing.
 */









/** Objects of one kind that are applied, or deleted, at once. */
const CONCURRENCY = 16;
async function install(input) {
    const { objects, installation, deployment, before } = input;
    const now = deployment.objects.map(kubernetes_object/* typedRefOf */.Z);
    await objects.apply(inventoryOf(joined(before, now), installation), (0,deploy_installation/* managerOf */.dM)(installation));
    const applied = [];
    let cronJob;
    for (const run of runsOfOneKind(deployment.objects)) {
        const stored = await (0,p_limit/* default */.A)(CONCURRENCY).map(run, (object) => applyOne(object, input));
        for (const { outcome, object } of stored) {
            applied.push({ ref: (0,kubernetes_object/* typedRefOf */.Z)(object), outcome });
            if (object.kind === 'CronJob')
                cronJob = object;
        }
    }
    if (cronJob === undefined)
        throw new Error('Bug: a deployment without a CronJob. Please report this.');
    return { applied, cronJob };
}
/** Deletes what went away, or leaves it to who else applies it; then the inventory holds what is there. */
async function prune(input, gone) {
    const { objects, installation, deployment, logger } = input;
    const pruned = [];
    for (const run of runsOfOneKind(gone)) {
        const handled = await (0,p_limit/* default */.A)(CONCURRENCY).map(run, async (object) => {
            const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
            const outcome = await removeObject(objects, ref, installation);
            if (outcome === 'deleted')
                logger.info(`${(0,object_ref/* refText */.d0)(ref)}: deleted, no longer part of the deployment`);
            return { ref, outcome };
        });
        pruned.push(...handled.flatMap(({ ref, outcome }) => (outcome === undefined ? [] : [{ ref, outcome }])));
    }
    await objects.apply(inventoryOf(deployment.objects.map(kubernetes_object/* typedRefOf */.Z), installation), (0,deploy_installation/* managerOf */.dM)(installation));
    return pruned;
}
/** In order, cut where the kind changes: objects of one kind do not need each other. */
function runsOfOneKind(objects) {
    const runs = [];
    for (const object of objects) {
        const last = runs.at(-1);
        if (last?.[0]?.kind === object.kind)
            last.push(object);
        else
            runs.push([object]);
    }
    return runs;
}
/** What the installation applied before; nothing where there is none. */
async function knownObjects(objects, installation) {
    const { namespace } = installation;
    const name = deploy_installation/* names */.Dy.inventory(installation);
    const inventory = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
    if (inventory === undefined)
        return [];
    const known = readInventory(inventory);
    if (known !== undefined)
        return known;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'UnreadableInventory',
        whole: true,
        what: `ConfigMap ${namespace}/${name}, which lists what was deployed, is not what Keyferry writes there`,
        fix: 'Restore it, or delete it and deploy again; what it listed is then no longer cleaned up.',
    });
}
/** An inventory may be edited by hand; only what is the installation's is ever deleted. */
async function isOwn(objects, ref, installation) {
    const live = await objects.read(ref);
    return live !== undefined && (0,deploy_ownership/* ownershipOf */.VL)(live, installation) !== 'others';
}
/** A running engine that is newer is not replaced unasked: it may have written state that this version cannot read. */
async function refuseDowngrade(objects, { namespace, name }, version) {
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
    const live = cronJob?.metadata.annotations?.[VERSION_ANNOTATION];
    if (live === undefined || !isNewer(live, version))
        return;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'Downgrade',
        whole: true,
        what: `installation ${namespace}/${name} runs version ${live}, this is version ${version}`,
        fix: 'Use that version or a newer one, or give --allow-downgrade.',
    });
}
function isNewer(live, own) {
    const [a, b] = [live, own].map((text) => text.split(/[.-]/u).slice(0, 3).map(Number));
    const differing = (a ?? []).findIndex((part, index) => part !== b?.[index]);
    return differing >= 0 && (a?.[differing] ?? 0) > (b?.[differing] ?? 0);
}
/**
 * A ServiceAccount that somebody else made, perhaps for pods of their own, does not become the installation's: without
 * the label, uninstall and prune leave it alone.
 */
async function asFound(object, { objects, installation }) {
    const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
    if (object.kind !== 'ServiceAccount' || (await isOwn(objects, ref, installation)))
        return object;
    if ((await objects.read(ref)) === undefined)
        return object;
    return { ...object, metadata: { ...object.metadata, labels: {} } };
}
async function applyOne(object, input) {
    const { objects, installation, logger, howFor } = input;
    const manager = (0,deploy_ownership/* managerFor */.Vh)(object, installation);
    const applied = await applyOrRemake(objects, await asFound(object, input), { manager, how: howFor(object) });
    const text = (0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object));
    if (applied.outcome === 'unchanged')
        logger.debug(`${text}: unchanged`);
    else
        logger.info(`${text}: ${applied.outcome}`);
    return applied;
}
/** An object whose immutable fields changed is made anew: a RoleBinding's role, a ConfigMap that is immutable. */
async function applyOrRemake(objects, object, { manager, how }) {
    try {
        return await objects.apply(object, manager, how);
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7) || error.kind !== 'Invalid' || !canBeRemade(object))
            throw error;
        await objects.delete((0,kubernetes_object/* typedRefOf */.Z)(object));
        return { ...(await objects.apply(object, manager, how)), outcome: 'changed' };
    }
}
function canBeRemade({ kind }) {
    return ['RoleBinding', 'ClusterRoleBinding', 'ConfigMap'].includes(kind);
}

// EXTERNAL MODULE: ./lib/src/core/api/manifests.js + 25 modules
var manifests = __webpack_require__(4091);
;// CONCATENATED MODULE: ./lib/src/engine/claims.js
/**
 * Two installations that write one Secret would undo each other's work, and each would prune what the other still wants.
 *
 * Seen are those whose ConfigMaps are in a namespace of this deployment and may be listed. Where both have their
 * ExternalSecrets as custom resources, the owner of the Secret tells the job.
 */







async function claimProblems(objects, installation, intents) {
    const namespaces = [...new Set([installation.namespace, ...intents.map(({ ref }) => ref.namespace)])];
    const configMaps = (await Promise.all(namespaces.map((namespace) => intentsIn(objects, namespace)))).flat();
    const claims = new Map(configMaps.flatMap((one) => claimsOf(one, installation)).map((claim) => [(0,object_ref/* refText */.d0)((0,pull/* targetOf */.$r)(claim.intent)), claim]));
    return intents.flatMap((intent) => {
        const claim = claims.get((0,object_ref/* refText */.d0)((0,pull/* targetOf */.$r)(intent)));
        return claim === undefined || !((0,guards/* claimsWhole */.DK)(claim.intent) || (0,guards/* claimsWhole */.DK)(intent)) ? [] : [claimed(intent, claim)];
    });
}
async function intentsIn(objects, namespace) {
    const all = Object.entries((0,deploy_installation/* labelsOf */.PC)({ name: '' }, 'intents'));
    const labels = Object.fromEntries(all.filter(([label]) => label !== 'app.kubernetes.io/instance'));
    try {
        return await objects.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace }, labels);
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return [];
        throw error;
    }
}
function claimsOf(configMap, own) {
    const { namespace = '', labels = {} } = configMap.metadata;
    const name = labels['app.kubernetes.io/instance'] ?? '';
    if (name === own.name && namespace === own.namespace)
        return [];
    const stored = (0,intents_config/* readIntentsConfig */.u)(configMap);
    if ('problem' in stored || stored.home === 'custom-resources')
        return [];
    const { intents } = (0,manifests/* checkManifests */.d)(stored.documents, namespace);
    return intents.map((intent) => ({ installation: `${namespace}/${name}`, intent }));
}
function claimed(intent, { installation, intent: other }) {
    return {
        severity: 'error',
        code: 'target-claimed',
        at: intent.ref,
        ...(intent.origin === undefined ? {} : { origin: intent.origin }),
        field: 'spec.target.name',
        what: `is ${(0,object_ref/* refText */.d0)((0,pull/* targetOf */.$r)(intent))}, which ${(0,object_ref/* refText */.d0)(other.ref)} of installation ${installation} writes`,
        fix: 'Choose another target.name, or take it out of one of the two installations.',
    };
}

// EXTERNAL MODULE: ./lib/src/engine/operators.js + 1 modules
var operators = __webpack_require__(135);
;// CONCATENATED MODULE: ./lib/src/engine/preflight.js
/**
 * Everything that could stand in the way of a deployment, looked at before anything is applied: whose the objects are,
 * who else writes what they make, what would go, and what the API server says to each of them in a dry run.
 */












/** Requests that may be under way at once. */
const preflight_CONCURRENCY = 16;
/** Rejects with a PortError for what concerns everything, as a login that is not accepted. */
async function preflight(input) {
    const { objects, installation, deployment, intents } = input;
    const refusals = new Refusals(deployment);
    const before = await knownObjects(objects, installation);
    const found = await readAll(goneFrom(before, deployment.objects), objects, refusals);
    const gone = found.filter((object) => (0,deploy_ownership/* ownershipOf */.VL)(object, installation) !== 'others');
    const resources = deployment.objects.filter(custom_resources/* isCustomResource */.iN);
    const live = byRef(await readAll(resources.map(kubernetes_object/* typedRefOf */.Z), objects, refusals));
    const own = new Set([...live].filter(([, one]) => (0,deploy_ownership/* ownershipOf */.VL)(one, installation) === 'own').map(([text]) => text));
    const tooMany = tooManyGone(gone.filter(isOwnOf(installation)), intents, input.deletionLimits);
    const problems = [
        ...[...live.values()].flatMap((object) => takenProblem(object, input)),
        ...(resources.length === 0 ? [] : await preflight_operators(live, input)),
        ...(await claimProblems(objects, installation, intents)),
        ...(tooMany === undefined ? [] : [tooMany]),
    ];
    if (!(0,model_problem/* hasErrors */.C)(problems))
        await dryRun(input, own, refusals);
    return { problems: [...problems, ...refusals.problems()], before, gone, own };
}
/** What the API server says no to: one problem for all objects of a kind that are refused for the same reason. */
class Refusals {
    #deployment;
    #refused = [];
    constructor(deployment) {
        this.#deployment = deployment;
    }
    /** What the asking gives; `undefined` where it was refused. Rejects for what is no affair of this object. */
    async unlessRefused(ref, ask) {
        try {
            return await ask();
        }
        catch (error) {
            const failure = (0,errors/* failureOf */.g5)(error);
            if (failure.whole || failure.code === 'Bug')
                throw error;
            this.#refused.push({ ref, error: failure });
            return undefined;
        }
    }
    /** The first by name stands for the others, whichever was answered first. */
    problems() {
        const sorted = this.#refused.toSorted((a, b) => (0,object_ref/* compareRefs */.Iu)(a.ref, b.ref));
        const alike = Map.groupBy(sorted, ({ ref, error }) => [ref.kind, ref.namespace, error.what.replaceAll(ref.name, '')].join(' '));
        return [...alike.values()].flatMap(([first, ...more]) => {
            if (first === undefined)
                return [];
            // The object is named once, before everything.
            const what = first.error.what.replace(`${(0,object_ref/* refText */.d0)(first.ref)} `, '');
            return {
                ...about(first.ref, this.#deployment),
                code: 'cannot-be-applied',
                what: more.length === 0 ? what : `${what}, and ${more.length} more of this kind and namespace`,
                fix: `Nothing was applied. ${first.error.fix}`,
            };
        });
    }
}
function isOwnOf(installation) {
    return (object) => (0,deploy_ownership/* ownershipOf */.VL)(object, installation) === 'own';
}
/** Those that exist, in the order of the refs. */
async function readAll(refs, objects, refusals) {
    const read = await (0,p_limit/* default */.A)(preflight_CONCURRENCY).map(refs, (ref) => refusals.unlessRefused(ref, () => objects.read(ref)));
    return read.filter((object) => object !== undefined);
}
function byRef(objects) {
    return new Map(objects.map((object) => [(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object)), object]));
}
function takenProblem(live, { installation, deployment }) {
    const other = (0,deploy_ownership/* otherInstallation */.pS)(live, installation);
    if (other === undefined)
        return [];
    return [
        {
            ...about((0,kubernetes_object/* typedRefOf */.Z)(live), deployment),
            code: 'resource-taken',
            what: `belongs to installation ${other}`,
            fix: 'Leave it out here, or out of that one.',
        },
    ];
}
async function preflight_operators(live, input) {
    const problems = await (0,operators/* findOperators */.z)(input.objects, { ...input, live });
    return problems.map((problem) => problem.at === undefined ? problem : { ...about(problem.at, input.deployment), ...problem });
}
async function dryRun({ objects, installation, deployment }, own, refusals) {
    await (0,p_limit/* default */.A)(preflight_CONCURRENCY).map(deployment.objects, async (object) => {
        const manager = (0,deploy_ownership/* managerFor */.Vh)(object, installation);
        await refusals.unlessRefused((0,kubernetes_object/* typedRefOf */.Z)(object), async () => {
            try {
                await objects.tryApply(object, manager, yieldingFor(object, own));
            }
            catch (error) {
                if (!(error instanceof errors/* PortError */.U7) || !isExpected(error, object))
                    throw error;
            }
        });
    });
}
/** A binding to a Role that comes with the deployment; an object whose immutable fields changed, which is made anew. */
function isExpected({ kind, code }, object) {
    const isBinding = object.kind.endsWith('RoleBinding');
    return (isBinding && code === 'NotFound') || (kind === 'Invalid' && canBeRemade(object));
}
/** Fields that another tool set are taken only in what this installation alone applies. */
function yieldingFor(object, own) {
    return { yielding: (0,custom_resources/* isCustomResource */.iN)(object) && !own.has((0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object))) };
}
function about({ kind, namespace, name }, { origins }) {
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    const origin = origins.get((0,object_ref/* refText */.d0)(at));
    return { severity: 'error', at, ...(origin === undefined ? {} : { origin }) };
}

// EXTERNAL MODULE: ./lib/src/engine/load.js
var load = __webpack_require__(19193);
;// CONCATENATED MODULE: ./lib/src/commands/render.js
/** `render`: checked manifests → every object that `deploy` would apply. Asks no cluster. */






const OFFLINE = {
    served: () => Promise.resolve(custom_resources/* NEWEST */.RX),
    remembered: () => Promise.resolve({ leftBehind: [], stateCount: 1 }),
};
async function render(source, request, cluster = OFFLINE) {
    const { documents, sorted, problems } = await check(source, request, cluster);
    const { intents } = sorted;
    const found = findInstallation(request, intents);
    const all = [...problems, ...('problems' in found ? found.problems : []), ...emptyProblems(intents, problems)];
    if ((0,model_problem/* hasErrors */.C)(all) || 'problems' in found)
        return { intents, problems: all };
    const { installation } = found;
    const deployment = deploymentOf({
        ...request,
        ...sorted,
        installation,
        documents: documents.filter(({ value }) => isIntent(value)),
        remembered: await cluster.remembered(installation, intents),
        jobVariables: { ...request.jobVariables, ...jobNamespace(request) },
    });
    return { deployment, installation, intents, problems: all };
}
async function check(source, request, cluster) {
    const { home, controllerClass, clusterRights } = request;
    const given = await source.load();
    const { documents, problems: unserved } = home === 'custom-resources'
        ? (0,custom_resources/* inServedVersion */.xk)(given.documents, await cluster.served())
        : { documents: given.documents, problems: [] };
    const checked = await (0,load/* load */.H)({ load: () => Promise.resolve({ documents, problems: given.problems }) }, { only: [], controllerClass, ...namespaceOf(request) });
    const sorted = sortedFor(request, checked);
    const needs = clusterRights ? [] : clusterRightsProblems({ ...sorted, home });
    return { documents, sorted, problems: [...unserved, ...checked.problems, ...sorted.problems, ...needs] };
}
/** In ConfigMaps the intents of others stay, and the job passes them over. */
function sortedFor({ home, controllerClass }, { intents, stores, foreignStores }) {
    if (home === 'config-maps')
        return { intents, stores, problems: [] };
    return (0,custom_resources/* oursOf */.nO)({ intents, stores, foreignStores }, controllerClass);
}
function namespaceOf({ namespace }) {
    return namespace === undefined ? {} : { namespace };
}
/** The job has to take the same namespace for documents without one. */
function jobNamespace({ namespace }) {
    return namespace === undefined ? {} : { KEYFERRY_NAMESPACE: namespace };
}
/** Where the installation is: as asked for, else the one namespace of the intents; no problem where there are none. */
function findInstallation({ installation, namespace }, intents) {
    const used = [...new Set(intents.map(({ ref }) => ref.namespace))];
    const chosen = installation.namespace ?? namespace ?? (used.length === 1 ? used[0] : undefined);
    if (chosen === undefined)
        return { problems: used.length === 0 ? [] : [severalNamespaces(used)] };
    const found = { name: installation.name, namespace: chosen };
    const problems = (0,deploy_installation/* installationProblems */.nR)(found);
    return problems.length === 0 ? { installation: found } : { problems };
}
function severalNamespaces(used) {
    return {
        severity: 'error',
        code: 'no-installation-namespace',
        what: `the manifests are of several namespaces (${used.join(', ')}), so it is open where the job is to be`,
        fix: 'Say it with --installation-namespace.',
    };
}
/** Deploying nothing would prune everything; that is what uninstall is for. */
function emptyProblems(intents, problems) {
    if (intents.length > 0 || (0,model_problem/* hasErrors */.C)(problems))
        return [];
    return [
        {
            severity: 'error',
            code: 'nothing-to-deploy',
            what: 'the manifests hold no ExternalSecret',
            fix: 'Give all manifests of the installation; keyferry uninstall takes it away.',
        },
    ];
}
function isIntent(value) {
    const { apiVersion } = (value ?? {});
    return typeof apiVersion === 'string' && /^([^/]*\.)?external-secrets\.io\//u.test(apiVersion);
}

;// CONCATENATED MODULE: ./lib/src/commands/deploy.js
/** `deploy`: render → look before → apply → run one Job now → follow it to its end → prune → report. */













/** ExternalSecrets that are seen to at once. */
const deploy_CONCURRENCY = 16;
/** Applies nothing where anything stands in its way that can be seen before. Rejects with a PortError where the cluster refuses. */
async function deploy(ports, request) {
    const rendered = await render(ports.manifests, request, clusterOf(ports, request));
    const { deployment, installation, intents, problems } = rendered;
    if (deployment === undefined || installation === undefined) {
        const { name, namespace = request.namespace } = request.installation;
        return refused(ports, installation ?? { name, namespace }, problems);
    }
    const { objects, clock } = ports;
    if (!request.allowDowngrade)
        await refuseDowngrade(objects, installation, request.version);
    const { controllerClass, deletionLimits } = request;
    const now = clock.now();
    const looked = await preflight({ objects, installation, deployment, intents, controllerClass, deletionLimits, now });
    const all = [...problems, ...looked.problems];
    if ((0,model_problem/* hasErrors */.C)(looked.problems))
        return refused(ports, installation, all);
    return await carryOut(ports, request, { ...rendered, deployment, installation, problems: all, looked });
}
async function carryOut(ports, request, ready) {
    const { objects, logger, clock, stop } = ports;
    const { installation, deployment, looked, problems } = ready;
    const howFor = (object) => yieldingFor(object, looked.own);
    const input = { objects, logger, installation, deployment, before: looked.before, howFor };
    const installed = await install(input);
    await handOver(ports, ready);
    const followed = await startAndFollow({
        objects,
        clock,
        logger,
        installation,
        cronJob: installed.cronJob,
        intentsDigest: deployment.intentsDigest,
        force: request.deletionLimits === undefined,
        timeoutMs: request.waitTimeoutMs,
        ...(stop === undefined ? {} : { stop }),
    });
    // What went away goes last: until the pass has run, a pod of before may still need it.
    const pruned = 'pass' in followed ? await prune(input, looked.gone) : [];
    return {
        command: 'deploy',
        installation: `${installation.namespace}/${installation.name}`,
        cluster: objects.description,
        objects: [...installed.applied, ...pruned].map(({ ref, outcome }) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome })),
        problems: [...problems, ...followProblems(followed, installation)],
        ...('pass' in followed ? { pass: followed.pass } : {}),
    };
}
/** Secrets that go on under another ExternalSecret must be free before the pass, and outlive their resource. */
async function handOver(ports, { installation, intents, looked }) {
    const { objects, stateOf, logger } = ports;
    const { state } = stateOf(installation);
    const current = new Set(intents.map(({ ref }) => (0,object_ref/* refText */.d0)(ref)));
    const gone = looked.gone.filter((one) => one.kind === 'ExternalSecret' && (0,deploy_ownership/* ownershipOf */.VL)(one, installation) === 'own');
    await (0,p_limit/* default */.A)(deploy_CONCURRENCY).map(gone, async (live) => {
        const { namespace = '', name } = live.metadata;
        const ref = { kind: 'ExternalSecret', namespace, name };
        const disowned = await disown(objects, live, handedOver(live, intents), installation);
        for (const secret of disowned)
            logger.info(`${(0,object_ref/* refText */.d0)(secret)}: taken off ${(0,object_ref/* refText */.d0)(ref)}`);
        if (!current.has((0,object_ref/* refText */.d0)(ref)) && (await state.read(ref)) !== undefined)
            await state.forget(ref);
    });
}
function clusterOf(ports, { home }) {
    return {
        served: () => servedBy(ports.objects),
        remembered: (installation, intents) => rememberedBy(ports, { installation, intents, home }),
    };
}
async function servedBy(objects) {
    const found = new Map();
    for (const apiVersion of custom_resources/* API_VERSIONS */.Bo) {
        for (const kind of custom_resources/* KINDS */.GW) {
            if (!found.has(kind) && (await objects.serves(apiVersion, kind)))
                found.set(kind, apiVersion);
        }
    }
    return (kind) => found.get(kind);
}
function refused({ objects }, { name, namespace }, problems) {
    return {
        command: 'deploy',
        installation: namespace === undefined ? name : `${namespace}/${name}`,
        cluster: objects.description,
        objects: [],
        problems,
    };
}
function followProblems(followed, installation) {
    if ('pass' in followed)
        return [];
    const { explanation, log } = followed;
    const last = log === '' ? '' : ` The end of its log:\n${log}`;
    return [
        {
            severity: 'error',
            code: 'pass-missing',
            at: { kind: 'CronJob', ...installation },
            what: explanation.what,
            fix: `${explanation.fix}${last}`,
        },
    ];
}
/**
 * Secrets that the job still has to delete: of intents that are gone, and of targets that got another name. Where
 * ExternalSecrets are custom resources, the Secret of one that is gone goes with it.
 */
async function rememberedBy({ stateOf }, { installation, intents, home }) {
    const { state, count } = stateOf(installation);
    const targets = new Map(intents.map((intent) => [(0,object_ref/* refText */.d0)(intent.ref), intent]));
    const leftBehind = [];
    for (const ref of await state.remembered()) {
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const name = lastTarget ?? binding;
        const intent = targets.get((0,object_ref/* refText */.d0)(ref));
        const isCurrent = intent !== undefined && (0,pull/* targetOf */.$r)(intent).name === name;
        const goesAlong = intent === undefined && home === 'custom-resources';
        if (name !== '' && !isCurrent && !goesAlong)
            leftBehind.push((0,secret/* secretRef */.C)(ref.namespace ?? '', name));
    }
    return { leftBehind, stateCount: Math.max(1, await count()) };
}

// EXTERNAL MODULE: ./lib/src/engine/stored-intents.js
var stored_intents = __webpack_require__(24896);
;// CONCATENATED MODULE: ./lib/src/commands/suspend.js
/** `suspend` and `resume`: whether the CronJob starts passes by itself. What is under way goes on. */


async function suspend(objects, installation) {
    return await setSuspended(objects, installation, true);
}
async function resume(objects, installation) {
    return await setSuspended(objects, installation, false);
}
async function setSuspended(objects, installation, suspended) {
    const { namespace, name } = installation;
    const ref = { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name };
    const live = await objects.read(ref);
    if (live === undefined)
        throw notInstalled(objects, installation);
    const before = live['spec'].suspend === true;
    if (before !== suspended)
        await objects.patch(ref, { spec: { suspend: suspended } }, (0,deploy_installation/* managerOf */.dM)(installation));
    return {
        command: suspended ? 'suspend' : 'resume',
        installation: `${namespace}/${name}`,
        cluster: objects.description,
        objects: [{ object: `CronJob ${namespace}/${name}`, outcome: before === suspended ? 'unchanged' : 'changed' }],
        problems: [],
    };
}
function notInstalled({ description }, { namespace, name }) {
    return new errors/* PortError */.U7({
        kind: 'NotFound',
        code: 'NotInstalled',
        whole: true,
        what: `${description} has no installation ${namespace}/${name}`,
        fix: 'Check --installation and --installation-namespace.',
    });
}

;// CONCATENATED MODULE: ./lib/src/commands/status.js
/** `status`: the checklist of an installation: CronJob, last pass, stores, ExternalSecrets, Secrets, next due, problems. */








async function status_status(ports, request) {
    const { objects } = ports;
    const { installation } = request;
    const { namespace, name } = installation;
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
    if (cronJob === undefined)
        throw notInstalled(objects, installation);
    const refreshProblems = await refresh(ports, request, cronJob);
    const pass = await readReport({ objects, installation });
    const { rows, problems } = await rowsOf(ports, request);
    const outdated = pass !== undefined && pass.intentsDigest !== cronJob.metadata.annotations?.[INTENTS_ANNOTATION];
    return {
        installation: `${namespace}/${name}`,
        cluster: objects.description,
        version: cronJob.metadata.annotations?.[VERSION_ANNOTATION] ?? 'unknown',
        ...status_scheduleOf(cronJob),
        ...(pass === undefined ? {} : { pass }),
        rows: rows.map((row) => withPass(row, pass?.objects.find(({ object }) => object === row.object))),
        problems: [
            ...refreshProblems,
            ...problems,
            ...(pass === undefined ? [noPass(installation)] : []),
            ...(outdated ? [oldPass(installation)] : []),
        ],
    };
}
async function refresh({ objects, clock, logger }, { installation, refreshWithinMs }, cronJob) {
    if (refreshWithinMs === undefined)
        return [];
    const followed = await startAndFollow({ objects, clock, logger, installation, cronJob, timeoutMs: refreshWithinMs });
    if ('pass' in followed)
        return [];
    const { what, fix } = followed.explanation;
    return [{ severity: 'error', code: 'pass-missing', at: { kind: 'CronJob', ...installation }, what, fix }];
}
function status_scheduleOf(cronJob) {
    const { schedule = '', suspend = false } = cronJob['spec'];
    const { lastScheduleTime } = (cronJob['status'] ?? {});
    return {
        schedule,
        suspended: suspend,
        ...(lastScheduleTime === undefined ? {} : { lastScheduled: lastScheduleTime }),
    };
}
/** Stores and ExternalSecrets as deployed, and whether each target is there. */
async function rowsOf({ objects }, { installation, controllerClass }) {
    try {
        const source = new stored_intents/* StoredIntentsSource */._(objects, installation);
        const { namespace } = installation;
        const loaded = await (0,load/* load */.H)(source, { only: [], controllerClass, namespace });
        const stores = loaded.stores.map(({ ref, provider }) => ({
            object: (0,object_ref/* refText */.d0)(ref),
            detail: provider.type === 'azurekv' ? provider.vaultUrl : provider.type,
        }));
        const intents = await Promise.all(loaded.intents.map(async (intent) => {
            const target = (0,pull/* targetOf */.$r)(intent);
            return { object: (0,object_ref/* refText */.d0)(intent.ref), secret: (0,object_ref/* refText */.d0)(target), keys: await keysOf(objects, target) };
        }));
        return { rows: [...stores, ...intents], problems: loaded.problems };
    }
    catch (error) {
        const { what, fix } = (0,errors/* failureOf */.g5)(error);
        return { rows: [], problems: [{ severity: 'error', code: 'unreadable-intents', what, fix }] };
    }
}
/** The names of its keys; `undefined` = there is none, `not readable` where the rights do not reach. */
async function keysOf(objects, { namespace = '', name }) {
    try {
        const secret = await objects.read({ apiVersion: 'v1', kind: 'Secret', namespace, name });
        if (secret === undefined)
            return undefined;
        return Object.keys(secret['data'] ?? {}).sort();
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return 'not readable';
        throw error;
    }
}
function withPass(row, seen) {
    if (seen === undefined)
        return row;
    return { ...row, verdict: seen.verdict, ...(seen.nextDue === undefined ? {} : { nextDue: seen.nextDue }) };
}
function noPass(installation) {
    return {
        severity: 'warning',
        code: 'no-pass-yet',
        at: { kind: 'CronJob', ...installation },
        what: 'has not made a pass yet',
        fix: 'Start one with keyferry status --refresh: it says what stands in the way.',
    };
}
function oldPass(installation) {
    return {
        severity: 'warning',
        code: 'pass-outdated',
        at: { kind: 'CronJob', ...installation },
        what: 'has not made a pass over the intents that were deployed last',
        fix: 'Wait for the next one, or start it with keyferry status --refresh.',
    };
}

// EXTERNAL MODULE: ./lib/src/core/model/names.js
var model_names = __webpack_require__(86102);
// EXTERNAL MODULE: ./lib/src/core/plan/ownership.js
var ownership = __webpack_require__(85111);
;// CONCATENATED MODULE: ./lib/src/engine/lease.js


const DURATION_SECONDS = 60;
const RENEW_EVERY_MS = 20_000;
const lease_ASK_EVERY_MS = 2_000;
/** Waits until the Lease is free and takes it. PortError Conflict when somebody held it all the time. */
async function holdLease(request) {
    const { clock, patienceMs } = request;
    const deadline = clock.now().getTime() + patienceMs;
    let told = false;
    for (;;) {
        if (request.stop?.aborted === true)
            throw new stop/* RunStopped */.NL();
        const other = await takeLease(request);
        if (other === undefined)
            return held(request);
        if (clock.now().getTime() >= deadline)
            throw stillHeld(request, other);
        if (!told)
            request.logger.info(`another pass is under way (${other}), waiting for its end`);
        told = true;
        await clock.sleep(lease_ASK_EVERY_MS);
    }
}
/** `undefined` = it is ours now; else who has it. */
async function takeLease(request) {
    const { objects, manager, clock } = request;
    const live = await objects.read(refOf(request));
    const now = clock.now();
    try {
        if (live === undefined) {
            // No object has this resourceVersion, so that the apply creates or is a Conflict.
            await objects.apply(leaseObject(request, now, '1'), manager);
            return undefined;
        }
        const holder = holderOf(live, now);
        if (holder !== undefined && holder !== request.holder)
            return holder;
        await objects.replace(leaseObject(request, now, live.metadata.resourceVersion ?? ''), manager);
        return undefined;
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Conflict')
            return 'somebody who was faster';
        throw error;
    }
}
function held(request) {
    const { clock, objects, logger } = request;
    const renew = async () => {
        try {
            await takeLease(request);
        }
        catch (error) {
            logger.debug(`the Lease could not be renewed: ${error instanceof errors/* PortError */.U7 ? error.what : 'unknown'}`);
        }
    };
    const end = clock.every(RENEW_EVERY_MS, () => void renew());
    return {
        release: async () => {
            end();
            try {
                const live = await objects.read(refOf(request));
                if (live === undefined || specOf(live).holderIdentity !== request.holder)
                    return;
                const { resourceVersion = '' } = live.metadata;
                await objects.replace(leaseObject({ ...request, holder: '' }, clock.now(), resourceVersion), request.manager);
            }
            catch (error) {
                logger.debug(`the Lease was not given back: ${error instanceof errors/* PortError */.U7 ? error.what : 'unknown'}`);
            }
        },
    };
}
function specOf(lease) {
    return lease['spec'] ?? {};
}
/** Who holds it; `undefined` when nobody does or the time is over. */
function holderOf(lease, now) {
    const { holderIdentity = '', leaseDurationSeconds = 0, renewTime = '' } = specOf(lease);
    const expires = Date.parse(renewTime) + leaseDurationSeconds * 1000;
    return holderIdentity === '' || Number.isNaN(expires) || expires < now.getTime() ? undefined : holderIdentity;
}
function leaseObject(request, now, resourceVersion) {
    const { namespace, name, labels, holder } = request;
    // Kubernetes: MicroTime.
    const renewTime = now.toISOString().replace('Z', '000Z');
    return {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name, namespace, labels, resourceVersion },
        spec: { holderIdentity: holder, leaseDurationSeconds: DURATION_SECONDS, acquireTime: renewTime, renewTime },
    };
}
function refOf({ namespace, name }) {
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
}
function stillHeld({ namespace, name }, holder) {
    return new errors/* PortError */.U7({
        kind: 'Conflict',
        code: 'LeaseHeld',
        whole: true,
        what: `another pass of installation ${namespace}/${name} has been under way all the time (${holder})`,
        fix: `Nothing was done. Wait for its end, or look at that pod; if it is gone, the Lease ${name} expires by itself.`,
    });
}

;// CONCATENATED MODULE: ./lib/src/commands/uninstall.js
/**
 * `uninstall`: takes away what `deploy` made, and with `secrets: delete` the Secrets that the job made. Never a
 * CustomResourceDefinition.
 *
 * First the CronJob and its Jobs, and the pass that is under way is waited for, so that nothing is written while the rest
 * goes; the inventory last, so that a run that dies in between can be repeated. A Secret that is kept loses its
 * ownerReference before its custom resource goes, or the garbage collector would delete it.
 */















/** Objects that are seen to at once. */
const uninstall_CONCURRENCY = 16;
/** A pass that was told to stop finishes one write; one whose pod is gone holds its Lease for a minute. */
const PATIENCE_MS = 120_000;
async function uninstall(ports, request) {
    const { objects } = ports;
    const { installation } = request;
    const known = await knownObjects(objects, installation);
    if (known.length === 0)
        throw await nothingKnown(objects, installation);
    // Whoever may not read all of it may not delete it either: that shows before anything is gone.
    const live = await (0,p_limit/* default */.A)(uninstall_CONCURRENCY).map(known, (ref) => objects.read(ref));
    const own = live.flatMap((object) => object === undefined || (0,deploy_ownership/* ownershipOf */.VL)(object, installation) === 'others' ? [] : [object]);
    const isJob = ({ kind }) => kind === 'CronJob';
    const refs = own.map(kubernetes_object/* typedRefOf */.Z);
    const jobs = [...refs.filter(isJob), ...(await leftJobs(objects, installation))];
    const handled = [...(await removeAll(jobs, ports, installation))];
    await untilNoPass(ports, installation);
    handled.push(...(await handleSecrets(ports, request, own)));
    const rest = refs.filter((ref) => !isJob(ref)).toReversed();
    handled.push(...(await removeAll(rest, ports, installation)));
    handled.push(...(await removeAll(await jobsRecords(ports, installation), ports, installation)));
    handled.push(...(await removeAll([inventory(installation)], ports, installation)));
    return {
        command: 'uninstall',
        installation: `${installation.namespace}/${installation.name}`,
        cluster: objects.description,
        objects: handled,
        problems: [],
    };
}
/** What kubectl or a GitOps tool applied has no inventory; that tool would also bring back what is deleted here. */
async function nothingKnown(objects, installation) {
    const { namespace, name } = installation;
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
    if (cronJob === undefined)
        return notInstalled(objects, installation);
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'NotDeployed',
        whole: true,
        what: `installation ${namespace}/${name} was not made by keyferry deploy, so it is not known what belongs to it`,
        fix: 'Take it away with what applied it, as kubectl delete -k.',
    });
}
/** One kind after the other, as they were applied backwards; within a kind several at once. */
async function removeAll(refs, { objects, logger }, installation) {
    const handled = [];
    for (const kind of new Set(refs.map((ref) => ref.kind))) {
        const own = refs.filter((ref) => ref.kind === kind);
        const removed = await (0,p_limit/* default */.A)(uninstall_CONCURRENCY).map(own, async (ref) => {
            const outcome = await removeObject(objects, ref, installation);
            if (outcome === undefined)
                return [];
            logger.info(`${(0,object_ref/* refText */.d0)(ref)}: ${outcome}`);
            return [{ object: (0,object_ref/* refText */.d0)(ref), outcome }];
        });
        handled.push(...removed.flat());
    }
    return handled;
}
/** A pass that ends after its Secrets were seen to would undo that. */
async function untilNoPass({ objects, clock, logger }, { name, namespace }) {
    const lease = await holdLease({
        objects,
        clock,
        logger,
        namespace,
        name,
        holder: 'uninstall',
        labels: (0,deploy_installation/* labelsOf */.PC)({ name }, 'lease'),
        manager: (0,deploy_installation/* managerOf */.dM)({ name }),
        patienceMs: PATIENCE_MS,
    });
    await lease.release();
}
/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects, { name, namespace }) {
    const jobs = await objects.list({ apiVersion: 'batch/v1', kind: 'Job', namespace }, { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' });
    return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
}
async function handleSecrets(ports, { secrets, installation }, own) {
    const makers = await makersOf(ports, own);
    const handled = await (0,p_limit/* default */.A)(uninstall_CONCURRENCY).map(makers, async (maker) => {
        const made = await madeBy(maker, ports.cluster);
        if (secrets === 'delete')
            for (const secret of made)
                await ports.cluster.deleteSecret(secret);
        else if (maker.resource !== undefined && (0,deploy_ownership/* ownershipOf */.VL)(maker.resource, installation) === 'own') {
            await disown(ports.objects, maker.resource, maker.secretNames, installation);
        }
        const outcome = secrets === 'delete' ? 'deleted' : 'kept';
        for (const { ref } of made)
            ports.logger.info(`${(0,object_ref/* refText */.d0)(ref)}: ${outcome}`);
        return made.map(({ ref }) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome }));
    });
    return handled.flat();
}
async function makersOf({ state }, own) {
    const resources = new Map(own
        .filter((object) => object.kind === 'ExternalSecret' && (0,custom_resources/* isCustomResource */.iN)(object))
        .map((resource) => {
        const { namespace = '', name } = resource.metadata;
        return [(0,object_ref/* refText */.d0)({ kind: 'ExternalSecret', namespace, name }), resource];
    }));
    const remembered = new Map((await state.remembered()).map((ref) => [(0,object_ref/* refText */.d0)(ref), ref]));
    const texts = [...new Set([...remembered.keys(), ...resources.keys()])];
    return await (0,p_limit/* default */.A)(uninstall_CONCURRENCY).map(texts, async (text) => {
        const resource = resources.get(text);
        const ref = remembered.get(text) ?? (0,kubernetes_object/* typedRefOf */.Z)(resource);
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const all = [lastTarget ?? binding, ...(resource === undefined ? [] : secretNamesOf(resource))];
        const secretNames = [...new Set(all.filter((name) => name !== ''))];
        return { ref, secretNames, ...(resource === undefined ? {} : { resource }) };
    });
}
/** Only Secrets that this ExternalSecret made and wrote. */
async function madeBy({ ref: { kind, namespace = '', name: owner }, secretNames }, cluster) {
    const ref = { kind, namespace, name: owner };
    const found = await Promise.all(secretNames.map((name) => cluster.getSecret((0,secret/* secretRef */.C)(namespace, name))));
    return found.flatMap((secret) => {
        const isOwn = secret?.labels.get(model_names/* CREATED_BY_LABEL */.op) === (0,ownership/* createdBy */.uf)(ref) && (0,ownership/* wasWrittenBy */.ox)(secret, ref.name);
        return isOwn ? [secret] : [];
    });
}
/** What the job itself wrote. */
async function jobsRecords(ports, installation) {
    const { namespace, name } = installation;
    const states = Array.from({ length: await ports.stateCount() }, (_, index) => deploy_installation/* names */.Dy.state(installation, index));
    return [
        { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name },
        ...[...states, deploy_installation/* names */.Dy.report(installation)].map((one) => configMap(one, installation)),
    ];
}
function inventory(installation) {
    return configMap(deploy_installation/* names */.Dy.inventory(installation), installation);
}
function configMap(name, { namespace }) {
    return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}

// EXTERNAL MODULE: ./lib/src/core/report/as-text.js
var as_text = __webpack_require__(40419);
// EXTERNAL MODULE: ./lib/src/core/report/as-json.js
var as_json = __webpack_require__(87722);
;// CONCATENATED MODULE: ./lib/src/core/report/deployment.js



function deploymentExitCode({ problems, pass }) {
    return (0,model_problem/* hasErrors */.C)(problems) || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}
const MARKS = {
    created: '+',
    changed: '~',
    unchanged: '=',
    deleted: '-',
    kept: '=',
};
function deploymentAsText(report, paint) {
    const changed = report.objects.filter(({ outcome }) => outcome !== 'unchanged');
    const unchanged = report.objects.length - changed.length;
    const lines = changed.map(({ object, outcome }) => `  ${painted(outcome, paint)}  ${object}`);
    const counts = [
        ...(lines.length === 0 ? [] : ['', ...lines]),
        ...(report.command === 'deploy' && report.objects.length > 0
            ? ['', `${changed.length} changed, ${unchanged} unchanged.`]
            : []),
    ];
    const problems = report.problems.map((problem) => `  ${problem.severity}  ${(0,model_problem/* problemText */.f)(problem)}`);
    return [
        titleOf(report, paint),
        ...counts,
        ...passLines(report.pass),
        ...(problems.length === 0 ? [] : ['', ...problems]),
        '',
    ].join('\n');
}
function titleOf({ command, installation, cluster, objects }, paint) {
    const deployed = objects.length === 0 ? 'Not deployed:' : 'Deployed';
    const done = { deploy: deployed, uninstall: 'Uninstalled', suspend: 'Suspended', resume: 'Resumed' }[command];
    return paint('strong', `${done} ${installation} in ${cluster}`);
}
function painted(outcome, paint) {
    const style = outcome === 'deleted' ? 'remove' : outcome === 'created' ? 'add' : outcome === 'changed' ? 'change' : 'dim';
    return paint(style, `${MARKS[outcome]} ${outcome.padEnd(7)}`);
}
function passLines(pass) {
    if (pass === undefined)
        return [];
    const counts = pass.counts === undefined ? 'it came to no report' : (0,as_text/* countsText */.WN)({ counts: pass.counts });
    const problems = pass.problems.map(({ severity, text }) => `  ${severity}  ${text}`);
    const more = pass.left === 0 ? [] : [`  and ${pass.left} more, see the log of pod ${pass.holder}`];
    return ['', `Pass of ${pass.finishedAt} in pod ${pass.holder}: ${counts}`, ...problems, ...more];
}
function deploymentAsJson(report) {
    const json = { format: 1, ...report, problems: report.problems.map(as_json/* problemJson */.o) };
    return `${JSON.stringify(json, null, 2)}\n`;
}
function deploymentAsMarkdown(report) {
    const rows = report.objects
        .filter(({ outcome }) => outcome !== 'unchanged')
        .map(({ object, outcome }) => `| ${outcome} | ${object} |`);
    const table = rows.length === 0 ? [] : ['| | Object |', '| --- | --- |', ...rows, ''];
    const problems = report.problems.map((problem) => `- **${problem.severity}** ${(0,model_problem/* problemText */.f)(problem)}`);
    const pass = passLines(report.pass).filter((line) => line !== '');
    return [`### Keyferry: ${report.command} ${report.installation}`, '', ...table, ...pass, ...problems, ''].join('\n');
}

// EXTERNAL MODULE: ./lib/src/core/plan/approval.js
var approval = __webpack_require__(90987);
;// CONCATENATED MODULE: ./lib/src/core/report/status.js



/** 1 where something is wrong now: an error, a failed last pass, a Secret that is missing after it. */
function statusExitCode({ problems, pass, rows }) {
    const missing = pass !== undefined && rows.some(({ secret, keys }) => secret !== undefined && keys === undefined);
    return (0,model_problem/* hasErrors */.C)(problems) || missing || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}
function statusAsText(report, paint) {
    const { installation, cluster, version, schedule, suspended, lastScheduled } = report;
    const when = lastScheduled === undefined ? 'not started by it yet' : `last started ${lastScheduled}`;
    const widths = columnWidths(report.rows);
    const rows = report.rows.map((row) => `  ${cells(row)
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')}`.trimEnd());
    const problems = report.problems.map((problem) => `  ${problem.severity}  ${(0,model_problem/* problemText */.f)(problem)}`);
    return [
        paint('strong', `Installation ${installation} in ${cluster}, version ${version}`),
        `Schedule ${schedule}${suspended ? ', suspended' : ''}, ${when}`,
        '',
        ...rows,
        ...passLines(report.pass),
        ...(problems.length === 0 ? [] : ['', ...problems]),
        '',
    ].join('\n');
}
function cells({ object, detail, secret, keys, verdict, nextDue }) {
    if (secret === undefined)
        return [object, detail ?? '', '', ''];
    const count = keys === undefined ? 'missing' : keys === 'not readable' ? keys : keyCount(keys.length);
    return [object, `${secret} (${count})`, verdict ?? '', nextDue === undefined ? '' : `due ${nextDue}`];
}
function keyCount(count) {
    return count === 1 ? '1 key' : `${count} keys`;
}
function columnWidths(rows) {
    const all = rows.map(cells);
    return [0, 1, 2].map((index) => Math.max(0, ...all.map((row) => row[index]?.length ?? 0)));
}
function statusAsJson(report) {
    return `${JSON.stringify({ format: 1, ...report, problems: report.problems.map(as_json/* problemJson */.o) }, null, 2)}\n`;
}
function statusAsMarkdown(report) {
    const rows = report.rows.map((row) => `| ${cells(row).join(' | ')} |`);
    const problems = report.problems.map((problem) => `- **${problem.severity}** ${(0,model_problem/* problemText */.f)(problem)}`);
    const pass = passLines(report.pass).filter((line) => line !== '');
    return [
        `### Keyferry: installation ${report.installation}`,
        '',
        '| Object | Secret | Last pass | Next |',
        '| --- | --- | --- | --- |',
        ...rows,
        '',
        ...pass,
        ...problems,
        '',
    ].join('\n');
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 1 modules
var wiring_manifests = __webpack_require__(21345);
;// CONCATENATED MODULE: ./lib/src/wiring/deployment.js
/** Settings → what `render` and `deploy` are asked for. */





/** Reads the engine; the manifests are read when they are loaded. Rejects with a PortError for what cannot be. */
async function deploymentSourceOf(settings, environment, version) {
    const { engineImage, installationNamespace, namespace } = settings;
    return {
        manifests: (0,wiring_manifests/* deployedManifestsOf */.aN)(settings),
        request: {
            installation: {
                name: settings.installation,
                ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }),
            },
            ...(namespace === undefined ? {} : { namespace }),
            home: settings.home === 'custom-resources' ? settings.home : 'config-maps',
            clusterRights: settings.clusterRights,
            controllerClass: settings.controllerClass,
            extras: (0,wiring_manifests/* plainIntentsOf */.XW)(settings)?.extras ?? [],
            pod: podOf(settings),
            ...(engineImage === undefined ? { engine: await readEngine(environment) } : {}),
            version,
            jobVariables: jobVariablesOf(settings),
        },
    };
}
function podOf(settings) {
    const { azureClientId, azureTenantId, caConfigMap } = settings;
    return {
        image: settings.engineImage ?? settings.image,
        imagePullSecrets: settings.imagePullSecret,
        environment: Object.fromEntries(settings.podEnv.map((pair) => splitAt(pair, '=', 'pod-env', 'NAME=VALUE'))),
        ...(caConfigMap === undefined ? {} : { caConfigMap }),
        tolerations: settings.toleration.map(tolerationOf),
        memory: settings.memory,
        ...(azureClientId === undefined ? {} : { azureClientId }),
        ...(azureTenantId === undefined ? {} : { azureTenantId }),
    };
}
/** kubectl's notation of taints: `KEY=VALUE:EFFECT`, `KEY:EFFECT`. */
function tolerationOf(text) {
    const [taint, effect] = splitAt(text, ':', 'toleration', 'KEY=VALUE:EFFECT');
    const [key = '', value] = taint.split('=');
    return value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect };
}
function splitAt(text, separator, setting, form) {
    const place = text.indexOf(separator);
    if (place > 0)
        return [text.slice(0, place), text.slice(place + 1)];
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'Setting',
        whole: true,
        what: `--${setting} "${text}" is not ${form}`,
        fix: `Write it as ${form}.`,
    });
}
/** Only what differs from the default, so that pods of different versions take their own. */
function jobVariablesOf(settings) {
    const { logLevel, tokenAudience, keyVaultApiVersion, controllerClass, maxDeletes, maxDeleteShare } = settings;
    const identities = Object.entries(settings.storeIdentities).map(([store, clientId]) => `${store}=${clientId}`);
    return {
        ...(logLevel === 'info' ? {} : { KEYFERRY_LOG_LEVEL: logLevel }),
        ...(tokenAudience === 'api://AzureADTokenExchange' ? {} : { KEYFERRY_TOKEN_AUDIENCE: tokenAudience }),
        ...(keyVaultApiVersion === undefined ? {} : { KEYFERRY_KEY_VAULT_API_VERSION: keyVaultApiVersion }),
        ...(controllerClass === 'keyferry' ? {} : { KEYFERRY_CONTROLLER_CLASS: controllerClass }),
        ...(identities.length === 0 ? {} : { KEYFERRY_STORE_IDENTITIES: identities.join(',') }),
        ...(maxDeletes === 20 ? {} : { KEYFERRY_MAX_DELETES: String(maxDeletes) }),
        ...(maxDeleteShare === 30 ? {} : { KEYFERRY_MAX_DELETE_SHARE: String(maxDeleteShare) }),
    };
}
/**
 * The job's bundle beside the running one (`dist/cli/index.js` → `dist/job/index.js`), or in `build/` where the sources
 * run. Gzipped without a time, so that the same engine has the same digest.
 *
 * The place is that of the program that was started: a path made from `import.meta.url` is one that bundlers rewrite.
 */
async function readEngine(environment) {
    const program = (0,external_node_path_.dirname)(await (0,promises_.realpath)(process.argv[1] ?? '.'));
    const places = [
        environment['KEYFERRY_ENGINE'],
        (0,external_node_path_.join)(program, '../job/index.js'),
        (0,external_node_path_.join)(program, '../../build/job/index.js'),
    ];
    for (const place of places) {
        const content = place === undefined || place === '' ? undefined : await (0,promises_.readFile)(place).catch(() => undefined);
        if (content !== undefined)
            return { gzipped: (0,external_node_zlib_.gzipSync)(content, { level: 9 }) };
    }
    throw new errors/* PortError */.U7({
        kind: 'NotFound',
        code: 'NoEngine',
        whole: true,
        what: 'the engine of the job is not beside this program',
        fix: 'From a clone, build it first: npm run build. Or give --engine-image.',
    });
}

// EXTERNAL MODULE: ./lib/src/wiring/approval.js
var wiring_approval = __webpack_require__(66074);
// EXTERNAL MODULE: ./lib/src/wiring/offline.js + 6 modules
var offline = __webpack_require__(88293);
// EXTERNAL MODULE: ./lib/src/wiring/open-cluster.js + 12 modules
var open_cluster = __webpack_require__(50219);
// EXTERNAL MODULE: ./lib/src/wiring/run-command.js + 67 modules
var run_command = __webpack_require__(39878);
// EXTERNAL MODULE: ./lib/src/wiring/run-settings.js
var run_settings = __webpack_require__(97556);
;// CONCATENATED MODULE: ./lib/src/wiring/installation.js
/** The commands that make, look after and take away an installation: from settings to a report in three forms. */



















/** Everything that `deploy` would apply; the problems tell why there is nothing. */
async function renderInstallation(settings, environment, version) {
    const { manifests, request } = await deploymentSourceOf(settings, environment, version);
    return await render(manifests, request);
}
/** Settings whose state is where `deploy` would keep it. Rejects with a PortError where deploy would not know either. */
async function withInstallationNamespace(settings, manifests) {
    const { installation: name, installationNamespace, namespace, controllerClass } = settings;
    if (installationNamespace !== undefined)
        return settings;
    const given = namespace === undefined ? {} : { namespace };
    const { intents } = await (0,load/* load */.H)(manifests, { only: [], controllerClass, ...given });
    const found = findInstallation({ installation: { name }, ...given }, intents);
    if ('installation' in found)
        return { ...settings, installationNamespace: found.installation.namespace };
    refuse(found.problems);
    return settings;
}
/** Rejects with a PortError where the cluster refuses. */
async function runInstallationCommand(request) {
    const { command, settings, outside } = request;
    if (command === 'deploy')
        return deploymentOutcome(await runDeploy(request));
    const real = await (0,open_cluster/* openRealCluster */.v)(settings, outside);
    const { objects, installation } = real;
    refuseBadNames(installation);
    const { logger } = outside;
    switch (command) {
        case 'status':
            return await runStatus(settings, installation, { objects, clock: clock/* systemClock */.m, logger });
        case 'suspend':
            return deploymentOutcome(await suspend(objects, installation));
        case 'resume':
            return deploymentOutcome(await resume(objects, installation));
        case 'uninstall':
            return deploymentOutcome(await uninstall({ ...real, clock: clock/* systemClock */.m, logger }, { installation, secrets: settings.secrets }));
    }
}
async function runDeploy(asked) {
    const { settings, outside, version } = asked;
    await approve(asked);
    const { environment, logger, stop } = outside;
    const { manifests, request } = await deploymentSourceOf(settings, environment, version);
    const real = await (0,open_cluster/* openRealCluster */.v)(settings, outside);
    const ports = {
        manifests,
        objects: real.objects,
        stateOf: (installation) => {
            const { state, stateCount } = real.stateOf(installation);
            return { state, count: stateCount };
        },
        clock: clock/* systemClock */.m,
        logger,
        stop,
    };
    const { allowDowngrade, waitTimeout } = settings;
    const { deletionLimits } = (0,run_settings/* runSettingsOf */.a)(settings);
    return await deploy(ports, { ...request, allowDowngrade, deletionLimits, waitTimeoutMs: waitTimeout * 1000 });
}
/** Rejects with a PortError where the plan of this deployment is no longer the approved one. Its job plans once more. */
async function approve({ settings, outside, base }) {
    const { planFingerprint } = settings;
    if (planFingerprint === undefined)
        return;
    const manifests = (0,wiring_manifests/* deployedManifestsOf */.aN)(settings);
    const placed = { ...(await withInstallationNamespace(settings, manifests)), prune: true };
    const planLevel = (0,wiring_approval/* levelOfApproved */.d)(planFingerprint);
    const fingerprint = planLevel === 'offline'
        ? (await (0,offline/* runOffline */.J)(placed, await base(), manifests)).fingerprint
        : (await (0,run_command/* runWithCluster */.A)({ command: 'plan', settings: { ...placed, planLevel }, outside, base, manifests }))
            .fingerprint;
    const problem = (0,approval/* planNotApproved */.c)(planFingerprint, fingerprint);
    if (problem !== undefined)
        refuse([problem]);
}
async function runStatus(settings, installation, ports) {
    const { controllerClass, refresh, waitTimeout } = settings;
    const wait = refresh ? { refreshWithinMs: waitTimeout * 1000 } : {};
    const report = await status_status(ports, { installation, controllerClass, ...wait });
    return {
        report,
        exitCode: statusExitCode(report),
        text: (paint) => statusAsText(report, paint),
        json: () => statusAsJson(report),
        markdown: () => statusAsMarkdown(report),
    };
}
function deploymentOutcome(report) {
    return {
        report,
        exitCode: deploymentExitCode(report),
        text: (paint) => deploymentAsText(report, paint),
        json: () => deploymentAsJson(report),
        markdown: () => deploymentAsMarkdown(report),
    };
}
function refuseBadNames(installation) {
    refuse((0,deploy_installation/* installationProblems */.nR)(installation));
}
function refuse([problem]) {
    if (problem === undefined)
        return;
    throw new errors/* PortError */.U7({ kind: 'Invalid', code: 'Setting', whole: true, what: problem.what, fix: problem.fix });
}

// EXTERNAL MODULE: ./lib/src/cli/logger.js + 3 modules
var cli_logger = __webpack_require__(76101);
// EXTERNAL MODULE: ./lib/src/cli/terminal.js
var terminal = __webpack_require__(39567);
// EXTERNAL MODULE: ./lib/src/wiring/version.js
var version = __webpack_require__(27721);
;// CONCATENATED MODULE: ./lib/src/cli/installation.js
/** `render`, `deploy`, `status`, `suspend`, `resume` and `uninstall` of the command line. */









/** Prints the outcome and gives the exit code. Rejects with a PortError where there is none. */
async function runInstallation(command, settings, surroundings) {
    if (command === 'render')
        return await printRendered(settings, surroundings);
    const { environment, stdout, stderr, stop } = surroundings;
    const masker = new redacting/* RedactingMasker */.R();
    const logger = (0,cli_logger/* loggerFor */.W)(settings, masker, stderr, (environment['CI'] ?? '') !== '');
    try {
        const outside = { environment, logger, masker, stop: stop.signal, connectToAks: aks_cluster/* connectToAks */.v };
        const outcome = await runInstallationCommand({
            command,
            settings,
            outside,
            version: version/* VERSION */.x,
            base: () => Promise.resolve().then(() => (0,offline/* givenBase */.V)(settings)),
        });
        if (logger instanceof terminal/* LiveLine */.D)
            logger.clear();
        stdout.write(installation_textOf(outcome, settings, surroundings));
        return outcome.exitCode;
    }
    finally {
        if (logger instanceof terminal/* LiveLine */.D)
            logger.clear();
    }
}
function installation_textOf(outcome, { output, color }, { stdout, environment }) {
    switch (output) {
        case 'json':
            return outcome.json();
        case 'markdown':
            return outcome.markdown();
        case 'text':
            return outcome.text((0,terminal/* paintFor */.e)(color, stdout, environment));
    }
}
/** YAML for `kubectl apply --server-side -f -`; problems go to standard error, so that a pipe stays clean. */
async function printRendered(settings, { environment, stdout, stderr }) {
    const { deployment, problems } = await renderInstallation(settings, environment, version/* VERSION */.x);
    for (const problem of problems)
        stderr.write(`${problem.severity.padEnd(5)}  ${(0,model_problem/* problemText */.f)(problem)}\n`);
    if (deployment === undefined)
        return 1;
    stdout.write(printObjects(deployment.objects));
    return 0;
}


/***/ })

};
