export const id = 745;
export const ids = [745];
export const modules = {

/***/ 8420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connectByKubeconfig: () => (/* binding */ connectByKubeconfig),
  connectInCluster: () => (/* binding */ connectInCluster)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(5876);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/login.js
var kubernetes_login = __webpack_require__(965);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js
var object_api = __webpack_require__(7516);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/pod-folder.js
var pod_folder = __webpack_require__(3180);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/proxy.js
/**
 * Which proxy stands before an API server: client-node looks at no variable by itself.
 *
 * The rules are those of client-go and curl: HTTPS_PROXY and NO_PROXY, small letters first; an entry of NO_PROXY is a
 * host with all its subdomains, an address, an address range, any of them with a port, or `*`.
 */

/** The proxy's address, or `undefined` where the server is reached directly. */
function proxyFor(server, variables) {
    const proxy = variable(variables, 'https_proxy');
    if (proxy === '')
        return undefined;
    const entries = variable(variables, 'no_proxy').split(/[\s,]+/u);
    if (entries.some((entry) => entry !== '' && covers(entry, server)))
        return undefined;
    return proxy.includes('://') ? proxy : `http://${proxy}`;
}
function variable(variables, name) {
    return variables[name] ?? variables[name.toUpperCase()] ?? '';
}
function covers(entry, server) {
    if (entry === '*')
        return true;
    const host = server.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
    const { name, port } = splitPort(entry.toLowerCase());
    if (port !== undefined && port !== (server.port === '' ? '443' : server.port))
        return false;
    if (name.includes('/'))
        return (0,external_node_net_.isIP)(host) > 0 && inRange(name, host);
    const suffix = name.replace(/^\*?\./u, '');
    return host === suffix || ((0,external_node_net_.isIP)(host) === 0 && host.endsWith(`.${suffix}`));
}
function splitPort(entry) {
    const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/u.exec(entry);
    const name = (match?.[1] ?? entry).replace(/^\[|\]$/gu, '');
    return match?.[2] === undefined ? { name } : { name, port: match[2] };
}
function inRange(range, address) {
    const [network = '', bits = ''] = range.split('/');
    const family = (0,external_node_net_.isIP)(network) === 6 ? 'ipv6' : 'ipv4';
    if ((0,external_node_net_.isIP)(network) === 0 || !/^\d+$/u.test(bits))
        return false;
    const list = new external_node_net_.BlockList();
    try {
        list.addSubnet(network, Number(bits), family);
        return list.check(address, (0,external_node_net_.isIP)(address) === 6 ? 'ipv6' : 'ipv4');
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/connection.js
/**
 * From a kubeconfig, or the files of a pod, to a client that can be asked.
 *
 * Never falls back: client-node's own default would end at http://localhost:8080. Values of the environment are
 * handed in; only client-node's login programs see the process's own.
 */







/** Several kubeconfigs are one, as for kubectl: the first that names something wins. */
function connectByKubeconfig(files, context, options) {
    const login = new kubernetes_login/* Login */.a();
    for (const file of files)
        merge(login, file);
    const names = files.map(({ name }) => name).join(', ');
    if (context !== undefined)
        login.setCurrentContext(context);
    const chosen = login.getCurrentContext();
    if (login.getContextObject(chosen) === null)
        throw noContext(names, chosen, login);
    if (login.getCurrentCluster() === null)
        throw unusable(`context ${chosen} of ${names} names a cluster that is not in it`);
    if (login.getCurrentUser() === null)
        throw unusable(`context ${chosen} of ${names} names a user that is not in it`);
    return connect(login, `cluster ${chosen}`, options);
}
/** As a pod: the API server's address from the environment, token and CA from the mounted folder, read anew each minute. */
function connectInCluster(options, folder = pod_folder/* POD_FOLDER */.J) {
    const host = options.environment['KUBERNETES_SERVICE_HOST'] ?? '';
    const port = options.environment['KUBERNETES_SERVICE_PORT'] ?? '443';
    const login = new kubernetes_login/* Login */.a();
    const namespace = podNamespace(folder);
    login.loadFromOptions({
        clusters: [
            {
                name: 'pod',
                server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
                caFile: `${folder}/ca.crt`,
                skipTLSVerify: false,
            },
        ],
        users: [{ name: 'pod', authProvider: { name: 'tokenFile', config: { tokenFile: `${folder}/token` } } }],
        contexts: [{ name: 'pod', cluster: 'pod', user: 'pod', ...(namespace === undefined ? {} : { namespace }) }],
        currentContext: 'pod',
    });
    return connect(login, 'this cluster', options);
}
/** Kubernetes mounts it beside the token; a pod that hides it has none. */
function podNamespace(folder) {
    try {
        return (0,external_node_fs_.readFileSync)(`${folder}/namespace`, 'utf8').trim();
    }
    catch {
        return undefined;
    }
}
function connect(login, description, options) {
    maskCredentials(login, options.masker);
    const cluster = login.getCurrentCluster();
    const server = cluster?.server ?? '';
    if (!URL.canParse(server))
        throw unusable(`${description} has no usable server address`);
    if (new URL(server).protocol !== 'https:')
        throw unusable(`${description} would be reached without encryption`);
    const proxyUrl = cluster?.proxyUrl ?? proxyFor(new URL(server), options.environment);
    if (proxyUrl !== undefined) {
        login.clusters = login.clusters.map((one) => (one.name === cluster?.name ? { ...one, proxyUrl } : one));
    }
    return {
        api: new object_api/* ObjectApi */.wo(login, description, options),
        description,
        server: new URL(server).origin,
        namespace: login.getContextObject(login.getCurrentContext())?.namespace,
    };
}
function merge(login, { text, name, folder }) {
    const one = new kubernetes_login/* Login */.a();
    try {
        one.loadFromString(text);
    }
    catch {
        throw unusable(`${name} is no kubeconfig: it cannot be read as YAML with clusters, contexts and users`);
    }
    if (!Array.isArray(one.clusters) || one.clusters.length === 0)
        throw unusable(`${name} holds no clusters`);
    if (folder !== undefined)
        one.makePathsAbsolute(folder);
    login.clusters = added(login.clusters, one.clusters);
    login.contexts = added(login.contexts, one.contexts);
    login.users = added(login.users, one.users);
    if (login.currentContext === undefined)
        login.currentContext = one.currentContext;
}
function added(known, more) {
    const names = new Set((known ?? []).map(({ name }) => name));
    return [...(known ?? []), ...(more ?? []).filter(({ name }) => !names.has(name))];
}
/** Tokens, passwords and keys of every user in the file: whichever is used, none may be printed. */
function maskCredentials(login, masker) {
    for (const user of login.getUsers()) {
        const exec = user.exec;
        const texts = [user.token, user.password, user.keyData, ...(exec?.env ?? []).map(({ value }) => value)];
        for (const text of texts)
            if (text !== undefined && text !== '')
                masker.mask(secret_value/* SecretValue */.i.ofText(text));
        if (user.keyData !== undefined)
            masker.mask(secret_value/* SecretValue */.i.of(Buffer.from(user.keyData, 'base64')));
    }
}
function noContext(names, chosen, login) {
    const known = login.getContexts().map(({ name }) => name);
    const what = chosen === undefined || chosen === '' ? `${names} has no current-context` : `${names} has no context "${chosen}"`;
    const fix = known.length === 0 ? 'It holds no contexts at all.' : `Choose one with --context: ${known.join(', ')}.`;
    return new errors/* PortError */.U7({ kind: 'Invalid', code: 'NoContext', whole: true, what, fix });
}
function unusable(what) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'Kubeconfig',
        whole: true,
        what,
        fix: 'Give a kubeconfig with which kubectl works, as a file or as its text.',
    });
}


/***/ }),

/***/ 965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ Login),
/* harmony export */   k: () => (/* binding */ LoginFailure)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9349);
/**
 * How a process proves to an API server who it is: client-node's KubeConfig with two faults mended.
 *
 * client-node opens a connection of its own for every request; here one pool serves all that need the same TLS
 * settings. And it lets a failing login program print into error messages; here such a failure is a LoginFailure
 * without any output of that program.
 */


/** The login itself did not work; no request was sent. */
class LoginFailure extends Error {
    /** Node's code where there is one: ENOENT = the login program or a file is not there. */
    code;
    constructor(cause) {
        super('the login did not work');
        this.name = 'LoginFailure';
        this.code = codeOf(cause);
    }
}
class Login extends _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_1__/* .KubeConfig */ .yp {
    #asked;
    #pool;
    async applySecurityAuthentication(context) {
        try {
            await super.applySecurityAuthentication(context);
        }
        catch (error) {
            throw new LoginFailure(error);
        }
        const fresh = context.getDispatcher();
        if (this.#pool === undefined || !(0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(this.#pool.options, this.#asked)) {
            this.#pool = { options: this.#asked, dispatcher: fresh };
        }
        if (fresh !== undefined && this.#pool.dispatcher !== undefined)
            context.setDispatcher(this.#pool.dispatcher);
    }
    createDispatcherOptions(...args) {
        this.#asked = super.createDispatcherOptions(...args);
        return this.#asked;
    }
}
function codeOf(cause) {
    if (typeof cause !== 'object' || cause === null || !('code' in cause))
        return undefined;
    return typeof cause.code === 'string' ? cause.code : undefined;
}


/***/ }),

/***/ 7516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W_: () => (/* binding */ NoAnswer),
/* harmony export */   mK: () => (/* binding */ GarbledAnswer),
/* harmony export */   n5: () => (/* binding */ ApiRefusal),
/* harmony export */   wo: () => (/* binding */ ObjectApi)
/* harmony export */ });
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7262);
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2581);
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2279);
/* harmony import */ var _transport_retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(175);
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(965);
/**
 * Requests to an API server: client-node's KubernetesObjectApi, with subresources, time limits and repetition.
 *
 * Objects are plain JSON, as the API server sent them: client-node's typed models would turn times into Dates and drop
 * what they do not know. Built-in kinds need no discovery. Everything that is sent may be sent again: writes insist on
 * the resourceVersion that was read, so that a repetition after a lost answer is a Conflict at worst.
 */



/** No answer came: Node's code, or `ETIMEDOUT` for our own limit. */
class NoAnswer extends Error {
    code;
    constructor(code) {
        super(`no answer (${code})`);
        this.name = 'NoAnswer';
        this.code = code;
    }
}
/** An answer other than 2xx. `status` is the API server's own Status object, absent when somebody else answered. */
class ApiRefusal extends Error {
    httpStatus;
    status;
    retryAfterMs;
    constructor(httpStatus, status, afterMs) {
        super(`HTTP ${httpStatus}`);
        this.name = 'ApiRefusal';
        this.httpStatus = httpStatus;
        this.status = status;
        this.retryAfterMs = afterMs;
    }
}
/** A 2xx answer that is no JSON: not an API server's. */
class GarbledAnswer extends Error {
}
const REQUEST_TIMEOUT_MS = 30_000;
const DEADLINE_MS = 120_000;
const PAGE = 500;
/** Built-in kinds and their resources; a custom resource is looked up. */
const RESOURCES = {
    'v1 Secret': { name: 'secrets', namespaced: true },
    'v1 ConfigMap': { name: 'configmaps', namespaced: true },
    'v1 ServiceAccount': { name: 'serviceaccounts', namespaced: true },
    'v1 Event': { name: 'events', namespaced: true },
    'v1 Namespace': { name: 'namespaces', namespaced: false },
    'v1 Pod': { name: 'pods', namespaced: true },
    'batch/v1 CronJob': { name: 'cronjobs', namespaced: true },
    'batch/v1 Job': { name: 'jobs', namespaced: true },
    'coordination.k8s.io/v1 Lease': { name: 'leases', namespaced: true },
    'rbac.authorization.k8s.io/v1 Role': { name: 'roles', namespaced: true },
    'rbac.authorization.k8s.io/v1 RoleBinding': { name: 'rolebindings', namespaced: true },
};
const REPEATABLE_CODES = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT', 'UND_ERR_SOCKET']);
class Requests extends _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_1__/* .KubernetesObjectApi */ .e {
    /** client-node hands a spec through to here; what it cannot carry waits in this map. */
    targets = new WeakMap();
    count = 0;
    async specUriPath(spec, action) {
        const target = this.targets.get(spec) ?? listTarget(spec);
        const resource = await this.resource(target.apiVersion, target.kind);
        if (resource === undefined)
            throw new ApiRefusal(404, notServed(target), undefined);
        const scope = resource.namespaced && target.namespace !== undefined ? ['namespaces', target.namespace] : [];
        const named = (action === 'create' && target.subresource === undefined) || action === 'list' ? [] : [target.name];
        const parts = [
            ...scope,
            resource.name,
            ...named,
            ...(target.subresource === undefined ? [] : [target.subresource]),
        ];
        return [this.apiVersionPath(target.apiVersion), ...parts.map(pathPart)].join('/');
    }
    async resource(...args) {
        const known = RESOURCES[`${args[0]} ${args[1]}`];
        return known === undefined
            ? await super.resource(...args)
            : { ...known, singularName: '', kind: args[1], verbs: [] };
    }
    async requestPromise(...args) {
        this.count += 1;
        args[0].setSignal(AbortSignal.timeout(REQUEST_TIMEOUT_MS));
        return await super.requestPromise(...args);
    }
    /** JSON as it came. */
    async processResponse(response) {
        const text = await response.body.text();
        const value = parsed(text);
        if (response.httpStatusCode >= 200 && response.httpStatusCode <= 299) {
            // Logs are the one thing that API servers send as text.
            if (response.headers['content-type']?.startsWith('text/plain'))
                return { text };
            if (value === undefined)
                throw new GarbledAnswer('no JSON');
            return value;
        }
        throw new _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__/* .ApiException */ .U(response.httpStatusCode, 'refused', value, response.headers);
    }
}
class ObjectApi {
    #requests;
    #retry;
    #description;
    constructor(login, description, retry) {
        this.#requests = login.makeApiClient(Requests);
        this.#description = description;
        this.#retry = retry;
    }
    /** How many requests were sent so far, repetitions and discovery included. */
    get requestCount() {
        return this.#requests.count;
    }
    async read(target) {
        return await this.#send(() => this.#requests.read(this.#spec(target)));
    }
    /** Every object of the kind that the selector admits, page by page to the end. */
    async list(of, labelSelector) {
        const items = [];
        let next;
        do {
            const page = await this.#page(of, labelSelector, next);
            items.push(...(page['items'] ?? []));
            next = page['metadata']?.continue;
        } while (next !== undefined && next !== '');
        return items;
    }
    async create(target, object, manager) {
        return await this.#send(() => this.#requests.create(this.#spec(target, object), undefined, undefined, manager));
    }
    async replace(target, object, manager) {
        return await this.#send(() => this.#requests.replace(this.#spec(target, object), undefined, undefined, manager));
    }
    /** Server-side apply, without force. */
    async apply(target, object, manager) {
        return await this.#patch(target, object, { manager, strategy: _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_3__/* .PatchStrategy */ .Q.ServerSideApply });
    }
    /** Server-side apply that takes fields from whoever set them. */
    async forceApply(target, object, manager) {
        return await this.#patch(target, object, { manager, strategy: _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_3__/* .PatchStrategy */ .Q.ServerSideApply, force: true });
    }
    /** The last lines of the pod's log. */
    async log(pod) {
        const answer = await this.#send(() => this.#requests.read(this.#spec({ ...pod, subresource: 'log' })));
        return typeof answer['text'] === 'string' ? answer['text'] : '';
    }
    /** RFC 7386. */
    async mergePatch(target, patch, manager) {
        return await this.#patch(target, patch, { manager, strategy: _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_3__/* .PatchStrategy */ .Q.MergePatch });
    }
    /** With what it owns, in the background; without preconditions whatever has the name. */
    async delete(target, preconditions) {
        await this.#send(() => {
            const insist = preconditions === undefined ? {} : { preconditions };
            const options = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', ...insist };
            const [none, spec] = [undefined, this.#spec(target)];
            return this.#requests.delete(spec, none, none, none, none, none, options);
        });
    }
    async #page(of, labelSelector, next) {
        const { apiVersion, kind, namespace } = of;
        const [none] = [undefined];
        return await this.#send(() => this.#requests.list(apiVersion, kind, namespace, none, none, none, none, labelSelector, PAGE, next));
    }
    async #patch(target, body, how) {
        const [none] = [undefined];
        return await this.#send(() => this.#requests.patch(this.#spec(target, body), none, none, how.manager, how.force, how.strategy));
    }
    /** A spec of its own for each attempt: client-node writes into what it is given. */
    #spec(target, object = {}) {
        const { apiVersion, kind, name, namespace } = target;
        const metadata = {
            ...object['metadata'],
            name,
            ...(namespace === undefined ? {} : { namespace }),
        };
        const spec = { apiVersion, kind, ...object, metadata };
        this.#requests.targets.set(spec, target);
        return spec;
    }
    async #send(request) {
        return await (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .withRetry */ .b)(this.#retry, {
            description: this.#description,
            deadlineMs: DEADLINE_MS,
            judge,
            attempt: async () => {
                try {
                    return (await request());
                }
                catch (error) {
                    throw asFailure(error, this.#retry.clock.now());
                }
            },
        });
    }
}
function listTarget(spec) {
    const { namespace } = spec.metadata ?? {};
    const scope = namespace === undefined ? {} : { namespace };
    return { apiVersion: spec.apiVersion ?? '', kind: spec.kind ?? '', name: '', ...scope };
}
/** A dot-only part would climb out of the path, also when it is encoded. */
function pathPart(part) {
    if (/^\.*$/u.test(part))
        throw new ApiRefusal(404, undefined, undefined);
    return encodeURIComponent(part);
}
function notServed({ apiVersion, kind }) {
    return { kind: 'Status', reason: 'NotServed', message: `${apiVersion} ${kind} is not served` };
}
function parsed(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** ApiException's message holds body and headers, so nothing of it is kept but what is named here. */
function asFailure(error, now) {
    if (error instanceof _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__/* .ApiException */ .U) {
        const body = error.body;
        const headers = error.headers;
        const status = body?.['kind'] === 'Status' ? body : undefined;
        return new ApiRefusal(error.code, status, (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .retryAfterMs */ .V)((name) => headers[name], now));
    }
    if (error instanceof ApiRefusal || error instanceof _login_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginFailure */ .k || error instanceof GarbledAnswer)
        return error;
    return new NoAnswer(codeOf(error));
}
function judge(error) {
    if (error instanceof NoAnswer) {
        return REPEATABLE_CODES.has(error.code) ? { reason: `did not answer (${error.code})` } : undefined;
    }
    if (!(error instanceof ApiRefusal))
        return undefined;
    const { httpStatus, retryAfterMs: asked } = error;
    const wait = asked === undefined ? {} : { retryAfterMs: asked };
    if (httpStatus === 429)
        return { reason: 'throttled', ...wait };
    const repeatable = httpStatus === 408 || (httpStatus >= 500 && httpStatus !== 501 && httpStatus !== 505);
    return repeatable ? { reason: `answered ${httpStatus}`, ...wait } : undefined;
}
/** undici hides the code in a cause, which may be an AggregateError of one attempt per address. */
function codeOf(error) {
    if (typeof error !== 'object' || error === null)
        return 'UNKNOWN';
    const { name, code, cause, errors } = error;
    if (name === 'TimeoutError' || name === 'AbortError')
        return 'ETIMEDOUT';
    if (typeof code === 'string')
        return code;
    if (cause !== undefined)
        return codeOf(cause);
    return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : 'UNKNOWN';
}


/***/ }),

