export const id = 534;
export const ids = [534];
export const modules = {

/***/ 3534:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runInstallation: () => (/* binding */ runInstallation)
});

// EXTERNAL MODULE: ./lib/src/adapters/node/redacting.js
var redacting = __webpack_require__(5903);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/src/core/deploy/print.js
/** Objects as YAML, for `kubectl apply --server-side -f -`, GitOps tools and review. */

function printObjects(objects) {
    return objects.map((object) => `---\n${(0,dist/* stringify */.As)(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
}

// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var model_problem = __webpack_require__(2833);
// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(390);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(6651);
// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var model_secret = __webpack_require__(8260);
// EXTERNAL MODULE: ./lib/src/core/plan/pull.js + 1 modules
var pull = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var deploy_installation = __webpack_require__(3096);
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
function variablesOf({ installation, pod, schedule, jobVariables }) {
    return {
        KEYFERRY_HOME: 'config-maps',
        KEYFERRY_INSTALLATION: installation.name,
        KEYFERRY_INSTALLATION_NAMESPACE: installation.namespace,
        KEYFERRY_PRUNE: 'true',
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
/** `undefined` = nothing is wrong so far. */
function explainJob({ job, pods, events }) {
    const newest = pods.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
    return (newest === undefined ? explainMissingPod(events) : explainPod(newest, events)) ?? explainDeadline(job);
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

// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(8694);
;// CONCATENATED MODULE: ./lib/src/core/deploy/pass-report-config.js




const SCHEMA_VERSION = 1;
const KEY = 'report.json';
const ROOM_BYTES = 800_000;
const MOST_PROBLEMS = 200;
function passReport(facts, report) {
    const problems = problemsOf(report)
        .toSorted((a, b) => rank(a.severity) - rank(b.severity))
        .map((problem) => ({ severity: problem.severity, code: problem.code, text: problemText(problem) }));
    const objects = report.objects.map(({ ref, target, verdict, reason, nextDue }) => ({
        object: refText(ref),
        target: refText(target),
        verdict,
        ...(reason === undefined ? {} : { reason }),
        ...(nextDue === undefined ? {} : { nextDue: nextDue.toISOString() }),
    }));
    return fitted({ ...facts, counts: report.counts, problems, left: 0, objects });
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
var stop = __webpack_require__(8009);
;// CONCATENATED MODULE: ./lib/src/engine/follow.js
/** Starts one Job of the CronJob now, and follows it until a pass has seen the intents, or something stands in the way. */






const ASK_EVERY_MS = 1_000;
async function startAndFollow(input) {
    const { objects, installation, clock } = input;
    const before = await readReport(input);
    const stamp = clock.now().getTime().toString(36);
    const name = `${installation.name.slice(0, 63 - stamp.length - 1)}-${stamp}`;
    const job = await objects.create(onePass(jobOf(input.cronJob, name)), (0,deploy_installation/* managerOf */.dM)(installation));
    return await follow(input, job, before?.finishedAt);
}
/** The Job that is started by hand makes one pass, also where the schedule's runs stay for a window. */
function onePass(job) {
    const spec = job['spec'];
    const { template } = spec;
    const containers = template.spec.containers.map((container) => ({
        ...container,
        env: (container.env ?? []).filter(({ name }) => name !== 'KEYFERRY_WINDOW'),
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
var kubernetes_object = __webpack_require__(6618);
// EXTERNAL MODULE: ./lib/src/core/deploy/intents-config.js
var intents_config = __webpack_require__(9376);
;// CONCATENATED MODULE: ./lib/src/core/deploy/rights.js


const WRITE = ['get', 'create', 'patch', 'update'];
/** Of what is always applied on the server, whether it is there or not. */
const APPLY = ['get', 'create', 'patch'];
/** Role and RoleBinding for each namespace that is concerned, sorted. */
function rolesOf(input) {
    const rights = [
        ...ownRights(input),
        ...secretRights(input),
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
        resourceNames: rule.names.sort(object_ref/* compareText */.n6),
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
    const { configMaps, digest } = (0,intents_config/* intentsConfig */.C)(input.documents, installation);
    const cronJob = { ...input, schedule: scheduleOf(intents, installation), intentsDigest: digest };
    const roles = rolesOf({
        installation,
        intents,
        stores,
        leftBehind: remembered.leftBehind,
        intentsCount: configMaps.length,
        // One more than there are, so that a growing state finds the right for its next ConfigMap.
        stateCount: remembered.stateCount + 1,
    });
    return {
        objects: [
            serviceAccountOf(cronJob),
            ...input.extras,
            ...configMaps,
            ...(input.engine === undefined ? [] : [engineConfig(input.engine, installation)]),
            ...roles,
            cronJobOf(cronJob),
        ],
        intentsDigest: digest,
    };
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

;// CONCATENATED MODULE: ./lib/src/engine/install.js
/**
 * Applies a deployment: inventory first, then every object in order, then what is gone.
 *
 * The inventory holds old and new until everything is applied, so that a run that dies in between forgets nothing.
 */






async function install(input) {
    const { objects, installation, deployment, logger } = input;
    const before = await knownObjects(objects, installation);
    const now = deployment.objects.map(kubernetes_object/* typedRefOf */.Z);
    const manager = (0,deploy_installation/* managerOf */.dM)(installation);
    await objects.apply(inventoryOf(joined(before, now), installation), manager);
    const applied = [];
    let cronJob;
    for (const object of deployment.objects) {
        const { outcome, object: stored } = await applyOne(objects, object, manager);
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        if (outcome === 'unchanged')
            logger.debug(`${(0,object_ref/* refText */.d0)(ref)}: unchanged`);
        else
            logger.info(`${(0,object_ref/* refText */.d0)(ref)}: ${outcome}`);
        applied.push({ ref, outcome });
        if (object.kind === 'CronJob')
            cronJob = stored;
    }
    if (cronJob === undefined)
        throw new Error('Bug: a deployment without a CronJob. Please report this.');
    return { applied, gone: goneFrom(before, deployment.objects), cronJob };
}
/** Deletes what went away, as far as it is still the installation's own; then the inventory holds what is there. */
async function prune(input, gone) {
    const { objects, installation, deployment, logger } = input;
    const pruned = [];
    for (const ref of gone) {
        if (!(await isOwn(objects, ref, installation)))
            continue;
        await objects.delete(ref);
        logger.info(`${(0,object_ref/* refText */.d0)(ref)}: deleted, no longer part of the deployment`);
        pruned.push(ref);
    }
    await objects.apply(inventoryOf(deployment.objects.map(kubernetes_object/* typedRefOf */.Z), installation), (0,deploy_installation/* managerOf */.dM)(installation));
    return pruned;
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
/** An inventory may be edited by hand; only what carries the installation's label is ever deleted. */
async function isOwn(objects, ref, installation) {
    const live = await objects.read(ref);
    if (live === undefined)
        return false;
    const instance = 'app.kubernetes.io/instance';
    return live.metadata.labels?.[instance] === (0,deploy_installation/* labelsOf */.PC)(installation, '')[instance];
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
/** An object whose immutable fields changed is made anew: a RoleBinding's role, a ConfigMap that is immutable. */
async function applyOne(objects, object, manager) {
    try {
        return await objects.apply(object, manager);
    }
    catch (error) {
        const canBeRemade = ['RoleBinding', 'ConfigMap'].includes(object.kind);
        if (!(error instanceof errors/* PortError */.U7) || error.kind !== 'Invalid' || !canBeRemade)
            throw error;
        await objects.delete((0,kubernetes_object/* typedRefOf */.Z)(object));
        return { ...(await objects.apply(object, manager)), outcome: 'changed' };
    }
}

// EXTERNAL MODULE: ./lib/src/engine/load.js + 27 modules
var load = __webpack_require__(9262);
;// CONCATENATED MODULE: ./lib/src/commands/render.js




const NOTHING_REMEMBERED = { leftBehind: [], stateCount: 1 };
/** `remember` says what the cluster still holds of earlier deployments; offline it is not asked. */
async function render(source, request, remember) {
    const loaded = await source.load();
    const checked = await (0,load/* load */.H)({ load: () => Promise.resolve(loaded) }, { only: [], controllerClass: request.controllerClass, ...namespaceOf(request) });
    const { intents, stores, problems } = checked;
    const found = findInstallation(request, intents);
    const all = [...problems, ...('problems' in found ? found.problems : []), ...emptyProblems(intents, problems)];
    if ((0,model_problem/* hasErrors */.C)(all) || 'problems' in found)
        return { intents, problems: all };
    const { installation } = found;
    const documents = loaded.documents.filter(({ value }) => isIntent(value));
    const remembered = (await remember?.(installation, intents)) ?? NOTHING_REMEMBERED;
    const jobVariables = { ...request.jobVariables, ...jobNamespace(request) };
    const deployment = deploymentOf({ ...request, installation, documents, intents, stores, remembered, jobVariables });
    return { deployment, installation, intents, problems: all };
}
function namespaceOf({ namespace }) {
    return namespace === undefined ? {} : { namespace };
}
/** The job has to take the same namespace for documents without one. */
function jobNamespace({ namespace }) {
    return namespace === undefined ? {} : { KEYFERRY_NAMESPACE: namespace };
}
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






/** Applies nothing where any manifest has an error. Rejects with a PortError where the cluster refuses. */
async function deploy(ports, request) {
    const remember = (installation, intents) => rememberedBy(ports, installation, intents);
    const { deployment, installation, problems } = await render(ports.manifests, request, remember);
    if (deployment === undefined || installation === undefined)
        return refused(ports, request, problems);
    const { objects, logger, clock, stop } = ports;
    if (!request.allowDowngrade)
        await refuseDowngrade(objects, installation, request.version);
    const input = { objects, logger, installation, deployment };
    const installed = await install(input);
    const followed = await startAndFollow({
        objects,
        clock,
        logger,
        installation,
        cronJob: installed.cronJob,
        intentsDigest: deployment.intentsDigest,
        timeoutMs: request.waitTimeoutMs,
        ...(stop === undefined ? {} : { stop }),
    });
    // What went away goes last: until the pass has run, a pod of before may still need it.
    const pruned = 'pass' in followed ? await prune(input, installed.gone) : [];
    return {
        command: 'deploy',
        installation: `${installation.namespace}/${installation.name}`,
        cluster: objects.description,
        objects: [...handled(installed), ...pruned.map((ref) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome: 'deleted' }))],
        problems: [...problems, ...followProblems(followed, installation)],
        ...('pass' in followed ? { pass: followed.pass } : {}),
    };
}
function refused(ports, request, problems) {
    const { name, namespace = request.namespace } = request.installation;
    return {
        command: 'deploy',
        installation: namespace === undefined ? name : `${namespace}/${name}`,
        cluster: ports.objects.description,
        objects: [],
        problems,
    };
}
function handled({ applied }) {
    return applied.map(({ ref, outcome }) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome }));
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
/** Secrets that the job still has to delete: of intents that are gone, and of targets that got another name. */
async function rememberedBy({ stateOf }, installation, intents) {
    const { state, count } = stateOf(installation);
    const targets = new Map(intents.map((intent) => [(0,object_ref/* refText */.d0)(intent.ref), intent]));
    const leftBehind = [];
    for (const ref of await state.remembered()) {
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const name = lastTarget ?? binding;
        const intent = targets.get((0,object_ref/* refText */.d0)(ref));
        const isCurrent = intent !== undefined && (0,pull/* targetOf */.$r)(intent).name === name;
        if (name !== '' && !isCurrent)
            leftBehind.push((0,model_secret/* secretRef */.C)(ref.namespace ?? '', name));
    }
    return { leftBehind, stateCount: Math.max(1, await count()) };
}

// EXTERNAL MODULE: ./lib/src/engine/stored-intents.js
var stored_intents = __webpack_require__(4896);
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
var model_names = __webpack_require__(6102);
// EXTERNAL MODULE: ./lib/src/core/plan/ownership.js
var ownership = __webpack_require__(5111);
;// CONCATENATED MODULE: ./lib/src/commands/uninstall.js
/**
 * `uninstall`: takes away what `deploy` made, and with `secrets: delete` the Secrets that the job made.
 *
 * First the CronJob and its Jobs, so that nothing is written while the rest goes; the inventory last, so that a run that
 * dies in between can be repeated.
 */







async function uninstall(ports, request) {
    const { installation } = request;
    const known = await knownObjects(ports.objects, installation);
    if (known.length === 0)
        throw notInstalled(ports.objects, installation);
    const handled = [];
    const remove = async (ref) => {
        if (!(await isOwn(ports.objects, ref, installation)))
            return;
        await ports.objects.delete(ref);
        ports.logger.info(`${(0,object_ref/* refText */.d0)(ref)}: deleted`);
        handled.push({ object: (0,object_ref/* refText */.d0)(ref), outcome: 'deleted' });
    };
    const isJob = ({ kind }) => kind === 'CronJob';
    for (const ref of known.filter(isJob))
        await remove(ref);
    for (const ref of await leftJobs(ports.objects, installation))
        await remove(ref);
    handled.push(...(await handleSecrets(ports, request)));
    for (const ref of known.filter((one) => !isJob(one)).toReversed())
        await remove(ref);
    for (const ref of await ownRecords(ports, installation))
        await remove(ref);
    return {
        command: 'uninstall',
        installation: `${installation.namespace}/${installation.name}`,
        cluster: ports.objects.description,
        objects: handled,
        problems: [],
    };
}
/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects, { name, namespace }) {
    const jobs = await objects.list({ apiVersion: 'batch/v1', kind: 'Job', namespace }, { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' });
    return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
}
async function handleSecrets({ state, cluster, logger }, { secrets }) {
    const handled = [];
    for (const ref of await state.remembered()) {
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const own = await ownSecret(cluster, ref, lastTarget ?? binding);
        if (own === undefined)
            continue;
        if (secrets === 'delete')
            await cluster.deleteSecret(own);
        logger.info(`${(0,object_ref/* refText */.d0)(own.ref)}: ${secrets === 'delete' ? 'deleted' : 'kept'}`);
        handled.push({ object: (0,object_ref/* refText */.d0)(own.ref), outcome: secrets === 'delete' ? 'deleted' : 'kept' });
    }
    return handled;
}
/** Only a Secret that this ExternalSecret made and wrote. */
async function ownSecret(cluster, { kind, namespace = '', name: owner }, name) {
    if (name === '')
        return undefined;
    const ref = { kind, namespace, name: owner };
    const secret = await cluster.getSecret((0,model_secret/* secretRef */.C)(namespace, name));
    const isOwn = secret?.labels.get(model_names/* CREATED_BY_LABEL */.op) === (0,ownership/* createdBy */.uf)(ref) && (0,ownership/* wasWrittenBy */.ox)(secret, ref.name);
    return isOwn ? secret : undefined;
}
/** What the job itself wrote, and the inventory at the very end. */
async function ownRecords(ports, installation) {
    const { namespace, name } = installation;
    const configMap = (one) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: one });
    const states = Array.from({ length: await ports.stateCount() }, (_, index) => deploy_installation/* names */.Dy.state(installation, index));
    return [
        ...states.map(configMap),
        configMap(deploy_installation/* names */.Dy.report(installation)),
        { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name },
        configMap(deploy_installation/* names */.Dy.inventory(installation)),
    ];
}

// EXTERNAL MODULE: ./lib/src/core/report/as-text.js
var as_text = __webpack_require__(419);
// EXTERNAL MODULE: ./lib/src/core/report/as-json.js
var as_json = __webpack_require__(7722);
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
        ...(report.command === 'deploy' ? ['', `${changed.length} changed, ${unchanged} unchanged.`] : []),
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
function titleOf({ command, installation, cluster }, paint) {
    const done = { deploy: 'Deployed', uninstall: 'Uninstalled', suspend: 'Suspended', resume: 'Resumed' }[command];
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
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./lib/src/core/deploy/plain-inputs.js
var plain_inputs = __webpack_require__(6502);
// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 1 modules
var wiring_manifests = __webpack_require__(1345);
;// CONCATENATED MODULE: ./lib/src/wiring/deployment.js
/** Settings → what `render` and `deploy` are asked for. */






/** Reads the engine; the manifests are read when they are loaded. Rejects with a PortError for what cannot be. */
async function deploymentSourceOf(settings, environment, version) {
    const plain = plainOf(settings);
    const { values } = settings;
    const manifests = plain === undefined
        ? (0,wiring_manifests/* filledWith */.jL)((0,wiring_manifests/* manifestsOf */.oF)({ filename: settings.filename, values: undefined }), () => values === undefined ? Promise.resolve({}) : (0,wiring_manifests/* readValues */.N$)(values))
        : { load: () => Promise.resolve({ documents: plain.documents, problems: [] }) };
    const { engineImage, installationNamespace, namespace } = settings;
    return {
        manifests,
        request: {
            installation: {
                name: settings.installation,
                ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }),
            },
            ...(namespace === undefined ? {} : { namespace }),
            controllerClass: settings.controllerClass,
            extras: plain?.extras ?? [],
            pod: podOf(settings),
            ...(engineImage === undefined ? { engine: await readEngine(environment) } : {}),
            version,
            jobVariables: jobVariablesOf(settings),
        },
    };
}
function plainOf(settings) {
    const { vaultUrl, namespace, target, serviceAccount, azureClientId, azureTenantId, find, refreshInterval } = settings;
    if (vaultUrl === undefined || namespace === undefined || target === undefined)
        return undefined;
    return (0,plain_inputs/* plainIntents */.M)({
        vaultUrl,
        namespace,
        target,
        refreshInterval,
        ...(serviceAccount === undefined ? {} : { serviceAccount }),
        ...(azureClientId === undefined ? {} : { clientId: azureClientId }),
        ...(azureTenantId === undefined ? {} : { tenantId: azureTenantId }),
        ...(find === undefined ? {} : { find }),
    });
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
function jobVariablesOf({ logLevel, tokenAudience, keyVaultApiVersion, controllerClass }) {
    return {
        ...(logLevel === 'info' ? {} : { KEYFERRY_LOG_LEVEL: logLevel }),
        ...(tokenAudience === 'api://AzureADTokenExchange' ? {} : { KEYFERRY_TOKEN_AUDIENCE: tokenAudience }),
        ...(keyVaultApiVersion === undefined ? {} : { KEYFERRY_KEY_VAULT_API_VERSION: keyVaultApiVersion }),
        ...(controllerClass === 'keyferry' ? {} : { KEYFERRY_CONTROLLER_CLASS: controllerClass }),
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

// EXTERNAL MODULE: ./lib/src/wiring/open-cluster.js + 12 modules
var open_cluster = __webpack_require__(219);
;// CONCATENATED MODULE: ./lib/src/wiring/installation.js
/** The commands that make, look after and take away an installation: from settings to a report in three forms. */












/** Everything that `deploy` would apply; the problems tell why there is nothing. */
async function renderInstallation(settings, environment, version) {
    const { manifests, request } = await deploymentSourceOf(settings, environment, version);
    return await render(manifests, request);
}
/** Rejects with a PortError where the cluster refuses. */
async function runInstallationCommand(command, settings, outside, version) {
    if (command === 'deploy')
        return deploymentOutcome(await runDeploy(settings, outside, version));
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
            return deploymentOutcome(await uninstall({ ...real, logger }, { installation, secrets: settings.secrets }));
    }
}
async function runDeploy(settings, outside, version) {
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
    return await deploy(ports, { ...request, allowDowngrade, waitTimeoutMs: waitTimeout * 1000 });
}
async function runStatus(settings, installation, ports) {
    const { controllerClass, refresh, waitTimeout } = settings;
    const wait = refresh ? { refreshWithinMs: waitTimeout * 1000 } : {};
    const report = await status_status(ports, { installation, controllerClass, ...wait });
    return {
        exitCode: statusExitCode(report),
        text: (paint) => statusAsText(report, paint),
        json: () => statusAsJson(report),
        markdown: () => statusAsMarkdown(report),
    };
}
function deploymentOutcome(report) {
    return {
        exitCode: deploymentExitCode(report),
        text: (paint) => deploymentAsText(report, paint),
        json: () => deploymentAsJson(report),
        markdown: () => deploymentAsMarkdown(report),
    };
}
function refuseBadNames(installation) {
    const [problem] = (0,deploy_installation/* installationProblems */.nR)(installation);
    if (problem === undefined)
        return;
    throw new errors/* PortError */.U7({ kind: 'Invalid', code: 'Setting', whole: true, what: problem.what, fix: problem.fix });
}

// EXTERNAL MODULE: ./lib/src/cli/logger.js + 3 modules
var cli_logger = __webpack_require__(6101);
// EXTERNAL MODULE: ./lib/src/cli/terminal.js
var terminal = __webpack_require__(9567);
// EXTERNAL MODULE: ./lib/src/wiring/version.js
var version = __webpack_require__(7721);
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
        const outside = { environment, logger, masker, stop: stop.signal };
        const outcome = await runInstallationCommand(command, settings, outside, version/* VERSION */.x);
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