/***/ 9776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openKubernetes: () => (/* binding */ openKubernetes)
});

// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(6651);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js
var object_api = __webpack_require__(7516);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(5876);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/secret-object.js
/** Secrets as the API server writes them, and as this program sees them. Values never stay text. */


function metadataOf(object) {
    return object['metadata'] ?? {};
}
function toLiveSecret(object) {
    const metadata = metadataOf(object);
    const { namespace = '', name = '' } = metadata;
    const { type, immutable } = object;
    return {
        ref: { kind: 'Secret', namespace, name },
        uid: metadata.uid ?? '',
        resourceVersion: metadata.resourceVersion ?? '',
        deleting: metadata.deletionTimestamp !== undefined,
        ...(type === undefined ? {} : { type }),
        ...(immutable === undefined ? {} : { immutable }),
        data: new Map(Object.entries(texts(object['data'])).map(([key, text]) => [key, decoded(text)])),
        labels: new Map(Object.entries(metadata.labels ?? {})),
        annotations: new Map(Object.entries(metadata.annotations ?? {})),
        ownerReferences: metadata.ownerReferences ?? [],
        finalizers: metadata.finalizers ?? [],
        ownedFields: ownedFields(metadata.managedFields ?? []),
    };
}
/** The whole Secret; empty parts are left out, as the API server does. */
function toSecretObject(secret, resourceVersion) {
    const { labels, annotations, finalizers, ownerReferences, data } = secret;
    return {
        metadata: {
            resourceVersion,
            ...(labels.size === 0 ? {} : { labels: Object.fromEntries(labels) }),
            ...(annotations.size === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
            ...(finalizers.length === 0 ? {} : { finalizers }),
            ...(ownerReferences.length === 0 ? {} : { ownerReferences }),
        },
        ...(secret.type === undefined ? {} : { type: secret.type }),
        ...(secret.immutable === undefined ? {} : { immutable: secret.immutable }),
        ...(data.size === 0 ? {} : { data: Object.fromEntries([...data].map(([key, value]) => [key, encoded(value)])) }),
    };
}
/** What may be shown of a Secret when the API server quotes it: names, never values of data, labels or annotations. */
function namesOf(secret) {
    const { ref, type, data, labels, annotations, finalizers } = secret;
    const owners = secret.ownerReferences.flatMap(({ kind, name, uid }) => [kind, name, uid]);
    const keys = [...data.keys(), ...labels.keys(), ...annotations.keys()];
    return [ref.name, ref.namespace ?? '', ...(type === undefined ? [] : [type]), ...keys, ...finalizers, ...owners];
}
/**
 * One entry per manager name, whatever the operation, without those that own no key; names and keys sorted.
 * Kubernetes: FieldsV1 writes the key `x` of a map as `f:x`.
 */
function ownedFields(entries) {
    const managers = [...new Set(entries.map(({ manager = '' }) => manager))].sort(object_ref/* compareText */.n6);
    return managers
        .map((manager) => {
        const own = entries.filter((entry) => entry.manager === manager).map(({ fieldsV1 = {} }) => fieldsV1);
        return {
            manager,
            data: keysAt(own, ['f:data']),
            labels: keysAt(own, ['f:metadata', 'f:labels']),
            annotations: keysAt(own, ['f:metadata', 'f:annotations']),
        };
    })
        .filter(({ data, labels, annotations }) => data.length + labels.length + annotations.length > 0);
}
function isSameRef(object, ref) {
    const { name, namespace } = metadataOf(object);
    return object['kind'] === ref.kind && name === ref.name && namespace === ref.namespace;
}
function keysAt(fields, path) {
    const keys = fields.flatMap((field) => {
        const at = path.reduce((value, part) => (value[part] ?? {}), field);
        return Object.keys(at).filter((key) => key.startsWith('f:'));
    });
    return [...new Set(keys.map((key) => key.slice(2)))].sort(object_ref/* compareText */.n6);
}
function texts(value) {
    return (value ?? {});
}
function decoded(text) {
    return secret_value/* SecretValue */.i.of(Buffer.from(text, 'base64'));
}
function encoded(value) {
    return Buffer.from(value.reveal()).toString('base64');
}

// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/login.js
var login = __webpack_require__(965);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/missing-rule.js
/** A refusal by RBAC, read back into the rule that would have allowed it. */
/** Kubernetes: `apiserver/pkg/endpoints/handlers/responsewriters`, forbiddenMessage. */
const MESSAGE = /^\S+?(?: "(?<name>[^"]*)")? is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\S+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)/u;
/** `undefined` where the refusal is of another kind: an admission rule, a quota, a namespace that is going away. */
function missingRule(message) {
    const groups = MESSAGE.exec(message)?.groups;
    if (groups === undefined)
        return undefined;
    const { user = '', verb = '', group = '', resource = '', name = '', namespace = '' } = groups;
    return {
        user,
        verb,
        apiGroup: group,
        resource,
        ...(name === '' ? {} : { name }),
        ...(namespace === '' ? {} : { namespace }),
    };
}
/** `verb get on secrets "db" in namespace shop`. */
function ruleText({ verb, resource, apiGroup, name, namespace }) {
    const group = apiGroup === '' ? '' : `.${apiGroup}`;
    const which = name === undefined ? '' : ` "${name}"`;
    const [plural = '', subresource] = resource.split('/');
    const part = subresource === undefined ? '' : `/${subresource}`;
    const where = namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;
    return `${verb} ${plural}${group}${part}${which} ${where}`;
}
/** The kubectl line that makes a Role (or ClusterRole) with just this rule. */
function kubectlForRule({ verb, resource, apiGroup, name, namespace }) {
    const [plural = '', subresource] = resource.split('/');
    const full = `${plural}${apiGroup === '' ? '' : `.${apiGroup}`}${subresource === undefined ? '' : `/${subresource}`}`;
    const only = name === undefined ? '' : ` --resource-name=${name}`;
    const [kind, scope] = namespace === undefined ? ['clusterrole', ''] : ['role', ` -n ${namespace}`];
    return `kubectl create ${kind} NAME --verb=${verb} --resource=${full}${only}${scope}`;
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/to-port-error.js
/**
 * An API server's refusals in words that say what to do.
 *
 * Shows names, reasons and numbers; never a body, a value or a token. Messages of the API server may repeat what was
 * sent, so a quoted value is shown only where it is one of the names that the caller vouches for.
 *
 * | answer | kind | whole |
 * | --- | --- | --- |
 * | 401, a failing login | Unauthenticated | yes |
 * | 403 | Forbidden | no |
 * | 404 with the API server's Status | NotFound | no |
 * | 409 | Conflict | no |
 * | 400, 405, 413, 415, 422 | Invalid | no |
 * | 429 | Throttled | yes |
 * | 408, 410, 5xx, no answer | Unavailable | yes (410: no) |
 * | anything else, and answers that are no API server's | Malformed | yes |
 */




function toPortError(error, request) {
    if (error instanceof errors/* PortError */.U7)
        return error;
    return new errors/* PortError */.U7({ ...wordsOf(error, request) });
}
function wordsOf(error, request) {
    if (error instanceof login/* LoginFailure */.k)
        return loginWords(error, request);
    if (error instanceof object_api/* NoAnswer */.W_)
        return silenceWords(error.code, request);
    if (error instanceof object_api/* ApiRefusal */.n5)
        return refusalWords(error, request);
    if (error instanceof object_api/* GarbledAnswer */.mK)
        return strangerWords(200, request);
    throw error;
}
function loginWords({ code }, { cluster }) {
    const words = { kind: 'Unauthenticated', whole: true, code: code ?? 'LoginFailed' };
    if (code === 'ENOENT') {
        return {
            ...words,
            what: `the login to ${cluster} needs a program or a file that is not here (ENOENT)`,
            fix: 'The user of that kubeconfig context names it under exec.command, or as a file: install it, or take a kubeconfig with a token.',
        };
    }
    return {
        ...words,
        what: `the login to ${cluster} did not work${code === undefined ? '' : ` (${code})`}`,
        fix: 'Run kubectl get secrets with the same kubeconfig and context: it shows what the login program says.',
    };
}
function silenceWords(code, { cluster, server }) {
    const words = { kind: 'Unavailable', code, whole: true };
    if (code === 'ENOTFOUND') {
        return {
            ...words,
            what: `${cluster} is not known: there is no host for ${server} (${code})`,
            fix: 'Check the server in the kubeconfig; a private cluster is only found from inside its network.',
        };
    }
    if (/CERT|SIGNATURE|SELF_SIGNED|ISSUER|ERR_TLS|ERR_SSL/u.test(code)) {
        return {
            ...words,
            what: `${cluster} showed a certificate that is not trusted (${code})`,
            fix: `Put the authority that signed it into certificate-authority-data of the kubeconfig, or into the file that NODE_EXTRA_CA_CERTS names.`,
        };
    }
    return {
        ...words,
        what: `${cluster} did not answer (${code})`,
        fix: `Check that this machine may connect to ${server}, its authorised IP ranges, and HTTPS_PROXY and NO_PROXY if there is a proxy.`,
    };
}
function refusalWords(refusal, request) {
    const { httpStatus, status } = refusal;
    if (httpStatus === 429)
        return throttledWords(request);
    if (httpStatus === 401)
        return unauthenticatedWords(request);
    if (httpStatus === 408 || httpStatus === 410 || httpStatus >= 500)
        return serverWords(httpStatus, status, request);
    if (status === undefined)
        return strangerWords(httpStatus, request);
    switch (httpStatus) {
        case 403:
            return forbiddenWords(status, request);
        case 404:
            return notFoundWords(status, request);
        case 409:
            return conflictWords(status, request);
        default:
            return invalidWords(httpStatus, status, request);
    }
}
function throttledWords({ cluster }) {
    return {
        kind: 'Throttled',
        whole: true,
        what: `${cluster} is overloaded and asks to wait (429), also after waiting`,
        fix: 'Run again later, or with a lower concurrency.',
    };
}
function unauthenticatedWords({ cluster }) {
    return {
        kind: 'Unauthenticated',
        whole: true,
        what: `${cluster} does not accept the login (401)`,
        fix: 'The token or certificate of the kubeconfig has expired, or is for another cluster: get a new one.',
    };
}
function serverWords(httpStatus, status, request) {
    const reason = textOf(status, 'reason');
    return {
        kind: 'Unavailable',
        code: reason === '' ? `HTTP${httpStatus}` : reason,
        whole: httpStatus !== 410,
        what: `${request.cluster} answered ${httpStatus}${reason === '' ? '' : ` (${reason})`} for ${request.object}`,
        fix: 'Nothing was changed that is not reported. Run again; if it stays, look at the API server.',
    };
}
/** A web page of a proxy, a portal, or simply another server. */
function strangerWords(httpStatus, { cluster, server }) {
    return {
        kind: 'Malformed',
        code: `HTTP${httpStatus}`,
        whole: true,
        what: `${server}, where ${cluster} should be, answered ${httpStatus} with something that no API server says`,
        fix: 'Check the server in the kubeconfig, and whether a proxy stands in between.',
    };
}
function forbiddenWords(status, request) {
    const message = textOf(status, 'message');
    const rule = missingRule(message);
    if (rule !== undefined) {
        return {
            kind: 'Forbidden',
            code: 'Forbidden',
            what: `${request.cluster} does not let "${rule.user}" ${ruleText(rule)}`,
            fix: `Add that rule to a role that is bound to it: ${kubectlForRule(rule)}.`,
        };
    }
    return { kind: 'Forbidden', code: 'Forbidden', ...otherForbidden(message, status, request) };
}
function otherForbidden(message, status, { object, cluster }) {
    if (causesOf(status).some(({ reason }) => reason === 'NamespaceTerminating')) {
        return {
            what: `${object} cannot be created because its namespace is being terminated`,
            fix: 'Wait until the namespace is gone, or remove its manifests.',
        };
    }
    const webhook = /admission webhook "([^"]+)" denied/u.exec(message)?.[1];
    if (webhook !== undefined) {
        return {
            what: `the admission webhook ${webhook} of ${cluster} does not admit ${object}`,
            fix: 'Ask who runs that policy; its own message may hold values and is not shown here.',
        };
    }
    const quota = /exceeded quota: ([^,\s]+)/u.exec(message)?.[1];
    if (quota !== undefined) {
        return { what: `${object} would exceed the ResourceQuota ${quota}`, fix: 'Raise the quota, or remove something.' };
    }
    return {
        what: `${cluster} does not admit ${object} (Forbidden, not by RBAC)`,
        fix: 'An admission policy of the cluster refuses it. Try the same with kubectl to see its message.',
    };
}
function notFoundWords(status, { object, cluster }) {
    const details = (status['details'] ?? {});
    if (textOf(status, 'reason') === 'NotServed') {
        return {
            kind: 'NotFound',
            code: 'NotServed',
            what: `${cluster} has no such kind: ${textOf(status, 'message')}`,
            fix: 'Install its CustomResourceDefinition, or use --home files.',
        };
    }
    if (details.kind === 'namespaces') {
        return {
            kind: 'NotFound',
            code: 'NamespaceNotFound',
            what: `namespace ${details.name ?? ''} of ${object} does not exist in ${cluster}`,
            fix: `Create it: kubectl create namespace ${details.name ?? ''}.`,
        };
    }
    return {
        kind: 'NotFound',
        code: 'NotFound',
        what: `${object} does not exist in ${cluster}`,
        fix: 'It was deleted meanwhile, or never existed. Run again.',
    };
}
function conflictWords(status, { object }) {
    const exists = textOf(status, 'reason') === 'AlreadyExists';
    return {
        kind: 'Conflict',
        code: exists ? 'AlreadyExists' : 'Conflict',
        what: exists ? `${object} already exists` : `${object} has been modified since it was read`,
        fix: 'It is planned again with what is there now.',
    };
}
function invalidWords(httpStatus, status, request) {
    const causes = causesOf(status).map(({ field, message }) => `${field}: ${withoutValues(message, request.names ?? [])}`);
    const reasons = [...new Set(causes)];
    const reason = textOf(status, 'reason');
    const shown = reasons.length === 0 ? reason || `HTTP ${httpStatus}` : reasons.join(', ');
    return {
        kind: 'Invalid',
        code: reason === '' ? `HTTP${httpStatus}` : reason,
        what: `${request.object} is invalid: ${reasons.length > 1 ? `[${shown}]` : shown}`,
        fix: 'Kubernetes refuses such an object. Change the manifest that makes it, or the value in the vault.',
    };
}
function causesOf(status) {
    const details = (status['details'] ?? {});
    return (details.causes ?? []).map((cause) => ({
        reason: textOf(cause, 'reason'),
        field: textOf(cause, 'field'),
        message: textOf(cause, 'message'),
    }));
}
/** Kubernetes: `field.Error` puts the bad value after the kind of error, quoted as Go quotes it. */
function withoutValues(message, names) {
    return message.replace(/^((?:Invalid|Unsupported|Duplicate) value|Not found): ("(?:[^"\\]|\\.)*"|[^:]*)(?=: |$)/u, (_all, kind, quoted) => names.some((name) => JSON.stringify(name) === quoted) ? `${kind}: ${quoted}` : kind);
}
function textOf(value, field) {
    const text = value?.[field];
    return typeof text === 'string' ? text : '';
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/custom-resources.js





const KINDS = [
    { kind: 'ClusterSecretStore', versions: ['v1', 'v1beta1'], namespaced: false },
    { kind: 'SecretStore', versions: ['v1', 'v1beta1'], namespaced: true },
    { kind: 'ClusterExternalSecret', versions: ['v1', 'v1beta1'], namespaced: false },
    { kind: 'ExternalSecret', versions: ['v1', 'v1beta1'], namespaced: true },
    { kind: 'ClusterPushSecret', versions: ['v1alpha1'], namespaced: false },
    { kind: 'PushSecret', versions: ['v1alpha1'], namespaced: true },
];
const GROUP = 'external-secrets.io';
class CustomResources {
    #connection;
    #namespace;
    /** Kind → the apiVersion that is served; `undefined` = none. */
    #served = new Map();
    #objects = new Map();
    /** With a namespace, only that one is looked at. */
    constructor(connection, namespace) {
        this.#connection = connection;
        this.#namespace = namespace;
    }
    async load() {
        this.#objects.clear();
        const lists = await Promise.all(KINDS.map((kind) => this.#list(kind)));
        if (this.#served.get('ExternalSecret') === undefined)
            throw this.#notServed();
        for (const object of lists.flat())
            this.remember(object);
        const documents = lists
            .flat()
            .map((value) => ({ value, locate: () => undefined, home: 'cluster' }));
        return { documents, problems: [] };
    }
    /** The object as it was listed or written last; asked for where it was not yet. */
    async find(ref) {
        const known = this.#objects.get((0,object_ref/* refText */.d0)(ref));
        if (known !== undefined)
            return known;
        const target = await this.target(ref);
        if (target === undefined)
            return undefined;
        try {
            const object = await this.#ask((0,object_ref/* refText */.d0)(ref), () => this.#connection.api.read(target));
            this.remember(object);
            return object;
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return undefined;
            throw error;
        }
    }
    /** Every ExternalSecret, as listed. */
    async externalSecrets() {
        if (this.#objects.size === 0)
            await this.load();
        return [...this.#objects.values()].filter(({ kind }) => kind === 'ExternalSecret');
    }
    remember(object) {
        const { name = '', namespace } = metadataOf(object);
        const ref = { kind: String(object['kind']), name, ...(namespace === undefined ? {} : { namespace }) };
        if (isSameRef(object, ref))
            this.#objects.set((0,object_ref/* refText */.d0)(ref), object);
    }
    /** Where to send requests about an object; `undefined` = its kind is not served. */
    async target(ref) {
        const kind = KINDS.find((one) => one.kind === ref.kind);
        if (kind === undefined)
            return undefined;
        if (!this.#served.has(kind.kind))
            await this.#list(kind);
        const apiVersion = this.#served.get(kind.kind);
        return apiVersion === undefined ? undefined : { apiVersion, ...ref };
    }
    async #list(kind) {
        for (const version of kind.versions) {
            const apiVersion = `${GROUP}/${version}`;
            const found = await this.#listVersion(kind, apiVersion);
            if (found === undefined)
                continue;
            this.#served.set(kind.kind, apiVersion);
            return found.map((object) => ({ ...object, apiVersion, kind: kind.kind }));
        }
        this.#served.set(kind.kind, undefined);
        return [];
    }
    /** `undefined` = not served in this version. */
    async #listVersion({ kind, namespaced }, apiVersion) {
        const scope = namespaced && this.#namespace !== undefined ? { namespace: this.#namespace } : {};
        return await this.#ask(`${kind}s`, async () => {
            try {
                return await this.#connection.api.list({ apiVersion, kind, ...scope });
            }
            catch (error) {
                if (error instanceof object_api/* ApiRefusal */.n5 && error.status?.['reason'] === 'NotServed')
                    return undefined;
                throw error;
            }
        });
    }
    #notServed() {
        return new errors/* PortError */.U7({
            kind: 'NotFound',
            code: 'NotServed',
            whole: true,
            what: `${this.#connection.description} has no ExternalSecrets: ${GROUP} v1 and v1beta1 are not served`,
            fix: 'Install the CustomResourceDefinitions, or give the manifests as files.',
        });
    }
    async #ask(object, ask) {
        try {
            return await ask();
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            throw toPortError(error, { cluster, server, object });
        }
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/src/core/model/sync-record.js
var sync_record = __webpack_require__(697);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/event-publisher.js
/** Events on custom resources, as the operator's recorder makes them: one object per message, counted when it recurs. */






/** Kubernetes: the longest message of an Event, in characters. */
const LONGEST_MESSAGE = 1024;
const COMPONENT = 'keyferry';
class EventPublisher {
    #connection;
    #resources;
    #clock;
    constructor(connection, resources, clock) {
        this.#connection = connection;
        this.#resources = resources;
        this.#clock = clock;
    }
    async event(ref, event) {
        const object = await this.#resources.find(ref);
        if (object === undefined)
            return;
        const target = eventTarget(ref, object, event);
        try {
            await this.#publish(target, eventObject(ref, object, event), this.#clock.now());
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            throw toPortError(error, { cluster, server, object: `an Event on ${(0,object_ref/* refText */.d0)(ref)}` });
        }
    }
    async #publish(target, object, now) {
        const { api } = this.#connection;
        const time = (0,sync_record/* wholeSeconds */.$P)(now);
        try {
            await api.create(target, { ...object, firstTimestamp: time, lastTimestamp: time, count: 1 }, COMPONENT);
        }
        catch (error) {
            if (!(error instanceof object_api/* ApiRefusal */.n5) || error.httpStatus !== 409)
                throw error;
            const { count } = (await api.read(target));
            await api.mergePatch(target, { lastTimestamp: time, count: (count ?? 1) + 1 }, COMPONENT);
        }
    }
}
/** Kubernetes keeps Events on cluster-scoped objects in the namespace default. */
function eventTarget(ref, object, { type, reason, message }) {
    const said = [metadataOf(object).uid, type, reason, message].join('\n');
    const mark = (0,external_node_crypto_.createHash)('sha256').update(said).digest('hex').slice(0, 16);
    return {
        apiVersion: 'v1',
        kind: 'Event',
        namespace: ref.namespace ?? 'default',
        name: `${ref.name.slice(0, 236)}.${mark}`,
    };
}
function eventObject(ref, object, { type, reason, message }) {
    const { uid = '', resourceVersion = '' } = metadataOf(object);
    return {
        involvedObject: { apiVersion: object['apiVersion'], ...ref, uid, resourceVersion },
        type,
        reason,
        message: message.slice(0, LONGEST_MESSAGE),
        source: { component: COMPONENT },
        reportingComponent: COMPONENT,
    };
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/kubernetes-cluster.js
/**
 * The Cluster port over a real API server.
 *
 * Secrets are read one by one and by label only, never watched. A create is a server-side apply with a resourceVersion
 * that no object has: it makes the Secret or is a Conflict, and unlike a POST it can be allowed for single names.
 */




/** No object ever has it: etcd starts at 1, and the API server itself is older than its first object. */
const NO_RESOURCE_VERSION = '1';
/** TokenRequest: the shortest lifetime that every API server grants. */
const TOKEN_SECONDS = 600;
class KubernetesCluster {
    description;
    #connection;
    constructor(connection) {
        this.#connection = connection;
        this.description = connection.description;
    }
    async getSecret(ref) {
        const found = await this.#find(secretTarget(ref), ref);
        return found === undefined ? undefined : toLiveSecret(found);
    }
    async listSecrets(namespace, label) {
        const of = { apiVersion: 'v1', kind: 'Secret', namespace };
        const ref = { kind: 'Secret', namespace, name: '*' };
        const found = await this.#ask(ref, [], () => this.#connection.api.list(of, `${label.key}=${label.value}`));
        return found.map(toLiveSecret);
    }
    async createSecret(secret, manager) {
        const object = toSecretObject(secret, NO_RESOURCE_VERSION);
        const target = secretTarget(secret.ref);
        return toLiveSecret(await this.#ask(secret.ref, namesOf(secret), () => this.#connection.api.apply(target, object, manager)));
    }
    async updateSecret(secret, resourceVersion, manager) {
        const object = toSecretObject(secret, resourceVersion);
        const target = secretTarget(secret.ref);
        return toLiveSecret(await this.#ask(secret.ref, namesOf(secret), () => this.#connection.api.replace(target, object, manager)));
    }
    async deleteSecret(secret) {
        const { uid, resourceVersion, ref } = secret;
        try {
            await this.#ask(ref, [], () => this.#connection.api.delete(secretTarget(ref), { uid, resourceVersion }));
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return;
            throw error;
        }
    }
    async getConfigMap(namespace, name) {
        const ref = { kind: 'ConfigMap', namespace, name };
        const found = await this.#find({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }, ref);
        if (found === undefined)
            return undefined;
        return { ref, data: new Map(Object.entries((found['data'] ?? {}))) };
    }
    async getServiceAccount(namespace, name) {
        const ref = { kind: 'ServiceAccount', namespace, name };
        const found = await this.#find({ apiVersion: 'v1', kind: 'ServiceAccount', namespace, name }, ref);
        return found === undefined ? undefined : { ref, annotations: metadataOf(found).annotations ?? {} };
    }
    async requestToken(namespace, name, audiences) {
        const ref = { kind: 'ServiceAccount', namespace, name };
        const target = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name, subresource: 'token' };
        const request = {
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'TokenRequest',
            spec: { audiences, expirationSeconds: TOKEN_SECONDS },
        };
        const answer = await this.#ask(ref, [], () => this.#connection.api.create(target, request));
        const { token } = (answer['status'] ?? {});
        if (token !== undefined && token !== '')
            return token;
        throw new errors/* PortError */.U7({
            kind: 'Malformed',
            what: `${this.description} issued an empty token for ${(0,object_ref/* refText */.d0)(ref)}`,
            fix: 'Look at the API server: TokenRequest does not work there.',
        });
    }
    async getNamespace(name) {
        const found = await this.#find({ apiVersion: 'v1', kind: 'Namespace', name }, { kind: 'Namespace', name });
        return found === undefined ? undefined : { name, labels: metadataOf(found).labels ?? {} };
    }
    /** `undefined` = the API server's own 404 for this object, or a namespace that does not exist. */
    async #find(target, ref) {
        try {
            return await this.#ask(ref, [], () => this.#connection.api.read(target));
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return undefined;
            throw error;
        }
    }
    async #ask(ref, names, ask) {
        assertPath(ref);
        try {
            return await ask();
        }
        catch (error) {
            throw toPortError(error, { ...this.#connection, cluster: this.description, object: (0,object_ref/* refText */.d0)(ref), names });
        }
    }
}
function secretTarget({ namespace, name }) {
    return { apiVersion: 'v1', kind: 'Secret', name, ...(namespace === undefined ? {} : { namespace }) };
}
/** Names become paths. What would climb out of one, or be no name at all, is refused before anything is sent. */
function assertPath(ref) {
    const wrong = [
        ...(isPathPart(ref.name) ? [] : ['metadata.name']),
        ...(ref.namespace === undefined || isPathPart(ref.namespace) ? [] : ['metadata.namespace']),
    ];
    if (wrong.length === 0)
        return;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(ref)} is invalid: ${wrong.join(', ')}: may not be '.' or '..' and may not contain '/' or '%'`,
        fix: 'Kubernetes refuses such a name. Change the manifest that makes it.',
    });
}
/** Kubernetes: `path.IsValidPathSegmentName`. */
function isPathPart(text) {
    return text !== '' && text !== '.' && text !== '..' && !/[/%]/u.test(text);
}

// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(6618);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/kubernetes-objects.js
/** The Objects port over a real API server. */




class KubernetesObjects {
    description;
    namespace;
    #connection;
    constructor(connection) {
        this.#connection = connection;
        this.description = connection.description;
        this.namespace = connection.namespace;
    }
    async read(ref) {
        try {
            return asObject(await this.#ask(ref, () => this.#connection.api.read(ref)), ref);
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return undefined;
            throw error;
        }
    }
    async list(of, labels) {
        const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
        const found = await this.#ask({ ...of, name: '*' }, () => this.#connection.api.list(of, selector.join(',')));
        return found.map((object) => asObject(object, of));
    }
    async apply(object, manager) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        const before = await this.read(ref);
        const after = await this.#ask(ref, () => this.#connection.api.forceApply(ref, object, manager));
        const applied = asObject(after, ref);
        if (before === undefined)
            return { outcome: 'created', object: applied };
        const isSame = before.metadata.resourceVersion === applied.metadata.resourceVersion;
        return { outcome: isSame ? 'unchanged' : 'changed', object: applied };
    }
    async create(object, manager) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        return asObject(await this.#ask(ref, () => this.#connection.api.create(ref, object, manager)), ref);
    }
    async replace(object, manager) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        return asObject(await this.#ask(ref, () => this.#connection.api.replace(ref, object, manager)), ref);
    }
    async patch(ref, patch, manager) {
        return asObject(await this.#ask(ref, () => this.#connection.api.mergePatch(ref, patch, manager)), ref);
    }
    async delete(ref) {
        try {
            await this.#ask(ref, () => this.#connection.api.delete(ref));
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return;
            throw error;
        }
    }
    async log(namespace, pod) {
        const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name: pod };
        return await this.#ask(ref, () => this.#connection.api.log(ref));
    }
    async #ask(ref, ask) {
        try {
            return await ask();
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            throw toPortError(error, { cluster, server, object: (0,object_ref/* refText */.d0)(ref), names: [ref.name] });
        }
    }
}
function asObject(json, { apiVersion, kind }) {
    return { ...json, apiVersion, kind };
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/recorded-state.js


class RecordedState {
    #maps;
    constructor(maps) {
        this.#maps = maps;
    }
    async read(ref) {
        const record = await this.#maps.findObject((0,object_ref/* refText */.d0)(ref));
        return record === undefined ? undefined : (0,sync_record/* fromRecord */.iA)(record);
    }
    async write(ref, state) {
        await this.#maps.change({ part: 'objects', key: (0,object_ref/* refText */.d0)(ref), value: (0,sync_record/* toRecord */.Lv)(state) });
    }
    async remembered() {
        const { objects } = await this.#maps.read();
        return (0,sync_record/* externalSecretsOf */.ap)(Object.keys(objects));
    }
    async forget(ref) {
        await this.#maps.change({ part: 'objects', key: (0,object_ref/* refText */.d0)(ref), value: undefined });
    }
    async readStore(ref) {
        return await this.#maps.findStore((0,object_ref/* refText */.d0)(ref));
    }
    async writeStore(ref, status) {
        await this.#maps.change({ part: 'stores', key: (0,object_ref/* refText */.d0)(ref), value: structuredClone(status) });
    }
}

// EXTERNAL MODULE: ./lib/src/adapters/transport/batches.js
var batches = __webpack_require__(8113);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/state-config-maps.js





/** Raised when older programs would misread the ConfigMaps. */
const SCHEMA_VERSION = 1;
/** A ConfigMap takes 1 MiB with everything; metadata and managed fields want some of it. */
const ROOM_BYTES = 900_000;
const ATTEMPTS = 8;
const KEY = 'state.json';
/** No object ever has it, so that an apply with it can only create. */
const state_config_maps_NO_RESOURCE_VERSION = '1';
const NO_SHARD = { resourceVersion: undefined, content: { objects: {}, stores: {} }, count: 1 };
class StateConfigMaps {
    #connection;
    #namespace;
    #name;
    #shards;
    #batches = new batches/* Batches */.p((changes) => this.#write(changes));
    /** `name` is the installation's; its ConfigMaps are in `namespace`. */
    constructor(connection, installation) {
        this.#connection = connection;
        this.#namespace = installation.namespace;
        this.#name = installation.name;
    }
    async read() {
        const shards = await this.#load();
        return {
            objects: Object.assign({}, ...shards.map(({ content }) => content.objects)),
            stores: Object.assign({}, ...shards.map(({ content }) => content.stores)),
        };
    }
    /** How many ConfigMaps there are. */
    async count() {
        return (await this.#load()).length;
    }
    async findObject(key) {
        return (await this.#load()).find(({ content }) => Object.hasOwn(content.objects, key))?.content.objects[key];
    }
    async findStore(key) {
        return (await this.#load()).find(({ content }) => Object.hasOwn(content.stores, key))?.content.stores[key];
    }
    /** Resolves once the change is stored. */
    async change(change) {
        await this.#batches.add(change);
    }
    async #write(changes) {
        const shards = await this.#load();
        const placed = place(changes, shards);
        for (const [index, own] of placed)
            await this.#writeShard(shards, index, own);
        if (shards.length > (shards[0]?.count ?? 1))
            await this.#writeShard(shards, 0, []);
    }
    async #writeShard(shards, index, changes) {
        for (let attempt = 1;; attempt += 1) {
            const shard = shards[index] ?? NO_SHARD;
            const content = changed(shard.content, changes);
            const count = index === 0 ? Math.max(shard.count, shards.length) : 1;
            const next = { content, count };
            if (shard.resourceVersion !== undefined && print(next) === print(shard))
                return;
            try {
                shards[index] = { ...next, resourceVersion: await this.#store(index, shard.resourceVersion, print(next)) };
                return;
            }
            catch (error) {
                const isMoved = error instanceof errors/* PortError */.U7 && (error.kind === 'Conflict' || error.code === 'NotFound');
                if (!isMoved || attempt === ATTEMPTS)
                    throw error;
                shards[index] = (await this.#readShard(index)) ?? NO_SHARD;
            }
        }
    }
    async #store(index, resourceVersion, text) {
        const { api } = this.#connection;
        const labels = {
            'app.kubernetes.io/name': 'keyferry',
            'app.kubernetes.io/instance': this.#name,
            'app.kubernetes.io/component': 'state',
            'app.kubernetes.io/managed-by': 'keyferry',
        };
        const metadata = { labels, resourceVersion: resourceVersion ?? state_config_maps_NO_RESOURCE_VERSION };
        const object = { metadata, data: { [KEY]: text } };
        const manager = `keyferry-${this.#name}`;
        const stored = await this.#ask(index, () => resourceVersion === undefined
            ? api.apply(this.#target(index), object, manager)
            : api.replace(this.#target(index), object, manager));
        return metadataOf(stored).resourceVersion ?? '';
    }
    async #load() {
        this.#shards ??= this.#readAll();
        return await this.#shards;
    }
    async #readAll() {
        const first = await this.#readShard(0);
        if (first === undefined)
            return [];
        const others = Array.from({ length: first.count - 1 }, (_, index) => this.#readShard(index + 1));
        return [first, ...(await Promise.all(others)).map((shard) => shard ?? NO_SHARD)];
    }
    async #readShard(index) {
        try {
            const object = await this.#ask(index, () => this.#connection.api.read(this.#target(index)));
            return { ...this.#parse(index, object), resourceVersion: metadataOf(object).resourceVersion };
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return undefined;
            throw error;
        }
    }
    #parse(index, object) {
        const text = object['data']?.[KEY] ?? '{}';
        const value = parsedJson(text);
        const version = value?.['schemaVersion'];
        if (typeof version === 'number' && version > SCHEMA_VERSION) {
            throw this.#unreadable(index, `has schemaVersion ${version}, this program knows versions up to ${SCHEMA_VERSION}`, 'A newer Keyferry wrote it. Use that version, or a newer one.');
        }
        if (value === undefined || version !== SCHEMA_VERSION) {
            const fix = 'Restore it, or delete it; then everything is synced once more.';
            throw this.#unreadable(index, 'is not what Keyferry writes there', fix);
        }
        const { objects = {}, stores = {}, count = 1 } = value;
        return { content: { objects, stores }, count };
    }
    #unreadable(index, what, fix) {
        return new errors/* PortError */.U7({ kind: 'Invalid', whole: true, what: `${(0,object_ref/* refText */.d0)(this.#ref(index))} ${what}`, fix });
    }
    #ref(index) {
        return { kind: 'ConfigMap', namespace: this.#namespace, name: `${this.#name}-state-${index}` };
    }
    #target(index) {
        return { apiVersion: 'v1', ...this.#ref(index) };
    }
    async #ask(index, ask) {
        try {
            return await ask();
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            throw toPortError(error, { cluster, server, object: (0,object_ref/* refText */.d0)(this.#ref(index)) });
        }
    }
}
/** Each change where its record is, else in the first ConfigMap with room for it, else in a new one. */
function place(changes, shards) {
    const placed = new Map();
    const waiting = new Map();
    const used = shards.map((shard) => Buffer.byteLength(print(shard)));
    for (const change of changes) {
        const name = `${change.part} ${change.key}`;
        const known = shards.findIndex(({ content }) => Object.hasOwn(content[change.part], change.key));
        const index = known >= 0 ? known : (waiting.get(name) ?? roomFor(change, used));
        if (known < 0)
            waiting.set(name, index);
        const own = placed.get(index);
        if (own === undefined)
            placed.set(index, [change]);
        else
            own.push(change);
    }
    return placed;
}
/** Takes the room as well: `used` holds the bytes of each ConfigMap. */
function roomFor({ key, value }, used) {
    const size = key.length + (value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value))) + 8;
    const free = used.findIndex((bytes) => bytes + size < ROOM_BYTES);
    const index = free >= 0 ? free : used.length;
    used[index] = (used[index] ?? 0) + size;
    return index;
}
function changed(content, changes) {
    const parts = {
        objects: { ...content.objects },
        stores: { ...content.stores },
    };
    for (const { part, key, value } of changes) {
        if (value === undefined)
            Reflect.deleteProperty(parts[part], key);
        else
            parts[part][key] = value;
    }
    return parts;
}
/** One record a line, sorted: the same state is the same text. */
function print({ content, count }) {
    const part = (records) => {
        const lines = Object.keys(records)
            .sort(object_ref/* compareText */.n6)
            .map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(records[key])}`);
        return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
    };
    const more = count === 1 ? '' : `"count": ${count},\n`;
    return `{"schemaVersion": ${SCHEMA_VERSION},\n${more}"objects": ${part(content.objects)},\n"stores": ${part(content.stores)}}\n`;
}
function parsedJson(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/src/core/model/condition.js
var condition = __webpack_require__(2823);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/status-state.js
/**
 * The State port where the intents are custom resources: their status, in the operator's shape, so that it can take over.
 *
 * The status is patched, not replaced: nobody else's field is lost, and no conflict can lose a refresh that took place.
 * The last target and the mark of a template's inputs, for which the operator's schema has no field, are in the
 * installation's ConfigMaps.
 */





const MANAGER = 'keyferry';
class StatusState {
    #parts;
    constructor(parts) {
        this.#parts = parts;
    }
    async read(ref) {
        const [object, record] = await Promise.all([
            this.#parts.resources.find(ref),
            this.#parts.maps.findObject((0,object_ref/* refText */.d0)(ref)),
        ]);
        const status = statusOf(object);
        if (Object.keys(status).length === 0 && record === undefined)
            return undefined;
        return { ...syncStateOf(status), ...besideStatus(record ?? {}) };
    }
    async write(ref, state) {
        const { refreshTime, syncedResourceVersion, binding, conditions } = state;
        const beside = besideStatus(state);
        const value = Object.keys(beside).length === 0 ? undefined : beside;
        await this.#parts.maps.change({ part: 'objects', key: (0,object_ref/* refText */.d0)(ref), value });
        await this.#patchStatus(ref, {
            refreshTime: refreshTime === undefined ? null : (0,sync_record/* wholeSeconds */.$P)(refreshTime),
            syncedResourceVersion: syncedResourceVersion ?? null,
            binding: { name: binding },
            conditions,
        });
    }
    async remembered() {
        const listed = (await this.#parts.resources.externalSecrets())
            .filter((object) => Object.keys(statusOf(object)).length > 0)
            .map((object) => {
            const { namespace = '', name = '' } = metadataOf(object);
            return { kind: 'ExternalSecret', namespace, name };
        });
        const recorded = (0,sync_record/* externalSecretsOf */.ap)(Object.keys((await this.#parts.maps.read()).objects));
        const all = [...listed, ...recorded];
        return [...new Map(all.map((ref) => [(0,object_ref/* refText */.d0)(ref), ref])).values()].sort(object_ref/* compareRefs */.Iu);
    }
    async forget(ref) {
        await this.#parts.maps.change({ part: 'objects', key: (0,object_ref/* refText */.d0)(ref), value: undefined });
        if ((await this.#parts.resources.find(ref)) !== undefined)
            await this.#patchStatus(ref, null);
    }
    async readStore(ref) {
        const { conditions, capabilities } = statusOf(await this.#parts.resources.find(ref));
        if (!Array.isArray(conditions))
            return undefined;
        return {
            conditions: conditions,
            ...(typeof capabilities === 'string' ? { capabilities: capabilities } : {}),
        };
    }
    async writeStore(ref, { conditions, capabilities }) {
        await this.#patchStatus(ref, { conditions, capabilities: capabilities ?? null });
    }
    async #patchStatus(ref, status) {
        const { resources, connection } = this.#parts;
        const target = await resources.target(ref);
        if (target === undefined)
            return;
        try {
            const patch = { ...target, subresource: 'status' };
            resources.remember(await connection.api.mergePatch(patch, { status }, MANAGER));
        }
        catch (error) {
            const { description: cluster, server } = connection;
            throw toPortError(error, { cluster, server, object: (0,object_ref/* refText */.d0)(ref) });
        }
    }
}
function besideStatus({ lastTarget, templateMark, }) {
    return {
        ...(lastTarget === undefined ? {} : { lastTarget }),
        ...(templateMark === undefined ? {} : { templateMark }),
    };
}
function statusOf(object) {
    return (object?.['status'] ?? {});
}
/** Written by the operator or by us; what is not there, or not what it should be, counts as absent. */
function syncStateOf(status) {
    const { refreshTime, syncedResourceVersion, binding, conditions } = status;
    const time = new Date(typeof refreshTime === 'string' ? refreshTime : Number.NaN);
    const name = binding?.name;
    return {
        ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }),
        ...(typeof syncedResourceVersion === 'string' && syncedResourceVersion !== '' ? { syncedResourceVersion } : {}),
        binding: typeof name === 'string' ? name : condition/* EMPTY_STATE */.W.binding,
        conditions: Array.isArray(conditions) ? conditions : [],
    };
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/open-kubernetes.js







/** Sends nothing yet. */
function openKubernetes(connection, options) {
    const { name, namespace = connection.namespace ?? 'default' } = options.installation;
    const cluster = new KubernetesCluster(connection);
    const installation = { name, namespace };
    const maps = new StateConfigMaps(connection, installation);
    const objects = new KubernetesObjects(connection);
    const stateOf = (other) => {
        const theirs = new StateConfigMaps(connection, other);
        return { state: new RecordedState(theirs), stateCount: () => theirs.count() };
    };
    const shared = { cluster, objects, installation, stateCount: () => maps.count(), stateOf };
    if (options.home === 'files') {
        return { ...shared, state: new RecordedState(maps), publisher: { event: () => Promise.resolve() } };
    }
    const resources = new CustomResources(connection, options.namespace);
    return {
        ...shared,
        state: new StatusState({ connection, resources, maps }),
        publisher: new EventPublisher(connection, resources, options.clock),
        manifests: resources,
    };
}


/***/ }),

/***/ 3180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ POD_FOLDER)
/* harmony export */ });
/** Where Kubernetes mounts a pod's own token, its namespace and the API server's authority. */
const POD_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';


/***/ }),

/***/ 5903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ RedactingMasker)
/* harmony export */ });
/* harmony import */ var _core_model_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6102);
/**
 * The last line of defence: takes every known secret value out of a text that is about to leave the program.
 *
 * Knows a value as it is, its lines of four characters and more, and its usual disguises: base64, URL-encoded,
 * JSON-escaped. Nothing may rely on it: a value in any other disguise passes, and values below four bytes are not
 * searched for, since they would take ordinary words apart.
 *
 * A text is walked once, whatever the number of values: the four characters at each place say which values could
 * begin there.
 */

const SHORTEST = 4;
class RedactingMasker {
    /** First four characters → the texts that begin with them, longest first. */
    #texts = new Map();
    #known = new Set();
    mask(value) {
        if (value.isOpaque || value.size < SHORTEST)
            return;
        for (const text of appearances(value.reveal()))
            this.#remember(text);
    }
    /** The text without any value that was masked so far. */
    redact(text) {
        if (this.#known.size === 0)
            return text;
        const kept = [];
        let keptTo = 0;
        for (const [start, end] of this.#findings(text)) {
            kept.push(text.slice(keptTo, start), _core_model_names_js__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF);
            keptTo = end;
        }
        return kept.length === 0 ? text : kept.join('') + text.slice(keptTo);
    }
    #remember(text) {
        if (text.length < SHORTEST || this.#known.has(text))
            return;
        this.#known.add(text);
        const begin = text.slice(0, SHORTEST);
        const texts = this.#texts.get(begin) ?? [];
        this.#texts.set(begin, texts);
        const place = texts.findIndex((other) => other.length < text.length);
        texts.splice(place === -1 ? texts.length : place, 0, text);
    }
    /** Where values stand; those that overlap or touch are one, so that no rest of either is left. */
    #findings(text) {
        const findings = [];
        for (let start = 0; start + SHORTEST <= text.length; start += 1) {
            const found = this.#texts
                .get(text.slice(start, start + SHORTEST))
                ?.find((value) => text.startsWith(value, start));
            if (found === undefined)
                continue;
            const last = findings.at(-1);
            if (last === undefined || last[1] < start)
                findings.push([start, start + found.length]);
            else
                last[1] = Math.max(last[1], start + found.length);
        }
        return findings;
    }
}
/** The ways in which a value can stand in a text. */
function appearances(bytes) {
    const buffer = Buffer.from(bytes);
    const text = buffer.toString('utf8');
    // Bytes that are no text can only appear encoded.
    const readable = Buffer.from(text, 'utf8').equals(buffer) ? [text, text.trim(), ...linesOf(text)] : [];
    const encoded = ['base64', 'base64url', 'hex'];
    return [
        ...readable.filter((part) => part.length >= SHORTEST).flatMap(disguises),
        ...encoded.map((encoding) => buffer.toString(encoding)),
    ];
}
function linesOf(text) {
    return text.split(/\r\n|\r|\n/u).map((line) => line.trim());
}
function disguises(text) {
    const bytes = Buffer.from(text, 'utf8');
    const json = JSON.stringify(text).slice(1, -1);
    return [
        text,
        json,
        JSON.stringify(json).slice(1, -1),
        encodeURIComponent(text.toWellFormed()),
        new URLSearchParams([['', text]]).toString().slice(1),
        bytes.toString('base64'),
        bytes.toString('base64').replace(/=+$/u, ''),
    ];
}


/***/ }),

/***/ 8113:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ Batches)
/* harmony export */ });
/** Changes that arrive while a write is under way go together into the next: one write at a time, many changes in each. */
class Batches {
    #write;
    #waiting = [];
    #writing = false;
    constructor(write) {
        this.#write = write;
    }
    /** Resolves once the change is written; rejects with what its write rejected with. */
    async add(change) {
        const written = new Promise((done, failed) => this.#waiting.push({ change, done, failed }));
        void this.#writeWaiting();
        await written;
    }
    async #writeWaiting() {
        if (this.#writing)
            return;
        this.#writing = true;
        while (this.#waiting.length > 0) {
            const batch = this.#waiting;
            this.#waiting = [];
            await this.#writeBatch(batch);
        }
        this.#writing = false;
    }
    async #writeBatch(batch) {
        try {
            await this.#write(batch.map(({ change }) => change));
            for (const { done } of batch)
                done();
        }
        catch (error) {
            for (const { failed } of batch)
                failed(error);
        }
    }
}


/***/ }),

/***/ 175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ retryAfterMs),
/* harmony export */   b: () => (/* binding */ withRetry)
/* harmony export */ });
const ATTEMPTS = 4;
const WAITS_MS = [2_000, 6_000, 18_000];
const LONGEST_WAIT_MS = 60_000;
/** The first result; else the last error, unchanged. No wait begins that would end after the deadline. */
async function withRetry(context, options) {
    const deadline = context.clock.now().getTime() + options.deadlineMs;
    for (let attempt = 1;; attempt += 1) {
        const remainingMs = deadline - context.clock.now().getTime();
        try {
            return await options.attempt(remainingMs);
        }
        catch (error) {
            const retryable = attempt < ATTEMPTS ? options.judge(error) : undefined;
            if (retryable === undefined)
                throw error;
            const waitMs = waitAfter(attempt, retryable, context.random);
            if (context.clock.now().getTime() + waitMs >= deadline)
                throw error;
            logWait(context.logger, options.description, retryable.reason, waitMs, attempt + 1);
            await context.clock.sleep(waitMs);
        }
    }
}
/** Milliseconds that the answer asks for, from any of the three headers; undefined when it asks for none. */
function retryAfterMs(header, now) {
    const exact = header('retry-after-ms') ?? header('x-ms-retry-after-ms');
    if (exact !== undefined && /^\d+$/.test(exact))
        return Number(exact);
    const asked = header('retry-after');
    if (asked === undefined)
        return undefined;
    if (/^\d+$/.test(asked))
        return Number(asked) * 1000;
    const date = Date.parse(asked);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
function waitAfter(attempt, retryable, random) {
    if (retryable.retryAfterMs !== undefined)
        return Math.min(retryable.retryAfterMs, LONGEST_WAIT_MS);
    const longest = WAITS_MS[attempt - 1] ?? LONGEST_WAIT_MS;
    return Math.round(longest * (0.75 + random() / 2));
}
function logWait(logger, description, reason, waitMs, attempt) {
    const seconds = Math.ceil(waitMs / 1000);
    logger.warn(`${description} ${reason}, waiting ${seconds} s (attempt ${attempt} of ${ATTEMPTS})`, {
        waitMs,
        attempt,
    });
}


/***/ }),

/***/ 6101:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ loggerFor)
});

// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(390);
;// CONCATENATED MODULE: ./lib/src/adapters/node/log-lines.js
const LOG_LEVELS = ['debug', 'info', 'warn', 'error'];
/** A Logger that hands each record of a written level to `print` and writes what that gives as one line. */
function lineLogger(options, print) {
    const log = (level) => (message, fields) => {
        if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(options.level))
            return;
        const line = print(level, options.redact(message), redactFields(fields ?? {}, options.redact));
        options.sink.write(`${line}\n`);
    };
    return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}
function redactFields(fields, redact) {
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [redact(name), redactField(value, redact)]));
}
function redactField(value, redact) {
    if (typeof value === 'boolean')
        return value;
    if (typeof value === 'object')
        return value.map(redact);
    const text = redact(String(value));
    // A PIN may be a number.
    return typeof value === 'number' && text === String(value) ? value : text;
}

;// CONCATENATED MODULE: ./lib/src/adapters/node/json-logger.js

/** `time`, `level` and `message` come first; a field of that name does not replace them. */
function jsonLogger(options) {
    return lineLogger(options, (level, message, fields) => {
        const record = { time: options.clock.now().toISOString(), level, message };
        return JSON.stringify({ ...record, ...fields, ...record });
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/node/text-logger.js

function textLogger(options) {
    return lineLogger(options, (level, message, fields) => {
        const details = options.level === 'debug' ? fieldsText(fields) : '';
        return oneLine(`${level.padEnd(5)}  ${message}${details}`);
    });
}
function fieldsText(fields) {
    const pairs = Object.entries(fields).map(([name, value]) => `${name}=${typeof value === 'object' ? value.join(',') : value}`);
    return pairs.length === 0 ? '' : `  {${pairs.join(' ')}}`;
}
/** A line break in a name could forge a line, or a workflow command of the runner; other controls, the terminal. */
function oneLine(text) {
    return text.replaceAll(/\p{Cc}|[\u2028\u2029]/gu, (character) => character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// EXTERNAL MODULE: ./lib/src/cli/terminal.js
var terminal = __webpack_require__(9567);
;// CONCATENATED MODULE: ./lib/src/cli/logger.js
/** Which logger a command line gets. */




/** On a terminal one live line; elsewhere, and where the user asks for a format or level, one line per object. */
function loggerFor(settings, masker, screen, ci) {
    const isPlain = settings.logFormat === 'text' && settings.logLevel === 'info';
    if (screen.isTTY && !ci && isPlain)
        return new terminal/* LiveLine */.D(screen, () => clock/* systemClock */.m.now().getTime());
    const options = { level: settings.logLevel, sink: screen, redact: (text) => masker.redact(text) };
    return settings.logFormat === 'json' ? jsonLogger({ ...options, clock: clock/* systemClock */.m }) : textLogger(options);
}


/***/ }),

/***/ 3096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ names),
/* harmony export */   PC: () => (/* binding */ labelsOf),
/* harmony export */   dM: () => (/* binding */ managerOf),
/* harmony export */   nR: () => (/* binding */ installationProblems),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/** An installation in a cluster: its name, its namespace, and what its objects are called. */

/** Kubernetes: a CronJob's name, so that its Jobs still get a suffix. */
const LONGEST_NAME = 52;
function installationProblems({ name, namespace }) {
    const wrong = (setting, text) => ({
        severity: 'error',
        code: 'setting',
        what: `--${setting} "${text}" is no name that Kubernetes takes`,
        fix: `Use small letters, digits and dashes${setting === 'installation' ? `, at most ${LONGEST_NAME}` : ''}.`,
    });
    return [
        ...(isLabel(name) && name.length <= LONGEST_NAME ? [] : [wrong('installation', name)]),
        ...(isLabel(namespace) ? [] : [wrong('installation-namespace', namespace)]),
    ];
}
function isLabel(text) {
    return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u.test(text);
}
/** The field manager of everything that is applied for the installation. */
function managerOf({ name }) {
    return `keyferry-${name}`;
}
/** `app.kubernetes.io`'s recommended labels; `instance` is what uninstall and prune insist on. */
function labelsOf({ name }, component) {
    return {
        'app.kubernetes.io/name': 'keyferry',
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/component': component,
        'app.kubernetes.io/managed-by': 'keyferry',
    };
}
const names = {
    intents: ({ name }, index) => `${name}-intents-${index}`,
    state: ({ name }, index) => `${name}-state-${index}`,
    engine: ({ name }, digest) => `${name}-engine-${digest.slice(0, 12)}`,
    inventory: ({ name }) => `${name}-inventory`,
    report: ({ name }) => `${name}-report`,
    /** In other namespaces the installation's own stands in the name, so that two of one name do not meet. */
    role: ({ name, namespace }, within) => within === namespace ? name : `${name}.${namespace}`,
};
/** SHA-256, hex. */
function digestOf(content) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex');
}


/***/ }),

/***/ 9376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ intentsConfig),
/* harmony export */   u: () => (/* binding */ readIntentsConfig)
/* harmony export */ });
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3096);

/** Raised when older programs would misread the ConfigMaps. */
const SCHEMA_VERSION = 1;
/** A ConfigMap takes 1 MiB with its metadata. */
const ROOM_BYTES = 900_000;
const KEY = 'intents.json';
function intentsConfig(documents, installation) {
    const entries = documents.map(({ origin, value }) => JSON.stringify({ ...(origin === undefined ? {} : { origin }), value }));
    const digest = (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(entries.join('\n'));
    const chunks = inChunks(entries);
    const configMaps = chunks.map((lines, index) => configMap(lines, { installation, digest, index, count: chunks.length }));
    return { configMaps, digest };
}
function configMap(lines, { installation, digest, index, count }) {
    const text = `{"schemaVersion": ${SCHEMA_VERSION}, "digest": "${digest}", "count": ${count}, "documents": [\n${lines.join(',\n')}\n]}\n`;
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
            name: _installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.intents(installation, index),
            namespace: installation.namespace,
            labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .labelsOf */ .PC)(installation, 'intents'),
        },
        data: { [KEY]: text },
    };
}
/** In order, each as full as it may be; there is always one. */
function inChunks(entries) {
    const chunks = [[]];
    let bytes = 0;
    for (const entry of entries) {
        const size = Buffer.byteLength(entry) + 2;
        if (bytes + size > ROOM_BYTES && chunks.at(-1)?.length !== 0) {
            chunks.push([]);
            bytes = 0;
        }
        chunks.at(-1)?.push(entry);
        bytes += size;
    }
    return chunks;
}
/** One of the ConfigMaps back; a Problem when this program did not write it so. */
function readIntentsConfig(configMap) {
    const text = configMap['data']?.[KEY];
    const stored = text === undefined ? undefined : parsed(text);
    const at = { kind: 'ConfigMap', namespace: configMap.metadata.namespace ?? '', name: configMap.metadata.name };
    if (stored?.documents === undefined || stored.schemaVersion !== SCHEMA_VERSION) {
        const problem = {
            severity: 'error',
            code: 'unreadable-intents',
            at,
            what: 'does not hold intents as this version of Keyferry writes them',
            fix: 'Deploy again, with this version or a newer one.',
        };
        return { problem };
    }
    const documents = stored.documents.map(({ origin, value }) => ({
        value,
        ...(origin === undefined ? {} : { origin }),
        locate: () => origin,
        home: 'file',
    }));
    return { documents, digest: stored.digest ?? '', count: stored.count ?? 1 };
}
function parsed(text) {
    try {
        const value = JSON.parse(text);
        return isStored(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isStored(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { documents } = value;
    return documents === undefined || Array.isArray(documents);
}


/***/ }),

/***/ 2823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ EMPTY_STATE)
/* harmony export */ });
const EMPTY_STATE = { binding: '', conditions: [] };


/***/ }),

/***/ 6618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ typedRefOf)
/* harmony export */ });
function typedRefOf({ apiVersion, kind, metadata: { namespace, name } }) {
    return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}


/***/ }),

/***/ 697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ wholeSeconds),
/* harmony export */   Lv: () => (/* binding */ toRecord),
/* harmony export */   ap: () => (/* binding */ externalSecretsOf),
/* harmony export */   iA: () => (/* binding */ fromRecord)
/* harmony export */ });
/* harmony import */ var _object_ref_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6651);

function toRecord(state) {
    const { refreshTime, syncedResourceVersion, binding, conditions, lastTarget, templateMark } = state;
    return {
        ...(binding === '' ? {} : { binding }),
        ...(conditions.length === 0 ? {} : { conditions: structuredClone(conditions) }),
        ...(lastTarget === undefined ? {} : { lastTarget }),
        ...(refreshTime === undefined ? {} : { refreshTime: wholeSeconds(refreshTime) }),
        ...(syncedResourceVersion === undefined ? {} : { syncedResourceVersion }),
        ...(templateMark === undefined ? {} : { templateMark }),
    };
}
function fromRecord(record) {
    const { refreshTime, binding = '', conditions = [], ...others } = record;
    const time = new Date(refreshTime ?? Number.NaN);
    return { ...others, binding, conditions, ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }) };
}
/** The ExternalSecrets among objects that are written as `ExternalSecret shop/orders-db`, sorted. */
function externalSecretsOf(texts) {
    return texts
        .flatMap((text) => {
        const [, namespace, name] = /^ExternalSecret ([^/\s]+)\/([^/\s]+)$/u.exec(text) ?? [];
        return namespace === undefined || name === undefined ? [] : [{ kind: 'ExternalSecret', namespace, name }];
    })
        .sort(_object_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .compareRefs */ .Iu);
}
/** RFC 3339 without fractions, as Kubernetes writes times. */
function wholeSeconds(time) {
    return time.toISOString().replace(/\.\d+Z$/u, 'Z');
}


/***/ }),

/***/ 4896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ StoredIntentsSource)
/* harmony export */ });
/* harmony import */ var _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3096);
/* harmony import */ var _core_deploy_intents_config_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9376);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(226);
/* harmony import */ var _core_model_problem_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2833);
/** Intents that a deployment put into ConfigMaps: read through the API, never from a mount, so that they are the newest. */




class StoredIntentsSource {
    #objects;
    #installation;
    #digest = '';
    constructor(objects, installation) {
        this.#objects = objects;
        this.#installation = installation;
    }
    /** Of the intents that were loaded last; '' before. */
    get digest() {
        return this.#digest;
    }
    async load() {
        const first = await this.#read(0);
        const others = Array.from({ length: first.count - 1 }, (_, index) => this.#read(index + 1));
        const all = [first, ...(await Promise.all(others))];
        // A deployment that is just being applied: some are new, some are old.
        if (all.some(({ digest }) => digest !== first.digest))
            throw this.#inBetween();
        this.#digest = first.digest;
        const documents = all.flatMap((one) => one.documents);
        return { documents, problems: [] };
    }
    async #read(index) {
        const { namespace } = this.#installation;
        const name = _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.intents(this.#installation, index);
        const configMap = await this.#objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
        if (configMap === undefined)
            throw this.#absent(name);
        const stored = (0,_core_deploy_intents_config_js__WEBPACK_IMPORTED_MODULE_1__/* .readIntentsConfig */ .u)(configMap);
        if ('problem' in stored)
            throw refused((0,_core_model_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .problemText */ .f)(stored.problem));
        return stored;
    }
    #absent(name) {
        const { namespace } = this.#installation;
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({
            kind: 'NotFound',
            code: 'NoIntents',
            whole: true,
            what: `ConfigMap ${namespace}/${name}, which holds the intents, does not exist`,
            fix: 'Deploy again: keyferry deploy -f MANIFESTS.',
        });
    }
    #inBetween() {
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({
            kind: 'Conflict',
            code: 'IntentsChanging',
            whole: true,
            what: 'the intents are being deployed right now',
            fix: 'The next pass reads them whole.',
        });
    }
}
function refused(text) {
    const [what = '', ...fix] = text.split('. ');
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({ kind: 'Invalid', code: 'UnreadableIntents', whole: true, what, fix: fix.join('. ') });
}


/***/ }),

/***/ 219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ openCluster),
  v: () => (/* binding */ openRealCluster)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(6651);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/atomic-file.js
/**
 * Files that are written whole or not at all, and never over a change that nobody saw.
 *
 * Lock-free: a new file is linked into place, which fails when the name is taken; an existing one is compared with
 * what was read immediately before the rename. Between these two steps another process can still slip in; a rename
 * that depends on the content does not exist in POSIX. Every failure of the file system becomes a PortError.
 */




/** Equal exactly for equal content: the resourceVersion of what a file holds. */
function contentHash(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 32);
}
/** `undefined` = there is no such file. */
async function readText(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        if (isCode(error, 'ENOENT', 'ENOTDIR'))
            return undefined;
        throw toPortError(error, path);
    }
}
/** Changes whenever the file does; `undefined` when there is none. */
async function stampOf(path) {
    try {
        const { ino, size, mtimeNs, ctimeNs } = await (0,promises_.stat)(path, { bigint: true });
        return [ino, size, mtimeNs, ctimeNs].join('-');
    }
    catch {
        return undefined;
    }
}
/** False when the name is taken already. */
async function createFile(path, content) {
    return await withTemporary(path, content, async (temporary) => {
        try {
            await (0,promises_.link)(temporary, path);
            return true;
        }
        catch (error) {
            if (isCode(error, 'EEXIST'))
                return false;
            throw error;
        }
    });
}
/** False when the file no longer holds what was read. */
async function replaceFile(path, content, readHash) {
    return await withTemporary(path, content, async (temporary) => {
        if (!(await holds(path, readHash)))
            return false;
        await (0,promises_.rename)(temporary, path);
        return true;
    });
}
/** False when the file no longer holds what was read; a file that is gone already counts as removed. */
async function removeFile(path, readHash) {
    const text = await readText(path);
    if (text === undefined)
        return true;
    if (contentHash(text) !== readHash)
        return false;
    try {
        await (0,promises_.rm)(path, { force: true });
    }
    catch (error) {
        throw toPortError(error, path);
    }
    return true;
}
function toPortError(error, path) {
    if (error instanceof errors/* PortError */.U7)
        return error;
    const code = errorCode(error);
    const [kind, fix] = ADVICE[code] ?? ['Unavailable', 'Check the disk and run again.'];
    return new errors/* PortError */.U7({ kind, what: `file ${path} could not be used (${code})`, fix, code, cause: error });
}
/** `ENOENT` and the like; '' for an error that is not the system's. */
function errorCode(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
const ADVICE = {
    EACCES: ['Forbidden', 'Give the current user the right to read and write it.'],
    EPERM: ['Forbidden', 'Give the current user the right to read and write it.'],
    EROFS: ['Forbidden', 'The file system is read-only. Choose another folder.'],
    ENAMETOOLONG: ['Invalid', 'The name of the object is too long for a file. Choose one of at most 240 characters.'],
    ENOTDIR: ['Invalid', 'A file stands where a folder is needed. Move it away.'],
    EISDIR: ['Invalid', 'A folder stands where a file is needed. Move it away.'],
    ENOSPC: ['Unavailable', 'The disk is full. Make room and run again.'],
};
async function withTemporary(path, content, place) {
    const temporary = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), `.keyferry-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
    try {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
        await (0,promises_.writeFile)(temporary, content.text, { mode: content.mode, flag: 'wx' });
        return await place(temporary);
    }
    catch (error) {
        throw toPortError(error, path);
    }
    finally {
        await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
async function holds(path, hash) {
    const text = await readText(path);
    return text !== undefined && contentHash(text) === hash;
}
function isCode(error, ...codes) {
    return codes.includes(errorCode(error));
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/field-ownership.js

const NOTHING = { data: new Map(), labels: new Map(), annotations: new Map() };
/** Everything that a new object holds belongs to the manager that made it. */
function ownersAfterCreate(content, manager, operation) {
    return ownersAfterWrite([], NOTHING, content, { manager, operation });
}
/** The owners after `manager` replaced `before` by `after`. */
function ownersAfterUpdate(owners, before, after, manager) {
    return ownersAfterWrite(owners, before, after, { manager, operation: 'Update' });
}
/** One entry per manager name, whatever the operation; keys sorted. */
function mergeOwners(owners) {
    const managers = [...new Set(owners.map((owner) => owner.manager))].sort(object_ref/* compareText */.n6);
    return managers.map((manager) => {
        const own = owners.filter((owner) => owner.manager === manager);
        return {
            manager,
            data: sortedUnion(own.map((owner) => owner.data)),
            labels: sortedUnion(own.map((owner) => owner.labels)),
            annotations: sortedUnion(own.map((owner) => owner.annotations)),
        };
    });
}
function ownersAfterWrite(owners, before, after, writer) {
    const kept = mapFields((field) => unchangedKeys(before[field], after[field]));
    const written = mapFields((field) => [...after[field].keys()].filter((key) => !kept[field].includes(key)));
    const isWriter = (owner) => owner.manager === writer.manager && owner.operation === writer.operation;
    const known = owners.some(isWriter) ? owners : [...owners, { ...writer, data: [], labels: [], annotations: [] }];
    return known
        .map((owner) => ({
        manager: owner.manager,
        operation: owner.operation,
        ...mapFields((field) => {
            const stays = owner[field].filter((key) => kept[field].includes(key));
            return isWriter(owner) ? sortedUnion([stays, written[field]]) : stays;
        }),
    }))
        .filter((owner) => owner.data.length + owner.labels.length + owner.annotations.length > 0);
}
function mapFields(keysOf) {
    return { data: keysOf('data'), labels: keysOf('labels'), annotations: keysOf('annotations') };
}
function unchangedKeys(before, after) {
    return [...after].filter(([key, value]) => sameValue(before.get(key), value)).map(([key]) => key);
}
function sameValue(before, after) {
    if (before === undefined)
        return false;
    if (typeof before === 'string' || typeof after === 'string')
        return before === after;
    return before.equals(after);
}
function sortedUnion(lists) {
    return [...new Set(lists.flat())].sort(object_ref/* compareText */.n6);
}

// EXTERNAL MODULE: ./lib/src/core/model/names.js
var names = __webpack_require__(6102);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(5876);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/fingerprints.js
/**
 * Writes secret values as texts that tell nothing, and recognizes the values by them later.
 *
 * `[redacted] hmac-sha256:<hex>`: keyed by a random key that stays on this machine, and bound to the place of the
 * value, so that equal passwords of two Secrets do not look equal. No base64 decoder accepts it, so the API server
 * refuses such a file. Without the key nothing is recognized; every value then counts as changed.
 */






const REDACTED_VALUE = /^\[redacted\] hmac-sha256:[0-9a-f]{64}$/u;
const KEY = /^[0-9a-f]{64}$/u;
function isRedactedText(text) {
    return REDACTED_VALUE.test(text);
}
class Fingerprints {
    #folder;
    /** The texts of opaque values that were read, so that an untouched one is written as it was. */
    #texts = new WeakMap();
    #key;
    /** `folder` is where `fingerprint.key` is kept. */
    constructor(folder) {
        this.#folder = folder;
    }
    /** Reads the key if there is one. Call it before `recognize`. */
    async load() {
        this.#key ??= await this.#read();
    }
    /** Reads the key, or makes one. Call it before `redact`. */
    async ensure() {
        await this.load();
        if (this.#key !== undefined)
            return;
        await createFile((0,external_node_path_.join)(this.#folder, '.gitignore'), { text: 'fingerprint.key\n*.tmp\n', mode: 0o644 });
        await createFile(this.#path(), { text: `${(0,external_node_crypto_.randomBytes)(32).toString('hex')}\n`, mode: 0o600 });
        await this.load();
    }
    redact(place, value) {
        if (value.isOpaque)
            return this.textOf(place, value);
        if (this.#key === undefined)
            throw new Error('Bug: a value was to be redacted before the key was read');
        return textFor(this.#key, place, value.reveal());
    }
    /** The text that an opaque value was read from. It is worth nothing in another place. */
    textOf(place, value) {
        const known = this.#texts.get(value);
        if (known?.place === place)
            return known.text;
        throw new Error(`Bug: the redacted value of ${known?.place ?? 'another folder'} was to be written as ${place}`);
    }
    /** A value that equals the one that was redacted. */
    recognize(place, text) {
        const key = this.#key;
        const value = secret_value/* SecretValue */.i.fingerprint((bytes) => key !== undefined && (0,external_node_crypto_.timingSafeEqual)(Buffer.from(textFor(key, place, bytes)), Buffer.from(text)), text);
        this.#texts.set(value, { place, text });
        return value;
    }
    /** A value that equals no other, so that it is written again as soon as it is known. */
    forgotten(place, text) {
        const value = secret_value/* SecretValue */.i.fingerprint(() => false);
        this.#texts.set(value, { place, text });
        return value;
    }
    async #read() {
        const text = (await readText(this.#path()))?.trim();
        if (text === undefined)
            return undefined;
        if (KEY.test(text))
            return Buffer.from(text, 'hex');
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `file ${this.#path()} is not a key of 64 hexadecimal digits`,
            fix: 'Remove it; a new one is made, and every redacted value is then written once more.',
        });
    }
    #path() {
        return (0,external_node_path_.join)(this.#folder, 'fingerprint.key');
    }
}
function textFor(key, place, bytes) {
    const hash = (0,external_node_crypto_.createHmac)('sha256', key).update(`${place}\0`).update(bytes).digest('hex');
    return `${names/* REDACTED */.XF} hmac-sha256:${hash}`;
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/folder-files.js
/**
 * Every Kubernetes object that stands in the YAML files of a folder, with file and line.
 *
 * A document that is not YAML spoils itself, never another one. Hidden folders (our own `.keyferry` among them),
 * `node_modules` and symbolic links are not looked into. Files are parsed again only when they changed.
 */





class FolderFiles {
    #folder;
    #cache = new Map();
    #reading;
    constructor(folder) {
        this.#folder = folder;
    }
    /** The documents of one file; none when it does not exist. */
    async read(file) {
        const text = await readText((0,external_node_path_.join)(this.#folder, file));
        return text === undefined ? [] : parseFile(file, text);
    }
    /** The documents of all files, sorted by file. Calls at the same time share one walk. */
    async readAll() {
        this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
        return await this.#reading;
    }
    async #readAll() {
        const files = await this.#walk('');
        const fresh = new Map();
        for (const file of files.toSorted(object_ref/* compareText */.n6)) {
            const cached = await this.#readCached(file);
            if (cached !== undefined)
                fresh.set(file, cached);
        }
        this.#cache = fresh;
        return [...fresh.values()].flatMap((cached) => cached.documents);
    }
    async #readCached(file) {
        const stamp = await stampOf((0,external_node_path_.join)(this.#folder, file));
        if (stamp === undefined)
            return undefined;
        const cached = this.#cache.get(file);
        return cached?.stamp === stamp ? cached : { stamp, documents: await this.read(file) };
    }
    async #walk(folder) {
        const entries = await entriesOf((0,external_node_path_.join)(this.#folder, folder));
        const nested = entries.map(async (entry) => {
            const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
            if (entry.name.startsWith('.') || entry.name === 'node_modules')
                return [];
            if (entry.isDirectory())
                return await this.#walk(path);
            return entry.isFile() && /\.ya?ml$/u.test(entry.name) ? [path] : [];
        });
        return (await Promise.all(nested)).flat();
    }
}
async function entriesOf(folder) {
    try {
        return await readEntries(folder);
    }
    catch (error) {
        if (errorCode(error) === 'ENOENT')
            return [];
        throw toPortError(error, folder);
    }
}
async function readEntries(folder) {
    return await (0,promises_.readdir)(folder, { withFileTypes: true });
}
function parseFile(file, text) {
    const hash = contentHash(text);
    const lines = new dist/* LineCounter */.HN();
    // Warnings of the library would print a piece of the file.
    const parsed = (0,dist/* parseAllDocuments */.hR)(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const documents = (Array.isArray(parsed) ? parsed : []).filter((document) => document.contents !== null || document.errors.length > 0);
    return documents.map((document) => {
        const [error] = document.errors;
        const start = error?.pos[0] ?? document.contents?.range[0] ?? 0;
        const value = error === undefined ? folder_files_valueOf(document) : undefined;
        const syntaxError = error?.code ?? (value === undefined ? 'UNREADABLE' : undefined);
        return {
            file,
            hash,
            alone: documents.length === 1,
            line: lines.linePos(start).line,
            value,
            ...(syntaxError === undefined ? {} : { syntaxError }),
            lineOf: (path) => lineOf(document, lines, path),
        };
    });
}
/**
 * `undefined` where it cannot be known: aliases that would explode or name nothing make `toJS` throw, and a key that is
 * a map (`{{ … }}` of a Helm template) is none of any Kubernetes object.
 */
function folder_files_valueOf(document) {
    const keys = [];
    (0,dist/* visit */.YR)(document, { Pair: (_key, pair) => void keys.push(pair.key) });
    if (keys.some(dist/* isCollection */.P3))
        return undefined;
    try {
        return document.toJS({ maxAliasCount: 100 });
    }
    catch {
        return undefined;
    }
}
/** The line of the nearest field of the path that exists. */
function lineOf(document, lines, path) {
    for (let length = path.length; length >= 0; length -= 1) {
        const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
        const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
        if (Array.isArray(range) && typeof range[0] === 'number')
            return lines.linePos(range[0]).line;
    }
    return 1;
}

// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var secret = __webpack_require__(8260);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/secret-file.js
/**
 * One Secret as the YAML that stands in a file, and back.
 *
 * With values shown it is a Secret that `kubectl apply` takes. Without, it holds no value at all: neither under
 * `data` nor in an annotation that is known to repeat one.
 */





const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const REDACTED_HEADER = '# The values are redacted, so Kubernetes refuses this file.\n';
/** The file of one Secret; keys sorted, so that equal Secrets are equal files. */
function printSecret(ref, content, codec) {
    const text = (0,dist/* stringify */.As)({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: printMetadata(ref, content, codec.showValues),
        ...(content.immutable === undefined ? {} : { immutable: content.immutable }),
        type: content.type ?? 'Opaque',
        data: sortedFields([...content.data].map(([key, value]) => [key, printValue(placeOf(ref, key), value, codec)])),
    }, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
    return codec.showValues ? { text, mode: 0o600 } : { text: REDACTED_HEADER + text, mode: 0o644 };
}
/** What a document of kind Secret says; what is wrong in it is reported, not thrown. */
function readSecretDocument(ref, document, codec) {
    const faults = [];
    const metadata = fieldsOf(document['metadata']);
    const texts = (path, value) => readTexts(path, value, faults);
    const { type, immutable } = document;
    const content = {
        type: typeof type === 'string' && type !== '' ? type : 'Opaque',
        ...(typeof immutable === 'boolean' ? { immutable } : {}),
        data: readData(ref, document, codec, faults),
        labels: texts(['metadata', 'labels'], metadata['labels']),
        annotations: texts(['metadata', 'annotations'], metadata['annotations']),
        ownerReferences: Array.isArray(metadata['ownerReferences'])
            ? metadata['ownerReferences'].map(readOwnerReference)
            : [],
        finalizers: Array.isArray(metadata['finalizers']) ? metadata['finalizers'].map(String) : [],
    };
    return { content, deleting: typeof metadata['deletionTimestamp'] === 'string', faults };
}
function fieldsOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
function printMetadata(ref, content, showValues) {
    const { labels, ownerReferences, finalizers } = content;
    const annotations = showValues ? content.annotations : redactAnnotations(content.annotations);
    return {
        name: ref.name,
        namespace: ref.namespace,
        ...(labels.size === 0 ? {} : { labels: sortedFields([...labels]) }),
        ...(annotations.size === 0 ? {} : { annotations: sortedFields([...annotations]) }),
        ...(ownerReferences.length === 0 ? {} : { ownerReferences }),
        ...(finalizers.length === 0 ? {} : { finalizers }),
    };
}
/** The data hash lets a weak value be guessed; the record that kubectl keeps of a Secret holds its values. */
function redactAnnotations(annotations) {
    const tells = (key, text) => key === names/* DATA_HASH_ANNOTATION */.Es || (key === LAST_APPLIED && text.includes('"kind":"Secret"'));
    return new Map([...annotations].map(([key, text]) => [key, tells(key, text) ? names/* REDACTED */.XF : text]));
}
function printValue(place, value, codec) {
    if (!codec.showValues)
        return codec.fingerprints.redact(place, value);
    // A key that somebody else owns stays redacted when nobody knows its value.
    if (value.isOpaque)
        return codec.fingerprints.textOf(place, value);
    return Buffer.from(value.reveal()).toString('base64');
}
function readData(ref, document, codec, faults) {
    const data = new Map();
    for (const [key, text] of readTexts(['data'], document['data'], faults)) {
        const value = readValue(placeOf(ref, key), text, codec);
        if (value === undefined)
            faults.push({ path: ['data', key], what: `data[${key}] is not base64` });
        else
            data.set(key, value);
    }
    for (const [key, text] of readTexts(['stringData'], document['stringData'], faults)) {
        data.set(key, secret_value/* SecretValue */.i.ofText(text));
    }
    return data;
}
function readValue(place, text, codec) {
    if (isRedactedText(text)) {
        return codec.showValues ? codec.fingerprints.forgotten(place, text) : codec.fingerprints.recognize(place, text);
    }
    const packed = text.replaceAll(/[\r\n]/gu, '');
    if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(packed))
        return undefined;
    return secret_value/* SecretValue */.i.of(Buffer.from(packed, 'base64'));
}
function readTexts(path, value, faults) {
    const texts = new Map();
    for (const [key, text] of Object.entries(fieldsOf(value))) {
        if (typeof text === 'string')
            texts.set(key, text);
        else if (text === null)
            texts.set(key, '');
        else
            faults.push({ path: [...path, key], what: `${path.join('.')}[${key}] is not a text; put it in quotes` });
    }
    return texts;
}
function readOwnerReference(value) {
    const { apiVersion, kind, name, uid, controller, blockOwnerDeletion } = fieldsOf(value);
    const text = (field) => (typeof field === 'string' ? field : '');
    return {
        apiVersion: text(apiVersion),
        kind: text(kind),
        name: text(name),
        uid: text(uid),
        ...(typeof controller === 'boolean' ? { controller } : {}),
        ...(typeof blockOwnerDeletion === 'boolean' ? { blockOwnerDeletion } : {}),
    };
}
/** Names one value of the folder. */
function placeOf(ref, key) {
    return `${ref.namespace ?? ''}/${ref.name}/${key}`;
}
function sortedFields(entries) {
    return Object.fromEntries(entries.toSorted(([a], [b]) => (0,object_ref/* compareText */.n6)(a, b)));
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/folder-layout.js
/** Which object stands in which document of a folder, and in which file a Secret of ours belongs. */



/** Relative to the folder. Only for names that were checked. */
function fileOf(ref) {
    return `${ref.namespace ?? ''}/secrets/${ref.name}.yaml`;
}
/** The Secret that a file of our layout is named after. */
function ownerOfFile(file) {
    const [namespace, folder, name, ...deeper] = file.split('/');
    if (namespace === undefined || folder !== 'secrets' || name === undefined || deeper.length > 0)
        return undefined;
    return name.endsWith('.yaml') ? (0,secret/* secretRef */.C)(namespace, name.slice(0, -'.yaml'.length)) : undefined;
}
function handMade(documents, ref) {
    return documents.filter((document) => isSame(secretOf(document), ref) && !isOwnFile(document, ref));
}
function isOwnFile(document, ref) {
    return document.alone && document.file === fileOf(ref);
}
/** False for a broken file that is named after a Secret of another namespace. */
function mayHoldOf(document, namespace) {
    const owner = ownerOfFile(document.file);
    return owner === undefined || owner.namespace === namespace;
}
function refOfDocument(document) {
    const { kind, metadata } = fieldsOf(document.value);
    const { name, namespace } = fieldsOf(metadata);
    if (typeof kind !== 'string' || typeof name !== 'string')
        return undefined;
    if (kind === 'Namespace')
        return { kind, name };
    const folder = ownerOfFile(document.file)?.namespace ?? 'default';
    return { kind, namespace: typeof namespace === 'string' ? namespace : folder, name };
}
function secretOf(document) {
    const ref = refOfDocument(document);
    const isCore = fieldsOf(document.value)['apiVersion'] === 'v1';
    return ref?.kind === 'Secret' && isCore ? ref : undefined;
}
function isSame(a, b) {
    return a !== undefined && (0,object_ref/* refText */.d0)(a) === (0,object_ref/* refText */.d0)(b);
}
function namespacedRef(ref) {
    return (0,secret/* secretRef */.C)(ref.namespace ?? 'default', ref.name);
}
function textsOf(document, field) {
    return onlyTexts(fieldsOf(fieldsOf(document.value)['metadata'])[field]);
}
/** `data` of a ConfigMap. */
function configMapData(document) {
    return onlyTexts(fieldsOf(document.value)['data']);
}
function onlyTexts(value) {
    const entries = Object.entries(fieldsOf(value));
    return Object.fromEntries(entries.filter((entry) => typeof entry[1] === 'string'));
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/kubernetes-rules.js


/** Kubernetes: `MaxSecretSize`, the sum of all values. */
const MAX_SECRET_BYTES = 1_048_576;
/** Kubernetes: `TotalAnnotationSizeLimitB`, keys and values together. */
const MAX_ANNOTATION_BYTES = 262_144;
const DEFAULT_SECRET_TYPE = 'Opaque';
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;
const QUALIFIED_NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/u;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/u;
const DATA_KEY = /^[-._a-zA-Z0-9]+$/u;
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
/** The Secret as it may be created, or Invalid with every reason. */
function assertCreatable(desired) {
    refuse(desired.ref, [...nameProblems(desired.ref), ...contentProblems(desired)]);
}
/** The Secret as it may replace `live`, or Invalid with every reason. An absent type keeps the live one. */
function assertReplaceable(live, desired) {
    const type = desired.type ?? live.type ?? DEFAULT_SECRET_TYPE;
    refuse(desired.ref, [...contentProblems({ ...desired, type }), ...changeProblems(live, { ...desired, type })]);
}
/** Also the guard against path traversal: nothing that passes holds a slash or begins with a dot. */
function assertObjectName(ref) {
    refuse(ref, nameProblems(ref));
}
function nameProblems(ref) {
    const name = dnsSubdomainProblem(ref.name);
    const namespace = ref.namespace === undefined ? undefined : dnsLabelProblem(ref.namespace);
    return [
        ...(name === undefined ? [] : [`metadata.name: Invalid value: ${JSON.stringify(ref.name)}: ${name}`]),
        ...(namespace === undefined
            ? []
            : [`metadata.namespace: Invalid value: ${JSON.stringify(ref.namespace)}: ${namespace}`]),
    ];
}
function contentProblems(content) {
    return [
        ...labelProblems(content.labels),
        ...annotationProblems(content.annotations),
        ...ownerReferenceProblems(content.ownerReferences),
        ...finalizerProblems(content.finalizers),
        ...dataProblems(content.data),
        ...typeProblems(content),
    ];
}
function changeProblems(live, desired) {
    const problems = [];
    const type = desired.type ?? DEFAULT_SECRET_TYPE;
    const added = desired.finalizers.filter((name) => !live.finalizers.includes(name));
    if (live.deleting && added.length > 0) {
        problems.push(`metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${added.join(', ')}`);
    }
    if (type !== (live.type ?? DEFAULT_SECRET_TYPE)) {
        problems.push(`type: Invalid value: ${JSON.stringify(type)}: field is immutable`);
    }
    if (live.immutable !== true)
        return problems;
    if (desired.immutable !== true) {
        problems.push('immutable: Forbidden: field is immutable when `immutable` is set');
    }
    if (!sameData(live.data, desired.data)) {
        problems.push('data: Forbidden: field is immutable when `immutable` is set');
    }
    return problems;
}
function sameData(a, b) {
    return a.size === b.size && [...a].every(([key, value]) => b.get(key)?.equals(value) === true);
}
/** Kubernetes: `IsConfigMapKey`. */
function dataKeyProblem(key) {
    if (key.length > 253)
        return 'must be no more than 253 characters';
    if (!DATA_KEY.test(key)) {
        return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    }
    if (key === '.')
        return "must not be '.'";
    if (key === '..')
        return "must not be '..'";
    return key.startsWith('..') ? "must not start with '..'" : undefined;
}
function dnsLabelProblem(text) {
    if (text.length > 63)
        return 'must be no more than 63 characters';
    if (DNS_LABEL.test(text))
        return undefined;
    return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
}
function dnsSubdomainProblem(text) {
    if (text.length > 253)
        return 'must be no more than 253 characters';
    if (DNS_SUBDOMAIN.test(text))
        return undefined;
    return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
}
/** Kubernetes: `IsQualifiedName`, as label keys, annotation keys and finalizers must be. */
function qualifiedNameProblem(text) {
    const parts = text.split('/');
    if (parts.length > 2)
        return 'a qualified name must have at most one slash';
    const [name = '', prefix] = parts.toReversed();
    if (prefix === '')
        return 'prefix part must be non-empty';
    const prefixProblem = prefix === undefined ? undefined : dnsSubdomainProblem(prefix);
    if (prefixProblem !== undefined)
        return `prefix part ${prefixProblem}`;
    if (name === '')
        return 'name part must be non-empty';
    if (name.length > 63)
        return 'name part must be no more than 63 characters';
    if (QUALIFIED_NAME_PART.test(name))
        return undefined;
    return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
}
function labelValueProblem(value) {
    if (value.length > 63)
        return 'must be no more than 63 characters';
    if (LABEL_VALUE.test(value))
        return undefined;
    return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
}
function labelProblems(labels) {
    return [...labels].flatMap(([key, value]) => {
        const keyProblem = qualifiedNameProblem(key);
        const valueProblem = labelValueProblem(value);
        return [
            ...(keyProblem === undefined ? [] : [`metadata.labels: Invalid value: ${JSON.stringify(key)}: ${keyProblem}`]),
            ...(valueProblem === undefined ? [] : [`metadata.labels[${key}]: Invalid value: ${valueProblem}`]),
        ];
    });
}
function annotationProblems(annotations) {
    const keys = [...annotations.keys()].flatMap((key) => {
        const problem = qualifiedNameProblem(key.toLowerCase());
        return problem === undefined ? [] : [`metadata.annotations: Invalid value: ${JSON.stringify(key)}: ${problem}`];
    });
    const bytes = [...annotations].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes <= MAX_ANNOTATION_BYTES)
        return keys;
    return [
        ...keys,
        `metadata.annotations: Too long: ${bytes} bytes, may not be more than ${MAX_ANNOTATION_BYTES} bytes`,
    ];
}
function ownerReferenceProblems(references) {
    const fields = references.flatMap((reference) => ['apiVersion', 'kind', 'name', 'uid']
        .filter((field) => reference[field] === '')
        .map((field) => `metadata.ownerReferences.${field}: Invalid value: "": must not be empty`));
    const controllers = references.filter((reference) => reference.controller === true);
    if (controllers.length < 2)
        return fields;
    const names = controllers.map((reference) => `${reference.kind}/${reference.name}`).join(' and ');
    return [
        ...fields,
        `metadata.ownerReferences: Invalid value: Only one reference can have Controller set to true. Found "true" in references for ${names}`,
    ];
}
function finalizerProblems(finalizers) {
    return finalizers.flatMap((name, index) => {
        const problem = qualifiedNameProblem(name) ?? standardFinalizerProblem(name);
        return problem === undefined
            ? []
            : [`metadata.finalizers[${index}]: Invalid value: ${JSON.stringify(name)}: ${problem}`];
    });
}
function standardFinalizerProblem(name) {
    if (name.includes('/') || STANDARD_FINALIZERS.includes(name))
        return undefined;
    return 'name is neither a standard finalizer name nor is it fully qualified';
}
function dataProblems(data) {
    const keys = [...data.keys()].flatMap((key) => {
        const problem = dataKeyProblem(key);
        return problem === undefined ? [] : [`data[${key}]: Invalid value: ${JSON.stringify(key)}: ${problem}`];
    });
    const bytes = [...data.values()].reduce((sum, value) => sum + value.size, 0);
    if (bytes <= MAX_SECRET_BYTES)
        return keys;
    return [...keys, `data: Too long: ${bytes} bytes, may not be more than ${MAX_SECRET_BYTES} bytes`];
}
function typeProblems(content) {
    const has = (key) => content.data.has(key);
    switch (content.type) {
        case 'kubernetes.io/tls':
            return ['tls.crt', 'tls.key'].filter((key) => !has(key)).map(requiredKey);
        case 'kubernetes.io/basic-auth':
            return has('username') || has('password') ? [] : ['username', 'password'].map(requiredKey);
        case 'kubernetes.io/ssh-auth':
            return isEmpty(content.data.get('ssh-privatekey')) ? [requiredKey('ssh-privatekey')] : [];
        case 'kubernetes.io/dockerconfigjson':
            return jsonObjectProblems(content, '.dockerconfigjson');
        case 'kubernetes.io/dockercfg':
            return jsonObjectProblems(content, '.dockercfg');
        case 'kubernetes.io/service-account-token':
            return (content.annotations.get('kubernetes.io/service-account.name') ?? '') === ''
                ? ['metadata.annotations[kubernetes.io/service-account.name]: Required value']
                : [];
        default:
            return [];
    }
}
function requiredKey(key) {
    return `data[${key}]: Required value`;
}
function isEmpty(value) {
    return value === undefined || (!value.isOpaque && value.size === 0);
}
/** Go decodes into a map: an object or null passes, everything else does not. */
function jsonObjectProblems(content, key) {
    const value = content.data.get(key);
    if (value === undefined)
        return [requiredKey(key)];
    if (value.isOpaque || isJsonObject(new TextDecoder().decode(value.reveal())))
        return [];
    return [`data[${key}]: Invalid value: "<secret contents redacted>": it is not a JSON object`];
}
function isJsonObject(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && !Array.isArray(value);
    }
    catch {
        return false;
    }
}
/** `Secret "db" is invalid: …`, as the API server says it; several reasons in brackets. */
function refuse(ref, problems) {
    if (problems.length === 0)
        return;
    const reasons = problems.length === 1 ? problems.join() : `[${problems.join(', ')}]`;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(ref)} is invalid: ${reasons}`,
        fix: 'Kubernetes refuses such a Secret. Change the ExternalSecret that makes it, or the value in the vault.',
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/directory-cluster.js
/**
 * A cluster in a folder: Secrets as YAML files, for previews, GitOps and tests.
 *
 * | file | read | written |
 * | --- | --- | --- |
 * | `<namespace>/secrets/<name>.yaml` that holds this one Secret | yes | yes |
 * | any other YAML file: Namespaces, ServiceAccounts, Secrets made by hand | yes | never |
 *
 * A Secret made by hand that is changed gets a file of the first kind, which then stands in front of it.
 * Nothing outside the folder is written: names become paths only after they are checked to be DNS names.
 */











class DirectoryCluster {
    description;
    #folder;
    #files;
    #state;
    #codec;
    constructor(options, state) {
        this.description = `folder ${options.folder}`;
        this.#folder = options.folder;
        this.#files = new FolderFiles(options.folder);
        this.#state = state;
        const fingerprints = new Fingerprints((0,external_node_path_.join)(options.folder, '.keyferry'));
        this.#codec = { showValues: options.showValues ?? false, fingerprints };
    }
    async getSecret(ref) {
        return (await this.#find(ref))?.live;
    }
    async listSecrets(namespace, label) {
        const documents = await this.#files.readAll();
        const broken = documents.find((document) => document.syntaxError !== undefined && mayHoldOf(document, namespace));
        if (broken !== undefined)
            throw this.#notYaml(broken);
        const refs = documents.map(secretOf).filter((ref) => ref?.namespace === namespace);
        const distinct = [...new Map(refs.map((ref) => [(0,object_ref/* refText */.d0)(ref), ref])).values()];
        const secrets = await Promise.all(distinct.map((ref) => this.getSecret(ref)));
        return secrets
            .filter((secret) => secret !== undefined)
            .filter((secret) => secret.labels.get(label.key) === label.value)
            .sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.ref, b.ref));
    }
    async createSecret(secret, manager) {
        const ref = namespacedRef(secret.ref);
        assertCreatable({ ...secret, ref });
        if ((await this.#find(ref)) !== undefined)
            throw conflict(ref, 'exists already');
        await this.#create(ref, secret);
        return await this.#written(ref, ownersAfterCreate(secret, manager, 'Apply'));
    }
    async updateSecret(secret, resourceVersion, manager) {
        const ref = namespacedRef(secret.ref);
        const found = await this.#find(ref);
        if (found === undefined)
            throw absent(ref);
        const { live, document } = found;
        if (live.resourceVersion !== resourceVersion)
            throw conflict(ref, 'was changed since it was read');
        const desired = { ...secret, ref, type: secret.type ?? live.type ?? 'Opaque' };
        assertReplaceable(live, desired);
        const owners = await this.#ownersOf(ref);
        if (found.ours) {
            this.#assertNothingIsLost(found, desired, owners);
            await this.#replace(desired, document.hash);
        }
        else {
            await this.#create(ref, desired);
        }
        return await this.#written(ref, ownersAfterUpdate(owners, live, desired, manager));
    }
    async deleteSecret(secret) {
        const ref = namespacedRef(secret.ref);
        const found = await this.#find(ref);
        if (found === undefined)
            return;
        if (found.live.uid !== secret.uid || found.live.resourceVersion !== secret.resourceVersion) {
            throw conflict(ref, 'was changed since it was read');
        }
        const [byHand] = handMade(await this.#files.readAll(), ref);
        if (byHand !== undefined)
            throw this.#madeByHand(ref, byHand);
        if (!(await removeFile(this.#path(ref), found.document.hash)))
            throw conflict(ref, 'was changed since it was read');
        await this.#state.update(({ fieldOwners }) => Reflect.deleteProperty(fieldOwners, (0,object_ref/* refText */.d0)(ref)));
    }
    async getConfigMap(namespace, name) {
        const ref = { kind: 'ConfigMap', namespace, name };
        const document = await this.#findObject(ref);
        return document === undefined ? undefined : { ref, data: new Map(Object.entries(configMapData(document))) };
    }
    async getServiceAccount(namespace, name) {
        const ref = { kind: 'ServiceAccount', namespace, name };
        const document = await this.#findObject(ref);
        return document === undefined ? undefined : { ref, annotations: textsOf(document, 'annotations') };
    }
    /** Never answers: only an API server can vouch for a ServiceAccount. */
    async requestToken(namespace, name) {
        await Promise.resolve();
        throw new errors/* PortError */.U7({
            kind: 'Forbidden',
            what: `${this.description} cannot issue a token for ServiceAccount ${namespace}/${name}`,
            fix: 'Only a real cluster can. Choose another identity with --identity.',
        });
    }
    /** A folder has every namespace that is asked for; a document of kind Namespace adds its labels. */
    async getNamespace(name) {
        const document = await this.#findObject({ kind: 'Namespace', name });
        const labels = document === undefined ? {} : textsOf(document, 'labels');
        return { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
    }
    async #find(secret) {
        const ref = namespacedRef(secret);
        assertObjectName(ref);
        const [document, ...others] = await this.#files.read(fileOf(ref));
        if (document !== undefined && others.length === 0) {
            if (document.syntaxError !== undefined)
                throw this.#notYaml(document);
            if (isSame(secretOf(document), ref))
                return await this.#read(ref, document, true);
        }
        const [byHand, second] = await this.#handMade(ref);
        if (second !== undefined && byHand !== undefined)
            throw this.#twice(ref, byHand, second);
        return byHand === undefined ? undefined : await this.#read(ref, byHand, false);
    }
    /** All documents of this Secret outside its own file. Throws where a broken one could be it. */
    async #handMade(ref) {
        const documents = await this.#files.readAll();
        const found = handMade(documents, ref);
        if (found.length === 0)
            this.#assertNoneIsHidden(documents);
        return found;
    }
    async #findObject(ref) {
        const documents = await this.#files.readAll();
        const [found, second] = documents.filter((document) => isSame(refOfDocument(document), ref));
        if (found !== undefined && second !== undefined)
            throw this.#twice(ref, found, second);
        if (found === undefined)
            this.#assertNoneIsHidden(documents);
        return found;
    }
    /** An object is absent only when every document could be read. `<namespace>/secrets/<name>.yaml` hides no other. */
    #assertNoneIsHidden(documents) {
        const broken = documents.find((document) => document.syntaxError !== undefined && ownerOfFile(document.file) === undefined);
        if (broken !== undefined)
            throw this.#notYaml(broken);
    }
    async #read(ref, document, ours) {
        await this.#codec.fingerprints.load();
        const { content, deleting, faults } = readSecretDocument(ref, fieldsOf(document.value), this.#codec);
        const [fault] = faults;
        if (fault !== undefined) {
            throw new errors/* PortError */.U7({
                kind: 'Invalid',
                what: `${(0,object_ref/* refText */.d0)(ref)}: ${fault.what} (${this.#place(document, document.lineOf(fault.path))})`,
                fix: 'Mend the file, or remove it.',
            });
        }
        const owners = await this.#ownersOf(ref);
        const ownedFields = mergeOwners(owners);
        const data = ours ? await this.#withoutOldValues(ref, content.data, owners) : content.data;
        const live = { ...content, data, ref, uid: uidOf(ref), resourceVersion: document.hash, deleting, ownedFields };
        return { live, document, ours };
    }
    /** Values that a run with --show-values left in a file of ours: unequal to any, so that they are redacted. */
    async #withoutOldValues(ref, data, owners) {
        const { showValues, fingerprints } = this.#codec;
        const written = new Set(owners.flatMap((owner) => owner.data));
        const isOld = (key, value) => !showValues && !value.isOpaque && written.has(key);
        if (![...data].some(([key, value]) => isOld(key, value)))
            return data;
        await fingerprints.ensure();
        const hide = (key, value) => fingerprints.forgotten(placeOf(ref, key), fingerprints.redact(placeOf(ref, key), value));
        return new Map([...data].map(([key, value]) => [key, isOld(key, value) ? hide(key, value) : value]));
    }
    async #create(ref, desired) {
        if (!this.#codec.showValues)
            await this.#codec.fingerprints.ensure();
        if (await createFile(this.#path(ref), printSecret(ref, desired, this.#codec)))
            return;
        const [document] = await this.#files.read(fileOf(ref));
        if (document?.alone === true && isSame(secretOf(document), ref))
            throw conflict(ref, 'exists already');
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `${(0,object_ref/* refText */.d0)(ref)} cannot be written: ${this.#place(document, 1)} holds something else`,
            fix: 'Move that file to another name.',
        });
    }
    async #replace(desired, readHash) {
        if (!this.#codec.showValues)
            await this.#codec.fingerprints.ensure();
        const content = printSecret(desired.ref, desired, this.#codec);
        if (await replaceFile(this.#path(desired.ref), content, readHash))
            return;
        throw conflict(desired.ref, 'was changed since it was read');
    }
    /** The owners come after the file: a run that dies in between leaves keys without owner, which nobody removes. */
    async #written(ref, owners) {
        await this.#state.update(({ fieldOwners }) => {
            fieldOwners[(0,object_ref/* refText */.d0)(ref)] = owners;
        });
        const found = await this.#find(ref);
        if (found === undefined)
            throw conflict(ref, 'was deleted right after it was written');
        return found.live;
    }
    async #ownersOf(ref) {
        return (await this.#state.read()).fieldOwners[(0,object_ref/* refText */.d0)(ref)] ?? [];
    }
    /** Redacting a value that no vault can give back would destroy it. */
    #assertNothingIsLost(found, desired, owners) {
        if (this.#codec.showValues)
            return;
        const written = new Set(owners.flatMap((owner) => owner.data));
        const lost = [...desired.data.keys()].filter((key) => {
            const value = found.live.data.get(key);
            return value !== undefined && !value.isOpaque && !written.has(key);
        });
        if (lost.length === 0)
            return;
        throw new errors/* PortError */.U7({
            kind: 'Forbidden',
            what: `${(0,object_ref/* refText */.d0)(desired.ref)} holds values made by hand (${lost.join(', ')}) that redacting would destroy (${this.#place(found.document, found.document.line)})`,
            fix: 'Move the file to another name in the folder, where it is only read, or run with --show-values.',
        });
    }
    #path(ref) {
        return (0,external_node_path_.join)(this.#folder, fileOf(ref));
    }
    #place(document, line) {
        return document === undefined ? this.#folder : `${(0,external_node_path_.join)(this.#folder, document.file)}:${line}`;
    }
    #notYaml(document) {
        return new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `file ${this.#place(document, document.line)} is not valid YAML (${document.syntaxError ?? ''})`,
            fix: 'Mend the file, or remove it: what it holds cannot be known.',
        });
    }
    #twice(ref, first, second) {
        return new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `${(0,object_ref/* refText */.d0)(ref)} stands in two files: ${this.#place(first, first.line)} and ${this.#place(second, second.line)}`,
            fix: 'Remove one of them.',
        });
    }
    #madeByHand(ref, document) {
        return new errors/* PortError */.U7({
            kind: 'Forbidden',
            what: `${(0,object_ref/* refText */.d0)(ref)} was made by hand and is not deleted (${this.#place(document, document.line)})`,
            fix: 'Remove it from that file.',
        });
    }
}
/** The same on every machine and in every run: a folder has no identity of its own. */
function uidOf(ref) {
    const hex = (0,external_node_crypto_.createHash)('sha256').update((0,object_ref/* refText */.d0)(ref)).digest('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
function conflict(ref, what) {
    return new errors/* PortError */.U7({
        kind: 'Conflict',
        what: `${(0,object_ref/* refText */.d0)(ref)} ${what}`,
        fix: 'It is planned again with what is there now.',
    });
}
function absent(ref) {
    return new errors/* PortError */.U7({
        kind: 'NotFound',
        what: `${(0,object_ref/* refText */.d0)(ref)} does not exist`,
        fix: 'It was deleted meanwhile. Run again to create it.',
    });
}

// EXTERNAL MODULE: ./lib/src/core/model/sync-record.js
var sync_record = __webpack_require__(697);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/directory-state.js


class DirectoryState {
    #file;
    constructor(file) {
        this.#file = file;
    }
    async read(ref) {
        const { objects } = await this.#file.read();
        const record = objects[(0,object_ref/* refText */.d0)(ref)];
        return record === undefined ? undefined : (0,sync_record/* fromRecord */.iA)(record);
    }
    async write(ref, state) {
        await this.#file.update(({ objects }) => {
            objects[(0,object_ref/* refText */.d0)(ref)] = (0,sync_record/* toRecord */.Lv)(state);
        });
    }
    async remembered() {
        const { objects } = await this.#file.read();
        return (0,sync_record/* externalSecretsOf */.ap)(Object.keys(objects));
    }
    async forget(ref) {
        await this.#file.update(({ objects }) => Reflect.deleteProperty(objects, (0,object_ref/* refText */.d0)(ref)));
    }
    async readStore(ref) {
        return (await this.#file.read()).stores[(0,object_ref/* refText */.d0)(ref)];
    }
    async writeStore(ref, status) {
        await this.#file.update(({ stores }) => {
            stores[(0,object_ref/* refText */.d0)(ref)] = structuredClone(status);
        });
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/src/adapters/transport/batches.js
var batches = __webpack_require__(8113);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/state-file.js
/**
 * `.keyferry/state.yaml`: what a folder remembers between runs. Never a value.
 *
 * Sorted, so that the same state is the same file. Changes that arrive while the file is being written go together
 * into the next write. When another process wrote it meanwhile, the changes are made again on what it wrote.
 */






/** Raised when older programs would misread the file. */
const SCHEMA_VERSION = 1;
const ATTEMPTS = 50;
class StateFile {
    #path;
    #batches = new batches/* Batches */.p((changes) => this.#write(changes));
    /** Parsing is the slow part of a read; most reads find what they saw last. */
    #last;
    /** What a file with this stamp holds. Good enough to read; a write looks at the content. */
    #seen;
    constructor(folder) {
        this.#path = (0,external_node_path_.join)(folder, '.keyferry', 'state.yaml');
    }
    /** What the file holds now. Not to be edited. */
    async read() {
        const stamp = await stampOf(this.#path);
        if (stamp !== undefined && stamp === this.#seen?.stamp)
            return this.#seen.content;
        const { content } = await this.#snapshot();
        this.#seen = stamp === undefined ? undefined : { stamp, content };
        return content;
    }
    /** Resolves once the change is on disk. */
    async update(change) {
        await this.#batches.add(change);
    }
    async #write(changes) {
        for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
            const { hash, content } = await this.#snapshot();
            const next = structuredClone(content);
            for (const change of changes)
                change(next);
            const text = printState(next);
            const nextHash = contentHash(text);
            if (nextHash === hash || (await this.#place(text, hash))) {
                this.#last = { hash: nextHash, content: next };
                return;
            }
            await (0,external_node_timers_promises_.setTimeout)(attempt);
        }
        throw new errors/* PortError */.U7({
            kind: 'Conflict',
            what: `file ${this.#path} was changed by somebody else ${ATTEMPTS} times in a row`,
            fix: 'Let only one run at a time use this folder.',
        });
    }
    async #place(text, hash) {
        const content = { text, mode: 0o644 };
        return hash === undefined ? await createFile(this.#path, content) : await replaceFile(this.#path, content, hash);
    }
    async #snapshot() {
        const text = await readText(this.#path);
        if (text === undefined)
            return { hash: undefined, content: { fieldOwners: {}, objects: {}, stores: {} } };
        const hash = contentHash(text);
        if (this.#last?.hash !== hash)
            this.#last = { hash, content: parseState(this.#path, text) };
        return this.#last;
    }
}
function printState(content) {
    return (0,dist/* stringify */.As)({ schemaVersion: SCHEMA_VERSION, ...content }, { compat: 'yaml-1.1', lineWidth: 0, sortMapEntries: true, aliasDuplicateObjects: false });
}
function parseState(path, text) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
        throw unreadable(`${path}:${lines.linePos(error.pos[0]).line} is not valid YAML (${error.code})`);
    }
    const value = document.toJS();
    if (!isMapping(value))
        throw unreadable(`${path}:1 is not a mapping`);
    assertKnownSchema(path, value['schemaVersion']);
    return {
        fieldOwners: mappingAt(path, value, 'fieldOwners'),
        objects: mappingAt(path, value, 'objects'),
        stores: mappingAt(path, value, 'stores'),
    };
}
function assertKnownSchema(path, version) {
    if (version === SCHEMA_VERSION)
        return;
    if (typeof version === 'number' && version > SCHEMA_VERSION) {
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `file ${path} has schemaVersion ${version}, this program knows versions up to ${SCHEMA_VERSION}`,
            fix: 'A newer Keyferry wrote it. Use that version, or a newer one.',
            whole: true,
        });
    }
    throw unreadable(`${path} has no schemaVersion`);
}
/** Objects by name, or lists of them. What stands inside each is trusted: only this program writes the file. */
function mappingAt(path, value, field) {
    const mapping = value[field] ?? {};
    if (!isMapping(mapping))
        throw unreadable(`${path}: ${field} is not a mapping`);
    for (const [key, entry] of Object.entries(mapping)) {
        const isSound = field === 'fieldOwners' ? Array.isArray(entry) && entry.every(isMapping) : isMapping(entry);
        if (!isSound)
            throw unreadable(`${path}: ${field}["${key}"] is not what Keyferry writes there`);
    }
    return mapping;
}
function isMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function unreadable(what) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `file ${what}`,
        fix: 'Restore it from version control, or remove it; then everything is synced once more.',
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/open-directory.js
/** Opens a folder as a cluster together with its state: both sides of it share one state file. */



/** Touches nothing yet: the folder may be absent until the first write. */
function openDirectory(options) {
    const file = new StateFile(options.folder);
    return { cluster: new DirectoryCluster(options, file), state: new DirectoryState(file) };
}

// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(390);
// EXTERNAL MODULE: ./lib/src/engine/stored-intents.js
var stored_intents = __webpack_require__(4896);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/pod-folder.js
var pod_folder = __webpack_require__(3180);
;// CONCATENATED MODULE: ./lib/src/wiring/kubeconfig.js
/**
 * Which cluster is meant: what the user gave, else what is lying around, in the order that kubectl's users expect.
 *
 * | given | the cluster is |
 * | --- | --- |
 * | `--kubeconfig` with line breaks, or beginning with `{` | the one of this text |
 * | `--kubeconfig PATH` | the one of this file |
 * | KUBECONFIG, one path or several | the one of these files together |
 * | KUBERNETES_SERVICE_HOST and a mounted token | the one that this pod runs in |
 * | ~/.kube/config is there | the one of this file |
 */






/** `undefined` = no cluster was named, and none is lying around. Rejects with a PortError for a file that is not there. */
async function findKubeconfig({ kubeconfig }, environment) {
    if (kubeconfig !== undefined) {
        return isText(kubeconfig) ? [{ text: kubeconfig, name: 'the kubeconfig' }] : [await readKubeconfig(kubeconfig)];
    }
    const paths = (environment['KUBECONFIG'] ?? '').split(external_node_path_.delimiter).filter((path) => path !== '');
    if (paths.length > 0)
        return await Promise.all(paths.map(readKubeconfig));
    if ((environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(pod_folder/* POD_FOLDER */.J, 'token')))
        return 'pod';
    const standard = (0,external_node_path_.join)(environment['HOME'] ?? (0,external_node_os_.homedir)(), '.kube', 'config');
    return (0,external_node_fs_.existsSync)(standard) ? [await readKubeconfig(standard)] : undefined;
}
function isText(given) {
    return given.includes('\n') || given.trimStart().startsWith('{');
}
async function readKubeconfig(path) {
    try {
        return { text: await (0,promises_.readFile)(path, 'utf8'), name: `the file ${path}`, folder: (0,external_node_path_.dirname)((0,external_node_path_.resolve)(path)) };
    }
    catch (error) {
        const code = error.code ?? 'unreadable';
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            code: 'Kubeconfig',
            whole: true,
            what: `the kubeconfig ${path} cannot be read (${code})`,
            fix: 'Check the path that --kubeconfig or KUBECONFIG gives.',
        });
    }
}

;// CONCATENATED MODULE: ./lib/src/wiring/open-cluster.js
/** Settings → the cluster a run writes to, where it remembers its outcomes, and where the intents are if not in files. */





/** Rejects with a PortError of kind `Invalid` where no cluster is named, or its kubeconfig is of no use. */
async function openCluster(settings, outside) {
    if (settings.directory !== undefined) {
        const { cluster, state } = openDirectory({ folder: settings.directory, showValues: settings.showValues });
        return { cluster, state, publisher: { event: () => Promise.resolve() } };
    }
    const real = await openRealCluster(settings, outside);
    const { cluster, state, publisher, objects, installation, manifests } = real;
    const stored = settings.home === 'config-maps' ? new stored_intents/* StoredIntentsSource */._(objects, installation) : manifests;
    return { cluster, state, publisher, real, ...(stored === undefined ? {} : { manifests: stored }) };
}
/** The real cluster that the settings name; `installation` says where its state is, where that is known better. */
async function openRealCluster(settings, outside, installation) {
    const connection = await connect(settings, outside);
    const { openKubernetes } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 9776));
    const { namespace, installation: name, installationNamespace, home } = settings;
    return openKubernetes(connection, {
        clock: clock/* systemClock */.m,
        home: home === 'custom-resources' ? home : 'files',
        ...(namespace === undefined ? {} : { namespace }),
        installation: installation ?? {
            name,
            ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }),
        },
    });
}
/** The client for real clusters takes long to load, so it is loaded only where it is needed; in a bundle it is in the same file. */
async function connect(settings, { environment, logger, masker }) {
    const found = await findKubeconfig(settings, environment);
    if (found === undefined)
        throw noCluster();
    const { connectByKubeconfig, connectInCluster } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 8420));
    const options = { environment, logger, masker, clock: clock/* systemClock */.m, random: Math.random };
    return found === 'pod' ? connectInCluster(options) : connectByKubeconfig(found, settings.context, options);
}
function noCluster() {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: 'no cluster was named',
        fix: 'Give --kubeconfig PATH, or --directory FOLDER: a folder that holds Secrets as YAML files.',
    });
}


/***/ })

};
