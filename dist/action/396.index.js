export const id = 396;
export const ids = [396];
export const modules = {

/***/ 92529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Is: () => (/* binding */ harmless),
/* harmony export */   OJ: () => (/* binding */ isWebhookDown),
/* harmony export */   tj: () => (/* binding */ admissionWords)
/* harmony export */ });
const DENIED_BY_WEBHOOK = /admission webhook "(?<name>[^"]+)" denied the request(?: without explanation|: ?(?<words>.*))?/su;
const DENIED_BY_POLICY = /(?<sort>\w*[Pp]olicy) '(?<name>[^']+)'(?: with binding '[^']*')? denied request(?:: ?(?<words>.*))?/su;
const NO_DRY_RUN = /admission webhook "(?<name>[^"]+)" does not support dry run/u;
/** Also in Events of Jobs. */
const NOT_CALLED = /failed calling webhook "(?<name>[^"]+)"(?:: ?(?<words>.*))?/su;
const NOT_CONVERTED = /conversion webhook for (?<name>[^,\s]+, Kind=\w+) failed(?:: ?(?<words>.*))?/su;
const QUOTA = /exceeded quota: (?<name>[^,\s]+)(?:, (?<words>requested: .*))?/su;
/** `undefined` = it is no affair of admission. */
function admissionWords(status, request) {
    const message = typeof status['message'] === 'string' ? status['message'] : '';
    return (deniedByWebhook(message, request) ??
        deniedByPolicy(message, request) ??
        takesNoDryRun(message, request) ??
        notCalled(message, request) ??
        overQuota(message, request));
}
/** A webhook that could not be called, in the message of an API server. */
function isWebhookDown(message) {
    return NOT_CALLED.test(message) || NOT_CONVERTED.test(message);
}
function deniedByWebhook(message, request) {
    const found = find(DENIED_BY_WEBHOOK, message);
    if (found === undefined)
        return undefined;
    const policy = policyOf(found.name, found.words);
    const who = `the admission webhook ${harmless(found.name)}${policy === undefined ? '' : `, policy ${policy},`}`;
    return denied(`${who} of ${request.cluster}`, found.words, request);
}
function deniedByPolicy(message, request) {
    const found = find(DENIED_BY_POLICY, message);
    if (found === undefined)
        return undefined;
    return denied(`the ${found.sort} ${harmless(found.name)} of ${request.cluster}`, found.words, request);
}
function denied(who, words, { object, holdsValues }) {
    const isShown = holdsValues === false;
    return {
        kind: 'Forbidden',
        code: 'PolicyDenied',
        what: `${object} is refused by ${who}${isShown && harmless(words) !== '' ? `: ${harmless(words)}` : ''}`,
        fix: isShown
            ? 'Meet that policy, or ask who runs it for an exception.'
            : 'Ask who runs that policy; its own message may hold values and is not shown here.',
    };
}
function takesNoDryRun(message, { object, cluster }) {
    const found = find(NO_DRY_RUN, message);
    if (found === undefined)
        return undefined;
    return {
        kind: 'Invalid',
        code: 'NoDryRun',
        what: `${object} cannot be tried before it is applied: the admission webhook ${harmless(found.name)} of ${cluster} takes no dry run`,
        fix: 'What that webhook says to it shows when it is applied. Who runs it can set sideEffects: None.',
    };
}
function notCalled(message, { object, cluster, holdsValues }) {
    const conversion = find(NOT_CONVERTED, message);
    const found = find(NOT_CALLED, message) ?? conversion;
    if (found === undefined)
        return undefined;
    const sort = found === conversion ? 'conversion webhook' : 'admission webhook';
    const why = holdsValues === false && harmless(found.words) !== '' ? `: ${harmless(found.words)}` : '';
    return {
        kind: 'Unavailable',
        code: 'WebhookDown',
        what: `${object} was not taken, because ${cluster} could not call the ${sort} ${harmless(found.name)}${why}`,
        fix: 'It was left as it is. Ask who runs that webhook to bring it back, and run again.',
    };
}
function overQuota(message, { object, holdsValues }) {
    const found = find(QUOTA, message);
    if (found === undefined)
        return undefined;
    const numbers = holdsValues === false ? harmless(found.words) : '';
    return {
        kind: 'Forbidden',
        code: 'QuotaExceeded',
        what: `${object} would exceed the ResourceQuota ${harmless(found.name)}${numbers === '' ? '' : ` (${numbers})`}`,
        fix: 'Raise the quota, or remove something.',
    };
}
/** Gatekeeper and Kyverno are one webhook for many policies; the name of the first stands where only they write. */
function policyOf(webhook, words) {
    if (webhook.endsWith('.gatekeeper.sh'))
        return /^\s*\[([a-z0-9.-]{1,253})\] /u.exec(words)?.[1];
    if (!/(?:^|\.)kyverno\./u.test(webhook))
        return undefined;
    return /following policies\s*\n\s*([a-z0-9.-]{1,253}):/u.exec(words)?.[1];
}
function find(pattern, message) {
    const groups = pattern.exec(message)?.groups;
    if (groups === undefined)
        return undefined;
    const { name = '', words = '', sort = '' } = groups;
    return { name, words, sort };
}
const LONGEST = 300;
/** Words of somebody else on one line, without control or invisible characters, and not endless. */
function harmless(words) {
    const line = words
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim()
        .replace(/\.$/u, '');
    return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).trimEnd()}…`;
}


/***/ }),

/***/ 32447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ ApiRequests),
/* harmony export */   LW: () => (/* binding */ LARGEST_BYTES),
/* harmony export */   PH: () => (/* binding */ TOO_LARGE),
/* harmony export */   W_: () => (/* binding */ NoAnswer),
/* harmony export */   g: () => (/* binding */ NoSuchPath),
/* harmony export */   mK: () => (/* binding */ GarbledAnswer),
/* harmony export */   mX: () => (/* binding */ BAD_PORT),
/* harmony export */   n5: () => (/* binding */ ApiRefusal),
/* harmony export */   ne: () => (/* binding */ isTlsCode)
/* harmony export */ });
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49957);
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(91561);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);
/* harmony import */ var _transport_retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(20175);
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(50965);
/**
 * One request to an API server and its answer: client-node's login and HTTP, with a time limit.
 *
 * Bodies and answers are plain JSON as they are sent: client-node's typed models would turn times into Dates, drop what
 * they do not know, and make every bundle a third larger.
 */




/** No answer came: Node's code, or `ETIMEDOUT` for our own limit. */
class NoAnswer extends Error {
    code;
    /** Why, where whoever logs in could find it out. */
    explanation;
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
    /** Who was refused, where that is known. */
    loggedIn;
    constructor(httpStatus, status, afterMs) {
        super(`HTTP ${httpStatus}`);
        this.name = 'ApiRefusal';
        this.httpStatus = httpStatus;
        this.status = status;
        this.retryAfterMs = afterMs;
    }
}
/** Kubernetes: 404 with this text, which is no Status, for a group or version that is not served. */
class NoSuchPath extends ApiRefusal {
    constructor() {
        super(404, undefined, undefined);
        this.name = 'NoSuchPath';
    }
}
/** A 2xx answer that is no JSON: not an API server's. */
class GarbledAnswer extends Error {
}
const REQUEST_TIMEOUT_MS = 30_000;
/** A page of 500 Secrets, each as large as may be, would be more; nobody has those. */
const LARGEST_BYTES = 256 * 1024 * 1024;
const TOO_LARGE = 'EMSGSIZE';
/** Fetch connects to no port of some other protocol, and gives it no code. */
const BAD_PORT = 'EBADPORT';
const NO_SUCH_PATH = '404 page not found';
class ApiRequests {
    #login;
    #server;
    #http = new _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__/* .IsomorphicFetchHttpLibrary */ .l();
    #now;
    #metadataOnly;
    #contact;
    #count = 0;
    /** `metadataOnly`: what objects hold is not even sent. */
    constructor(login, now, contact, metadataOnly = false) {
        this.#login = login;
        this.#server = (login.getCurrentCluster()?.server ?? '').replace(/\/+$/u, '');
        this.#now = now;
        this.#contact = contact;
        this.#metadataOnly = metadataOnly;
    }
    /** How many were sent so far. */
    get count() {
        return this.#count;
    }
    /** Rejects with a LoginFailure, PortError (of a login), NoAnswer, ApiRefusal or GarbledAnswer; none holds a body or a header. */
    async send(request) {
        this.#count += 1;
        const { status, headers, text } = await this.#answer(request);
        const value = parsed(text);
        if (status < 200 || status > 299) {
            if (status === 404 && text.trim() === NO_SUCH_PATH)
                throw new NoSuchPath();
            const refusal = value?.['kind'] === 'Status' ? value : undefined;
            const wait = (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .retryAfterMs */ .V)((name) => headers[name], this.#now());
            throw new ApiRefusal(status, refusal, wait);
        }
        // Logs are the one thing that API servers send as text.
        if (headers['content-type']?.startsWith('text/plain'))
            return { text };
        if (value === undefined)
            throw new GarbledAnswer('no JSON');
        return value;
    }
    async #answer(request) {
        try {
            const answer = await this.#fetch(request);
            this.#contact.isThere = true;
            return { status: answer.httpStatusCode, headers: answer.headers, text: await textOf(answer) };
        }
        catch (error) {
            if (error instanceof _login_js__WEBPACK_IMPORTED_MODULE_1__/* .LoginFailure */ .kb || error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7 || error instanceof NoAnswer)
                throw error;
            throw new NoAnswer(codeOf(error));
        }
    }
    async #fetch({ method, path, query = {}, body, contentType }) {
        const context = new _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_4__/* .RequestContext */ .bb(`${this.#server}${path}`, method);
        context.setHeaderParam('Accept', this.#metadataOnly ? metadataOf(query) : 'application/json');
        context.setHeaderParam('User-Agent', 'keyferry');
        for (const [name, value] of Object.entries(query))
            if (value !== undefined)
                context.setQueryParam(name, value);
        if (body !== undefined) {
            context.setHeaderParam('Content-Type', contentType ?? 'application/json');
            context.setBody(JSON.stringify(body));
        }
        await this.#login.applySecurityAuthentication(context);
        context.setSignal(AbortSignal.timeout(REQUEST_TIMEOUT_MS));
        return await this.#http.send(context).toPromise();
    }
}
/** Whatever answers, its text must fit into memory. */
async function textOf({ body }) {
    const { stream } = body;
    const chunks = [];
    let bytes = 0;
    for await (const chunk of stream?.() ?? []) {
        bytes += chunk.byteLength;
        if (bytes > LARGEST_BYTES)
            throw new NoAnswer(TOO_LARGE);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** Kubernetes: the API server answers with metadata alone, or with 406; our lists are what has a limit. */
function metadataOf({ limit }) {
    const kind = limit === undefined ? 'PartialObjectMetadata' : 'PartialObjectMetadataList';
    return `application/json;as=${kind};g=meta.k8s.io;v=v1`;
}
/** An answer came, but not one to be trusted. */
function isTlsCode(code) {
    return /CERT|SIGNATURE|SELF_SIGNED|ISSUER|ERR_TLS|ERR_SSL/u.test(code);
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
/** undici hides the code in a cause, which may be an AggregateError of one attempt per address. */
function codeOf(error) {
    if (typeof error !== 'object' || error === null)
        return 'UNKNOWN';
    const { name, message, code, cause, errors } = error;
    if (message === 'bad port')
        return BAD_PORT;
    if (name === 'TimeoutError' || name === 'AbortError')
        return 'ETIMEDOUT';
    if (typeof code === 'string')
        return code;
    if (cause !== undefined)
        return codeOf(cause);
    return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : 'UNKNOWN';
}


/***/ }),

/***/ 55682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ maskCredentials),
/* harmony export */   Ng: () => (/* binding */ connect),
/* harmony export */   _P: () => (/* binding */ unusable),
/* harmony export */   connectByKubeconfig: () => (/* binding */ connectByKubeconfig),
/* harmony export */   connectInCluster: () => (/* binding */ connectInCluster),
/* harmony export */   db: () => (/* binding */ chooseContext)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _core_model_secret_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35876);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(226);
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(50965);
/* harmony import */ var _object_api_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35874);
/* harmony import */ var _pod_folder_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(93180);
/* harmony import */ var _transport_proxy_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(88065);
/**
 * From a kubeconfig, or the files of a pod, to a client that can be asked.
 *
 * Never falls back: client-node's own default would end at http://localhost:8080. Values of the environment are
 * handed in; only client-node's login programs see the process's own.
 */







/** Several kubeconfigs are one, as for kubectl: the first that names something wins. */
function connectByKubeconfig(files, context, options) {
    const login = new _login_js__WEBPACK_IMPORTED_MODULE_3__/* .Login */ .az();
    for (const file of files)
        addKubeconfig(login, file, options.masker);
    const names = files.map(({ name }) => name).join(', ');
    if (context !== undefined)
        login.setCurrentContext(context);
    const chosen = chooseContext(login, names);
    if (options.allowExec === false)
        refuseLoginProgram(login, names);
    const connection = connect(login, `cluster ${chosen}`, options);
    const { namespace = '' } = connection;
    return namespace === '' ? connection : { ...connection, contextNamespace: namespace };
}
/** Whoever writes the kubeconfig would choose what runs here: it is refused where nobody looks at what that is. */
function refuseLoginProgram(login, names) {
    const { name, exec, authProvider } = login.getCurrentUser();
    const field = exec ? 'exec' : authProvider ? 'auth-provider' : undefined;
    if (field === undefined)
        return;
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({
        kind: 'Invalid',
        code: 'ExecRefused',
        whole: true,
        what: `user ${name} of ${names} logs in with a program (${field}), and a step runs none that a kubeconfig names`,
        fix: 'Give --aks-cluster for a cluster of AKS; a kubeconfig with a token, as Rancher makes them; or allow-exec: true, if whoever can write that kubeconfig may run programs here.',
    });
}
/** The name of the current context, which is whole. */
function chooseContext(login, names) {
    const chosen = login.getCurrentContext();
    if (login.getContextObject(chosen) === null)
        throw noContext(names, chosen, login);
    if (login.getCurrentCluster() === null)
        throw unusable(`context ${chosen} of ${names} names a cluster that is not in it`);
    if (login.getCurrentUser() === null)
        throw unusable(`context ${chosen} of ${names} names a user that is not in it`);
    return chosen;
}
/** As a pod: the API server's address from the environment, token and CA from the mounted folder, read anew each minute. */
function connectInCluster(options, folder = _pod_folder_js__WEBPACK_IMPORTED_MODULE_6__/* .POD_FOLDER */ .J) {
    const host = options.environment['KUBERNETES_SERVICE_HOST'] ?? '';
    const port = options.environment['KUBERNETES_SERVICE_PORT'] ?? '443';
    const login = new _login_js__WEBPACK_IMPORTED_MODULE_3__/* .Login */ .az();
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
    return connect(login, 'this cluster', { ...options, isThere: true });
}
/** Kubernetes mounts it beside the token; a pod that hides it has none. */
function podNamespace(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`${folder}/namespace`, 'utf8').trim();
    }
    catch {
        return undefined;
    }
}
function connect(login, description, options) {
    const cluster = login.getCurrentCluster();
    const server = cluster?.server ?? '';
    if (!URL.canParse(server))
        throw unusable(`${description} has no usable server address`);
    if (new URL(server).protocol !== 'https:')
        throw unusable(`${description} would be reached without encryption`);
    const proxyUrl = cluster?.proxyUrl ?? (0,_transport_proxy_js__WEBPACK_IMPORTED_MODULE_5__/* .proxyFor */ .i)(new URL(server), options.environment);
    if (proxyUrl !== undefined) {
        login.clusters = login.clusters.map((one) => (one.name === cluster?.name ? { ...one, proxyUrl } : one));
    }
    return {
        api: new _object_api_js__WEBPACK_IMPORTED_MODULE_4__/* .ObjectApi */ .wo(login, description, options, { contact: { isThere: options.isThere ?? false } }),
        description,
        server: new URL(server).origin,
        namespace: login.getContextObject(login.getCurrentContext())?.namespace,
    };
}
/** Its credentials are masked before anything else is done with it. */
function addKubeconfig(login, { text, name, folder }, masker) {
    const one = new _login_js__WEBPACK_IMPORTED_MODULE_3__/* .Login */ .az();
    try {
        one.loadFromString(text);
    }
    catch {
        throw unusable(`${name} is no kubeconfig: it cannot be read as YAML with clusters, contexts and users`);
    }
    maskCredentials(one, masker);
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
/** Tokens, passwords, certificates and keys of every user in the file: whichever is used, none may be printed. */
function maskCredentials(login, masker) {
    const users = login.getUsers() ?? [];
    for (const user of users) {
        for (const text of secretsOf(user))
            if (text !== undefined && text !== '')
                masker.mask(_core_model_secret_value_js__WEBPACK_IMPORTED_MODULE_1__/* .SecretValue */ .i.ofText(text));
        for (const data of [user.certData, user.keyData]) {
            if (data !== undefined)
                masker.mask(_core_model_secret_value_js__WEBPACK_IMPORTED_MODULE_1__/* .SecretValue */ .i.of(Buffer.from(data, 'base64')));
        }
    }
}
/** A login program may be given a password as an argument. */
function secretsOf(user) {
    const { env, args } = (user.exec ?? {});
    const { config } = (user.authProvider ?? {});
    const given = (args ?? []).filter((_arg, at) => /secret|password|token/iu.test(args?.[at - 1] ?? ''));
    const held = Object.entries(config ?? {}).filter(([name]) => /secret|password|token$/iu.test(name));
    const texts = held.map(([, value]) => (typeof value === 'string' ? value : undefined));
    return [
        user.token,
        user.password,
        user.certData,
        user.keyData,
        ...(env ?? []).map(({ value }) => value),
        ...given,
        ...texts,
    ];
}
function noContext(names, chosen, login) {
    const known = login.getContexts().map(({ name }) => name);
    const what = chosen === undefined || chosen === '' ? `${names} has no current-context` : `${names} has no context "${chosen}"`;
    const fix = known.length === 0 ? 'It holds no contexts at all.' : `Choose one with --context: ${known.join(', ')}.`;
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({ kind: 'Invalid', code: 'NoContext', whole: true, what, fix });
}
function unusable(what) {
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({
        kind: 'Invalid',
        code: 'Kubeconfig',
        whole: true,
        what,
        fix: 'Give a kubeconfig with which kubectl works, as a file or as its text.',
    });
}


/***/ }),

/***/ 59413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ KubernetesCluster)
/* harmony export */ });
/* harmony import */ var _core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76651);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);
/* harmony import */ var _secret_object_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14800);
/* harmony import */ var _to_port_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89511);
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
        return found === undefined ? undefined : (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .toLiveSecret */ .iV)(found);
    }
    async listSecrets(namespace, label) {
        const of = { apiVersion: 'v1', kind: 'Secret', namespace };
        const ref = { kind: 'Secret', namespace, name: '*' };
        const found = await this.#ask(ref, [], () => this.#connection.api.list(of, `${label.key}=${label.value}`));
        return found.map(_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .toLiveSecret */ .iV);
    }
    async createSecret(secret, manager) {
        const object = (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .toSecretObject */ .DW)(secret, NO_RESOURCE_VERSION);
        const target = secretTarget(secret.ref);
        return (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .toLiveSecret */ .iV)(await this.#ask(secret.ref, (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .namesOf */ .eZ)(secret), () => this.#connection.api.apply(target, object, manager)));
    }
    async updateSecret(secret, resourceVersion, manager) {
        const object = (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .toSecretObject */ .DW)(secret, resourceVersion);
        const target = secretTarget(secret.ref);
        return (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .toLiveSecret */ .iV)(await this.#ask(secret.ref, (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .namesOf */ .eZ)(secret), () => this.#connection.api.replace(target, object, manager)));
    }
    async deleteSecret(secret) {
        const { uid, resourceVersion, ref } = secret;
        try {
            return await this.#ask(ref, [], () => this.#connection.api.delete(secretTarget(ref), { uid, resourceVersion }));
        }
        catch (error) {
            if (error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7 && error.kind === 'NotFound')
                return [];
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
        return found === undefined ? undefined : { ref, annotations: (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .metadataOf */ .Nk)(found).annotations ?? {} };
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
        if (typeof token === 'string' && token !== '')
            return token;
        throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
            kind: 'Malformed',
            what: `${this.description} issued an empty token for ${(0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__/* .refText */ .d0)(ref)}`,
            fix: 'Look at the API server: TokenRequest does not work there.',
        });
    }
    async getNamespace(name) {
        const found = await this.#find({ apiVersion: 'v1', kind: 'Namespace', name }, { kind: 'Namespace', name });
        return found === undefined ? undefined : { name, labels: (0,_secret_object_js__WEBPACK_IMPORTED_MODULE_1__/* .metadataOf */ .Nk)(found).labels ?? {} };
    }
    /** `undefined` = the API server's own 404 for this object, or a namespace that does not exist. */
    async #find(target, ref) {
        try {
            return await this.#ask(ref, [], () => this.#connection.api.read(target));
        }
        catch (error) {
            if (error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7 && error.kind === 'NotFound')
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
            throw (0,_to_port_error_js__WEBPACK_IMPORTED_MODULE_2__/* .toPortError */ .n)(error, { ...this.#connection, cluster: this.description, object: (0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__/* .refText */ .d0)(ref), names });
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
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
        kind: 'Invalid',
        what: `${(0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__/* .refText */ .d0)(ref)} is invalid: ${wrong.join(', ')}: may not be '.' or '..' and may not contain '/' or '%'`,
        fix: 'Kubernetes refuses such a name. Change the manifest that makes it.',
    });
}
/** Kubernetes: `path.IsValidPathSegmentName`. */
function isPathPart(text) {
    return text !== '' && text !== '.' && text !== '..' && !/[/%]/u.test(text);
}


/***/ }),

/***/ 50965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _U: () => (/* binding */ REDIRECTED),
/* harmony export */   az: () => (/* binding */ Login),
/* harmony export */   kb: () => (/* binding */ LoginFailure)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(12926);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(226);
/**
 * How a process proves to an API server who it is: client-node's KubeConfig with two faults mended, and with logins
 * that take place in this process instead of a program.
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
/** What `authProvider` of a user is called whose token comes from this process. */
const IN_PROCESS = 'keyferry';
class Login extends _kubernetes_client_node__WEBPACK_IMPORTED_MODULE_2__/* .KubeConfig */ .yp {
    #clusterLogin;
    #asked;
    #pool;
    /** Who gives the tokens, where no program and no file does. */
    get clusterLogin() {
        return this.#clusterLogin;
    }
    /**
     * From now on the current user's token comes from `login`, asked for each request; `program` is never run.
     * A static token beside it would win over it in client-node, so nothing else of that user is kept.
     */
    logInWith(login, program) {
        const name = this.getCurrentUser()?.name;
        this.users = this.users.map((user) => user.name === name ? { name: user.name, authProvider: { name: IN_PROCESS, config: {} } } : user);
        this.addAuthenticator({
            isAuthProvider: ({ authProvider }) => authProvider?.name === IN_PROCESS,
            applyAuthentication: async (_user, options) => {
                options.headers = { ...options.headers, Authorization: `Bearer ${await login.token(program)}` };
            },
        });
        this.#clusterLogin = login;
    }
    /** For a login that is not asked for tokens, but knows the cluster. */
    knowBy(login) {
        this.#clusterLogin = login;
    }
    async applySecurityAuthentication(context) {
        try {
            await super.applySecurityAuthentication(context);
        }
        catch (error) {
            if (error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .PortError */ .U7)
                throw error;
            throw new LoginFailure(error);
        }
        const fresh = context.getDispatcher();
        if (this.#pool === undefined || !(0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(this.#pool.options, this.#asked)) {
            this.#pool = { options: this.#asked, dispatcher: fresh?.compose(withoutRedirects) };
        }
        if (fresh !== undefined && this.#pool.dispatcher !== undefined)
            context.setDispatcher(this.#pool.dispatcher);
    }
    createDispatcherOptions(...args) {
        const asked = super.createDispatcherOptions(...args);
        // Never fetch's own pool, which would follow redirects.
        this.#asked = asked.type === 'none' ? { type: 'agent', connect: { keepAlive: true } } : asked;
        return this.#asked;
    }
}
const REDIRECTED = 'ERR_REDIRECTED';
/**
 * An API server sends nobody elsewhere. Fetch would follow, with what a Secret holds in its hands where the redirect
 * keeps the method: so the answer is given up before it is looked at.
 */
const withoutRedirects = (dispatch) => (options, handler) => {
    const onResponseStart = (controller, status, ...rest) => {
        if (status >= 300 && status < 400)
            controller.abort(Object.assign(new Error('redirected'), { code: REDIRECTED }));
        else
            handler.onResponseStart?.(controller, status, ...rest);
    };
    return dispatch(options, Object.create(handler, { onResponseStart: { value: onResponseStart } }));
};
function codeOf(cause) {
    if (typeof cause !== 'object' || cause === null || !('code' in cause))
        return undefined;
    return typeof cause.code === 'string' ? cause.code : undefined;
}


/***/ }),

/***/ 48906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectToManagedCluster: () => (/* binding */ connectToManagedCluster)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _core_model_fields_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(34249);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(226);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(55682);
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(50965);





/** What client-node would follow out of the kubeconfig; `as` is somebody to be impersonated. */
const FOREIGN_KEYS = [
    'certificate-authority',
    'insecure-skip-tls-verify',
    'proxy-url',
    'client-certificate',
    'client-key',
    'tokenFile',
    'token-file',
    'auth-provider',
    'as',
];
/** Sends nothing yet. Throws PortError Invalid for what such a kubeconfig may not hold. */
function connectToManagedCluster(kubeconfig, clusterLogin, options) {
    const entries = entriesOf(kubeconfig);
    const login = loginOf(entries);
    (0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .maskCredentials */ .Bs)(login, options.masker);
    for (const { content } of [...entries.clusters, ...entries.users])
        refuseForeignKeys(content, kubeconfig.name);
    const context = (0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .chooseContext */ .db)(login, kubeconfig.name);
    const program = programOf(login.getCurrentUser(), kubeconfig.name);
    if (program === undefined) {
        login.knowBy(clusterLogin);
        options.logger.warn(adminWarning(context, kubeconfig.integrate));
    }
    else {
        clusterLogin.check(program);
        login.logInWith(clusterLogin, program);
    }
    return (0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .connect */ .Ng)(login, `cluster ${context}`, options);
}
function entriesOf({ text, name }) {
    const raw = parsed(text, name);
    return {
        clusters: listOf(raw['clusters'], 'cluster'),
        users: listOf(raw['users'], 'user'),
        contexts: listOf(raw['contexts'], 'context'),
        current: textOf(raw, 'current-context'),
    };
}
function loginOf({ clusters, users, contexts, current }) {
    const login = new _login_js__WEBPACK_IMPORTED_MODULE_3__/* .Login */ .az();
    login.loadFromOptions({
        clusters: clusters.map(clusterOf),
        users: users.map(userOf),
        contexts: contexts.map(contextOf),
        currentContext: current,
    });
    return login;
}
function parsed(text, name) {
    try {
        const raw = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text);
        if (typeof raw === 'object' && raw !== null)
            return raw;
    }
    catch {
        // The parser quotes what it could not read.
    }
    throw (0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .unusable */ ._P)(`${name} cannot be read as YAML with clusters, contexts and users`);
}
function listOf(list, key) {
    const entries = Array.isArray(list) ? list : [];
    return entries.filter(_core_model_fields_js__WEBPACK_IMPORTED_MODULE_4__/* .isRecord */ .u).map((entry) => {
        const content = entry[key];
        return { name: textOf(entry, 'name') ?? '', content: (0,_core_model_fields_js__WEBPACK_IMPORTED_MODULE_4__/* .isRecord */ .u)(content) ? content : {} };
    });
}
function refuseForeignKeys(content, name) {
    const foreign = FOREIGN_KEYS.find((key) => content[key] !== undefined && content[key] !== false);
    if (foreign === undefined)
        return;
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .PortError */ .U7({
        kind: 'Invalid',
        code: 'Kubeconfig',
        whole: true,
        what: `${name} has "${foreign}", which is not followed in a kubeconfig that comes over the network`,
        fix: 'Give a kubeconfig of your own with --kubeconfig, if that is meant.',
    });
}
function clusterOf({ name, content }) {
    const [caData, tlsServerName] = [textOf(content, 'certificate-authority-data'), textOf(content, 'tls-server-name')];
    return {
        name,
        server: textOf(content, 'server') ?? '',
        skipTLSVerify: false,
        ...(caData === undefined ? {} : { caData }),
        ...(tlsServerName === undefined ? {} : { tlsServerName }),
    };
}
function userOf({ name, content }) {
    const certData = textOf(content, 'client-certificate-data');
    const keyData = textOf(content, 'client-key-data');
    const token = textOf(content, 'token');
    return {
        name,
        ...(certData === undefined ? {} : { certData }),
        ...(keyData === undefined ? {} : { keyData }),
        ...(token === undefined ? {} : { token }),
        ...((0,_core_model_fields_js__WEBPACK_IMPORTED_MODULE_4__/* .isRecord */ .u)(content['exec']) ? { exec: content['exec'] } : {}),
    };
}
function contextOf({ name, content }) {
    const namespace = textOf(content, 'namespace');
    return {
        name,
        cluster: textOf(content, 'cluster') ?? '',
        user: textOf(content, 'user') ?? '',
        ...(namespace === undefined ? {} : { namespace }),
    };
}
/** `undefined` = the user has a token or a certificate. */
function programOf(user, name) {
    const exec = user?.exec;
    if (exec === undefined) {
        if (user?.token === undefined && user?.certData === undefined)
            throw (0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .unusable */ ._P)(`${name} holds nothing to log in with`);
        return undefined;
    }
    const args = Array.isArray(exec['args']) ? exec['args'] : [];
    return { command: textOf(exec, 'command') ?? '', args: args.filter((arg) => typeof arg === 'string') };
}
function adminWarning(context, integrate) {
    return `cluster ${context} is not integrated with Entra: what it gives to log in with is a certificate that may do everything there, and that outlives this run. Integrate it: ${integrate}`;
}
function textOf(value, key) {
    const text = value[key];
    return typeof text === 'string' && text !== '' ? text : undefined;
}


/***/ }),

/***/ 95671:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $v: () => (/* binding */ azureRoleForRule),
/* harmony export */   H6: () => (/* binding */ isOfAzure),
/* harmony export */   J8: () => (/* binding */ missingRule),
/* harmony export */   W6: () => (/* binding */ missingGrants),
/* harmony export */   Y3: () => (/* binding */ ruleText),
/* harmony export */   mx: () => (/* binding */ kubectlForRule)
/* harmony export */ });
/** A refusal by RBAC, read back into the rule that would have allowed it. */
/** Kubernetes: `apiserver/pkg/endpoints/handlers/responsewriters`, forbiddenMessage. */
const MESSAGE = /^\S+?(?: "(?<name>[^"]*)")? is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\S+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)/u;
/** How identities of Entra are called in clusters: by their object id. */
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
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
/** Azure RBAC for Kubernetes says so at the end of its refusals: no Role of the cluster would help. */
function isOfAzure(message) {
    return message.includes('access to the resource in Azure');
}
/**
 * The line that gives the user a role of Azure with this rule, in the namespace alone where that is enough.
 *
 * Microsoft Learn, Azure RBAC for Kubernetes: Reader may not read Secrets, Writer may not write Roles.
 */
function azureRoleForRule({ user, resource, apiGroup, namespace }, clusterId) {
    const needed = namespace === undefined ? 'Cluster Admin' : apiGroup.startsWith('rbac.') ? 'Admin' : 'Writer';
    const role = resource === 'namespaces' ? 'Cluster Admin' : needed;
    const scope = `${clusterId ?? 'CLUSTER_RESOURCE_ID'}${namespace === undefined ? '' : `/namespaces/${namespace}`}`;
    return `az role assignment create --role "Azure Kubernetes Service RBAC ${role}" --assignee-object-id ${user} --assignee-principal-type ServicePrincipal --scope "${scope}"`;
}
/** The kubectl lines that make a Role (or ClusterRole) with just this rule, and bind it to an identity of Entra. */
function kubectlForRule(rule) {
    const { user, namespace } = rule;
    if (!OBJECT_ID.test(user))
        return kubectlForRole(rule);
    const [binding, role, scope] = namespace === undefined ? ['clusterrolebinding', 'clusterrole', ''] : ['rolebinding', 'role', ` -n ${namespace}`];
    return `${kubectlForRole(rule)}; kubectl create ${binding} NAME --${role}=NAME --user=${user}${scope}`;
}
function kubectlForRole({ verb, resource, apiGroup, name, namespace }) {
    const [plural = '', subresource] = resource.split('/');
    const full = `${plural}${apiGroup === '' ? '' : `.${apiGroup}`}${subresource === undefined ? '' : `/${subresource}`}`;
    const only = name === undefined ? '' : ` --resource-name=${name}`;
    const [kind, scope] = namespace === undefined ? ['clusterrole', ''] : ['role', ` -n ${namespace}`];
    return `kubectl create ${kind} NAME --verb=${verb} --resource=${full}${only}${scope}`;
}
/** Kubernetes: `pkg/registry/rbac/validation`, one line for each rule and name that whoever asks does not hold. */
const GRANT = /\{APIGroups:\["(?<group>[^"]*)"\], Resources:\["(?<resource>[^"]+)"\](?:, ResourceNames:\["[^"]*"\])?, Verbs:\[(?<verbs>[^\]]+)\]\}/gu;
/**
 * A Role that would give more than its author has: `get, patch externalsecrets.external-secrets.io`, each kind once.
 * Empty where the refusal is of another kind.
 */
function missingGrants(message) {
    if (!message.includes('is attempting to grant RBAC permissions not currently held'))
        return [];
    const verbs = new Map();
    for (const { groups } of message.matchAll(GRANT)) {
        const { group = '', resource = '', verbs: quoted = '' } = groups ?? {};
        const [plural = '', subresource] = resource.split('/');
        const full = `${plural}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
        const own = quoted.replaceAll('"', '').split(' ');
        verbs.set(full, new Set([...(verbs.get(full) ?? []), ...own]));
    }
    return [...verbs].map(([resource, own]) => `${[...own].join(', ')} ${resource}`);
}


/***/ }),

/***/ 35874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n5: () => (/* reexport */ api_requests/* ApiRefusal */.n5),
  mK: () => (/* reexport */ api_requests/* GarbledAnswer */.mK),
  W_: () => (/* reexport */ api_requests/* NoAnswer */.W_),
  wo: () => (/* binding */ ObjectApi)
});

// EXTERNAL MODULE: ./lib/src/adapters/transport/retry.js
var retry = __webpack_require__(20175);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/api-requests.js
var api_requests = __webpack_require__(32447);
// EXTERNAL MODULE: ./lib/src/core/model/fields.js
var fields = __webpack_require__(34249);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/object-shape.js
/**
 * Whether an answer is an object of the API at all, and the one that was asked for: what a proxy, or a broken server,
 * says with 200 must neither end in a TypeError nor stand for a Secret.
 */


const isText = (value) => typeof value === 'string';
const isFlag = (value) => typeof value === 'boolean';
const isTexts = (value) => (0,fields/* isRecord */.u)(value) && Object.values(value).every(isText);
const listOf = (isItem) => (value) => Array.isArray(value) && value.every(isItem);
/** Absent and null mean the same to an API server. */
const METADATA = {
    name: isText,
    namespace: isText,
    uid: isText,
    resourceVersion: isText,
    creationTimestamp: isText,
    deletionTimestamp: isText,
    labels: isTexts,
    annotations: isTexts,
    finalizers: listOf(isText),
    ownerReferences: listOf(fields/* isRecord */.u),
    managedFields: listOf((entry) => (0,fields/* isRecord */.u)(entry) && fits(entry, { manager: isText, fieldsV1: fields/* isRecord */.u })),
};
const CONTENT = {
    Secret: { data: isTexts, type: isText, immutable: isFlag },
    ConfigMap: { data: isTexts },
};
const OTHERS = { spec: fields/* isRecord */.u, status: fields/* isRecord */.u };
function isAnswerAbout(answer, asked) {
    const { metadata } = answer;
    if (!(0,fields/* isRecord */.u)(metadata) || !fits(metadata, METADATA))
        return false;
    if (!fits(answer, CONTENT[asked.kind] ?? OTHERS))
        return false;
    const { name, namespace } = metadata;
    return name === asked.name && (asked.namespace === undefined || namespace === asked.namespace);
}
/** Of a list, whose items say neither kind nor version. */
function isItemOf(item, { kind }) {
    if (!(0,fields/* isRecord */.u)(item))
        return false;
    const { metadata } = item;
    return (0,fields/* isRecord */.u)(metadata) && fits(metadata, METADATA) && fits(item, CONTENT[kind] ?? OTHERS);
}
function fits(value, checks) {
    return Object.entries(checks).every(([field, check]) => {
        const part = value[field];
        return part === undefined || part === null || check(part);
    });
}
/** Go writes a list without items as null. */
function pageOf(answer, of) {
    const { items, metadata } = answer;
    const all = items ?? [];
    if (!Array.isArray(all) || !all.every((item) => isItemOf(item, of)))
        throw new api_requests/* GarbledAnswer */.mK('no list');
    const next = metadata?.continue;
    return { items: all, next: typeof next === 'string' && next !== '' ? next : undefined };
}

// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/admission.js
var admission = __webpack_require__(92529);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/patience.js


const REPEATABLE_CODES = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT', 'UND_ERR_SOCKET']);
/** Of a request to a server that was never reached, or whose webhook does not answer. */
const FIRST_ATTEMPTS = 2;
const LONGEST_FIRST_WAIT_MS = 5_000;
/**
 * How errors of one request are judged, which begins now.
 *
 * | no answer came                                | sent again                                                  |
 * | --------------------------------------------- | ----------------------------------------------------------- |
 * | refused, no such host, a certificate          | never                                                       |
 * | else, and the server was reached in this run  | as often as after an answer of 408, 429 or 5xx: three times |
 * | else, and it never was                        | once, and not after more than five seconds                  |
 *
 * A server that was never reached is more likely a wrong address, a firewall or a private network than a hiccup: whoever
 * waits for half a minute before that is said waits in vain. Not so in a pod, whose network may need its first seconds.
 */
function judgeFrom(contact, clock) {
    const began = clock.now().getTime();
    return (error) => {
        const retryable = judge(error);
        if (retryable === undefined || !(error instanceof api_requests/* NoAnswer */.W_) || contact.isThere)
            return retryable;
        const waitedMs = clock.now().getTime() - began;
        return waitedMs > LONGEST_FIRST_WAIT_MS ? undefined : { ...retryable, attempts: FIRST_ATTEMPTS };
    };
}
function judge(error) {
    if (error instanceof api_requests/* NoAnswer */.W_) {
        return REPEATABLE_CODES.has(error.code) ? { reason: `did not answer (${error.code})` } : undefined;
    }
    if (!(error instanceof api_requests/* ApiRefusal */.n5))
        return undefined;
    const { httpStatus, retryAfterMs: asked } = error;
    const wait = asked === undefined ? {} : { retryAfterMs: asked };
    if (httpStatus === 429)
        return { reason: 'throttled', ...wait };
    const repeatable = httpStatus === 408 || (httpStatus >= 500 && httpStatus !== 501 && httpStatus !== 505);
    if (!repeatable)
        return undefined;
    const message = error.status?.['message'];
    // The API server itself has waited for it already.
    const isDown = typeof message === 'string' && (0,admission/* isWebhookDown */.OJ)(message);
    return { reason: `answered ${httpStatus}`, ...wait, ...(isDown ? { attempts: FIRST_ATTEMPTS } : {}) };
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/resources.js
/** Built-in kinds and their resources; a custom resource is looked up. */
const RESOURCES = {
    'v1 Secret': { name: 'secrets', namespaced: true },
    'v1 ConfigMap': { name: 'configmaps', namespaced: true },
    'v1 ServiceAccount': { name: 'serviceaccounts', namespaced: true },
    'v1 Event': { name: 'events', namespaced: true },
    'v1 Namespace': { name: 'namespaces', namespaced: false },
    'v1 ResourceQuota': { name: 'resourcequotas', namespaced: true },
    'v1 Pod': { name: 'pods', namespaced: true },
    'batch/v1 CronJob': { name: 'cronjobs', namespaced: true },
    'batch/v1 Job': { name: 'jobs', namespaced: true },
    'coordination.k8s.io/v1 Lease': { name: 'leases', namespaced: true },
    'apps/v1 Deployment': { name: 'deployments', namespaced: true },
    'rbac.authorization.k8s.io/v1 Role': { name: 'roles', namespaced: true },
    'rbac.authorization.k8s.io/v1 RoleBinding': { name: 'rolebindings', namespaced: true },
    'rbac.authorization.k8s.io/v1 ClusterRole': { name: 'clusterroles', namespaced: false },
    'rbac.authorization.k8s.io/v1 ClusterRoleBinding': { name: 'clusterrolebindings', namespaced: false },
};
function isResources(value) {
    return Array.isArray(value) && value.every(isResource);
}
function isResource(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { name, kind, namespaced } = value;
    return typeof name === 'string' && typeof kind === 'string' && typeof namespaced === 'boolean';
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/object-api.js






const DEADLINE_MS = 120_000;
const PAGE = 500;
/** Half a million objects: more than a cluster holds of a kind. */
const MOST_PAGES = 1_000;
const LIST_DEADLINE_MS = 600_000;
class ObjectApi {
    #login;
    #requests;
    #contact;
    #retry;
    #description;
    #clusterLogin;
    /** By apiVersion; what is served does not change while we run. */
    #discovered = new Map();
    constructor(login, description, retry, more) {
        this.#login = login;
        this.#contact = more.contact;
        this.#requests = new api_requests/* ApiRequests */.HB(login, () => retry.clock.now(), this.#contact, more.metadataOnly);
        this.#description = description;
        this.#retry = retry;
        this.#clusterLogin = login.clusterLogin;
    }
    /** The same server, of which only the metadata of objects is asked: what they hold is not even sent. */
    metadataOnly() {
        return new ObjectApi(this.#login, this.#description, this.#retry, { contact: this.#contact, metadataOnly: true });
    }
    /** How many requests were sent so far, repetitions and discovery included. */
    get requestCount() {
        return this.#requests.count;
    }
    async read(target) {
        return await this.#about(target, async () => ({ method: 'GET', path: await this.#path(target) }));
    }
    /** Is this kind served in this version? */
    async serves(apiVersion, kind) {
        return await this.#repeated(async () => (await this.#resource(apiVersion, kind)) !== undefined);
    }
    /** Every object of the kind that the selector admits, page by page to the end, which a list must have. */
    async list(of, labelSelector) {
        const items = [];
        const seen = new Set();
        const ends = this.#retry.clock.now().getTime() + LIST_DEADLINE_MS;
        for (let next;;) {
            const page = pageOf(await this.#page(of, labelSelector, next), of);
            items.push(...page.items);
            next = page.next;
            if (next === undefined)
                return items;
            if (seen.has(next) || seen.size === MOST_PAGES)
                throw new api_requests/* GarbledAnswer */.mK('a list without an end');
            if (this.#retry.clock.now().getTime() > ends)
                throw new api_requests/* NoAnswer */.W_('ETIMEDOUT');
            seen.add(next);
        }
    }
    async create(target, object, manager) {
        return await this.#about(target, async () => ({
            method: 'POST',
            path: await this.#path(target.subresource === undefined ? withoutName(target) : target),
            query: { fieldManager: manager },
            body: named(target, object),
        }));
    }
    async replace(target, object, manager) {
        return await this.#about(target, async () => ({
            method: 'PUT',
            path: await this.#path(target),
            query: { fieldManager: manager },
            body: named(target, object),
        }));
    }
    /** Server-side apply, without force. */
    async apply(target, object, manager) {
        return await this.#apply(target, object, { manager });
    }
    /** Server-side apply that takes fields from whoever set them. */
    async forceApply(target, object, manager) {
        return await this.#apply(target, object, { manager, force: true });
    }
    /** The same with nothing stored: everything that would refuse it, does. */
    async tryApply(target, object, manager, force) {
        return await this.#apply(target, object, { manager, force, dryRun: true });
    }
    /** The last lines of a container's log; a pod of one container needs no name. */
    async log(pod, container) {
        const answer = await this.#send(async () => ({
            method: 'GET',
            path: await this.#path({ ...pod, subresource: 'log' }),
            query: { container },
        }));
        return typeof answer['text'] === 'string' ? answer['text'] : '';
    }
    /** RFC 7386. */
    async mergePatch(target, patch, manager) {
        return await this.#about(target, async () => ({
            method: 'PATCH',
            path: await this.#path(target),
            query: { fieldManager: manager },
            body: named(target, patch),
            contentType: 'application/merge-patch+json',
        }));
    }
    /**
     * With what it owns, in the background; without preconditions whatever has the name. Gives the finalizers that hold
     * it: with any it is still there, and only marked.
     */
    async delete(target, preconditions) {
        const insist = preconditions === undefined ? {} : { preconditions };
        const answer = await this.#send(async () => ({
            method: 'DELETE',
            path: await this.#path(target),
            body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', ...insist },
        }));
        return holdersOf(answer);
    }
    async #page(of, labelSelector, next) {
        return await this.#send(async () => ({
            method: 'GET',
            path: await this.#path(of),
            query: { labelSelector, limit: String(PAGE), continue: next },
        }));
    }
    async #apply(target, object, { manager, force, dryRun }) {
        return await this.#about(target, async () => ({
            method: 'PATCH',
            path: await this.#path(target),
            query: {
                fieldManager: manager,
                force: force === undefined ? undefined : String(force),
                dryRun: dryRun === true ? 'All' : undefined,
            },
            body: named(target, object),
            contentType: 'application/apply-patch+yaml',
        }));
    }
    /** Of all objects of the kind where no name is given. */
    async #path(target) {
        const { apiVersion, kind, namespace, name, subresource } = target;
        const resource = await this.#resource(apiVersion, kind);
        if (resource === undefined)
            throw new api_requests/* ApiRefusal */.n5(404, notServed(target), undefined);
        const scope = resource.namespaced && namespace !== undefined ? ['namespaces', namespace] : [];
        const parts = [...scope, resource.name, ...(name === undefined ? [] : [name]), subresource];
        return [versionPath(apiVersion), ...parts.filter((part) => part !== undefined).map(pathPart)].join('/');
    }
    async #resource(apiVersion, kind) {
        const known = RESOURCES[`${apiVersion} ${kind}`];
        if (known !== undefined)
            return known;
        const served = this.#discovered.get(apiVersion) ?? (await this.#discover(apiVersion));
        return served.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    }
    async #discover(apiVersion) {
        try {
            const { resources } = await this.#requests.send({ method: 'GET', path: versionPath(apiVersion) });
            if (!isResources(resources))
                throw new api_requests/* GarbledAnswer */.mK('no list of resources');
            this.#discovered.set(apiVersion, resources);
            return resources;
        }
        catch (error) {
            if (error instanceof api_requests/* NoSuchPath */.g)
                return [];
            throw error;
        }
    }
    /** The object that was asked for, or written; a subresource may be another kind, as a log or a token. */
    async #about(target, request) {
        const answer = await this.#send(request);
        const isOther = target.subresource === 'token' || target.subresource === 'log';
        if (isOther || isAnswerAbout(answer, target))
            return answer;
        throw new api_requests/* GarbledAnswer */.mK('another object');
    }
    async #send(request) {
        return await this.#repeated(async () => await this.#requests.send(await request()));
    }
    async #repeated(attempt) {
        const judge = judgeFrom(this.#contact, this.#retry.clock);
        try {
            return await (0,retry/* withRetry */.b)(this.#retry, { description: this.#description, deadlineMs: DEADLINE_MS, judge, attempt });
        }
        catch (error) {
            if (error instanceof api_requests/* NoAnswer */.W_ && !(0,api_requests/* isTlsCode */.ne)(error.code)) {
                error.explanation = await this.#clusterLogin?.explainSilence(error.code);
            }
            if (error instanceof api_requests/* ApiRefusal */.n5)
                error.loggedIn = this.#clusterLogin?.loggedIn();
            throw error;
        }
    }
}
function withoutName({ apiVersion, kind, namespace }) {
    return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }) };
}
/** The object as its target says, whatever it says itself. */
function named({ apiVersion, kind, name, namespace }, object) {
    const scope = namespace === undefined ? {} : { namespace };
    return { apiVersion, kind, ...object, metadata: { ...object['metadata'], name, ...scope } };
}
/** Kubernetes: a Status where it is gone, the object itself where it is only marked. */
function holdersOf(answer) {
    const { finalizers } = (answer['metadata'] ?? {});
    if (answer['kind'] === 'Status' || !Array.isArray(finalizers))
        return [];
    return finalizers.filter((one) => typeof one === 'string');
}
function versionPath(apiVersion) {
    return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
/** A dot-only part would climb out of the path, also when it is encoded. */
function pathPart(part) {
    if (/^\.*$/u.test(part))
        throw new api_requests/* ApiRefusal */.n5(404, undefined, undefined);
    return encodeURIComponent(part);
}
function notServed({ apiVersion, kind }) {
    return { kind: 'Status', reason: 'NotServed', message: `${apiVersion} ${kind} is not served` };
}


/***/ }),

/***/ 88781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openKubernetes: () => (/* binding */ openKubernetes)
});

// EXTERNAL MODULE: ./lib/src/core/model/document.js
var model_document = __webpack_require__(32253);
// EXTERNAL MODULE: ./lib/src/core/model/kinds.js
var kinds = __webpack_require__(57557);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/secret-object.js
var secret_object = __webpack_require__(14800);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/to-port-error.js + 1 modules
var to_port_error = __webpack_require__(89511);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/custom-resources.js
/**
 * Intents that are custom resources: read once per run; what was read also answers for their status.
 *
 * A kind that the API server does not serve holds no intents. ExternalSecret must be served: without it there is
 * nothing to do, and an empty answer could pass for a wish to delete. With a namespace, kinds of the whole cluster may
 * be beyond the rights of whoever asks: that is told, and the rest goes on.
 */






/** Generators are read where an intent names one. */
const LISTED = kinds/* KINDS */.GW.filter(({ group }) => group === kinds/* EXTERNAL_SECRETS */.AF).toSorted(kinds/* byUse */.ni);
class CustomResources {
    #connection;
    #reach;
    /** Kind → the apiVersion that is served; `undefined` = none. */
    #served = new Map();
    #objects = new Map();
    constructor(connection, reach = 'cluster') {
        this.#connection = connection;
        this.#reach = reach;
    }
    async load() {
        this.#objects.clear();
        const lists = await Promise.all(LISTED.map((kind) => this.#list(kind)));
        if ((await this.#served.get('ExternalSecret')) === undefined)
            throw this.#notServed();
        const objects = lists.flatMap((list) => ('unlisted' in list ? [] : list));
        for (const object of objects)
            this.remember(object);
        const documents = objects.map((value) => (0,model_document/* documentOf */.lM)({ value, locate: () => undefined, home: 'cluster' }));
        return { documents, problems: lists.flatMap((list) => ('unlisted' in list ? [list.unlisted] : [])) };
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
            const read = await this.#ask((0,object_ref/* refText */.d0)(ref), () => this.#connection.api.read(target));
            const object = { ...read, apiVersion: target.apiVersion, kind: target.kind };
            this.remember(object);
            return object;
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return undefined;
            throw error;
        }
    }
    /** Every ExternalSecret; of those that are asked for by name, the ones that were. */
    async externalSecrets() {
        if (this.#objects.size === 0 && this.#reach !== 'by-name')
            await this.load();
        return [...this.#objects.values()].filter((object) => (0,kinds/* roleOf */.kp)((0,model_document/* readHead */.zy)(object).kind) === 'pull');
    }
    remember(object) {
        const { name = '', namespace } = (0,secret_object/* metadataOf */.Nk)(object);
        const ref = { kind: String(object['kind']), name, ...(namespace === undefined ? {} : { namespace }) };
        if ((0,secret_object/* isSameRef */.MP)(object, ref))
            this.#objects.set((0,object_ref/* refText */.d0)(ref), object);
    }
    /** Where to send requests about an object; `undefined` = its kind is not served. */
    async target(ref) {
        const kind = (0,kinds/* kindNamed */.UL)(ref.kind);
        const apiVersion = kind === undefined ? undefined : await this.#version(kind);
        return apiVersion === undefined ? undefined : { apiVersion, ...ref };
    }
    async #list(kind) {
        const apiVersion = await this.#version(kind);
        if (apiVersion === undefined)
            return [];
        const namespace = typeof this.#reach === 'object' ? this.#reach.namespace : undefined;
        const scope = kind.scope === 'namespace' && namespace !== undefined ? { namespace } : {};
        try {
            const found = await this.#ask(`${kind.kind}s`, () => this.#connection.api.list({ apiVersion, kind: kind.kind, ...scope }));
            return found.map((object) => ({ ...object, apiVersion, kind: kind.kind }));
        }
        catch (error) {
            const isBeyond = error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden';
            if (!isBeyond || kind.scope === 'namespace' || namespace === undefined)
                throw error;
            return { unlisted: notListed(kind, error) };
        }
    }
    /** The newest version that is served. */
    #version(kind) {
        const known = this.#served.get(kind.kind);
        if (known !== undefined)
            return known;
        const asked = this.#ask(`${kind.kind}s`, () => this.#findVersion(kind));
        this.#served.set(kind.kind, asked);
        return asked;
    }
    async #findVersion(kind) {
        for (const apiVersion of (0,kinds/* apiVersionsOf */.Rt)(kind)) {
            if (await this.#connection.api.serves(apiVersion, kind.kind))
                return apiVersion;
        }
        return undefined;
    }
    #notServed() {
        return new errors/* PortError */.U7({
            kind: 'NotFound',
            code: 'NotServed',
            whole: true,
            what: `${this.#connection.description} has no ExternalSecrets: ${kinds/* EXTERNAL_SECRETS */.AF} v1 and v1beta1 are not served`,
            fix: 'Install the CustomResourceDefinitions, or give the manifests as files.',
        });
    }
    async #ask(object, ask) {
        try {
            return await ask();
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            throw (0,to_port_error/* toPortError */.n)(error, { cluster, server, object });
        }
    }
}
/** An ExternalSecret cannot hide in such a kind, so that nothing counts as incomplete for it. */
function notListed({ kind }, { what }) {
    return {
        severity: 'warning',
        code: 'kind-not-listed',
        what: `${what}, so that every ${kind} counts as absent`,
        fix: 'Where an ExternalSecret needs one, give the right to list them.',
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/src/core/model/sync-record.js
var sync_record = __webpack_require__(20697);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js + 3 modules
var object_api = __webpack_require__(35874);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/event-publisher.js
/** Events as the operator's recorder makes them: one object per message, counted when it recurs. */






/** Kubernetes: the longest message of an Event, in characters. */
const LONGEST_MESSAGE = 1024;
const COMPONENT = 'keyferry';
/** Of each type on one CronJob in one pass: with more of them nobody would see the one that matters. */
const MOST_EVENTS = 50;
/** Where the intents are custom resources: on each of them. */
class EventPublisher {
    #recorder;
    #resources;
    constructor(connection, resources, clock) {
        this.#recorder = new Recorder(connection, clock);
        this.#resources = resources;
    }
    async event(ref, event) {
        const object = await this.#resources.find(ref);
        if (object !== undefined)
            await this.#recorder.record(ref, object, event);
    }
}
/** Where they are in ConfigMaps: on the CronJob of the installation, each with the name of what it is about. */
class CronJobEvents {
    #connection;
    #recorder;
    #ref;
    #published = { Normal: 0, Warning: 0 };
    #cronJob;
    constructor(connection, installation, clock) {
        this.#connection = connection;
        this.#recorder = new Recorder(connection, clock);
        this.#ref = { kind: 'CronJob', ...installation };
    }
    async event(ref, event) {
        this.#published[event.type] += 1;
        if (this.#published[event.type] > MOST_EVENTS)
            return;
        this.#cronJob ??= this.#read();
        const cronJob = await this.#cronJob;
        if (cronJob === undefined)
            return;
        const name = (0,object_ref/* refText */.d0)(ref);
        const message = event.message.startsWith(name) ? event.message : `${name}: ${event.message}`;
        await this.#recorder.record(this.#ref, cronJob, { ...event, message });
    }
    /** `undefined` = whoever runs the passes, it is no CronJob of this name. */
    async #read() {
        const { api, description: cluster, server } = this.#connection;
        const target = { apiVersion: 'batch/v1', ...this.#ref };
        try {
            return { ...(await api.read(target)), apiVersion: target.apiVersion };
        }
        catch (error) {
            const failure = (0,to_port_error/* toPortError */.n)(error, { cluster, server, object: (0,object_ref/* refText */.d0)(this.#ref) });
            if (failure.kind === 'NotFound')
                return undefined;
            throw failure;
        }
    }
}
class Recorder {
    #connection;
    #clock;
    constructor(connection, clock) {
        this.#connection = connection;
        this.#clock = clock;
    }
    async record(ref, object, event) {
        const target = eventTarget(ref, object, event);
        try {
            await this.#publish(target, eventObject(ref, object, event), this.#clock.now());
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            throw (0,to_port_error/* toPortError */.n)(error, { cluster, server, object: `an Event on ${(0,object_ref/* refText */.d0)(ref)}` });
        }
    }
    /** Two patches count one that recurs: the first says how many there were, so that no right to read Events is needed. */
    async #publish(target, object, now) {
        const { api } = this.#connection;
        const time = (0,sync_record/* wholeSeconds */.$P)(now);
        try {
            await api.create(target, { ...object, firstTimestamp: time, lastTimestamp: time, count: 1 }, COMPONENT);
        }
        catch (error) {
            if (!(error instanceof object_api/* ApiRefusal */.n5) || error.httpStatus !== 409)
                throw error;
            const { count = 1 } = (await api.mergePatch(target, { lastTimestamp: time }, COMPONENT));
            await api.mergePatch(target, { count: count + 1 }, COMPONENT);
        }
    }
}
/** Kubernetes keeps Events on cluster-scoped objects in the namespace default. */
function eventTarget(ref, object, { type, reason, message }) {
    const said = [(0,secret_object/* metadataOf */.Nk)(object).uid, type, reason, message].join('\n');
    const mark = (0,external_node_crypto_.createHash)('sha256').update(said).digest('hex').slice(0, 16);
    return {
        apiVersion: 'v1',
        kind: 'Event',
        namespace: ref.namespace ?? 'default',
        name: `${ref.name.slice(0, 236)}.${mark}`,
    };
}
function eventObject(ref, object, { type, reason, message }) {
    const { uid = '', resourceVersion = '' } = (0,secret_object/* metadataOf */.Nk)(object);
    return {
        involvedObject: { apiVersion: object['apiVersion'], ...ref, uid, resourceVersion },
        type,
        reason,
        message: message.slice(0, LONGEST_MESSAGE),
        source: { component: COMPONENT },
        reportingComponent: COMPONENT,
    };
}

// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/kubernetes-cluster.js
var kubernetes_cluster = __webpack_require__(59413);
// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/missing-rule.js
var missing_rule = __webpack_require__(95671);
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
    async serves(apiVersion, kind) {
        const asked = { apiVersion, kind, name: `of ${apiVersion}` };
        return await this.#ask(asked, () => this.#connection.api.serves(apiVersion, kind));
    }
    async list(of, labels) {
        const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
        const found = await this.#ask({ ...of, name: '*' }, () => this.#connection.api.list(of, selector.join(',')));
        return found.map((object) => asObject(object, of));
    }
    async apply(object, manager, how = {}) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        const before = await this.read(ref);
        const apply = how.yielding === true ? 'apply' : 'forceApply';
        const after = await this.#ask(ref, () => this.#connection.api[apply](ref, object, manager));
        const applied = asObject(after, ref);
        if (before === undefined)
            return { outcome: 'created', object: applied };
        const isSame = before.metadata.resourceVersion === applied.metadata.resourceVersion;
        return { outcome: isSame ? 'unchanged' : 'changed', object: applied };
    }
    async tryApply(object, manager, { yielding = false } = {}) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        await this.#ask(ref, () => this.#connection.api.tryApply(ref, object, manager, !yielding));
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
            return await this.#ask(ref, () => this.#connection.api.delete(ref));
        }
        catch (error) {
            if (error instanceof errors/* PortError */.U7 && error.kind === 'NotFound')
                return [];
            throw error;
        }
    }
    async refusalOf(object, manager) {
        try {
            const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
            await this.#connection.api.tryApply(ref, object, manager, true);
            return undefined;
        }
        catch (error) {
            const { status } = error instanceof object_api/* ApiRefusal */.n5 ? error : { status: undefined };
            const message = status?.['message'];
            return typeof message === 'string' && (0,missing_rule/* missingRule */.J8)(message) === undefined ? message : undefined;
        }
    }
    /** Named, since API servers refuse to choose where a pod has several. */
    async log(namespace, pod, container) {
        const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name: pod };
        return await this.#ask(ref, () => this.#connection.api.log(ref, container));
    }
    async #ask(ref, ask) {
        try {
            return await ask();
        }
        catch (error) {
            const { description: cluster, server } = this.#connection;
            const holdsValues = ref.kind === 'Secret';
            throw (0,to_port_error/* toPortError */.n)(error, { cluster, server, object: (0,object_ref/* refText */.d0)(ref), names: [ref.name], holdsValues });
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
    async remembered(role) {
        const { objects } = await this.#maps.read();
        return (0,sync_record/* refsOf */.gA)(role, Object.keys(objects));
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






/** A ConfigMap takes 1 MiB with everything; metadata and managed fields want some of it. */
const ROOM_BYTES = 900_000;
const ATTEMPTS = 8;
const KEY = 'state.json';
/** No object ever has it, so that an apply with it can only create. */
const NO_RESOURCE_VERSION = '1';
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
        const metadata = { labels, resourceVersion: resourceVersion ?? NO_RESOURCE_VERSION };
        const object = { metadata, data: { [KEY]: text } };
        const manager = `keyferry-${this.#name}`;
        const stored = await this.#ask(index, () => resourceVersion === undefined
            ? api.apply(this.#target(index), object, manager)
            : api.replace(this.#target(index), object, manager));
        return (0,secret_object/* metadataOf */.Nk)(stored).resourceVersion ?? '';
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
            return { ...this.#parse(index, object), resourceVersion: (0,secret_object/* metadataOf */.Nk)(object).resourceVersion };
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
        if (typeof version === 'number' && version > sync_record/* RECORDS_VERSION */.WL) {
            throw this.#unreadable(index, `has schemaVersion ${version}, this program knows versions up to ${sync_record/* RECORDS_VERSION */.WL}`, 'A newer Keyferry wrote it. Use that version, or a newer one.');
        }
        if (value === undefined || version !== sync_record/* RECORDS_VERSION */.WL) {
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
            throw this.#orElsewhere((0,to_port_error/* toPortError */.n)(error, { cluster, server, object: (0,object_ref/* refText */.d0)(this.#ref(index)) }));
        }
    }
    /** The namespace of a context, or `default`, is seldom chosen: it need not be one where there are rights. */
    #orElsewhere(error) {
        if (error.kind !== 'Forbidden')
            return error;
        const { kind, what, whole, code } = error;
        const fix = `${error.fix} Or keep the state in another namespace: --installation-namespace.`;
        return new errors/* PortError */.U7({ kind, what, whole, fix, cause: error.cause, ...(code === undefined ? {} : { code }) });
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
    return `{"schemaVersion": ${sync_record/* RECORDS_VERSION */.WL},\n${more}"objects": ${part(content.objects)},\n"stores": ${part(content.stores)}}\n`;
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
var condition = __webpack_require__(42823);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/status-state.js
/**
 * The State port where the intents are custom resources: their status, in the operator's shape, so that it can take over.
 *
 * The status is patched, not replaced: nobody else's field is lost, and no conflict can lose a refresh that took place.
 * The last target and the marks of what was read, for which the operator's schema has no field, are in the
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
    async remembered(role) {
        const listed = (await this.#parts.resources.externalSecrets())
            .filter((object) => Object.keys(statusOf(object)).length > 0)
            .flatMap((object) => (0,model_document/* refOfHead */.Dv)((0,model_document/* readHead */.zy)(object)) ?? [])
            .filter(({ kind }) => (0,kinds/* roleOf */.kp)(kind) === role);
        const recorded = (0,sync_record/* refsOf */.gA)(role, Object.keys((await this.#parts.maps.read()).objects));
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
            throw (0,to_port_error/* toPortError */.n)(error, { cluster, server, object: (0,object_ref/* refText */.d0)(ref) });
        }
    }
}
function besideStatus(record) {
    return { ...(record.lastTarget === undefined ? {} : { lastTarget: record.lastTarget }), ...(0,condition/* marksOf */.O)(record) };
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







/** Files have nothing in the cluster that an Event could hang on. */
const SILENT = { event: () => Promise.resolve() };
/** Sends nothing yet. */
function openKubernetes(connection, options) {
    const { name, namespace = connection.namespace ?? 'default' } = options.installation;
    const cluster = new kubernetes_cluster/* KubernetesCluster */.Z(connection);
    const installation = { name, namespace };
    const maps = new StateConfigMaps(connection, installation);
    const objects = new KubernetesObjects(connection);
    const stateOf = (other) => {
        const theirs = new StateConfigMaps(connection, other);
        return { state: new RecordedState(theirs), stateCount: () => theirs.count() };
    };
    const shared = { connection, cluster, objects, installation, stateCount: () => maps.count(), stateOf };
    if (options.home !== 'custom-resources') {
        const publisher = options.home === 'files' ? SILENT : new CronJobEvents(connection, installation, options.clock);
        return { ...shared, state: new RecordedState(maps), publisher };
    }
    const resources = new CustomResources(connection, reachOf(options));
    return {
        ...shared,
        state: new StatusState({ connection, resources, maps }),
        publisher: new EventPublisher(connection, resources, options.clock),
        manifests: resources,
        findResource: async ({ kind, namespace, name }) => {
            const found = await resources.find({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
            return found;
        },
    };
}
function reachOf({ byName, namespace }) {
    if (byName === true)
        return 'by-name';
    return namespace === undefined ? 'cluster' : { namespace };
}


/***/ }),

/***/ 93180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ POD_FOLDER)
/* harmony export */ });
/** Where Kubernetes mounts a pod's own token, its namespace and the API server's authority. */
const POD_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';


/***/ }),

/***/ 17730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   secretMetadata: () => (/* binding */ secretMetadata)
/* harmony export */ });
/* harmony import */ var _kubernetes_cluster_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59413);

/**
 * Secrets without data: which keys there are is in their owned fields, type and immutability are not told.
 * Kubernetes: `as=PartialObjectMetadata`. The right is the same `get` on Secrets as for values.
 */
function secretMetadata(connection) {
    return new _kubernetes_cluster_js__WEBPACK_IMPORTED_MODULE_0__/* .KubernetesCluster */ .Z({ ...connection, api: connection.api.metadataOnly() });
}


/***/ }),

/***/ 14800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DW: () => (/* binding */ toSecretObject),
/* harmony export */   MP: () => (/* binding */ isSameRef),
/* harmony export */   Nk: () => (/* binding */ metadataOf),
/* harmony export */   eZ: () => (/* binding */ namesOf),
/* harmony export */   iV: () => (/* binding */ toLiveSecret)
/* harmony export */ });
/* unused harmony export ownedFields */
/* harmony import */ var _core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76651);
/* harmony import */ var _core_model_secret_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35876);
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
        // Stryker disable next-line ArrayDeclaration: an entry that names no manager owns no key
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
    const managers = [...new Set(entries.map(({ manager = '' }) => manager))].sort(_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n6);
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
    return [...new Set(keys.map((key) => key.slice(2)))].sort(_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n6);
}
function texts(value) {
    return (value ?? {});
}
function decoded(text) {
    return _core_model_secret_value_js__WEBPACK_IMPORTED_MODULE_0__/* .SecretValue */ .i.of(Buffer.from(text, 'base64'));
}
function encoded(value) {
    return Buffer.from(value.reveal()).toString('base64');
}


/***/ }),

/***/ 89511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ toPortError)
});

// EXTERNAL MODULE: ./lib/src/core/model/fields.js
var fields = __webpack_require__(34249);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/admission.js
var kubernetes_admission = __webpack_require__(92529);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/login.js
var login = __webpack_require__(50965);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/missing-rule.js
var missing_rule = __webpack_require__(95671);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js + 3 modules
var object_api = __webpack_require__(35874);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/api-requests.js
var api_requests = __webpack_require__(32447);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/silence.js


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
    const strange = strangeWords(code, { cluster, server });
    if (strange !== undefined)
        return { code, whole: true, ...strange };
    if ((0,api_requests/* isTlsCode */.ne)(code)) {
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
/** What came, or would have come, is no answer of an API server. */
function strangeWords(code, { cluster, server }) {
    switch (code) {
        case login/* REDIRECTED */._U:
            return {
                kind: 'Malformed',
                what: `${server}, where ${cluster} should be, sends requests on to another address`,
                fix: 'Nothing was sent there. Check the server in the kubeconfig, and whether a proxy stands in between.',
            };
        case api_requests/* TOO_LARGE */.PH:
            return {
                kind: 'Malformed',
                what: `${cluster} answered with more than ${api_requests/* LARGEST_BYTES */.LW / 1024 / 1024} MiB`,
                fix: 'Check the server in the kubeconfig, and whether a proxy stands in between.',
            };
        case api_requests/* BAD_PORT */.mX:
            return {
                kind: 'Invalid',
                what: `${cluster} cannot be reached at ${server}: the port is one of another protocol, to which Node's fetch does not connect`,
                fix: 'Let the API server be reached at another port, and write that into the kubeconfig.',
            };
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/to-port-error.js
/**
 * An API server's refusals in words that say what to do.
 *
 * Shows names, reasons and numbers; never a body, a value or a token. Messages of the API server may repeat what was
 * sent, so a quoted value is shown only where it is one of the names that the caller vouches for.
 *
 * What admission says is told by its words, whatever the status: admission.ts. Of the rest:
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
    if (error instanceof login/* LoginFailure */.kb)
        return loginWords(error, request);
    if (error instanceof object_api/* NoAnswer */.W_)
        return error.explanation ?? silenceWords(error.code, request);
    if (error instanceof object_api/* ApiRefusal */.n5)
        return refusalWords(error, request);
    if (error instanceof object_api/* GarbledAnswer */.mK)
        return strangerWords(200, request);
    throw error;
}
function refusalWords(refusal, request) {
    const { httpStatus, status, loggedIn } = refusal;
    const admission = status === undefined ? undefined : (0,kubernetes_admission/* admissionWords */.tj)(status, request);
    if (admission !== undefined)
        return admission;
    if (httpStatus === 429)
        return throttledWords(request);
    if (httpStatus === 401)
        return unauthenticatedWords(request, loggedIn);
    if (httpStatus === 408 || httpStatus === 410 || httpStatus >= 500)
        return serverWords(httpStatus, status, request);
    if (status === undefined)
        return strangerWords(httpStatus, request);
    switch (httpStatus) {
        case 403:
            return forbiddenWords(status, request, loggedIn);
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
function unauthenticatedWords({ cluster }, loggedIn) {
    if (loggedIn !== undefined) {
        const { objectId, tenantId, clusterId } = loggedIn;
        return {
            kind: 'Unauthenticated',
            whole: true,
            what: `${cluster} does not accept the token of identity ${objectId} in tenant ${tenantId} (401)`,
            fix: `Check which tenant it trusts: az aks show --ids "${clusterId}" --query aadProfile.tenantID. The identity must be of that one.`,
        };
    }
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
function forbiddenWords(status, request, loggedIn) {
    const message = textOf(status, 'message');
    const rule = (0,missing_rule/* missingRule */.J8)(message);
    if (rule !== undefined) {
        return {
            kind: 'Forbidden',
            code: 'Forbidden',
            what: `${request.cluster} does not let "${rule.user}" ${(0,missing_rule/* ruleText */.Y3)(rule)}`,
            fix: (0,missing_rule/* isOfAzure */.H6)(message)
                ? `Azure RBAC decides in this cluster: ${(0,missing_rule/* azureRoleForRule */.$v)(rule, loggedIn?.clusterId)}. A new assignment can take five minutes.`
                : `Add that rule to a role that is bound to it: ${(0,missing_rule/* kubectlForRule */.mx)(rule)}.`,
        };
    }
    return { kind: 'Forbidden', code: 'Forbidden', ...otherForbidden(message, status, request) };
}
function otherForbidden(message, status, request) {
    const { object, cluster } = request;
    const grants = (0,missing_rule/* missingGrants */.W6)(message);
    if (grants.length > 0) {
        return {
            what: `${cluster} does not let you make ${object}, because it gives rights that you do not have yourself: ${grants.join('; ')}`,
            fix: 'Ask who runs the cluster to give them to you, or have somebody deploy who has them.',
        };
    }
    if (causesOf(status).some(({ reason }) => reason === 'NamespaceTerminating')) {
        return {
            what: `${object} cannot be created because its namespace is being terminated`,
            fix: 'Wait until the namespace is gone, or remove its manifests.',
        };
    }
    const words = ownWords(message, request);
    return {
        what: `${cluster} does not admit ${object}${words === '' ? ' (Forbidden, not by RBAC)' : `: ${words}`}`,
        fix: words === ''
            ? 'An admission policy of the cluster refuses it. Try the same with kubectl to see its message.'
            : 'Something in the cluster other than RBAC refuses it: ask who runs it.',
    };
}
function notFoundWords(status, { object, cluster }) {
    const details = (0,fields/* isRecord */.u)(status['details']) ? status['details'] : {};
    if (textOf(status, 'reason') === 'NotServed') {
        return {
            kind: 'NotFound',
            code: 'NotServed',
            what: `${cluster} has no such kind: ${textOf(status, 'message')}`,
            fix: 'Install its CustomResourceDefinition, or use --home files.',
        };
    }
    if (details['kind'] === 'namespaces') {
        const name = textOf(details, 'name');
        return {
            kind: 'NotFound',
            code: 'NamespaceNotFound',
            what: `namespace ${name} of ${object} does not exist in ${cluster}`,
            fix: `Create it: kubectl create namespace ${name}.`,
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
    const fields = causesOf(status).filter(({ reason }) => reason === 'FieldManagerConflict');
    if (fields.length > 0)
        return fieldConflictWords(fields, object);
    const exists = textOf(status, 'reason') === 'AlreadyExists';
    return {
        kind: 'Conflict',
        code: exists ? 'AlreadyExists' : 'Conflict',
        what: exists ? `${object} already exists` : `${object} has been modified since it was read`,
        fix: 'It is planned again with what is there now.',
    };
}
/** Server-side apply without force: what somebody else set to another value. */
function fieldConflictWords(causes, object) {
    const named = causes.map(({ message }) => /^conflict with "([^"]*)"/u.exec(message)?.[1] ?? 'somebody');
    const managers = [...new Set(named)].sort().map((one) => `"${one}"`);
    const fields = new Set(causes.map(({ field }) => field.replace(/^\./u, '')));
    return {
        kind: 'Conflict',
        code: 'FieldConflict',
        what: `${object} has other values in ${[...fields].join(', ')}, set by ${managers.join(', ')}`,
        fix: 'It was left as it is. Let both say the same, or take the object out of one of the two.',
    };
}
function invalidWords(httpStatus, status, request) {
    const causes = causesOf(status);
    const told = causes.map(({ field, message }) => {
        const words = withoutValues(message, request.names ?? []);
        return field === '' ? words : `${field}: ${words}`;
    });
    const reasons = [...new Set(told)].filter((text) => text !== '');
    const reason = textOf(status, 'reason');
    const otherwise = ownWords(textOf(status, 'message'), request) || reason || `HTTP ${httpStatus}`;
    const shown = reasons.length === 0 ? otherwise : reasons.join(', ');
    return {
        kind: 'Invalid',
        code: isOnlyImmutable(causes) ? 'ImmutableField' : reason === '' ? `HTTP${httpStatus}` : reason,
        what: `${request.object} is invalid: ${reasons.length > 1 ? `[${shown}]` : shown}`,
        fix: request.object.startsWith('Secret ')
            ? 'Kubernetes refuses such an object. Change the manifest that makes it, or the value in the vault.'
            : 'Kubernetes refuses such an object. Correct the setting or the manifest that it is made from.',
    };
}
/** Kubernetes: what it says of a roleRef, of data that is immutable, of a selector. Nothing else may be wrong with it. */
function isOnlyImmutable(causes) {
    return causes.length > 0 && causes.every(({ message }) => /cannot change roleRef|field is immutable/u.test(message));
}
/** What the API server says of an object that holds no values, without what is said of it anyway; else ''. */
function ownWords(message, { holdsValues }) {
    return holdsValues === false ? (0,kubernetes_admission/* harmless */.Is)(message.replace(/^\S+ "[^"]*" is (?:forbidden|invalid): /u, '')) : '';
}
function causesOf(status) {
    const { causes } = (status['details'] ?? {});
    const all = Array.isArray(causes) ? causes : [];
    return all.filter(fields/* isRecord */.u).map((cause) => ({
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

/***/ 42823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ marksOf),
/* harmony export */   W: () => (/* binding */ EMPTY_STATE)
/* harmony export */ });
/** The marks among other things; what there is none of stays away. */
function marksOf({ templateMark, versionsMark, sourceMarks, }) {
    return {
        ...(templateMark === undefined ? {} : { templateMark }),
        ...(versionsMark === undefined ? {} : { versionsMark }),
        ...(sourceMarks === undefined ? {} : { sourceMarks: structuredClone(sourceMarks) }),
    };
}
const EMPTY_STATE = { binding: '', conditions: [] };


/***/ }),

/***/ 16618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ typedRefOf)
/* harmony export */ });
function typedRefOf({ apiVersion, kind, metadata: { namespace, name } }) {
    return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}


/***/ }),

/***/ 20697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ wholeSeconds),
/* harmony export */   Lv: () => (/* binding */ toRecord),
/* harmony export */   WL: () => (/* binding */ RECORDS_VERSION),
/* harmony export */   gA: () => (/* binding */ refsOf),
/* harmony export */   iA: () => (/* binding */ fromRecord)
/* harmony export */ });
/* harmony import */ var _condition_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42823);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57557);
/* harmony import */ var _object_ref_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76651);
/** A SyncState as it is written down where there is no status: JSON or YAML, times in whole seconds. Never a value. */



/** Written beside the records; raised when older programs would misread them. */
const RECORDS_VERSION = 1;
function toRecord(state) {
    const { refreshTime, syncedResourceVersion, binding, conditions, lastTarget } = state;
    return {
        ...(binding === '' ? {} : { binding }),
        ...(conditions.length === 0 ? {} : { conditions: structuredClone(conditions) }),
        ...(lastTarget === undefined ? {} : { lastTarget }),
        ...(refreshTime === undefined ? {} : { refreshTime: wholeSeconds(refreshTime) }),
        ...(syncedResourceVersion === undefined ? {} : { syncedResourceVersion }),
        ...(0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .marksOf */ .O)(state),
    };
}
function fromRecord(record) {
    const { refreshTime, binding = '', conditions = [], ...others } = record;
    const time = new Date(refreshTime ?? Number.NaN);
    return { ...others, binding, conditions, ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }) };
}
/** Those of one role among objects that are written as `ExternalSecret shop/orders-db`, sorted. */
function refsOf(role, texts) {
    return texts
        .flatMap((text) => {
        const [, kind = '', namespace, name] = /^(\S+) ([^/\s]+)\/([^/\s]+)$/u.exec(text) ?? [];
        if ((0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .roleOf */ .kp)(kind) !== role || namespace === undefined || name === undefined)
            return [];
        return [{ kind, namespace, name }];
    })
        .sort(_object_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .compareRefs */ .Iu);
}
/** RFC 3339 without fractions, as Kubernetes writes times. */
function wholeSeconds(time) {
    return time.toISOString().replace(/\.\d+Z$/u, 'Z');
}


/***/ }),

/***/ 66396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CLUSTER_COMMANDS: () => (/* binding */ CLUSTER_COMMANDS),
  reachedBy: () => (/* binding */ reachedBy),
  render: () => (/* binding */ with_cluster_render)
});

// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var model_problem = __webpack_require__(32833);
// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(68694);
;// CONCATENATED MODULE: ./lib/src/core/report/count-outputs.js
function countOutputs(counts) {
    return {
        created: counts.create,
        updated: counts.update,
        deleted: counts.delete,
        unchanged: counts.unchanged + counts.notDue,
        failed: counts.failed + counts.blocked,
    };
}

// EXTERNAL MODULE: ./lib/src/core/report/forms.js
var report_forms = __webpack_require__(27952);
// EXTERNAL MODULE: ./lib/src/core/report/problems.js
var report_problems = __webpack_require__(61271);
;// CONCATENATED MODULE: ./lib/src/core/report/installation-outcome.js

/** `failure` says why it failed where no problem does. */
function installationFacts({ problems, pass }, exitCode, failure) {
    const all = [...problems.toSorted(report_problems/* byPlace */.hz).map(report_problems/* told */.Ev), ...(pass?.problems ?? [])];
    const isUnexplained = exitCode !== 0 && !all.some(({ severity }) => severity === 'error');
    return {
        problems: all,
        looked: (pass?.objects ?? []).map(({ object }) => object),
        exitCode: () => exitCode,
        ...(isUnexplained ? { failure: failure() } : {}),
    };
}
/** Of the pass. RFC 3339 in UTC sorts as text. */
function nextDueIn({ pass }) {
    const times = (pass?.objects ?? []).map(({ nextDue }) => nextDue);
    return times.filter((time) => time !== undefined).toSorted()[0];
}
function lastPassFailed(installation) {
    return `installation ${installation}: the last pass failed. See the log of its pod, or run the command status with refresh.`;
}

// EXTERNAL MODULE: ./lib/src/core/report/text-table.js
var text_table = __webpack_require__(1609);
// EXTERNAL MODULE: ./lib/src/core/report/as-json.js
var as_json = __webpack_require__(87722);
// EXTERNAL MODULE: ./lib/src/core/report/causes.js
var causes = __webpack_require__(44379);
// EXTERNAL MODULE: ./lib/src/core/report/markdown.js + 2 modules
var markdown = __webpack_require__(98166);
// EXTERNAL MODULE: ./lib/src/core/report/counts.js
var report_counts = __webpack_require__(63919);
;// CONCATENATED MODULE: ./lib/src/core/report/change-table.js

/** `owner`: the ExternalSecret that it was made for; '' where there is none any more. */
function changeRow({ action, target, detail }, owner) {
    return (0,markdown/* tableRow */.jD)([action, target, detail, owner]);
}
/** Of rows of `changeRow`. */
function changeTable(rows) {
    return { head: ['', 'Secret', 'Keys', 'Because of'], rows };
}

;// CONCATENATED MODULE: ./lib/src/core/report/pass.js




function passLines(pass, look) {
    if (pass === undefined)
        return [];
    const problems = pass.problems.length === 0 ? [] : [(0,causes/* causesAsText */.cU)(pass.problems, look)];
    const left = leftText(pass);
    const title = `${passTitle(pass)}: ${passCounts(pass)} ${costs(pass)}`;
    return ['', title, ...problems, ...(left === '' ? [] : [`  ${left}`])];
}
function passTitle({ finishedAt, holder }) {
    return `Pass of ${finishedAt} in pod ${holder}`;
}
/** `1 created, 0 updated, 0 deleted, 2 unchanged.` */
function passCounts({ counts }) {
    return counts === undefined ? 'No report.' : (0,report_counts/* countsText */.W)({ counts });
}
function costs({ startedAt, finishedAt, vaultRequests }) {
    return (0,report_counts/* costsText */.U)(Date.parse(finishedAt) - Date.parse(startedAt), vaultRequests);
}
function leftText({ left, holder }) {
    return left === 0 ? '' : `And ${left} more, see the log of pod ${holder}`;
}
/** Which pass it was and what it cost: one line of Markdown. */
function passAsMarkdown(pass) {
    const left = leftText(pass);
    return (0,markdown/* cell */.Hn)(`${passTitle(pass)}: ${costs(pass)}${left === '' ? '' : ` ${left}.`}`);
}
/** What became of Secrets. */
function passTable({ objects, prunes = [] }) {
    return changeTable([
        ...objects.flatMap(({ object, changes = [] }) => changes.map((change) => changeRow(change, object))),
        ...prunes.map((change) => changeRow(change, '')),
    ]);
}
/** Every Secret of the installation, those that changed or failed first. */
function passPicture({ objects }, room) {
    const drawn = objects.map(drawnOf);
    const isMarked = ({ mark }) => mark !== undefined;
    return (0,markdown/* pictureAsMarkdown */.uY)([...drawn.filter(isMarked), ...drawn.filter((one) => !isMarked(one))], room);
}
function drawnOf(object) {
    const { object: name, target, sources = [] } = object;
    const mark = markOf(object);
    return { object: name, target, sources, ...(mark === undefined ? {} : { mark }) };
}
function markOf({ verdict, changes = [] }) {
    if (verdict === 'blocked' || verdict === 'failed')
        return 'trouble';
    return ACTIONS.find((action) => changes.some((change) => change.action === action));
}
const ACTIONS = ['create', 'update', 'delete'];

;// CONCATENATED MODULE: ./lib/src/core/report/deployment.js











function deploymentOutcome(report) {
    return {
        command: report.command,
        ...installationFacts(report, deploymentExitCode(report), () => lastPassFailed(report.installation)),
        outputs: { ...objectOutputs(report), ...passOutputs(report), 'next-due': nextDueIn(report) },
        stopped: (0,build_report/* wasStopped */.th)(report),
        ...(0,report_forms/* formsOf */.X)(report, { text: deploymentAsText, json: deploymentAsJson, markdown: deploymentAsMarkdown }),
    };
}
/** What deploying changed of the installation's own objects, and what uninstalling did to Secrets. */
function objectOutputs({ objects }) {
    const deleted = objects.filter(({ object, outcome }) => outcome === 'deleted' && object.startsWith('Secret '));
    return {
        changed: objects.some(({ outcome }) => !['unchanged', 'kept', 'left'].includes(outcome)),
        ...(deleted.length === 0 ? {} : { deleted: deleted.length }),
    };
}
/** The pass is the one that was waited for: what it wrote was changed by deploying. */
function passOutputs({ pass }) {
    if (pass?.counts === undefined)
        return {};
    const { create, update, delete: removed } = pass.counts;
    return { ...countOutputs(pass.counts), ...(create + update + removed > 0 ? { changed: true } : {}) };
}
function deploymentExitCode({ problems, pass }) {
    return (0,model_problem/* hasErrors */.Cs)(problems) || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}
const MARKS = {
    created: '+',
    changed: '~',
    unchanged: '=',
    deleted: '-',
    held: '!',
    kept: '=',
    left: '!',
    failed: '!',
};
const STYLES = {
    created: 'add',
    changed: 'change',
    unchanged: 'dim',
    deleted: 'remove',
    held: 'warn',
    kept: 'dim',
    left: 'warn',
    failed: 'bad',
};
function deploymentAsText(report, look) {
    const { paint } = look;
    const shown = report.objects.filter(({ outcome }) => outcome !== 'unchanged');
    const lines = shown.map(({ object, outcome }) => `  ${painted(outcome, paint)}  ${object}`);
    const counts = [
        ...(lines.length === 0 ? [] : ['', ...lines]),
        ...(report.command === 'deploy' && report.objects.length > 0 ? ['', countsOf(report.objects)] : []),
    ];
    const problems = (0,causes/* causesAsText */.cU)(report.problems.map(report_problems/* told */.Ev), look);
    return [
        titleOf(report, paint),
        ...counts,
        ...passLines(report.pass, look),
        ...(problems === '' ? [] : ['', problems]),
        '',
    ].join('\n');
}
function countsOf(objects) {
    const count = (outcome) => objects.filter((one) => one.outcome === outcome).length;
    const always = ['created', 'changed', 'deleted', 'unchanged'];
    const sometimes = ['kept', 'held', 'failed', 'left'].filter((outcome) => count(outcome) > 0);
    return `${[...always, ...sometimes].map((outcome) => `${count(outcome)} ${outcome}`).join(', ')}.`;
}
function titleOf({ command, installation, cluster, objects, problems }, paint) {
    const some = objects.some(({ outcome }) => ['left', 'failed', 'held'].includes(outcome));
    const deployed = objects.length === 0 ? 'Not deployed:' : some ? 'Not wholly deployed:' : 'Deployed';
    const refused = (0,model_problem/* hasErrors */.Cs)(problems) ? 'Not uninstalled:' : 'Uninstalled';
    const uninstalled = some ? 'Not wholly uninstalled:' : refused;
    const done = { deploy: deployed, uninstall: uninstalled, suspend: 'Suspended', resume: 'Resumed' }[command];
    return paint('strong', `${done} ${installation} in ${cluster}`);
}
function painted(outcome, paint) {
    return paint(STYLES[outcome], `${MARKS[outcome]} ${outcome.padEnd(7)}`);
}
function deploymentAsJson(report) {
    const json = { version: 1, ...report, problems: report.problems.map(as_json/* problemJson */.o) };
    return `${JSON.stringify(json, null, 2)}\n`;
}
function deploymentAsMarkdown(report) {
    const { pass, problems } = report;
    const counts = pass === undefined ? '' : `\n\n${passCounts(pass)}`;
    const parts = {
        heading: `### Keyferry: ${(0,markdown/* cell */.Hn)((0,markdown/* inSentence */.BX)(titleOf(report, text_table/* PLAIN */.tZ.paint)))}${counts}`,
        tables: [...(pass === undefined ? [] : [passTable(pass)]), objectTable(report)],
        problems: [...(0,markdown/* toldByPlace */.cT)(problems), ...(pass?.problems ?? [])],
        end: pass === undefined ? '' : passAsMarkdown(pass),
    };
    return (0,markdown/* fittingMarkdown */.NI)(parts, markdown/* SUMMARY_ROOM */.jU, (room) => (pass === undefined ? '' : passPicture(pass, room)));
}
/** What is unchanged is not listed. */
function objectTable({ objects }) {
    const rows = objects
        .filter(({ outcome }) => outcome !== 'unchanged')
        .map(({ object, outcome }) => (0,markdown/* tableRow */.jD)([outcome, object]));
    return { title: 'The installation itself:', head: ['', 'Object'], rows };
}

// EXTERNAL MODULE: ./lib/src/core/model/shown.js
var shown = __webpack_require__(78995);
;// CONCATENATED MODULE: ./lib/src/core/report/filtered.js

function filteredProblem(problem, redact) {
    const { what, fix, quoted } = problem;
    const rest = quoted === undefined ? {} : { quoted: quoted.map(redact) };
    return { ...problem, what: redact(what), fix: redact(fix), ...rest };
}
function filteredReport(report, redact) {
    const { stopped } = report;
    return {
        ...report,
        objects: report.objects.map((object) => filteredObject(object, redact)),
        problems: report.problems.map((problem) => filteredProblem(problem, redact)),
        ...(stopped === undefined ? {} : { stopped: filteredProblem(stopped, redact) }),
    };
}
function filteredObject(object, redact) {
    const { reason, problems } = object;
    return {
        ...object,
        ...(reason === undefined ? {} : { reason: redact(reason) }),
        problems: problems.map((problem) => filteredProblem(problem, redact)),
    };
}
/** What is remembered and announced of an ExternalSecret: its condition and its Events, fit to be shown. */
function filteredItem(item, redact) {
    const { condition, events } = item.result;
    const told = (text) => (0,shown/* inLines */.Fi)(redact(text));
    return {
        ...item,
        problems: item.problems.map((problem) => filteredProblem(problem, redact)),
        result: {
            ...item.result,
            ...(condition === undefined ? {} : { condition: { ...condition, message: told(condition.message) } }),
            events: events.map((event) => ({ ...event, message: told(event.message) })),
        },
    };
}
/** A report of `deploy`, `status` and their like: problems of its own, and those of the pass. */
function filteredInstallation(told, redact) {
    const { problems, pass } = told;
    return {
        ...told,
        problems: problems.map((problem) => filteredProblem(problem, redact)),
        ...(pass === undefined ? {} : { pass: filteredPass(pass, redact) }),
    };
}
function filteredPass(pass, redact) {
    return { ...pass, problems: pass.problems.map((problem) => filteredPassProblem(problem, redact)) };
}
function filteredPassProblem(problem, redact) {
    const { text, what, fix } = problem;
    return {
        ...problem,
        text: redact(text),
        ...(what === undefined ? {} : { what: redact(what) }),
        ...(fix === undefined ? {} : { fix: redact(fix) }),
    };
}

// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/model/plural.js
var plural = __webpack_require__(20958);
;// CONCATENATED MODULE: ./lib/src/core/report/render.js








/** `file` is the objects as `kubectl apply --server-side -f` takes them; '' where there are none. */
function renderOutcome({ objects, problems }, file) {
    const names = (objects ?? []).map(({ kind, metadata: { namespace, name } }) => (0,object_ref/* refText */.d0)({ kind, name, ...(namespace === undefined ? {} : { namespace }) }));
    const rendered = { names, problems };
    return {
        command: 'render',
        problems: problems.toSorted(report_problems/* byPlace */.hz).map(report_problems/* told */.Ev),
        looked: [],
        outputs: {},
        stopped: false,
        piped: { text: file, as: 'file' },
        exitCode: () => (objects === undefined ? 1 : 0),
        ...(0,report_forms/* formsOf */.X)(rendered, { text: renderedAsText, markdown: renderedAsMarkdown, json: renderedAsJson }),
    };
}
function renderedAsText({ names, problems }) {
    const list = (0,causes/* causesAsText */.cU)(problems.toSorted(report_problems/* byPlace */.hz).map(report_problems/* told */.Ev), text_table/* PLAIN */.tZ);
    return [...names.map((name) => `  ${name}`), ...(list === '' ? [] : [list]), ''].join('\n');
}
function renderedAsMarkdown({ names, problems }) {
    const list = names.map((name) => `- ${(0,markdown/* inline */.mG)(name)}`);
    return [
        `### Keyferry: render, ${(0,plural/* plural */.L)(names.length, 'object')}`,
        '',
        ...list,
        (0,markdown/* problemsAsMarkdown */.SC)(problems),
        '',
    ].join('\n');
}
function renderedAsJson({ names, problems }) {
    const json = { version: 1, command: 'render', objects: names, problems: problems.map(as_json/* problemJson */.o) };
    return `${JSON.stringify(json, null, 2)}\n`;
}

// EXTERNAL MODULE: ./lib/src/core/model/sync-record.js
var sync_record = __webpack_require__(20697);
// EXTERNAL MODULE: ./lib/src/core/report/as-text.js
var as_text = __webpack_require__(40419);
;// CONCATENATED MODULE: ./lib/src/core/report/change.js
/** What became of one Secret, in words. */


const STATES = {
    planned: '',
    done: '',
    withheld: ' withheld',
    failed: ' not made',
    left: ' left',
};
/** `owner`: the object that it was made for, where there still is one. */
function change_toldChange(change, owner) {
    const { action, state, target } = change;
    return { action: `${action}${STATES[state]}`, target: (0,object_ref/* refText */.d0)(target), detail: detailOf(change, owner?.reason) };
}
function detailOf(change, cause) {
    if (change.reason !== undefined)
        return change.reason;
    const keys = (0,as_text/* keysText */._n)(change.keys, change.action === 'create');
    const names = keys === '' ? change.metadata.join(', ') : [keys, ...(0,as_text/* besideKeys */.XC)(change)].join('; ');
    return [names, ...(cause === undefined ? [] : [`(${cause})`])].join(' ').trim();
}

// EXTERNAL MODULE: ./lib/src/core/report/installation-plan.js
var installation_plan = __webpack_require__(32635);
// EXTERNAL MODULE: ./lib/src/core/report/worded.js
var worded = __webpack_require__(15118);
;// CONCATENATED MODULE: ./lib/src/core/report/as-markdown.js
/** Report → GitHub-flavoured Markdown: for step summaries and pull request comments. */










function reportAsMarkdown(report, room = markdown/* SUMMARY_ROOM */.jU, words = worded/* AS_WRITTEN */.bj) {
    const parts = {
        heading: `### Keyferry: ${(0,markdown/* cell */.Hn)((0,markdown/* inSentence */.BX)((0,as_text/* titleOf */.Gg)(report)))}\n\n${summaryLine(report, words)}`,
        tables: [tableOf(report), ...(report.installation === undefined ? [] : [(0,installation_plan/* installationTable */.nS)(report.installation)])],
        problems: (0,build_report/* problemsOf */.GW)(report).toSorted(report_problems/* asRows */.gN).map(report_problems/* told */.Ev),
        end: `${(0,report_counts/* costsText */.U)(report.durationMs, report.reads.requests)} Fingerprint: \`${report.fingerprint}\``,
    };
    return (0,markdown/* fittingMarkdown */.NI)(parts, room, (bytes) => (0,markdown/* pictureAsMarkdown */.uY)(report.objects.flatMap(as_markdown_drawnOf), bytes));
}
function tableOf(report) {
    return changeTable([
        ...report.objects.flatMap(objectRows),
        ...report.prunes.map((change) => changeRow(change_toldChange(change), '')),
    ]);
}
/** What is blocked or failed is told as a problem. */
function objectRows(object) {
    const owner = (0,object_ref/* refText */.d0)(object.ref);
    if (object.verdict !== 'unknown')
        return object.changes.map((change) => changeRow(change_toldChange(change, object), owner));
    return [changeRow({ action: 'unknown', target: (0,object_ref/* refText */.d0)(object.target), detail: object.reason ?? '' }, owner)];
}
/** What changes, fails or cannot be known; the rest is counted only. */
function as_markdown_drawnOf(object) {
    const mark = as_markdown_markOf(object);
    const { ref, target, sources = [] } = object;
    return mark === undefined ? [] : [{ object: (0,object_ref/* refText */.d0)(ref), target: (0,object_ref/* refText */.d0)(target), sources, mark }];
}
function as_markdown_markOf({ verdict, changes }) {
    if (verdict === 'blocked' || verdict === 'failed')
        return 'trouble';
    if (verdict === 'unknown')
        return verdict;
    const [change] = verdict === 'change' || verdict === 'not-due' ? changes : [];
    return change === undefined || change.state === 'withheld' ? undefined : change.action;
}
function summaryLine(report, words) {
    const { installation } = report;
    const aside = words((0,build_report/* asideText */.YT)(report));
    const isSame = installation?.objects.every(({ action }) => action === 'unchanged') ?? false;
    const same = isSame && installation !== undefined ? [`${(0,markdown/* cell */.Hn)((0,installation_plan/* installationTitle */.F2)(installation))}.`] : [];
    return [(0,report_counts/* countsText */.W)(report), ...(aside === '' ? [] : [`${aside}.`]), ...same].join(' ');
}

;// CONCATENATED MODULE: ./lib/src/core/report/run.js
/** The outcome of `plan` and `sync`, and of the plan of a deployment. */









function runOutcome(report) {
    const { command, level, cluster, fingerprint, objects } = report;
    const counts = isWithheld(report) ? { ...report.counts, ...NOTHING } : report.counts;
    const changed = !isWithheld(report) && (0,build_report/* hasChanges */.ik)(report);
    return {
        command,
        problems: (0,build_report/* problemsOf */.GW)(report).toSorted(report_problems/* asRows */.gN).map(report_problems/* told */.Ev),
        looked: objects.map(({ ref }) => (0,object_ref/* refText */.d0)(ref)),
        outputs: { changed, ...countOutputs(counts), fingerprint, 'next-due': nextDueOf(report) },
        stopped: (0,build_report/* wasStopped */.th)(report),
        plan: { level, cluster, changed },
        exitCode: (detailed) => (0,build_report/* exitCode */.I$)(report, detailed),
        ...(0,report_forms/* formsOf */.X)(report, { text: as_text/* reportAsText */.wF, markdown: reportAsMarkdown, json: as_json/* reportAsJson */.T }),
    };
}
const NOTHING = { create: 0, update: 0, delete: 0 };
/** A sync that was stopped before its first write: what it tells is what it would have written. */
function isWithheld({ command, stopped }) {
    return command === 'sync' && stopped !== undefined;
}
/** RFC 3339, of whatever is due first; absent where nothing ever is. */
function nextDueOf({ objects }) {
    return objects.flatMap(({ nextDue }) => (nextDue === undefined ? [] : [(0,sync_record/* wholeSeconds */.$P)(nextDue)])).toSorted()[0];
}

;// CONCATENATED MODULE: ./lib/src/core/report/status.js










function statusOutcome(report) {
    const counts = report.pass?.counts;
    return {
        command: 'status',
        ...installationFacts(report, statusExitCode(report), () => failureOf(report)),
        // The last pass is long over: it says nothing of what was changed by looking.
        outputs: { ...(counts === undefined ? {} : countOutputs(counts)), 'next-due': nextDueIn(report) },
        stopped: false,
        ...(0,report_forms/* formsOf */.X)(report, { text: statusAsText, json: statusAsJson, markdown: statusAsMarkdown }),
    };
}
function failureOf({ rows, installation }) {
    const missing = rows.find(({ secret, keys }) => secret !== undefined && keys === undefined);
    if (missing?.secret === undefined)
        return lastPassFailed(installation);
    return `${missing.object}: ${missing.secret} is missing. Run the command status with refresh, which makes a pass now.`;
}
/** 1 where something is wrong now: an error, a failed last pass, a Secret that is missing after it. */
function statusExitCode({ problems, pass, rows }) {
    const missing = pass !== undefined && rows.some(({ secret, keys }) => secret !== undefined && keys === undefined);
    return (0,model_problem/* hasErrors */.Cs)(problems) || missing || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}
function statusAsText(report, look) {
    const { installation, cluster, version } = report;
    const tables = [storesTable(report, look), secretsTable(report, look)].filter((table) => table !== '');
    const problems = (0,causes/* causesAsText */.cU)(report.problems.map(report_problems/* told */.Ev), look);
    return [
        look.paint('strong', `Installation ${installation} in ${cluster}, version ${version}`),
        headOf(report),
        ...tables.flatMap((table) => ['', table]),
        ...passLines(report.pass, look),
        ...(problems === '' ? [] : ['', problems]),
        '',
    ].join('\n');
}
/** `Schedule 0,30 * * * *, last started …`. */
function headOf({ schedule, suspended, lastScheduled }) {
    const when = lastScheduled === undefined ? 'not started by it yet' : `last started ${lastScheduled}`;
    return `Schedule ${schedule}${suspended ? ', suspended' : ''}, ${when}`;
}
function storesTable({ rows }, look) {
    const stores = rows.filter(({ secret }) => secret === undefined);
    const told = stores.map(({ object, detail = '' }) => ({ cells: [object, detail] }));
    return (0,text_table/* textTable */.ed)({ heads: ['STORE', 'VAULT'], giving: [1, 0], rows: told }, look);
}
function secretsTable({ rows, pass }, look) {
    const told = rows
        .filter(({ secret }) => secret !== undefined)
        .map((row) => {
        const [object = '', secret = '', ...others] = cells(row, pass);
        const names = [object.replace(/^ExternalSecret /u, ''), secret.replace(/^Secret /u, '')];
        return { ...(isTrouble(row) ? { style: 'bad' } : {}), cells: [...names, ...others] };
    });
    return (0,text_table/* textTable */.ed)({ heads: ['EXTERNALSECRET', 'SECRET', 'LAST PASS', 'NEXT DUE'], giving: [1, 0], rows: told }, look);
}
function isTrouble({ keys, verdict = '' }) {
    return keys === undefined || ['blocked', 'failed'].includes(verdict);
}
/** Object, Secret with its keys, what the last pass came to, when it is due. */
function cells({ object, detail, secret, keys, verdict, nextDue }, pass) {
    if (secret === undefined)
        return [object, detail ?? '', '', ''];
    const count = keys === undefined ? 'missing' : keys === 'not readable' ? keys : keyCount(keys.length);
    const seen = pass?.objects.find((one) => one.object === object);
    return [object, `${secret} (${count})`, verdict === undefined ? '' : passWord(verdict, seen), nextDue ?? ''];
}
/** A verdict of the planner, as what became of it: after a pass, `change` is done, and the Secret in step. */
function passWord(verdict, seen) {
    switch (verdict) {
        case 'change':
            return DONE[seen?.changes?.at(-1)?.action ?? ''] ?? 'written';
        case 'unchanged':
            return 'in step';
        case 'not-due':
            return 'not due';
        case 'other-class':
            return "another controller's";
        default:
            return verdict;
    }
}
const DONE = { create: 'created', update: 'updated', delete: 'deleted' };
function keyCount(count) {
    return count === 1 ? '1 key' : `${count} keys`;
}
/** `version` is that of the JSON, as everywhere; that of the installation has a name of its own. */
function statusAsJson({ version: installedVersion, ...report }) {
    const { installation, cluster, ...rest } = report;
    const head = { version: 1, installation, cluster, installedVersion };
    return `${JSON.stringify({ ...head, ...rest, problems: report.problems.map(as_json/* problemJson */.o) }, null, 2)}\n`;
}
function statusAsMarkdown(report) {
    const { pass, problems } = report;
    const parts = {
        heading: `### Keyferry: ${(0,markdown/* cell */.Hn)(`installation ${report.installation} in ${report.cluster}`)}\n\n${(0,markdown/* cell */.Hn)(headOf(report))}`,
        tables: [
            {
                head: ['Object', 'Secret', 'Last pass', 'Next'],
                rows: report.rows.map((row) => (0,markdown/* tableRow */.jD)(cells(row, pass))),
            },
        ],
        problems: [...(0,markdown/* toldByPlace */.cT)(problems), ...(pass?.problems ?? [])],
        end: pass === undefined ? '' : passAsMarkdown(pass),
    };
    return (0,markdown/* fittingMarkdown */.NI)(parts, markdown/* SUMMARY_ROOM */.jU, (room) => (pass === undefined ? '' : passPicture(pass, room)));
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./lib/src/core/deploy/print.js
/** Objects as YAML, for `kubectl apply --server-side -f -`, GitOps tools and review. */

function printObjects(objects) {
    return objects.map((object) => `---\n${(0,dist/* stringify */.As)(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
}

// EXTERNAL MODULE: ./lib/src/core/model/fields.js
var fields = __webpack_require__(34249);
// EXTERNAL MODULE: ./lib/src/core/model/managed-cluster.js
var managed_cluster = __webpack_require__(48080);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-answer.js
/**
 * What a vault's refusal says, read once and cut down to names and codes.
 *
 * The SDK drops the body of a failed list and keeps that of a single read in an error with all headers; here it is the
 * same for both. The body itself is never kept: a proxy may have echoed the request into it.
 */


/** Thrown inside the SDK's pipeline; its message names no more than status and codes. */
class VaultRefusal extends Error {
    answer;
    constructor(answer) {
        super(`HTTP ${answer.status} ${answer.code} ${answer.inner}`.trim());
        this.name = 'VaultRefusal';
        this.answer = answer;
    }
}
class GarbledAnswer extends Error {
    garbling;
    constructor(garbling) {
        super(`the answer cannot be used: ${garbling}`);
        this.name = 'GarbledAnswer';
        this.garbling = garbling;
    }
}
function readVaultAnswer(response) {
    const error = errorOf(response.bodyAsText ?? '');
    const message = vault_answer_text(error?.['message']);
    const header = (name) => response.headers.get(name);
    return {
        status: response.status,
        fromVault: error !== undefined,
        code: word(error?.['code']),
        inner: innerCode(error) || word(/AKV\d+/.exec(message)?.[0]),
        isDisabled: isDisabled(innerCode(error), message),
        sentence: ownSentence(message),
        callerObjectId: /oid=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/i.exec(message)?.[1],
        action: /Action: '([A-Za-z./]{1,200})'/.exec(message)?.[1],
        vaultId: /Resource: '(\/subscriptions\/[\w\-./()]*?\/vaults\/[\w-]+)/i.exec(message)?.[1],
        clientAddress: clientAddress(message, header('x-ms-keyvault-network-info')),
        header,
    };
}
/** The JSON object that a body holds; undefined for anything else. */
function jsonObject(body) {
    try {
        const value = JSON.parse(body);
        return (0,fields/* isRecord */.u)(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Key Vault has a code for it; what stands in for it elsewhere may have the sentence alone. */
function isDisabled(inner, message) {
    return (/^(Secret|Key|Certificate)Disabled$/.test(inner) ||
        /^Operation \w+ is not allowed on a disabled (secret|key|certificate)\b/i.test(message));
}
/** Of which the refusals of Key Vault are made. A sentence with any other word may hold anything, and is not shown. */
const KEY_VAULT_WORDS = new Set(('a access action address allowed an and an application are authorized before been by caller certificate client ' +
    'connection deleted denied disabled does enabled expired for from get group has have in is it key list network no ' +
    'not nor of on operation or perform permission policy private public request resource secret secrets service since ' +
    'state the this time to token trusted until user valid vault via was with yet').split(' '));
const LONGEST_SENTENCE = 160;
function ownSentence(message) {
    const sentence = /^[^.\r\n]*/.exec(message)?.[0].trim() ?? '';
    if (sentence.length > LONGEST_SENTENCE || !/^[A-Z][A-Za-z ,]*$/.test(sentence))
        return undefined;
    const words = sentence.toLowerCase().split(/[ ,]+/);
    return words.length > 2 && words.every((one) => KEY_VAULT_WORDS.has(one)) ? `${sentence}.` : undefined;
}
function errorOf(body) {
    const error = jsonObject(body)?.['error'];
    return (0,fields/* isRecord */.u)(error) && typeof error['code'] === 'string' ? error : undefined;
}
function innerCode(error) {
    const inner = error?.['innererror'] ?? error?.['innerError'];
    return (0,fields/* isRecord */.u)(inner) ? word(inner['code']) : '';
}
function clientAddress(message, networkInfo) {
    const spoken = /Client address: ([0-9a-fA-F:.]*[0-9a-fA-F])/.exec(message)?.[1];
    const noted = /(?:^|;)addr=([0-9a-fA-F:.]+)/.exec(networkInfo ?? '')?.[1];
    return [spoken, noted].find((address) => address !== undefined && (0,external_node_net_.isIP)(address) > 0);
}
function vault_answer_text(value) {
    return typeof value === 'string' ? value : '';
}
/** Codes are shown to users; anything that does not look like one is not a code. */
function word(value) {
    return typeof value === 'string' && /^(?:AKV\d{1,8}|[A-Za-z][A-Za-z_.]{0,63})$/.test(value) ? value : '';
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/claims.js
/** What a JSON Web Token says of itself, unchecked: for messages, and to know when it ends. */


/** Undefined when it is no JSON Web Token. */
function presentedBy(token) {
    const claims = claimsOf(token);
    if (claims === undefined)
        return undefined;
    const audience = Array.isArray(claims['aud']) ? claims['aud'].join(', ') : claims['aud'];
    return { issuer: line(claims['iss']), subject: line(claims['sub']), audience: line(audience) };
}
/** Milliseconds since 1970; undefined for a token that does not say it. */
function endOf(token) {
    const end = claimsOf(token)?.['exp'];
    return typeof end === 'number' ? end * 1000 : undefined;
}
function claimsOf(token) {
    const payload = token.split('.')[1];
    if (payload === undefined)
        return undefined;
    const claims = jsonObject(Buffer.from(payload, 'base64url').toString('utf8'));
    return (0,fields/* isRecord */.u)(claims) ? claims : undefined;
}
/** Entra takes no longer subject; more than this is no honest claim, and says so. */
const LONGEST_CLAIM = 2_000;
/** Control and format characters, halves of pairs, line separators, and spaces that look like the common one. */
const UNSEEN = /(?! )[\p{C}\p{Z}]/gu;
/**
 * Claims go into messages whole and in their own letters, because they are written into a credential from there; not
 * so what cannot be seen, or would make another line of it.
 */
function line(claim) {
    if (typeof claim !== 'string')
        return '';
    const letters = Array.from(claim.replace(UNSEEN, '?'));
    const rest = letters.length - LONGEST_CLAIM;
    return rest > 0 ? `${letters.slice(0, LONGEST_CLAIM).join('')}… (${rest} more letters)` : letters.join('');
}

// EXTERNAL MODULE: ./lib/src/core/model/login-hosts.js
var login_hosts = __webpack_require__(66061);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/cloud.js
/** The clouds: who issues tokens for a store, and which vaults belong there. Never asks the network. */



const KNOWN_CLOUDS = {
    PublicCloud: cloud('PublicCloud', 'vault.azure.net'),
    USGovernmentCloud: cloud('USGovernmentCloud', 'vault.usgovcloudapi.net'),
    ChinaCloud: cloud('ChinaCloud', 'vault.azure.cn'),
    GermanCloud: cloud('GermanCloud', 'vault.microsoftazure.de'),
};
const RESOURCE_MANAGERS = {
    PublicCloud: 'https://management.azure.com',
    USGovernmentCloud: 'https://management.usgovcloudapi.net',
    ChinaCloud: 'https://management.chinacloudapi.cn',
};
/** A cloud with its Resource Manager. */
function knownCloud(environment) {
    return { ...KNOWN_CLOUDS[environment], resourceManager: RESOURCE_MANAGERS[environment] };
}
/**
 * The cloud of a store. `customCloudConfig` works with every environmentType, also without `useAzureSDK`, but its login
 * only where the run allows it.
 */
function cloudOf(store, provider, logins = login_hosts/* KNOWN_CLOUDS_ONLY */.Mk) {
    const base = provider.environmentType === 'AzureStackCloud' ? undefined : KNOWN_CLOUDS[provider.environmentType];
    const custom = provider.customCloudConfig;
    if (custom !== undefined)
        return customCloud(store, { environmentType: provider.environmentType, custom, base, logins });
    if (base !== undefined)
        return base;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(store.ref)} has environmentType AzureStackCloud, but no customCloudConfig`,
        fix: 'Set spec.provider.azurekv.customCloudConfig.activeDirectoryEndpoint to the sign-in address of that cloud.',
        whole: true,
    });
}
/** The environmentType that a vault's host name belongs to; undefined for custom names. */
function environmentOfVault(host) {
    return Object.values(KNOWN_CLOUDS).find((cloud) => host.endsWith(cloud.vaultDnsSuffix ?? '/'))?.environmentType;
}
function cloud(environmentType, vaultDomain) {
    return {
        environmentType,
        authorityHost: `https://${login_hosts/* LOGIN_HOSTS */.IO[environmentType]}`,
        vaultResource: `https://${vaultDomain}`,
        vaultDnsSuffix: `.${vaultDomain}`,
    };
}
function customCloud(store, { environmentType, custom, base, logins }) {
    const suffix = custom.keyVaultDNSSuffix?.replace(/^\.?/, '.');
    return {
        environmentType,
        authorityHost: customAuthority(store, custom.activeDirectoryEndpoint, logins),
        vaultResource: suffix === undefined ? base?.vaultResource : `https://${suffix.slice(1)}`,
        vaultDnsSuffix: suffix ?? base?.vaultDnsSuffix,
    };
}
/** As the parser writes it, so that nobody behind reads another host out of it than was judged here. */
function customAuthority(store, endpoint, logins) {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (url?.protocol !== 'https:')
        throw noAddress(store);
    if (!(0,login_hosts/* mayLogInAt */.YW)(url, logins))
        throw foreignLogin(`${(0,object_ref/* refText */.d0)(store.ref)} logs in at`, url.host);
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
/** The text is not shown: it may be an address with a login in it. */
function noAddress(store) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(store.ref)} has a customCloudConfig.activeDirectoryEndpoint that is no https address`,
        fix: 'Set it to the sign-in address of that cloud, as https://login.example.com/.',
        whole: true,
    });
}
/** A host that no proof of identity is sent to; `what` goes on with its name. */
function foreignLogin(what, host) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'LoginHost',
        what: `${what} ${host}, which is no login host of a known cloud and not allowed by this run`,
        fix: `Nothing was sent there. If that host is trusted to be you, allow it with --login-hosts ${host}.`,
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/caller.js
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Azure names the object id, mostly. Where it does not, az takes the client id in its place, which is ours to know. */
function callerOf(objectId, clientId) {
    if (objectId === undefined && clientId !== undefined) {
        return { name: `client ${clientId}`, roleFlags: `--assignee ${clientId}`, policyFlag: `--spn ${clientId}` };
    }
    const id = objectId ?? 'OBJECT_ID';
    return {
        name: `identity ${id}`,
        roleFlags: `--assignee-object-id ${id} --assignee-principal-type ServicePrincipal`,
        policyFlag: `--object-id ${id}`,
    };
}
/** The client id of an identity. It goes into commands that people paste, so that it must be one. */
function clientIdIn(identity) {
    const named = identity.type === 'managed-identity' ? identity.identityId : undefined;
    const clientId = 'clientId' in identity ? identity.clientId : (named ?? '');
    return GUID.test(clientId) ? { clientId } : {};
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/src/adapters/transport/proxy.js
var transport_proxy = __webpack_require__(88065);
// EXTERNAL MODULE: ./lib/src/adapters/transport/retry.js
var retry = __webpack_require__(20175);
// EXTERNAL MODULE: ./lib/src/adapters/transport/tunnel.js
var transport_tunnel = __webpack_require__(24811);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/wire.js



/** Of any answer: more than the largest honest one by far. Compressed ones are not asked for, and not unpacked. */
const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;
/**
 * What every pipeline of the SDK is told: repetition, redirects and proxies are ours. The address stands for "not from
 * the variables", which the SDK would read by rules of its own; nothing is ever sent there.
 */
const SDK_OPTIONS = {
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    proxyOptions: { host: 'http://127.0.0.1', port: 9 },
};
/** No answer, or one that was cut off. */
class WireFailure extends Error {
    /** Node's code, as `ECONNRESET`; `ETIMEDOUT` for our own time limit; `PROXY_…` where the proxy gave no way. */
    code;
    /** The proxy that was asked, without a login. */
    proxy;
    /** There was never a way to the host: more likely it is not there than that a proxy has a bad moment. */
    isNeverReached;
    constructor(code, proxy, isNeverReached = false) {
        super(`no answer (${code})`);
        this.name = 'WireFailure';
        this.code = code;
        this.proxy = proxy;
        this.isNeverReached = isNeverReached;
    }
}
/** REQUEST_SEND_ERROR is the SDK's word for a failure without a code. */
const REPEATABLE_CODES = new Set([
    'ECONNRESET',
    'EPIPE',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'ESOCKETTIMEDOUT',
    'REQUEST_SEND_ERROR',
]);
/** Of a host that no proxy ever found a way to. */
const FIRST_ATTEMPTS = 2;
/** An HttpClient for the SDKs. `before` runs ahead of each request, `observe` sees each answer. */
function createWire(options) {
    (0,transport_proxy/* refuseBadProxies */.M)(options.environment);
    return {
        sendRequest: async (request) => {
            await options.before?.();
            const tunnel = chooseWay(request, options.environment);
            try {
                const response = await sendInTime(options.http, request, options.timeoutMs);
                options.observe?.(response);
                return response;
            }
            catch (error) {
                const failure = error instanceof WireFailure ? error : wire_failureOf(error, tunnel, request.url);
                options.observeFailure?.(failure);
                throw failure;
            }
        },
    };
}
/**
 * | the proxy answered CONNECT with             | sent again                                                |
 * | ------------------------------------------- | --------------------------------------------------------- |
 * | 408, 429, 5xx, and found the host before    | as after such an answer of the host itself: three times   |
 * | 408, 429, 5xx, and never found it           | once: who waits longer for a wrong address waits in vain  |
 * | else                                        | never                                                     |
 */
function judgeWireFailure({ code, isNeverReached }) {
    const status = /^PROXY_HTTP_(\d+)$/.exec(code)?.[1];
    if (status !== undefined) {
        if (!isRepeatableStatus(Number(status)))
            return undefined;
        const reason = `was not reached through the proxy (HTTP ${status})`;
        return isNeverReached ? { reason, attempts: FIRST_ATTEMPTS } : { reason };
    }
    return REPEATABLE_CODES.has(code.replace(/^PROXY_/, '')) ? { reason: `did not answer (${code})` } : undefined;
}
/** Whether a status may be repeated at all: 501 and 505 say that it never will work. */
function isRepeatableStatus(status) {
    return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
/** The tunnel that a request goes through. For http the agent that the pipeline chose stays, where there is a proxy. */
function chooseWay(request, environment) {
    const url = new URL(request.url);
    const proxy = (0,transport_proxy/* proxyFor */.i)(url, environment);
    if (proxy !== undefined && url.protocol === 'http:')
        return undefined;
    delete request.agent;
    if (proxy === undefined)
        return undefined;
    const tunnel = (0,transport_tunnel/* tunnelThrough */.Il)(proxy, environment);
    request.agent = tunnel;
    return tunnel;
}
/**
 * The SDK's own timeout ends with the headers, so that a stalled body would hang for ever, and after a failure its timer
 * keeps the process alive; ours covers the body and is always cleared.
 * Compression is refused because the SDK never notices when a compressed body is cut off.
 */
async function sendInTime(http, request, timeoutMs) {
    const controller = new AbortController();
    const asked = request.timeout;
    const limitMs = asked > 0 ? Math.min(asked, timeoutMs) : timeoutMs;
    let timer;
    const late = new Promise((_resolve, reject) => {
        timer = setTimeout(() => {
            reject(new WireFailure('ETIMEDOUT'));
            controller.abort();
        }, limitMs);
    });
    request.streamResponseStatusCodes = new Set([Infinity]);
    request.timeout = 0;
    request.abortSignal = controller.signal;
    request.headers.delete('Accept-Encoding');
    try {
        return await Promise.race([http.sendRequest(request).then(withBody), late]);
    }
    finally {
        clearTimeout(timer);
        request.timeout = asked;
    }
}
/** Reads what the SDK left as a stream, so that no answer can fill the memory. */
async function withBody({ readableStreamBody, ...response }) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of readableStreamBody ?? []) {
        bytes += chunk.length;
        // Leaving the loop ends the connection.
        if (bytes > LARGEST_ANSWER_BYTES)
            throw new WireFailure('EMSGSIZE');
        chunks.push(Buffer.from(chunk));
    }
    return { ...response, bodyAsText: Buffer.concat(chunks).toString('utf8') };
}
function wire_failureOf(error, tunnel, address) {
    const isNeverReached = tunnel !== undefined && !tunnel.hasReached(new URL(address).hostname);
    return new WireFailure(codeOf(error), tunnel?.description, isNeverReached);
}
/** Here PARSE_ERROR means that the body was cut off: nothing has been parsed yet. */
function codeOf(error) {
    if (!(0,fields/* isRecord */.u)(error))
        return 'REQUEST_SEND_ERROR';
    if (error['name'] === 'AbortError')
        return 'ETIMEDOUT';
    if (error['code'] === 'PARSE_ERROR' || error['code'] === 'ERR_STREAM_PREMATURE_CLOSE')
        return 'ECONNRESET';
    return typeof error['code'] === 'string' ? error['code'] : 'REQUEST_SEND_ERROR';
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/plain-request.js




/** The last answer, whatever its status, after all repetitions. Throws a WireFailure where none came. */
async function askPlainly(context, request) {
    if (request.url.protocol !== 'https:' && !isOfThisMachine(request.url))
        throw unencrypted(request);
    const send = await senderOf(context, request);
    try {
        return await (0,retry/* withRetry */.b)(context, {
            description: request.description,
            deadlineMs: context.settings.deadlineMs,
            judge: (error) => judge(error, context),
            attempt: async () => {
                const answer = await send();
                const isBroken = answer.status === 200 && !request.isWhole(answer.body);
                if (isBroken || isRepeatableStatus(answer.status))
                    throw new Repeatable(answer);
                return answer;
            },
        });
    }
    catch (error) {
        if (error instanceof Repeatable)
            return error.answer;
        throw error;
    }
}
/** A runner of one's own may give its token over plain http on the same machine. */
function isOfThisMachine({ protocol, hostname }) {
    return protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}
function unencrypted({ description, url }) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'Unencrypted',
        what: `${description} was to be asked at ${url.protocol}//${url.host}, which is not encrypted`,
        fix: 'Nothing was sent there. Only an address of this machine itself may be http.',
        whole: true,
    });
}
class Repeatable extends Error {
    answer;
    constructor(answer) {
        super(`HTTP ${answer.status}`);
        this.answer = answer;
    }
}
function judge(error, { clock }) {
    if (error instanceof WireFailure)
        return judgeWireFailure(error);
    if (!(error instanceof Repeatable))
        return undefined;
    const { status, header } = error.answer;
    const reason = status === 429 ? 'throttled' : `answered HTTP ${status}${status === 200 ? ' without a whole body' : ''}`;
    const waitMs = (0,retry/* retryAfterMs */.V)(header, clock.now());
    return waitMs === undefined ? { reason } : { reason, retryAfterMs: waitMs };
}
async function senderOf({ settings, environment }, { method, url, headers }) {
    const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 1818));
    const http = createWire({
        http: createDefaultHttpClient(),
        timeoutMs: settings.requestTimeoutMs,
        environment,
    });
    const pipeline = createPipelineFromOptions({ ...SDK_OPTIONS, ...plainProxy(url, environment) });
    return async () => {
        const request = createPipelineRequest({
            url: url.href,
            method,
            headers: createHttpHeaders(headers),
            allowInsecureConnection: url.protocol === 'http:',
        });
        const response = await pipeline.sendRequest(http, request);
        return { status: response.status, body: response.bodyAsText ?? '', header: (name) => response.headers.get(name) };
    };
}
/** For an http address, which needs no tunnel; those for https are the wire's. */
function plainProxy(url, environment) {
    const address = url.protocol === 'http:' ? (0,transport_proxy/* proxyFor */.i)(url, environment) : undefined;
    if (address === undefined)
        return {};
    const { protocol, hostname, port, username, password } = new URL(address);
    const host = `${protocol}//${hostname}`;
    return {
        proxyOptions: { host, port: Number(port || (protocol === 'https:' ? 443 : 80)), username, password },
    };
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/wire-words.js
/** `thing` is what was asked, at `host`. */
function wireWords({ code, proxy }, thing, host) {
    if (code.startsWith('PROXY_'))
        return proxyWords(code.slice('PROXY_'.length), proxy ?? 'in the variables', { thing, host });
    const words = { kind: 'Unavailable', code, whole: true };
    if (code === 'ENOTFOUND') {
        const fix = host.includes('.vault.')
            ? 'Check vaultUrl; a deleted vault loses its name, and a vault with private DNS is only found from inside its network.'
            : 'Check the address and the name servers of this machine.';
        return { ...words, what: `${thing} is not known: there is no host ${host} (${code})`, fix };
    }
    if (code === 'EMSGSIZE') {
        const what = `${thing} sent an answer that is far too large`;
        return { kind: 'Malformed', code, whole: true, what, fix: `Check that no proxy answers in place of ${host}.` };
    }
    if (isTlsCode(code)) {
        const fix = `If a company proxy re-signs connections, set NODE_EXTRA_CA_CERTS to its certificate before the program starts; otherwise do not trust this connection.`;
        return { ...words, what: `${thing} showed a certificate that is not trusted (${code})`, fix };
    }
    const fix = `Check that this machine may connect to ${host}:443, and HTTPS_PROXY and NO_PROXY if there is a proxy.`;
    return { ...words, what: `${thing} did not answer (${code})`, fix };
}
/** `reason` is what the proxy answered to CONNECT, as `HTTP_502`, or why it did not. */
function proxyWords(reason, proxy, { thing, host }) {
    const status = Number(/^HTTP_(\d+)$/.exec(reason)?.[1] ?? 0);
    if (status === 407)
        return proxyLoginWords(thing, host);
    const words = { kind: 'Unavailable', code: `PROXY_${reason}`, whole: true };
    if (status === 0) {
        const fix = `Check HTTPS_PROXY, and that the proxy runs; name ${host} in NO_PROXY if it is reached directly.`;
        return { ...words, what: `${thing} was not asked: its proxy ${proxy} did not answer (${reason})`, fix };
    }
    const what = `${thing} was not reached: the proxy ${proxy} gave no way to ${host} (HTTP ${status})`;
    const fix = status >= 400 && status < 500
        ? `Let ${host} pass there, or name it in NO_PROXY if it is reached directly.`
        : `Check ${host.includes('.vault.') ? 'vaultUrl' : 'the address'} (is there such a host?), and name it in NO_PROXY if it is reached directly; if both are right, run again later.`;
    return { ...words, what, fix };
}
function proxyLoginWords(thing, host) {
    return {
        kind: 'Unauthenticated',
        code: 'PROXY_HTTP_407',
        what: `the proxy before ${thing} asks for a login (HTTP 407)`,
        fix: `Put user and password into HTTPS_PROXY, or name ${host} in NO_PROXY.`,
        whole: true,
    };
}
function isTlsCode(code) {
    return /CERT|^UNABLE_TO|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code);
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/token-service.js
/**
 * The place where a CI system gives a job its token: one request, and what it means when it brings none.
 *
 * A page of the web is not its answer but that of a proxy, which has nothing to do with the rights of the job.
 */





/** Throws a PortError that names the host where something stands between. */
async function requestToken(context, request) {
    const { service, url } = request;
    const tokenIn = (body) => {
        const token = jsonObject(body)?.[request.field];
        return typeof token === 'string' && token !== '' ? token : undefined;
    };
    const isWhole = (body) => tokenIn(body) !== undefined;
    const answer = await answerOf(context, { ...request, isWhole });
    const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
    if (token !== undefined)
        return token;
    if (answer.status === 407)
        throw new errors/* PortError */.U7(proxyLoginWords(service, url.host));
    if (isPage(answer) && request.showsPage?.(answer.status) !== true)
        throw notItself(answer.status, service, url.host);
    throw answer.status === 200 ? withoutToken(service, url.host) : request.refused(answer.status);
}
async function answerOf(context, request) {
    try {
        return await askPlainly(context, request);
    }
    catch (error) {
        if (!(error instanceof WireFailure))
            throw error;
        throw new errors/* PortError */.U7(wireWords(error, request.service, request.url.host));
    }
}
function isPage({ status, body, header }) {
    return status < 500 && (/^\s*</.test(body) || /^text\/html\b/i.test(header('content-type') ?? ''));
}
function notItself(status, service, host) {
    return new errors/* PortError */.U7({
        kind: 'Malformed',
        what: `something else answered in place of ${service} (HTTP ${status}, a page of the web)`,
        fix: `A proxy or firewall stands between: let ${host} pass there, or name it in NO_PROXY. The permissions of the job are not the reason.`,
        whole: true,
    });
}
function withoutToken(service, host) {
    return new errors/* PortError */.U7({
        kind: 'Malformed',
        what: `${service} answered without a token, also when it was asked again`,
        fix: `Run the job again; if it stays, something between changes the answers of ${host}.`,
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/azure-pipelines.js
/**
 * The token of an Azure Pipelines job, for the identity of one service connection.
 *
 * Azure DevOps REST 7.1, Oidctoken - Create: POST SYSTEM_OIDCREQUESTURI?api-version=7.1&serviceConnectionId=…, with the
 * job's own access token. Its audience is always api://AzureADTokenExchange.
 */


const API_VERSION = '7.1';
const STEP_LINES = 'env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }';
/** Whether everything is there; a service connection that is named on purpose is enough, so that the rest is asked for. */
function hasPipelinesToken({ environment, settings }) {
    if (!environment['SYSTEM_OIDCREQUESTURI'])
        return false;
    if (settings.serviceConnectionId !== undefined)
        return true;
    return Boolean(environment['SYSTEM_ACCESSTOKEN']) && Boolean(serviceConnectionOf({ environment, settings }));
}
/** '' where none is named. */
function serviceConnectionOf({ environment, settings }) {
    return settings.serviceConnectionId ?? environment['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'] ?? '';
}
async function askAzurePipelines(context, serviceConnectionId) {
    const { url, bearer } = requestOf(context, serviceConnectionId);
    return await requestToken(context, {
        service: 'the token service of Azure Pipelines',
        description: 'Azure Pipelines',
        method: 'POST',
        url,
        headers: {
            authorization: `Bearer ${bearer}`,
            'content-type': 'application/json',
            // Otherwise a refusal is a redirection to a sign-in page.
            'x-tfs-fedauthredirect': 'Suppress',
        },
        field: 'oidcToken',
        showsPage: isSignIn,
        refused: (status) => refused(status, serviceConnectionId),
    });
}
/** Azure DevOps shows whoever is not logged in a page to do that. */
function isSignIn(status) {
    return status === 401 || status === 203 || (status >= 300 && status < 400);
}
function requestOf({ environment }, serviceConnectionId) {
    const uri = environment['SYSTEM_OIDCREQUESTURI'] ?? '';
    const bearer = environment['SYSTEM_ACCESSTOKEN'] ?? '';
    if (!URL.canParse(uri))
        throw missing('SYSTEM_OIDCREQUESTURI is not set', 'Run this in a job of Azure Pipelines.');
    // What is not mapped at all arrives as the macro itself.
    if (bearer === '' || bearer.startsWith('$('))
        throw missing('SYSTEM_ACCESSTOKEN is not set', stepFix());
    if (serviceConnectionId === '')
        throw missing('no service connection is named', connectionFix());
    const url = new URL(uri);
    url.searchParams.set('api-version', API_VERSION);
    url.searchParams.set('serviceConnectionId', serviceConnectionId);
    return { url, bearer };
}
function missing(reason, fix) {
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: `this job may not ask Azure Pipelines for an ID token: ${reason}`,
        fix,
        whole: true,
    });
}
function stepFix() {
    return `Add to the step: ${STEP_LINES}.`;
}
function connectionFix() {
    return 'Give the id of the service connection (the resourceId in its address) with --service-connection-id, or run inside AzureCLI@2, which sets AZURESUBSCRIPTION_SERVICE_CONNECTION_ID.';
}
function refused(status, serviceConnectionId) {
    const what = `Azure Pipelines gave no ID token for the service connection "${azure_pipelines_shown(serviceConnectionId)}" (HTTP ${status})`;
    if (status >= 500 || status === 429) {
        return new errors/* PortError */.U7({ kind: 'Unavailable', what, fix: 'Run the job again.', whole: true });
    }
    const fix = isSignIn(status)
        ? `Check that SYSTEM_ACCESSTOKEN is that of this job: ${STEP_LINES}.`
        : 'Check its id, that it uses workload identity federation, and that this pipeline is authorised to use it.';
    return new errors/* PortError */.U7({ kind: 'Unauthenticated', what, fix, whole: true });
}
function azure_pipelines_shown(text) {
    return text.replace(/[^\w-]/g, '?').slice(0, 64);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./lib/src/core/model/pull-request.js
var pull_request = __webpack_require__(48335);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/github.js
/** The ID token of a GitHub job: asked of whatever address the runner names, so also of GHES and ghe.com. */





/** The line of a workflow that gives a job the right to ask. */
const PERMISSIONS = 'permissions: { contents: read, id-token: write }';
/** Events whose runs belong to the fork; pull_request_target runs in the repository itself, and may have a token. */
const OF_A_PULL_REQUEST = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
function hasGitHubToken(environment) {
    return Boolean(environment['ACTIONS_ID_TOKEN_REQUEST_URL']) && Boolean(environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
}
/** GitHub Docs, OpenID Connect: the address has a query already; without an audience the token is for GitHub itself. */
async function askGitHub(context, audience) {
    const url = context.environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
    const bearer = context.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    if (url === '' || bearer === '')
        throw await noGitHubToken(context.environment);
    if (!URL.canParse(url))
        throw badGitHubUrl();
    const address = new URL(url);
    address.searchParams.set('audience', audience);
    return await requestToken(context, {
        service: "GitHub's ID token service",
        description: 'GitHub OIDC',
        method: 'GET',
        url: address,
        headers: { authorization: `bearer ${bearer}`, accept: 'application/json; api-version=2.0' },
        field: 'value',
        refused: (status) => gitHubRefused(status, address.host),
    });
}
/** Without the permission there is no address to ask, so that a refusal is never a matter of permissions. */
function gitHubRefused(status, host) {
    if (status >= 500 || status === 429) {
        return new errors/* PortError */.U7({
            kind: status === 429 ? 'Throttled' : 'Unavailable',
            what: `GitHub's ID token service gave no token (HTTP ${status}), also when it was asked again`,
            fix: `Run the job again, and see githubstatus.com if it lasts. Behind a proxy, check that it lets ${host} pass.`,
            whole: true,
        });
    }
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: `GitHub's ID token service refused this job (HTTP ${status}), though the job has the permission`,
        fix: status === 401
            ? 'ACTIONS_ID_TOKEN_REQUEST_TOKEN is good for its own job and no longer than that: run the job again, and hand it on to no other.'
            : `If a proxy or firewall says so, let ${host} pass there; else run the job again, and see githubstatus.com if it lasts.`,
        whole: true,
    });
}
async function noGitHubToken(environment) {
    const fork = await forkOfRun(environment);
    const what = 'this job may not ask GitHub for an ID token (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set)';
    if (fork === undefined) {
        const fix = `Add to the job: ${PERMISSIONS}. A reusable workflow gets it from the job that calls it.`;
        return new errors/* PortError */.U7({ kind: 'Unauthenticated', what, fix, whole: true });
    }
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        code: 'ForkPullRequest',
        what: `this run belongs to a pull request of the fork ${fork}, and GitHub gives such runs no ID token, whatever their permissions say`,
        fix: 'Do here only what needs no login (the command validate), and the rest after the merge; or open the pull request from a branch of this repository.',
        whole: true,
    });
}
/** The fork that the run's pull request comes from; undefined where it is none, or nothing says so. */
async function forkOfRun(environment) {
    const path = environment['GITHUB_EVENT_PATH'] ?? '';
    if (path === '' || !OF_A_PULL_REQUEST.includes(environment['GITHUB_EVENT_NAME'] ?? ''))
        return undefined;
    const event = jsonObject(await (0,promises_.readFile)(path, 'utf8').catch(() => ''));
    const fork = (0,pull_request/* forkOf */.q)(event?.['pull_request']);
    return fork === undefined ? undefined : strictName(fork);
}
function strictName(name) {
    return /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(name) ? name : 'of another owner';
}
function badGitHubUrl() {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: 'ACTIONS_ID_TOKEN_REQUEST_URL is no address',
        fix: 'Leave the variable as the runner sets it.',
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/given-token.js
/** Tokens that somebody left for this process: in a file, or in a variable, as GitLab's `id_tokens` do. */




const THREE_PARTS = /^[\w-]+\.[\w-]+\.[\w-]*$/;
async function readTokenFile(context, path) {
    const isOurs = path === context.settings.tokenFile;
    const place = `the token file ${path} (${isOurs ? '--token-file' : 'AZURE_FEDERATED_TOKEN_FILE'})`;
    const fix = isOurs
        ? 'Check the path, and that this user may read it.'
        : 'Check that the workload identity webhook mounted it and that this user may read it.';
    const token = await textOf(path, place, fix);
    // The kubelet renews a mounted one; there, a clock that is wrong is for Entra to tell.
    return isOurs ? stillGood(token, place, context) : token;
}
async function textOf(path, place, fix) {
    try {
        return (await (0,promises_.readFile)(path, 'utf8')).trim();
    }
    catch (error) {
        const code = (0,fields/* isRecord */.u)(error) && typeof error['code'] === 'string' ? error['code'] : 'unknown';
        throw new errors/* PortError */.U7({ kind: 'Unauthenticated', what: `${place} cannot be read (${code})`, fix, code, whole: true });
    }
}
/** The variable's own text is never shown, only its name. */
function readTokenVariable(context, name) {
    const token = (context.environment[name] ?? '').trim();
    const place = `the variable ${name} (--token-variable)`;
    if (token === '') {
        throw notThere(`${place} is not set`, `In GitLab, add to the job: ${idTokens(name, context)}.`);
    }
    if (!THREE_PARTS.test(token)) {
        // Of any system, for it does not matter where it was made.
        const isPath = /^(\/|[a-z]:[\\/])/i.test(token);
        const fix = isPath ? 'Give that path with --token-file.' : 'Name the variable that holds the token itself.';
        throw notThere(`${place} holds ${isPath ? 'a path' : 'something else'}, not a token`, fix);
    }
    return stillGood(token, place, context);
}
function idTokens(name, { settings }) {
    return `id_tokens: { ${name}: { aud: ${settings.audience} } }`;
}
function notThere(what, fix) {
    return new errors/* PortError */.U7({ kind: 'Unauthenticated', code: 'NoToken', what, fix, whole: true });
}
/** Nobody renews such a token for us, so its end is told here; Entra would only say that it does not like it. */
function stillGood(token, place, { clock }) {
    const end = endOf(token);
    const now = clock.now();
    if (end === undefined || now.getTime() < end)
        return token;
    throw new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        code: 'TokenExpired',
        what: `${place} holds a token that expired at ${time(new Date(end))}; now it is ${time(now)}`,
        fix: "Run this in a job of its own, or earlier: such a token is not renewed within a job. GitLab's end with the job's timeout, or after five minutes.",
        whole: true,
    });
}
function time(date) {
    return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/login-guard.js



/** `refused` is told why as well: the library makes an error of its own of what is thrown here. */
function onlyAtLoginHosts(http, logins, refused) {
    return {
        sendRequest: async (request) => {
            const url = new URL(request.url);
            if ((0,login_hosts/* mayLogInAt */.YW)(url, logins))
                return await http.sendRequest(request);
            const reason = foreignLogin('the login was to go on at', url.host);
            refused(reason);
            throw reason;
        },
    };
}
/**
 * SDK: a managed identity of a pod with a mounted token is had by exchanging that token at AZURE_AUTHORITY_HOST, whatever
 * else the credential is told. Nobody but the machine's environment has said so, and that is not enough.
 */
function refuseForeignAuthority({ environment, settings }, who) {
    const { AZURE_AUTHORITY_HOST: authority = '', AZURE_FEDERATED_TOKEN_FILE: token = '' } = environment;
    if (authority === '' || token === '')
        return;
    const url = URL.canParse(authority) ? new URL(authority) : undefined;
    const isPlain = url !== undefined && authority.replace(/\/+$/u, '') === url.origin;
    if (isPlain && (0,login_hosts/* mayLogInAt */.YW)(url, settings.logins))
        return;
    throw foreignLogin(`${who} logs in at AZURE_AUTHORITY_HOST,`, url?.host ?? 'which is no address');
}
/** A token with another audience is worth something elsewhere. The audience of the settings is the run's own word. */
function refuseForeignAudience({ settings }, audiences) {
    const { audience: own, logins } = settings;
    const foreign = audiences.find((audience) => audience !== own && !(0,login_hosts/* mayBeAudience */.pA)(audience, logins));
    if (foreign === undefined)
        return;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'TokenAudience',
        what: 'a token was to be asked for with an audience that this run does not allow',
        fix: 'It was not asked for. Leave it out of serviceAccountRef.audiences, or allow it with --token-audiences.',
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/assertion.js
/**
 * Where a workload proves who it is: the CI system that it runs in, the cluster, or a token that somebody left here.
 *
 * A CI system is asked anew for each exchange: its proof is good for five minutes, and is held by nobody longer than the
 * exchange takes. Other proofs are kept in memory until a minute before their end and never longer, because several
 * identities ask for the same one within seconds. Each is masked the moment it arrives.
 */







const MARGIN_MS = 60_000;
function createAssertions(context) {
    const remembered = new Map();
    return {
        get: async (source) => {
            if (isAskedAnew(source))
                return await requestAssertion(context, source);
            const key = JSON.stringify(source);
            const known = remembered.get(key);
            if (known !== undefined && context.clock.now().getTime() < known.goodUntil)
                return known.token;
            const fresh = { token: requestAssertion(context, source), goodUntil: Infinity };
            remembered.set(key, fresh);
            try {
                const token = await fresh.token;
                fresh.goodUntil = goodUntil(token);
                return token;
            }
            catch (error) {
                if (remembered.get(key) === fresh)
                    remembered.delete(key);
                throw error;
            }
        },
        forget: (source) => void remembered.delete(JSON.stringify(source)),
    };
}
/** One is used for one exchange; credential.ts makes one exchange for all who want the same token at a time. */
function isAskedAnew({ from }) {
    return from === 'github' || from === 'azure-pipelines';
}
function digestOf(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
}
async function requestAssertion(context, source) {
    const token = await rawAssertion(context, source);
    context.masker.mask(secret_value/* SecretValue */.i.ofText(token));
    return token;
}
async function rawAssertion(context, source) {
    switch (source.from) {
        case 'github':
            refuseForeignAudience(context, [source.audience]);
            return askGitHub(context, source.audience);
        case 'azure-pipelines':
            return askAzurePipelines(context, source.serviceConnectionId);
        case 'token-variable':
            return readTokenVariable(context, source.name);
        case 'token-file':
            return readTokenFile(context, source.path);
        case 'service-account':
            if (context.cluster === undefined)
                throw new Error('there is no cluster to ask for a token yet');
            refuseForeignAudience(context, source.audiences);
            return context.cluster.requestToken(source.namespace, source.name, source.audiences);
        default:
            return source;
    }
}
/** A token that does not say when it ends is used once. */
function goodUntil(token) {
    const end = endOf(token);
    return end === undefined ? 0 : end - MARGIN_MS;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/certificate.js
/** A client certificate as Entra is to see it. Throws plain errors that say what is wrong and quote nothing. */

/** The certificate and key that count, checked: of several blocks the last, as in External Secrets Operator. */
function lastCertificate(pem) {
    const blocks = pem.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g) ?? [];
    const certificate = blocks.findLast((block) => block.startsWith('-----BEGIN CERTIFICATE-----'));
    const key = blocks.findLast((block) => /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(block));
    if (certificate === undefined)
        throw new Error('there is no CERTIFICATE block in it (PEM is expected)');
    if (key === undefined)
        throw new Error('there is no PRIVATE KEY block in it');
    if (!parses(() => new external_node_crypto_.X509Certificate(certificate)))
        throw new Error('its certificate cannot be parsed');
    const type = keyType(key);
    if (type !== 'rsa')
        throw new Error(type === undefined ? 'its private key cannot be parsed' : 'its private key is not RSA');
    return `${certificate}\n${key}\n`;
}
function keyType(pem) {
    try {
        return (0,external_node_crypto_.createPrivateKey)(pem).asymmetricKeyType;
    }
    catch {
        return undefined;
    }
}
function parses(parse) {
    try {
        parse();
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/managed-identity-error.js
/**
 * Why the endpoint of a machine gave no token for a managed identity.
 *
 * It is the machine's own service, and says best itself what it misses: its sentence is shown, where it is one.
 */


/** `identityId` is the store's; undefined = none was named. */
function managedIdentityError(last, identityId) {
    if (last === undefined || last instanceof WireFailure)
        return noEndpoint(last?.code ?? 'no answer');
    const said = last.description === '' ? '' : `: "${last.description}"`;
    const words = wordsOf(last, identityId);
    return new errors/* PortError */.U7({
        kind: isRepeatableStatus(last.status) ? 'Unavailable' : 'Unauthenticated',
        what: `the managed identity endpoint gave no token (HTTP ${last.status}${last.error === '' ? '' : `, ${last.error}`})${words.reason}${said}`,
        fix: words.fix,
        whole: true,
    });
}
function noEndpoint(code) {
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: `this machine has no managed identity endpoint (${code})`,
        fix: 'Run on an Azure machine with a managed identity, or use authType WorkloadIdentity.',
        whole: true,
    });
}
/** What helps depends on what was asked for, which the endpoint does not tell. */
function wordsOf({ status, description }, identityId) {
    if (status === 200 || isRepeatableStatus(status)) {
        return { reason: '', fix: 'Run again; if it stays, look at the machine and its identities.' };
    }
    if (identityId !== undefined)
        return namedReason(identityId);
    if (/\bmultiple\b.*\bidentit/i.test(description)) {
        return {
            reason: ': several identities are assigned to this machine, and the store names none',
            fix: 'Set spec.provider.azurekv.identityId to the client id of one of them.',
        };
    }
    return {
        reason: ': the store names no identity, and this machine has none of its own',
        fix: 'Assign one to this machine; if it has several, set spec.provider.azurekv.identityId to the client id of one.',
    };
}
function namedReason(identityId) {
    if (!identityId.startsWith('/')) {
        return {
            reason: '',
            fix: 'Check that the identity in identityId is assigned to this machine; identityId is its client id.',
        };
    }
    return {
        reason: ': identityId is a resource id',
        fix: `Check that this identity is assigned to this machine, or give its client id: az identity show --ids ${identityId} --query clientId --output tsv.`,
    };
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/entra-error.js







/** One failed exchange. */
class EntraFailure extends Error {
    last;
    presented;
    constructor(last, presented) {
        super('no token');
        this.name = 'EntraFailure';
        this.last = last;
        this.presented = presented;
    }
}
const OAUTH_ERROR = /^[a-z_]{1,64}$/;
/** Words and what stands between them: no digits, so no ids, and nothing that a log could take for a command. */
const SENTENCE = /^[A-Za-z][A-Za-z ,.;'/-]{0,200}$/;
const TRANSIENT = new Set(['90055', '90033', '90006', '90024']);
/** The assertion was too old or too young: a fresh one may pass. */
const STALE_ASSERTION = '700024';
const OTHER_CLOUD = 'Set environmentType of the store, or --azure-environment for a cluster, to that cloud.';
/** From reference-error-codes of Entra; numbers may change, so that anything unknown still gives a usable message. */
const ADVICE = {
    '70021': (_exchange, presented) => ['no federated credential matches the token', credentialFix(presented)],
    '700211': (_exchange, presented) => [
        `no federated credential has the issuer "${presented?.issuer ?? ''}"`,
        `${credentialFix(presented)} The slash at the end counts: clusters have one, GitHub has none.`,
    ],
    '700212': (_exchange, presented) => [
        `no federated credential has the audience "${presented?.audience ?? ''}"`,
        `${credentialFix(presented)} Or set --token-audience to the one that is configured there.`,
    ],
    '7002121': (_exchange, presented) => [
        `no federated credential has the audience "${presented?.audience ?? ''}"`,
        credentialFix(presented),
    ],
    '700213': (_exchange, presented) => [
        `no federated credential has the subject "${presented?.subject ?? ''}"`,
        credentialFix(presented),
    ],
    '7002131': (_exchange, presented) => [
        `no expression of a federated credential matches the subject "${presented?.subject ?? ''}"`,
        'Correct the expression; managed identities need the exact subject.',
    ],
    '7002138': (_exchange, presented) => [
        `a federated credential has the subject "${presented?.subject ?? ''}" in other upper and lower case`,
        'Write it there exactly like this; Entra compares letter by letter.',
    ],
    '700038': ({ identity }) => [
        `"${'clientId' in identity ? identity.clientId : ''}" is no client id that Entra knows`,
        'Check the client id: that of the identity or application, not its object or resource id.',
    ],
    '700016': ({ tenantId }) => [
        `no application with this client id is in tenant ${tenantId}`,
        'Use the client id (not the object or resource id), and check the tenant id and that the identity still exists.',
    ],
    '700024': () => [
        'the token that proves the identity is expired or not valid yet',
        'Set the clock of this machine right and run again.',
    ],
    '700027': () => [
        'the signature of the token or certificate is not accepted',
        'If the issuer has changed its keys, wait an hour; else check that the certificate is registered with the application.',
    ],
    '700222': () => ['a token of Entra itself cannot prove the identity', 'Use a token of GitHub or of the cluster.'],
    '90061': (_exchange, presented) => [
        `Entra cannot reach the issuer "${presented?.issuer ?? ''}"`,
        'Its discovery documents must be readable from the internet.',
    ],
    '50166': (_exchange, presented) => [
        `Entra cannot reach the issuer "${presented?.issuer ?? ''}"`,
        'Its discovery documents must be readable from the internet.',
    ],
    '900612': (_exchange, presented) => [
        `Entra cannot read the keys of the issuer "${presented?.issuer ?? ''}"`,
        'Check its JWKS document.',
    ],
    '90002': ({ tenantId, identity }) => [
        `${identity.authorityHost} knows no tenant ${tenantId}`,
        'Check the tenant id, and environmentType (of the store; --azure-environment for a cluster) if the tenant is in another cloud.',
    ],
    '90038': ({ tenantId }) => [`tenant ${tenantId} is in another cloud`, OTHER_CLOUD],
    '900432': ({ tenantId }) => [`tenant ${tenantId} is in another cloud`, OTHER_CLOUD],
    '500011': ({ scope, tenantId }) => [
        `tenant ${tenantId} knows no resource for the scope ${scope}`,
        resourceFix(scope),
    ],
    '50001': ({ scope }) => [`the scope ${scope} is not known`, 'Check vaultUrl and environmentType.'],
    '70011': ({ scope }) => [`the scope ${scope} is not valid`, 'Check vaultUrl and environmentType.'],
    '28002': ({ scope }) => [`the scope ${scope} is not valid`, 'Check vaultUrl and environmentType.'],
    '7000215': () => [
        'the client secret is wrong',
        'Store the value of a client secret (not its id), without a line break at its end.',
    ],
    '7000222': () => ['the client secret has expired', 'Create a new one, or use WorkloadIdentity, which has none.'],
    '50005': () => [
        'a conditional access policy blocks this machine',
        'Ask an administrator to admit its address or to exclude the identity.',
    ],
    '53003': () => [
        'a conditional access policy blocks this machine',
        'Ask an administrator to admit its address or to exclude the identity.',
    ],
    '50020': ({ tenantId }) => [`the account is not of tenant ${tenantId}`, 'Correct the tenant id.'],
};
/** A scope without https is the application of API servers, which has to exist in the tenant once. */
function resourceFix(scope) {
    if (!scope.startsWith('https://')) {
        return `API servers of AKS are unknown in that tenant; make them known once: az ad sp create --id ${scope.replace('/.default', '')}.`;
    }
    if (scope.includes('://management.'))
        return 'Set --azure-environment to the cloud that the cluster is in.';
    return 'Set environmentType to the cloud that the vault is in.';
}
function readEntraAnswer(response, now) {
    const body = jsonObject(response.bodyAsText ?? '');
    const description = typeof body?.['error_description'] === 'string' ? body['error_description'] : '';
    return {
        status: response.status,
        number: /AADSTS(\d{4,8})(?!\d)/.exec(description)?.[1] ?? '',
        error: strict(body?.['error'], OAUTH_ERROR),
        correlationId: strict(body?.['correlation_id'], /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
        description: strict(description, SENTENCE),
        retryAfterMs: (0,retry/* retryAfterMs */.V)((name) => response.headers.get(name), now),
    };
}
/**
 * For managed identities MSAL keeps the first HTTP client of the process, so that later exchanges are not seen on the
 * wire; their status is in the cause of the error.
 */
function answerInError(error) {
    const cause = (0,fields/* isRecord */.u)(error) ? error['cause'] : undefined;
    if (!(0,fields/* isRecord */.u)(cause) || typeof cause['status'] !== 'number')
        return undefined;
    const word = strict(cause['errorCode'], OAUTH_ERROR);
    const told = typeof cause['errorMessage'] === 'string' ? cause['errorMessage'] : '';
    const description = strict(/Description: (.*?) - (?:Correlation|Trace) ID/.exec(told)?.[1], SENTENCE);
    return { status: cause['status'], number: '', error: word, correlationId: '', description, retryAfterMs: undefined };
}
/** Whether another exchange may work. `forget` is called when that needs a fresh assertion. */
function judgeEntra(error, identity, forget) {
    if (!(error instanceof EntraFailure) || error.last === undefined)
        return undefined;
    const { last } = error;
    if (last instanceof WireFailure)
        return judgeWireFailure(last);
    if (last.number === STALE_ASSERTION)
        return forget() ? { reason: 'found the token too old', retryAfterMs: 0 } : undefined;
    if (!isTransient(last, identity))
        return undefined;
    const reason = last.status === 429 ? 'throttled' : `answered HTTP ${last.status}${last.status === 200 ? ' without a token' : ''}`;
    return last.retryAfterMs === undefined ? { reason } : { reason, retryAfterMs: last.retryAfterMs };
}
/** Why there is no token, as a PortError; what is neither a refusal nor of the Azure CLI is a bug and is thrown on. */
function entraError(error, exchange) {
    if (error instanceof errors/* PortError */.U7)
        return error;
    if (exchange.identity.type === 'azure-cli')
        return azureCliError(error);
    if (!(error instanceof EntraFailure))
        throw error;
    if (exchange.identity.type === 'managed-identity') {
        return managedIdentityError(error.last, exchange.identity.identityId);
    }
    if (error.last instanceof WireFailure)
        return wireError(error.last, exchange.identity);
    return refusal(error.last, error.presented, exchange);
}
/** A 200 that gave no token was empty or broken: as passing as a 502. */
function isTransient(last, identity) {
    if (last.status === 200 || TRANSIENT.has(last.number) || isRepeatableStatus(last.status))
        return true;
    return identity.type === 'managed-identity' && (last.status === 404 || last.status === 410);
}
function wireError(failure, identity) {
    const { host } = new URL(identity.authorityHost);
    return new errors/* PortError */.U7(wireWords(failure, `Entra (${host})`, host));
}
function refusal(last, presented, exchange) {
    const code = last === undefined || last.number === '' ? '' : `AADSTS${last.number}`;
    const advice = ADVICE[last?.number ?? '']?.(exchange, presented);
    const who = `Entra gave no token to ${clientText(exchange.identity)} in tenant ${exchange.tenantId}`;
    const [reason, fix] = advice ?? [
        unknownReason(last),
        unknownFix(last, new URL(exchange.identity.authorityHost).host),
    ];
    return new errors/* PortError */.U7({
        kind: kindOf(last),
        what: code === '' ? `${who}: ${reason}` : `${who}: ${reason} (${code})`,
        fix: `${fix}${presentedText(presented)}${correlationText(last)}`,
        ...(code === '' ? {} : { code }),
        whole: true,
    });
}
function kindOf(last) {
    if (last === undefined || last.status === 200)
        return 'Malformed';
    if (last.status === 429 || last.number === '90055')
        return 'Throttled';
    return last.status >= 500 ? 'Unavailable' : 'Unauthenticated';
}
function unknownReason(last) {
    if (last === undefined || last.status === 200)
        return 'the answer makes no sense';
    if (last.status === 429)
        return 'too many requests';
    return last.error === '' ? `HTTP ${last.status}` : `${last.error}, HTTP ${last.status}`;
}
function unknownFix(last, host) {
    if (last?.status === 200)
        return `Run again; if it stays, something between changes the answers of ${host}.`;
    if (last === undefined || last.status === 429 || last.status >= 500 || last.status < 400)
        return 'Run again later.';
    if (last.number === '') {
        return `Check that a proxy does not answer in place of Entra. If one does, let ${host} pass there, or name it in NO_PROXY.`;
    }
    // The numbers that begin so are about the application and its credentials.
    const client = /^7000\d{2,3}$/.test(last.number)
        ? 'Check the client id and the credential of that application. '
        : '';
    return `${client}See https://login.microsoftonline.com/error?code=${last.number}.`;
}
function clientText(identity) {
    return 'clientId' in identity ? `client ${identity.clientId}` : 'this identity';
}
function credentialFix(presented) {
    if (presented === undefined)
        return 'Add a federated credential to the identity.';
    return 'Add a federated credential with exactly the values presented to the identity; a new one needs some minutes.';
}
function presentedText(presented) {
    if (presented === undefined)
        return '';
    return ` Presented: issuer "${presented.issuer}", subject "${presented.subject}", audience "${presented.audience}".`;
}
function correlationText(last) {
    return last === undefined || last.correlationId === '' ? '' : ` Correlation id ${last.correlationId}.`;
}
function azureCliError(error) {
    const text = error instanceof Error ? error.message : '';
    const missing = text.includes('could not be found');
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: missing ? 'the Azure CLI (az) is not installed' : 'the Azure CLI (az) gave no token',
        fix: missing
            ? 'Install it, or choose another --identity.'
            : 'Run az login, with --tenant if the vault is in another tenant.',
        whole: true,
    });
}
function strict(value, form) {
    return typeof value === 'string' && form.test(value) ? value : '';
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/credential.js









/** A token is asked for again this long before its end; the clients themselves begin at two minutes. */
const credential_MARGIN_MS = 5 * 60_000;
const TENANT = /^[0-9a-zA-Z.-]*$/;
const credential_GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function createCredentials(context) {
    const assertions = createAssertions(context);
    const tokens = new Map();
    const getToken = async (request) => {
        const key = JSON.stringify([request.identity, request.tenantId.toLowerCase(), request.scope, request.claims]);
        const known = tokens.get(key);
        if (known !== undefined) {
            const token = await known;
            if (isFresh(token, context.clock.now()))
                return token;
            if (tokens.get(key) !== known)
                return getToken(request);
        }
        const fresh = exchange(context, assertions, request);
        tokens.set(key, fresh);
        fresh.catch(() => tokens.get(key) === fresh && tokens.delete(key));
        return fresh;
    };
    return {
        credentialFor: (opened, description) => ({
            getToken: (scopes, options = {}) => getToken(tokenRequest(opened, description, scopes, options)),
        }),
    };
}
function isFresh(token, now) {
    return now.getTime() < token.expiresOnTimestamp - credential_MARGIN_MS;
}
function tokenRequest(opened, description, scopes, options) {
    const scope = typeof scopes === 'string' ? scopes : (scopes[0] ?? '');
    const tenantId = effectiveTenant(opened.identity, options.tenantId ?? '', description);
    return { opened, identity: opened.identity, tenantId, scope, claims: options.claims };
}
/**
 * The store's tenant, else the challenge's. Two tenant ids that differ are refused here: Entra would give a token that
 * the vault then refuses. Domain names cannot be compared and are left to Entra.
 */
function effectiveTenant(identity, challenged, description) {
    const own = 'tenantId' in identity ? (identity.tenantId ?? '') : '';
    if (own === '' && challenged === '' && identity.type === 'assertion')
        throw noTenant(description);
    if (!TENANT.test(own || challenged) && identity.type !== 'managed-identity')
        throw badTenant(own || challenged);
    if (own === '')
        return challenged;
    if (!credential_GUID.test(own) || !credential_GUID.test(challenged) || own.toLowerCase() === challenged.toLowerCase())
        return own;
    throw new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: `${description} belongs to tenant ${challenged}, the identity of its store to tenant ${own}`,
        fix: `Use an identity of tenant ${challenged} and set tenantId to it.`,
        code: 'TenantMismatch',
        whole: true,
    });
}
function badTenant(tenantId) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `"${tenantId}" cannot be a tenant id`,
        fix: 'Write the id or the domain of the tenant into tenantId.',
        whole: true,
    });
}
function noTenant(description) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${description} does not say which tenant it belongs to`,
        fix: 'Set spec.provider.azurekv.tenantId of its store, or --azure-tenant-id.',
        whole: true,
    });
}
async function exchange(context, assertions, request) {
    const { identity } = request;
    let mayForget = true;
    const forget = () => {
        if (identity.type !== 'assertion' || !mayForget)
            return false;
        assertions.forget(identity.source);
        mayForget = false;
        return true;
    };
    try {
        const token = await (0,retry/* withRetry */.b)(context, {
            description: 'Entra',
            deadlineMs: context.settings.deadlineMs,
            judge: (error) => judgeEntra(error, identity, forget),
            attempt: () => exchangeHere(context, assertions, request),
        });
        context.masker.mask(secret_value/* SecretValue */.i.ofText(token.token));
        return token;
    }
    catch (error) {
        throw entraError(error, request);
    }
}
/** One exchange with a credential object of its own; everything that came over the wire is noted for the message. */
async function exchangeHere(context, assertions, request) {
    const assertion = request.identity.type === 'assertion' ? await assertions.get(request.identity.source) : '';
    const note = {};
    const credential = await createCredential(context, request, assertion, note);
    try {
        const options = request.claims === undefined ? {} : { claims: request.claims };
        const token = await credential.getToken(request.scope, { enableCae: true, ...options });
        if (token !== null)
            return token;
    }
    catch (error) {
        if (note.refused !== undefined)
            throw note.refused;
        if (request.identity.type === 'azure-cli')
            throw error;
        if (request.identity.type === 'managed-identity')
            note.last ??= answerInError(error);
    }
    throw new EntraFailure(note.last, presentedOf(assertion));
}
function presentedOf(assertion) {
    return assertion === '' ? undefined : presentedBy(assertion);
}
async function createCredential(context, request, assertion, note) {
    const { identity, tenantId, opened } = request;
    const azure = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 25563));
    const options = await credentialOptions(context, identity, note);
    switch (identity.type) {
        case 'assertion':
            return new azure.ClientAssertionCredential(tenantId, identity.clientId, () => Promise.resolve(assertion), options);
        case 'client-secret':
            return new azure.ClientSecretCredential(tenantId, identity.clientId, materialText(opened), options);
        case 'client-certificate': {
            const certificate = lastCertificate(materialText(opened));
            return new azure.ClientCertificateCredential(tenantId, identity.clientId, { certificate }, { ...options, sendCertificateChain: true });
        }
        case 'managed-identity':
            return new azure.ManagedIdentityCredential({ ...options, ...identityIdOption(identity.identityId) });
        case 'azure-cli':
            return new azure.AzureCliCredential(tenantId === '' ? {} : { tenantId });
    }
}
/**
 * Instance discovery is off for every cloud: it asks the public cloud whether an authority is genuine, which fails for
 * custom clouds and tells nothing about one that the store names itself.
 */
async function credentialOptions(context, identity, note) {
    const { createDefaultHttpClient } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 1818));
    const wire = createWire({
        http: createDefaultHttpClient(),
        timeoutMs: context.settings.requestTimeoutMs,
        environment: context.environment,
        observe: (response) => (note.last = readEntraAnswer(response, context.clock.now())),
        observeFailure: (failure) => (note.last = failure),
    });
    // The endpoint of a managed identity is this machine's, and no proof of identity goes there.
    const httpClient = identity.type === 'managed-identity'
        ? wire
        : onlyAtLoginHosts(wire, context.settings.logins, (reason) => (note.refused = reason));
    return {
        authorityHost: identity.authorityHost,
        disableInstanceDiscovery: true,
        ...SDK_OPTIONS,
        httpClient,
    };
}
function identityIdOption(identityId) {
    if (identityId === undefined)
        return {};
    return identityId.startsWith('/') ? { resourceId: identityId } : { clientId: identityId };
}
function materialText(opened) {
    return opened.material === undefined ? '' : new TextDecoder().decode(opened.material.reveal());
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/own-token.js



/** What `auto` finds; undefined = nothing that is meant for this process alone. */
function ownTokenHere(context) {
    const { settings, environment } = context;
    if (settings.tokenVariable !== undefined)
        return 'token-variable';
    if (settings.tokenFile !== undefined)
        return 'token-file';
    if (hasGitHubToken(environment))
        return 'github';
    return hasPipelinesToken(context) ? 'azure-pipelines' : undefined;
}
/** Where nothing is there: what a machine of this kind should have, so that the message says how to get it. */
function lastResort({ environment }) {
    const isMounted = Boolean(environment['AZURE_FEDERATED_TOKEN_FILE']);
    return environment['GITHUB_ACTIONS'] === 'true' && !isMounted ? 'github' : 'token-file';
}
/** Throws PortError Invalid where a setting is missing that says which token is meant. */
function ownToken({ settings, environment }, from) {
    switch (from) {
        case 'github':
            return { from, audience: settings.audience };
        case 'azure-pipelines':
            return { from, serviceConnectionId: serviceConnectionOf({ settings, environment }) };
        case 'token-variable':
            if (settings.tokenVariable === undefined)
                throw noVariable();
            return { from, name: settings.tokenVariable };
        case 'token-file':
            return { from, path: settings.tokenFile ?? environment['AZURE_FEDERATED_TOKEN_FILE'] ?? '' };
    }
}
/** Azure Pipelines: AzureCLI@2 and AzurePowerShell@5 set AZURESUBSCRIPTION_ variables for their service connection. */
function fallbackClientId({ settings, environment }) {
    return settings.azureClientId ?? firstFilled(environment, ['AZURE_CLIENT_ID', 'AZURESUBSCRIPTION_CLIENT_ID']);
}
function fallbackTenantId({ settings, environment }) {
    return settings.azureTenantId ?? firstFilled(environment, ['AZURE_TENANT_ID', 'AZURESUBSCRIPTION_TENANT_ID']);
}
function firstFilled(environment, names) {
    return names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? '';
}
function noVariable() {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: '--identity token-variable does not say which variable holds the token',
        fix: 'Name it with --token-variable.',
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/machine-identity.js
/**
 * Who this process is where no store says it: for Resource Manager, and for the API servers behind it.
 *
 * | setting `identity` | proof |
 * | --- | --- |
 * | auto | the token of this process (own-token.ts), then AZURE_FEDERATED_TOKEN_FILE |
 * | service-account | none: the cluster is only being reached |
 * | azure-cli | who is logged in |
 * | any other | that token |
 */


/** Throws PortError Invalid or Unauthenticated where something is missing; asks neither Entra nor a CI system. */
function machineIdentity(context, authorityHost, thing) {
    const tenantId = fallbackTenantId(context);
    if (context.settings.identity === 'azure-cli') {
        return { type: 'azure-cli', authorityHost, ...(tenantId === '' ? {} : { tenantId }) };
    }
    const source = ownToken(context, tokenOf(context, thing));
    const clientId = fallbackClientId(context);
    if (clientId === '')
        throw machine_identity_missing(thing, 'azure-client-id', 'AZURE_CLIENT_ID');
    if (tenantId === '')
        throw machine_identity_missing(thing, 'azure-tenant-id', 'AZURE_TENANT_ID');
    return { type: 'assertion', authorityHost, tenantId, clientId, source };
}
function tokenOf(context, thing) {
    const { identity } = context.settings;
    if (identity === 'service-account')
        throw noProof(thing);
    if (identity !== 'auto' && identity !== 'azure-cli')
        return identity;
    const from = ownTokenHere(context) ?? lastResort(context);
    const isMissing = from === 'token-file' && ownToken(context, from).path === '';
    if (isMissing)
        throw noProof(thing);
    return from;
}
function machine_identity_missing(thing, setting, variable) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `the login to ${thing} needs --${setting}`,
        fix: `Give it, or set ${variable}. It is not a secret.`,
        whole: true,
    });
}
function noProof(thing) {
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        code: 'NoToken',
        what: `nothing here proves who logs in to ${thing}: there is no token of GitHub or Azure Pipelines, no --token-variable, no --token-file, and AZURE_FEDERATED_TOKEN_FILE is not set`,
        fix: 'In a GitHub job, add permissions: { contents: read, id-token: write }; in GitLab, name a variable of id_tokens with --token-variable; on a laptop, use --identity azure-cli.',
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/arm-answer.js
/**
 * What Resource Manager's refusal says, cut down to codes and ids of a strict form.
 *
 * AKS wraps its own errors in no member `error`, unlike everything else there. The body itself is never kept.
 */


const arm_answer_GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
function readRefusal({ status, body, header }) {
    const error = errorIn(body);
    const message = typeof error?.['message'] === 'string' ? error['message'] : '';
    const code = error?.['code'];
    return {
        status,
        code: typeof code === 'string' && /^[A-Za-z]{1,64}$/.test(code) ? code : '',
        objectId: new RegExp(`object id '(${arm_answer_GUID})'`).exec(message)?.[1],
        action: /perform action '([A-Za-z./]{1,200})'/.exec(message)?.[1],
        tenantId: new RegExp(`authorization_uri="https://[^/"]+/(${arm_answer_GUID})"`).exec(header('www-authenticate') ?? '')?.[1],
        correlationId: new RegExp(`^${arm_answer_GUID}$`).exec(header('x-ms-correlation-request-id') ?? '')?.[0],
        isAboutLocalAccounts: /disable local accounts/i.test(message),
    };
}
/** Continuous access evaluation: the claims that a new token must have. */
function claimsDemanded({ status, header }) {
    if (status !== 401)
        return undefined;
    const encoded = /claims="([A-Za-z0-9+/=_-]+)"/.exec(header('www-authenticate') ?? '')?.[1];
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}
function errorIn(body) {
    const whole = jsonObject(body);
    return (0,fields/* isRecord */.u)(whole?.['error']) ? whole['error'] : whole;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/arm-error.js
/**
 * Resource Manager's refusals in words that say what to do.
 *
 * Whoever has no right is told the same of a cluster that exists and of one that does not, so the words leave both open.
 */



const CLUSTER_USER = 'Azure Kubernetes Service Cluster User Role';
function armError(refusal, request) {
    const { code, status, correlationId } = refusal;
    const words = arm_error_wordsOf(refusal, request);
    const trace = correlationId === undefined ? '' : ` Correlation id ${correlationId}.`;
    return new errors/* PortError */.U7({ ...words, fix: `${words.fix}${trace}`, code: code || `HTTP${status}`, whole: true });
}
function arm_error_wordsOf(refusal, request) {
    const { status, code } = refusal;
    if (status === 429)
        return throttledWords(request);
    if (status === 407)
        return arm_error_proxyWords(request);
    if (status >= 500 || status === 408)
        return serverWords(refusal, request);
    if (code === '')
        return strangerWords(refusal, request);
    if (status === 401)
        return unauthenticatedWords(refusal, request);
    if (status === 403)
        return forbiddenWords(refusal, request);
    if (status === 404)
        return notFoundWords(refusal, request);
    if (status === 409)
        return busyWords(refusal, request);
    return invalidWords(refusal, request);
}
function throttledWords({ cluster }) {
    return {
        kind: 'Throttled',
        what: `Azure Resource Manager refused the request for ${nameOf(cluster)}: too many requests, also after waiting`,
        fix: 'Other programs use this subscription too; run again later.',
    };
}
function arm_error_proxyWords({ host }) {
    return {
        kind: 'Unauthenticated',
        what: 'the proxy before Azure Resource Manager asks for a login (HTTP 407)',
        fix: `Put user and password into HTTPS_PROXY, or name ${host} in NO_PROXY.`,
    };
}
function serverWords({ status, code }, { cluster }) {
    return {
        kind: 'Unavailable',
        what: `Azure Resource Manager failed to answer for ${nameOf(cluster)} (HTTP ${status}${code === '' ? '' : `, ${code}`})`,
        fix: 'Run again later; see the status page of Azure if it lasts.',
    };
}
function strangerWords({ status }, { host }) {
    return {
        kind: 'Malformed',
        what: `something else answered in place of Azure Resource Manager (HTTP ${status}, not in its form)`,
        fix: `A proxy or gateway stands between: let ${host} pass there, or name it in NO_PROXY.`,
    };
}
function unauthenticatedWords({ code, tenantId: right }, request) {
    const { cluster, host, tenantId } = request;
    if (code === 'InvalidAuthenticationTokenTenant') {
        return {
            kind: 'Unauthenticated',
            what: `the subscription of ${nameOf(cluster)} belongs to ${right === undefined ? 'another tenant' : `tenant ${right}`}, the token is of tenant ${tenantId}`,
            fix: `Set --azure-tenant-id to ${right ?? 'that tenant'}, and use an identity that exists there.`,
        };
    }
    if (code === 'InvalidAuthenticationTokenAudience') {
        const fix = 'Set --azure-environment to the cloud of the cluster.';
        return { kind: 'Unauthenticated', what: `${host} refused the token: it is for another cloud (${code})`, fix };
    }
    return {
        kind: 'Unauthenticated',
        what: `Azure Resource Manager refused the token (${code})`,
        fix: 'Run again; if it stays, check --azure-tenant-id and the clock of this machine.',
    };
}
function forbiddenWords({ code, objectId, action }, { cluster, clientId }) {
    if (code !== 'AuthorizationFailed') {
        return {
            kind: 'Forbidden',
            what: `Azure Resource Manager does not let this identity reach ${nameOf(cluster)} (${code})`,
            fix: 'A policy, a lock or a deny assignment of the subscription forbids it: ask its administrator.',
        };
    }
    const who = callerOf(objectId, clientId);
    const did = action === undefined ? '' : ` (${action})`;
    const command = `az role assignment create --role "${CLUSTER_USER}" ${who.roleFlags} --scope "${(0,managed_cluster/* managedClusterPath */.B)(cluster)}"`;
    return {
        kind: 'Forbidden',
        what: `${who.name} may not fetch the kubeconfig of ${nameOf(cluster)}${did}`,
        fix: `Give it "${CLUSTER_USER}" on that cluster: ${command}. A new assignment can take ten minutes. Check the id of the cluster too: without a right, Azure says the same of clusters that do not exist.`,
    };
}
function notFoundWords({ code }, { cluster, tenantId }) {
    const { subscriptionId, resourceGroup, name } = cluster;
    switch (code) {
        case 'SubscriptionNotFound':
            return {
                kind: 'NotFound',
                what: `subscription ${subscriptionId} of --aks-cluster does not exist for an identity of tenant ${tenantId}`,
                fix: 'Check the subscription, --azure-tenant-id, and --azure-environment if it is in another cloud.',
            };
        case 'ResourceGroupNotFound':
            return {
                kind: 'NotFound',
                what: `resource group "${resourceGroup}" of --aks-cluster does not exist in subscription ${subscriptionId}`,
                fix: 'Correct the id. The group of the cluster itself is meant, not the one of its nodes (MC_…).',
            };
        default:
            return {
                kind: 'NotFound',
                what: `there is no AKS cluster "${name}" in resource group "${resourceGroup}" (${code})`,
                fix: `Correct the id: az aks list --subscription ${subscriptionId} --query "[].id" --output tsv prints those that there are.`,
            };
    }
}
function busyWords({ code }, { cluster }) {
    return {
        kind: 'Unavailable',
        what: `${nameOf(cluster)} is being changed, and gives no kubeconfig meanwhile (${code})`,
        fix: 'Run again in some minutes.',
    };
}
function invalidWords({ code, status, isAboutLocalAccounts }, { cluster, host }) {
    if (isAboutLocalAccounts) {
        return {
            kind: 'Forbidden',
            what: `${nameOf(cluster)} has its local accounts switched off, and no Entra integration in their place: nobody can log in`,
            fix: `Integrate it: az aks update --resource-group ${cluster.resourceGroup} --name ${cluster.name} --enable-aad --enable-azure-rbac.`,
        };
    }
    if (/ApiVersion|NoRegisteredProvider|InvalidResourceType/.test(code)) {
        return {
            kind: 'Invalid',
            what: `${host} does not serve AKS as this program asks for it (${code})`,
            fix: 'Check --azure-environment; until that cloud is ready, give a kubeconfig.',
        };
    }
    return {
        kind: 'Invalid',
        what: `Azure Resource Manager does not understand the request for ${nameOf(cluster)} (${code}, HTTP ${status})`,
        fix: 'Check --aks-cluster.',
    };
}
function nameOf({ name }) {
    return `AKS cluster ${name}`;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/kubelogin.js

/** The application that stands for the API servers of AKS, the same in all clouds. */
const AKS_SERVER_ID = '6dae42f8-4368-4678-94ff-3960e28e3630';
const ENVIRONMENTS = {
    azurepubliccloud: 'PublicCloud',
    azureusgovernmentcloud: 'USGovernmentCloud',
    azureusgovernment: 'USGovernmentCloud',
    azurechinacloud: 'ChinaCloud',
};
/** Throws PortError Invalid for programs and modes that cannot be replaced. */
function wantedToken({ command, args }, cluster) {
    const program = command
        .split(/[\\/]/)
        .at(-1)
        ?.replace(/\.exe$/i, '') ?? '';
    if (program !== 'kubelogin')
        throw otherProgram(cluster, program);
    if (args.some((arg) => /^--pop-enabled(=true)?$/.test(arg))) {
        throw unusable(cluster, 'wants proof-of-possession tokens, as clusters connected by Arc do');
    }
    const serverId = kubelogin_valueOf(args, ['--server-id']) ?? AKS_SERVER_ID;
    if (!/^[\w.:/-]{1,200}$/.test(serverId))
        throw unusable(cluster, 'names a server id that is none');
    const tenantId = kubelogin_valueOf(args, ['--tenant-id', '-t']);
    const environment = environmentOf(kubelogin_valueOf(args, ['--environment', '-e']), cluster);
    return {
        scope: `${serverId}/.default`,
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(environment === undefined ? {} : { environment }),
    };
}
function kubelogin_valueOf(args, names) {
    for (const [at, arg] of args.entries()) {
        const name = names.find((one) => arg === one || arg.startsWith(`${one}=`));
        if (name !== undefined)
            return arg === name ? args[at + 1] : arg.slice(name.length + 1);
    }
    return undefined;
}
function environmentOf(name, cluster) {
    if (name === undefined || name === '')
        return undefined;
    const known = ENVIRONMENTS[name.toLowerCase()];
    if (known !== undefined)
        return known;
    throw unusable(cluster, `belongs to the cloud "${kubelogin_shown(name)}", which is not known here`);
}
function otherProgram(cluster, program) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'LoginProgram',
        what: `the kubeconfig of ${cluster} wants the login program "${kubelogin_shown(program)}" to be run, and only kubelogin is understood here`,
        fix: 'It was not run. Give a kubeconfig with --kubeconfig, where login programs are allowed.',
        whole: true,
    });
}
function unusable(cluster, what) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'LoginProgram',
        what: `the login to ${cluster} ${what}`,
        fix: 'Give a kubeconfig with --kubeconfig, with which kubectl works.',
        whole: true,
    });
}
function kubelogin_shown(text) {
    return text.replace(/[^\w. -]/g, '?').slice(0, 60);
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/reachability.js
/** Why an API server of AKS does not answer, from what Resource Manager knows of the cluster. */

/** Undefined where the cluster should answer anybody. `code` is what Node said of the attempt. */
function silenceWords(properties, { resourceGroup, name }, code) {
    const words = { kind: 'Unavailable', whole: true };
    const cluster = `--resource-group ${resourceGroup} --name ${name}`;
    const access = memberOf(properties, 'apiServerAccessProfile');
    if (memberOf(properties, 'powerState')['code'] === 'Stopped') {
        const fix = `Start it: az aks start ${cluster}. Its CronJobs do not run either while it is stopped.`;
        return { ...words, code: 'ClusterStopped', what: `cluster ${name} is stopped`, fix };
    }
    const state = properties['provisioningState'];
    if (state === 'Deleting' || state === 'Creating') {
        const what = `cluster ${name} is being ${state === 'Deleting' ? 'deleted' : 'created'} and does not answer (${code})`;
        return { ...words, code: 'ClusterNotReady', what, fix: 'Wait until that is done.' };
    }
    if (access['enablePrivateCluster'] === true) {
        return {
            ...words,
            code: 'PrivateCluster',
            what: `cluster ${name} is private, and could not be reached from this machine (${code})`,
            fix: `Run on a machine inside its network: a runner of your own there, or GitHub's runners with a virtual network. For an installation alone, apply what keyferry render makes: az aks command invoke ${cluster} --command "kubectl apply --server-side -f all.yaml" --file all.yaml. What is installed refreshes Secrets without this machine.`,
        };
    }
    const ranges = rangesOf(access['authorizedIPRanges']);
    if (ranges.length === 0)
        return undefined;
    return {
        ...words,
        code: 'AuthorizedRanges',
        what: `cluster ${name} answers its authorised IP ranges only (${shortList(ranges)}), and did not answer this machine (${code})`,
        fix: `Run inside these ranges, or add the address of this machine to them, all in one list: az aks update ${cluster} --api-server-authorized-ip-ranges "${ranges.join(',')},ADDRESS/32". Hosted runners change their address: use one with a fixed address, or install once and let the CronJob refresh.`,
    };
}
function memberOf(properties, name) {
    const member = properties[name];
    return (0,fields/* isRecord */.u)(member) ? member : {};
}
function rangesOf(value) {
    const ranges = Array.isArray(value) ? value : [];
    return ranges.filter((range) => typeof range === 'string' && /^[0-9a-fA-F:./]{2,50}$/.test(range));
}
function shortList(ranges) {
    const shown = ranges.slice(0, 5).join(', ');
    return ranges.length > 5 ? `${shown} and ${ranges.length - 5} more` : shown;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/managed-cluster.js
/**
 * One AKS cluster, reached without az, kubelogin or a stored credential.
 *
 * Two tokens of one identity: one for Resource Manager, which hands out the kubeconfig, and one for the API server,
 * which the kubeconfig says how to ask for. Both stay in memory and are renewed before they end.
 */

















/** AKS REST: stable, and served for years; sovereign clouds get newer ones late. */
const managed_cluster_API_VERSION = '2025-10-01';
const managed_cluster_GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Throws PortError where nothing says who logs in. Asks nobody yet. */
function openManagedCluster(context, id, environment) {
    const cloud = knownCloud(environment);
    const identity = machineIdentity(context, cloud.authorityHost, thingOf(id));
    const reached = { context, id, cloud, identity, credentials: createCredentials(context) };
    return { kubeconfig: () => fetchKubeconfig(reached), login: createLogin(reached) };
}
function thingOf({ name }) {
    return `AKS cluster ${name}`;
}
async function fetchKubeconfig(reached) {
    const body = await askArm(reached, 'POST', '/listClusterUserCredential');
    const list = body['kubeconfigs'];
    const first = Array.isArray(list) ? list[0] : undefined;
    const value = (0,fields/* isRecord */.u)(first) ? first['value'] : undefined;
    if (typeof value !== 'string' || value === '')
        throw garbled(reached.id, 'no kubeconfig in it');
    reached.context.masker.mask(secret_value/* SecretValue */.i.ofText(value));
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value))
        throw garbled(reached.id, 'a kubeconfig that is not base64');
    return Buffer.from(value, 'base64').toString('utf8');
}
/** The body of a good answer. */
async function askArm(reached, method, path) {
    const { id, cloud, identity } = reached;
    const url = new URL(`${cloud.resourceManager}${(0,managed_cluster/* managedClusterPath */.B)(id)}${path}`);
    url.searchParams.set('api-version', managed_cluster_API_VERSION);
    const first = await send(reached, method, url);
    const claims = claimsDemanded(first);
    const answer = claims === undefined ? first : await send(reached, method, url, claims);
    const tenantId = 'tenantId' in identity ? (identity.tenantId ?? '') : '';
    if (answer.status !== 200) {
        throw armError(readRefusal(answer), { cluster: id, host: url.host, tenantId, ...clientIdIn(identity) });
    }
    const body = jsonObject(answer.body);
    if (body === undefined)
        throw garbled(id, 'something that is no JSON');
    return body;
}
async function send(reached, method, url, claims) {
    const { context, credentials, identity, cloud, id } = reached;
    const credential = credentials.credentialFor({ identity, cloud }, thingOf(id));
    const options = claims === undefined ? {} : { claims };
    const token = await credential.getToken(`${cloud.resourceManager}/.default`, options);
    const headers = { authorization: `Bearer ${token?.token ?? ''}`, accept: 'application/json' };
    try {
        const isWhole = (body) => jsonObject(body) !== undefined;
        return await askPlainly(context, { description: 'Azure Resource Manager', method, url, headers, isWhole });
    }
    catch (error) {
        if (error instanceof WireFailure)
            throw new errors/* PortError */.U7(wireWords(error, 'Azure Resource Manager', url.host));
        throw error;
    }
}
function garbled({ name }, found) {
    return new errors/* PortError */.U7({
        kind: 'Malformed',
        what: `Azure Resource Manager answered for AKS cluster ${name} with ${found}`,
        fix: 'Run again; if it stays, a proxy changes the answers.',
        whole: true,
    });
}
function createLogin(reached) {
    let last;
    let explanation;
    return {
        check: (program) => void wantedToken(program, thingOf(reached.id)),
        token: async (program) => {
            const token = await apiServerToken(reached, program);
            last = loggedInWith(token, reached.id);
            return token;
        },
        loggedIn: () => last,
        explainSilence: (code) => (explanation ??= explain(reached, code)),
    };
}
async function apiServerToken(reached, program) {
    const wanted = wantedToken(program, thingOf(reached.id));
    const opened = { identity: identityFor(reached, wanted), cloud: reached.cloud };
    const token = await reached.credentials.credentialFor(opened, thingOf(reached.id)).getToken(wanted.scope);
    return token?.token ?? '';
}
/** The kubeconfig knows better than we which directory its API server trusts. */
function identityFor({ identity }, { tenantId, environment }) {
    return {
        ...identity,
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(environment === undefined ? {} : { authorityHost: knownCloud(environment).authorityHost }),
    };
}
function loggedInWith(token, id) {
    const claims = claimsOf(token);
    return { objectId: guid(claims?.['oid']), tenantId: guid(claims?.['tid']), clusterId: (0,managed_cluster/* managedClusterPath */.B)(id) };
}
function guid(claim) {
    return typeof claim === 'string' && managed_cluster_GUID.test(claim) ? claim : 'unknown';
}
/** Whatever goes wrong here, the failure that is to be explained is the one to tell. */
async function explain(reached, code) {
    try {
        const { properties } = await askArm(reached, 'GET', '');
        return (0,fields/* isRecord */.u)(properties) ? silenceWords(properties, reached.id, code) : undefined;
    }
    catch (error) {
        const reason = error instanceof errors/* PortError */.U7 ? error.what : 'the answer makes no sense';
        reached.context.logger.debug(`why ${thingOf(reached.id)} does not answer could not be found out: ${reason}`);
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var node_clock = __webpack_require__(40390);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/settings.js
/** What the Azure adapter is told from outside. It never looks at `process.env` on its own account. */

const DEFAULT_AZURE_SETTINGS = {
    identity: 'auto',
    audience: 'api://AzureADTokenExchange',
    logins: login_hosts/* KNOWN_CLOUDS_ONLY */.Mk,
    storeIdentities: {},
    serviceVersion: '7.4',
    concurrency: 16,
    requestTimeoutMs: 30_000,
    deadlineMs: 120_000,
};

// EXTERNAL MODULE: ./lib/src/wiring/allowed-logins.js
var allowed_logins = __webpack_require__(64516);
;// CONCATENATED MODULE: ./lib/src/wiring/azure-settings.js
/** Settings → what the Azure adapter is told. */


function azureSettingsOf(settings) {
    const { azureClientId, azureTenantId, tokenVariable, tokenFile, serviceConnectionId } = settings;
    return {
        ...DEFAULT_AZURE_SETTINGS,
        identity: settings.identity,
        audience: settings.tokenAudience,
        logins: (0,allowed_logins/* allowedLoginsOf */.q)(settings),
        storeIdentities: settings.storeIdentities,
        serviceVersion: settings.keyVaultApiVersion,
        ...(azureClientId === undefined ? {} : { azureClientId }),
        ...(azureTenantId === undefined ? {} : { azureTenantId }),
        ...(tokenVariable === undefined ? {} : { tokenVariable }),
        ...(tokenFile === undefined ? {} : { tokenFile }),
        ...(serviceConnectionId === undefined ? {} : { serviceConnectionId }),
    };
}

;// CONCATENATED MODULE: ./lib/src/wiring/aks-cluster.js
/**
 * Settings → an AKS cluster, reached with an identity alone: Azure's kubeconfig and tokens, Kubernetes' client.
 *
 * Entries that may reach one hand it down; the job, which is inside its cluster, does not, and so does not carry it.
 */



/** Asks Entra and Resource Manager; nothing of the cluster yet. Rejects with a PortError. */
const connectToAks = async (id, settings, { environment, logger, masker }) => {
    const { aksClientId = settings.azureClientId } = settings;
    const shared = { environment, logger, masker, clock: node_clock/* systemClock */.m, random: Math.random };
    const azureSettings = {
        ...azureSettingsOf(settings),
        ...(aksClientId === undefined ? {} : { azureClientId: aksClientId }),
    };
    const cluster = openManagedCluster({ ...shared, settings: azureSettings }, id, settings.azureEnvironment);
    const text = await cluster.kubeconfig();
    const { connectToManagedCluster } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 48906));
    const { resourceGroup, name } = id;
    const integrate = `az aks update --resource-group ${resourceGroup} --name ${name} --enable-aad --enable-azure-rbac`;
    return connectToManagedCluster({ text, name: `the kubeconfig of AKS cluster ${name}`, integrate }, cluster.login, shared);
};

// EXTERNAL MODULE: ./lib/src/core/model/document.js
var model_document = __webpack_require__(32253);
// EXTERNAL MODULE: ./lib/src/core/model/kinds.js
var kinds = __webpack_require__(57557);
// EXTERNAL MODULE: ./lib/src/core/resolve/stores.js
var resolve_stores = __webpack_require__(46469);
;// CONCATENATED MODULE: ./lib/src/core/deploy/custom-resources.js





/** Offline it is not known what a cluster serves. */
const NEWEST = (name) => {
    const kind = (0,kinds/* kindNamed */.UL)(name);
    return kind === undefined ? undefined : (0,kinds/* apiVersionsOf */.Rt)(kind)[0];
};
/** One of a kind that this program serves. */
function isCustomResource({ apiVersion, kind }) {
    const row = (0,kinds/* kindNamed */.UL)(kind);
    return row !== undefined && row.notBuilt === undefined && row.group === (0,kinds/* groupOf */.F8)(apiVersion);
}
/** `externalsecrets`, as RBAC names the kind. */
function resourceOf(kind) {
    return (0,kinds/* kindNamed */.UL)(kind)?.resource ?? '';
}
/** Each document in the version that is served; one of a kind that is not stays as it is, and is a problem. */
function inServedVersion(documents, served) {
    const missing = new Set();
    const versioned = documents.map((document) => {
        const { apiVersion, kind } = document.head;
        const known = kinds/* SERVED_KINDS */.CY.find((one) => one.kind === kind);
        if (known === undefined || !(0,kinds/* apiVersionsOf */.Rt)(known).includes(apiVersion))
            return document;
        const version = served(kind);
        if (version === undefined)
            missing.add(known);
        return version === undefined ? document : (0,model_document/* withValue */.cO)(document, { ...(0,fields/* fieldsOf */.P)(document.value), apiVersion: version });
    });
    return { documents: versioned, problems: [...missing].map(notServed) };
}
function notServed(kind) {
    const versions = kind.versions.join(' nor ');
    return {
        severity: 'error',
        code: 'kind-not-served',
        what: `the cluster serves no ${kind.kind}: CustomResourceDefinition ${(0,kinds/* definitionOf */.Fg)(kind)} is not there, or has neither ${versions}`,
        fix: 'Nothing was applied. Have it installed, as the chart of External Secrets Operator does, or leave out --home custom-resources.',
    };
}
/** What another controller would see to is left to it: no resource of it is applied. */
function oursOf({ intents, stores, foreignStores }, controllerClass) {
    const world = {
        stores: new Map(stores.map((store) => [(0,object_ref/* refText */.d0)(store.ref), store])),
        refused: new Set(),
        foreign: foreignStores,
        controllerClass,
        namespaceLabels: () => undefined,
    };
    const others = new Set(intents.filter((intent) => (0,resolve_stores/* belongsToOtherClass */.eE)(intent, world)));
    return {
        intents: intents.filter((intent) => !others.has(intent)),
        stores: stores.filter((store) => (0,resolve_stores/* isManaged */.yF)(store, { controllerClass })),
        problems: [...others].map(leftToOther),
    };
}
function leftToOther({ ref, origin }) {
    return {
        severity: 'warning',
        code: 'store-of-other-controller',
        at: ref,
        ...(origin === undefined ? {} : { origin }),
        what: 'names a store of another controller, so that it was not applied',
        fix: 'Remove spec.controller from the store, or leave both out of these manifests.',
    };
}
/** Stores first, each kind in manifest order. */
function resourcesOf(input) {
    const wanted = new Set([...input.stores, ...input.intents].map(({ ref }) => (0,object_ref/* refText */.d0)(ref)));
    const resources = input.documents.flatMap((document) => {
        const object = resource(document, input);
        return object !== undefined && wanted.has((0,object_ref/* refText */.d0)(refOf(object))) ? [{ document, object }] : [];
    });
    const place = ({ object }) => kinds/* SERVED_KINDS */.CY.findIndex(({ kind }) => kind === object.kind);
    return resources.toSorted((a, b) => place(a) - place(b));
}
/** Whatever a pasted manifest has beside these (status, uid, managedFields) is the API server's to write. */
function resource({ head, value }, { controllerClass, namespace: given }) {
    const ref = isCustomResource(head) ? (0,model_document/* refOfHead */.Dv)(head, given) : undefined;
    if (ref === undefined)
        return undefined;
    const { kind, name, namespace } = ref;
    const { metadata, spec } = (0,fields/* fieldsOf */.P)(value);
    const { labels, annotations } = (0,fields/* fieldsOf */.P)(metadata);
    const scope = namespace === undefined ? {} : { namespace };
    return {
        apiVersion: head.apiVersion,
        kind,
        metadata: { name, ...scope, ...texts('labels', labels), ...texts('annotations', annotations) },
        spec: (0,kinds/* roleOf */.kp)(kind) === 'store' ? { ...(0,fields/* fieldsOf */.P)(spec), controller: controllerClass } : spec,
    };
}
/** What kubectl notes for itself is of no use to anybody else, and would end on the Secret. */
function texts(field, value) {
    const kept = Object.entries((0,fields/* fieldsOf */.P)(value)).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration');
    return kept.length === 0 ? {} : { [field]: Object.fromEntries(kept) };
}
function refOf({ kind, metadata: { name, namespace } }) {
    return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
/** What the index holds of a resource: which one it is; the rest is in the cluster. */
function custom_resources_headOf({ document, object: { apiVersion, kind, metadata } }) {
    const { name, namespace } = metadata;
    const value = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
    return (0,model_document/* withValue */.cO)(document, value);
}

// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var model_secret = __webpack_require__(18260);
// EXTERNAL MODULE: ./lib/src/core/model/target.js
var model_target = __webpack_require__(77101);
;// CONCATENATED MODULE: ./lib/src/engine/installation/deployer-rights.js
/**
 * Who may not even read the state of an installation has no RoleBinding in its namespace. The rule that was refused is
 * one of many that a deployment needs, and whoever added them one by one would deploy twenty times.
 */

/** Rejects as `ask` does, but with the binding that gives all of it. */
async function asDeployer(namespace, ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7) || error.kind !== 'Forbidden' || !isOfKubernetes(error))
            throw error;
        const { kind, what, whole, code } = error;
        const bind = `kubectl create rolebinding keyferry-deploys --clusterrole admin --user USER --namespace ${namespace}`;
        const fix = `Whoever deploys needs the rights of an admin of that namespace, and is called USER here: ${bind}. Check --installation-namespace too.`;
        throw new errors/* PortError */.U7({ kind, what, whole, fix, cause: error, ...(code === undefined ? {} : { code }) });
    }
}
/** Where Azure decides, the message has the role of Azure, and a RoleBinding would not help. */
function isOfKubernetes({ fix }) {
    return fix.includes('kubectl create ');
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/cluster-facts.js
/** What rendering asks of a cluster: which versions it serves, and what earlier deployments left there. */






/** What is taken for granted where no cluster is asked. */
const OFFLINE = {
    served: () => Promise.resolve(NEWEST),
    remembered: () => Promise.resolve({ leftBehind: [], stateCount: 1 }),
};
/** Asked of the cluster that is deployed to. */
function clusterFacts(ports, { home }) {
    return {
        served: () => servedBy(ports.objects),
        remembered: (installation, intents) => asDeployer(installation.namespace, () => rememberedBy(ports, { installation, intents, home })),
    };
}
async function servedBy(objects) {
    const found = new Map();
    for (const row of kinds/* SERVED_KINDS */.CY) {
        for (const apiVersion of (0,kinds/* apiVersionsOf */.Rt)(row)) {
            if (!found.has(row.kind) && (await objects.serves(apiVersion, row.kind)))
                found.set(row.kind, apiVersion);
        }
    }
    return (kind) => found.get(kind);
}
/**
 * Secrets that the job still has to delete: of intents that are gone, and of targets that got another name. Where
 * ExternalSecrets are custom resources, the Secret of one that is gone goes with it.
 */
async function rememberedBy({ stateOf }, { installation, intents, home }) {
    const { state, stateCount } = stateOf(installation);
    const targets = new Map(intents.map((intent) => [(0,object_ref/* refText */.d0)(intent.ref), intent]));
    const leftBehind = [];
    for (const ref of await state.remembered('pull')) {
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const name = lastTarget ?? binding;
        const intent = targets.get((0,object_ref/* refText */.d0)(ref));
        const isCurrent = intent !== undefined && (0,model_target/* targetOf */.$r)(intent).name === name;
        const goesAlong = intent === undefined && home === 'custom-resources';
        if (name !== '' && !isCurrent && !goesAlong)
            leftBehind.push((0,model_secret/* secretRef */.C)(ref.namespace ?? '', name));
    }
    return { leftBehind, stateCount: Math.max(1, await stateCount()) };
}

// EXTERNAL MODULE: ./lib/src/core/preview/field-changes.js
var field_changes = __webpack_require__(91571);
// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var deploy_installation = __webpack_require__(83096);
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
        ...(input.resources === undefined ? eventRights(input) : resourceRights(input.resources, input.intents)),
        ...input.stores.flatMap((store) => storeRights(store, input)),
    ];
    const namespaces = [...new Set(rights.map(({ namespace }) => namespace))].sort(object_ref/* compareText */.n6);
    return namespaces.flatMap((namespace) => {
        const own = rights.filter((right) => right.namespace === namespace);
        return [role(namespace, own, input.installation), roleBinding(namespace, input.installation)];
    });
}
function ownRights({ installation, intentsNames, stateCount }) {
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
        ...intentsNames.map((one) => configMap(one, ['get'])),
        ...counted(stateCount).map((index) => configMap(deploy_installation/* names */.Dy.state(installation, index), WRITE)),
        configMap(deploy_installation/* names */.Dy.report(installation), APPLY),
        { namespace, apiGroup: 'coordination.k8s.io', resource: 'leases', name, verbs: WRITE },
        // Whether another deployment has replaced this pod's; and Events hang on it, which need its uid.
        { namespace, apiGroup: 'batch', resource: 'cronjobs', name, verbs: ['get'] },
    ];
}
/** Events hang on the CronJob. */
function eventRights({ installation: { namespace } }) {
    return [right(namespace, 'events', '', EVENTS)];
}
/** Kubernetes keeps Events of cluster-scoped objects in the namespace default. */
function resourceRights(resources, intents) {
    const places = resources.map(({ namespace = 'default' }) => namespace);
    return [
        ...resources.flatMap(({ namespace, kind, name }) => namespace === undefined ? [] : rightsOnResource(namespace, kind, name)),
        ...intents.flatMap(ownerRights),
        ...[...new Set(places)].map((place) => right(place, 'events', '', EVENTS)),
    ];
}
/**
 * Kubernetes, OwnerReferencesPermissionEnforcement, which OpenShift has switched on: an ownerReference that blocks the
 * deletion of its owner is for those only who may update the owner's finalizers, and on an object that is there for
 * those only who may delete it. No finalizer is ever written, and the Secret goes with its owner in any case.
 */
function ownerRights({ ref, target }) {
    if (target.creationPolicy !== 'Owner')
        return [];
    const resource = `${resourceOf(ref.kind)}/finalizers`;
    return [
        { namespace: ref.namespace, apiGroup: kinds/* EXTERNAL_SECRETS */.AF, resource, name: ref.name, verbs: ['update'] },
        right(ref.namespace, 'secrets', target.name, ['delete']),
    ];
}
/** Read, and its status written; nothing else of it. */
function rightsOnResource(namespace, kind, name) {
    const own = { namespace, apiGroup: kinds/* EXTERNAL_SECRETS */.AF, name };
    return [
        { ...own, resource: resourceOf(kind), verbs: ['get'] },
        { ...own, resource: `${resourceOf(kind)}/status`, verbs: ['patch'] },
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
    const secrets = store.references.filter(({ kind }) => kind === 'Secret');
    return [
        ...secrets.flatMap(({ name, namespace }) => placesFor(store, namespace, intents).map((place) => right(place, 'secrets', name, ['get']))),
        ...serviceAccountsOf(store, intents).flatMap(({ namespace, name }) => [
            right(namespace, 'serviceaccounts', name, ['get']),
            right(namespace, 'serviceaccounts/token', name, ['create']),
        ]),
    ];
}
/** Where what a store names without a namespace is: its own, or those of all that use it. */
function placesFor(store, namespace, intents) {
    if (store.ref.namespace !== undefined)
        return [store.ref.namespace];
    if (namespace !== undefined)
        return [namespace];
    return [...new Set(intents.filter((intent) => uses(intent, store)).map(({ ref }) => ref.namespace))];
}
/** The ServiceAccounts that a store names. */
function serviceAccountsOf(store, intents) {
    return store.references.flatMap(({ kind, name, namespace: given }) => kind === 'ServiceAccount' ? placesFor(store, given, intents).map((namespace) => ({ kind, namespace, name })) : []);
}
function right(namespace, resource, name, verbs) {
    return { namespace, apiGroup: '', resource, name, verbs };
}
/** Does the ExternalSecret name this store? */
function uses(intent, { ref }) {
    return intent.storeRefs.some(({ kind, name }) => kind === ref.kind && name === ref.name && ((0,kinds/* isClusterWide */.O9)(kind) || intent.ref.namespace === ref.namespace));
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
    const rights = needs.stores.filter(({ ref }) => (0,kinds/* isClusterWide */.O9)(ref.kind)).flatMap((store) => rightsFor(store, needs));
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
    return stores
        .filter(({ ref }) => (0,kinds/* isClusterWide */.O9)(ref.kind))
        .flatMap((store) => {
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
/** The container's command that runs the engine of this digest, in a Node with these flags. */
function engineCommand({ gzipped }, flags = []) {
    return ['node', ...flags, '-e', LOADER, (0,deploy_installation/* digestOf */.ol)(gzipped)];
}

// EXTERNAL MODULE: ./lib/src/core/deploy/intents-pins.js
var intents_pins = __webpack_require__(79986);
// EXTERNAL MODULE: ./lib/src/core/deploy/quantity.js
var quantity = __webpack_require__(81517);
;// CONCATENATED MODULE: ./lib/src/core/deploy/pod-resources.js

const CPU_REQUEST = '50m';
const LEAST_MEBIBYTES = 256;
/** As many intents fit into the least. */
const OF_THE_LEAST = 2_000;
const STEP = { intents: 1_000, mebibytes: 64 };
/** What a pass needs at the very least, with the collector at work all the time. */
const BARE = { mebibytes: 128, ofThousand: 32 };
/** Beside the old generation: the program itself, code, young generation, buffers, connections. */
const BESIDE_THE_HEAP_MEBIBYTES = 128;
const SMALLEST_HEAP_MEBIBYTES = 64;
/** Kubernetes refuses a request above its limit: the smaller of the two is asked for. */
function pod_resources_resourcesOf(asked, intents) {
    const derived = limitFor(intents);
    const memory = asked.memory ?? larger((0,quantity/* mebibytesText */.QA)(derived), asked.memoryRequest);
    const { cpuLimit } = asked;
    return {
        requests: {
            cpu: asked.cpuRequest ?? smaller(CPU_REQUEST, cpuLimit),
            memory: asked.memoryRequest ?? smaller((0,quantity/* mebibytesText */.QA)(derived / 2), memory),
        },
        limits: { ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }), memory },
    };
}
/** For Node's command line or NODE_OPTIONS. */
function heapFlags({ limits }) {
    const limit = Math.floor(((0,quantity/* readQuantity */.ae)(limits.memory) ?? 0) / quantity/* MEBIBYTE */.gJ);
    const heap = Math.max(SMALLEST_HEAP_MEBIBYTES, limit - BESIDE_THE_HEAP_MEBIBYTES);
    return ['--max-semi-space-size=4', `--max-old-space-size=${heap}`];
}
/** A limit that was given, and that a pass over so many will not keep to. */
function memoryProblems({ memory }, intents) {
    const needed = BARE.mebibytes + BARE.ofThousand * Math.ceil(intents / 1_000);
    if (memory === undefined || ((0,quantity/* readQuantity */.ae)(memory) ?? 0) >= needed * quantity/* MEBIBYTE */.gJ)
        return [];
    return [
        {
            severity: 'warning',
            code: 'little-memory',
            what: `--memory ${memory} is little for ${intents} ${intents === 1 ? 'ExternalSecret' : 'ExternalSecrets'}: a pass may be killed by its limit (OOMKilled)`,
            fix: `Give ${(0,quantity/* mebibytesText */.QA)(limitFor(intents))}, or leave it out: then it follows from their number.`,
        },
    ];
}
function limitFor(intents) {
    const more = Math.max(0, Math.ceil((intents - OF_THE_LEAST) / STEP.intents));
    return LEAST_MEBIBYTES + more * STEP.mebibytes;
}
function smaller(one, other) {
    return other !== undefined && ((0,quantity/* readQuantity */.ae)(other) ?? 0) < ((0,quantity/* readQuantity */.ae)(one) ?? 0) ? other : one;
}
function larger(one, other) {
    return other !== undefined && ((0,quantity/* readQuantity */.ae)(other) ?? 0) > ((0,quantity/* readQuantity */.ae)(one) ?? 0) ? other : one;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/sidecars.js
/** The one container that is Keyferry's. */
const CONTAINER = 'keyferry';
/** By the name of the container. */
const INJECTORS = {
    'istio-proxy': { option: '--pod-annotation', pair: 'sidecar.istio.io/inject=false' },
    'istio-init': { option: '--pod-annotation', pair: 'sidecar.istio.io/inject=false' },
    'istio-validation': { option: '--pod-annotation', pair: 'sidecar.istio.io/inject=false' },
    'linkerd-proxy': { option: '--pod-annotation', pair: 'linkerd.io/inject=disabled' },
    'linkerd-init': { option: '--pod-annotation', pair: 'linkerd.io/inject=disabled' },
    'linkerd-network-validator': { option: '--pod-annotation', pair: 'linkerd.io/inject=disabled' },
    'kuma-sidecar': { option: '--pod-label', pair: 'kuma.io/sidecar-injection=disabled' },
    'kuma-init': { option: '--pod-label', pair: 'kuma.io/sidecar-injection=disabled' },
    'consul-dataplane': { option: '--pod-annotation', pair: 'consul.hashicorp.com/connect-inject=false' },
    'consul-connect-inject-init': { option: '--pod-annotation', pair: 'consul.hashicorp.com/connect-inject=false' },
    daprd: { option: '--pod-annotation', pair: 'dapr.io/enabled=false' },
    'vault-agent': { option: '--pod-annotation', pair: 'vault.hashicorp.com/agent-inject=false' },
    'vault-agent-init': { option: '--pod-annotation', pair: 'vault.hashicorp.com/agent-inject=false' },
};
/** What keeps a container of this name out of the pods. */
function keepOut(name) {
    const known = Object.hasOwn(INJECTORS, name) ? INJECTORS[name] : undefined;
    if (known !== undefined)
        return `Keep it out with ${known.option} ${known.pair}.`;
    return 'Keep it out with the annotation or label that its injector names (--pod-annotation, --pod-label, as sidecar.istio.io/inject=false).';
}
/** Names of the containers beside Keyferry's own, as they stand in the pod; without native sidecars. */
function besideOurs(pod) {
    const { containers = [] } = (pod['spec'] ?? {});
    return containers.flatMap(({ name = '' }) => (name === CONTAINER || name === '' ? [] : [name]));
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/cron-job.js





const VERSION_ANNOTATION = 'keyferry.dev/version';
const INTENTS_ANNOTATION = 'keyferry.dev/intents-digest';
const USER = 65532;
/** Exit codes of the job and its loader after which another attempt cannot help. */
const HOPELESS = [3, TAMPERED_EXIT_CODE];
const PASS_SECONDS = 600;
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
    const { installation, schedule, version, pins } = input;
    return {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: {
            name: installation.name,
            namespace: installation.namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'job'),
            annotations: { [VERSION_ANNOTATION]: version, [INTENTS_ANNOTATION]: (0,intents_pins/* intentsDigestOf */.t4)(pins) },
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
        template: { metadata: podMetadata(input), spec: podSpec(input) },
    };
}
function podMetadata(input) {
    const { annotations = {} } = input.pod;
    return { labels: podLabels(input), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
}
function podLabels({ installation, stores, pod }) {
    const labels = { ...pod.labels, ...(0,deploy_installation/* labelsOf */.PC)(installation, 'job') };
    return usesMountedIdentity(stores) ? { ...labels, 'azure.workload.identity/use': 'true' } : labels;
}
/** Stores that name no ServiceAccount use the pod's. */
function usesMountedIdentity(stores) {
    return stores.some(({ usesPodIdentity }) => usesPodIdentity);
}
function podSpec(input) {
    const { installation, pod, engine, intents } = input;
    const resources = pod_resources_resourcesOf(pod, intents.length);
    const volumes = volumesOf(input);
    return {
        restartPolicy: 'Never',
        serviceAccountName: installation.name,
        enableServiceLinks: false,
        nodeSelector: { ...pod.nodeSelector, 'kubernetes.io/os': 'linux' },
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
                ...(engine === undefined ? {} : { command: engineCommand(engine, heapFlags(resources)) }),
                env: Object.entries(variablesOf(input)).map(([name, value]) => ({ name, value })),
                resources,
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
function variablesOf(input) {
    const { installation, home, pins, pod, schedule, jobVariables } = input;
    return {
        KEYFERRY_HOME: home,
        KEYFERRY_INSTALLATION: installation.name,
        KEYFERRY_INSTALLATION_NAMESPACE: installation.namespace,
        [intents_pins/* INTENTS_VARIABLE */.rL]: pins.map(intents_pins/* pinText */.xl).join(','),
        ...(home === 'custom-resources' ? { KEYFERRY_DEPLOYED: 'true' } : { KEYFERRY_PRUNE: 'true' }),
        ...(schedule.windowMinutes === 0 ? {} : { KEYFERRY_WINDOW: String(schedule.windowMinutes) }),
        ...(schedule.startDelaySeconds ? { KEYFERRY_START_DELAY: String(schedule.startDelaySeconds) } : {}),
        ...(pod.azureClientId === undefined ? {} : { KEYFERRY_AZURE_CLIENT_ID: pod.azureClientId }),
        ...(pod.azureTenantId === undefined ? {} : { KEYFERRY_AZURE_TENANT_ID: pod.azureTenantId }),
        ...(pod.caConfigMap === undefined ? {} : { NODE_EXTRA_CA_CERTS: '/ca/ca.crt' }),
        ...jobVariables,
        ...pod.environment,
        ...nodeOptions(input),
    };
}
/** The command of an image that holds the engine is its own: flags reach its Node by the variable. A user's come last, and win. */
function nodeOptions({ engine, pod, intents }) {
    if (engine !== undefined)
        return {};
    const { NODE_OPTIONS: given } = pod.environment;
    const flags = heapFlags(pod_resources_resourcesOf(pod, intents.length));
    return { NODE_OPTIONS: [...flags, ...(given === undefined ? [] : [given])].join(' ') };
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

;// CONCATENATED MODULE: ./lib/src/core/deploy/given-accounts.js



const COMPONENT = 'app.kubernetes.io/component';
const GIVEN = 'given-identity';
/** Each once, in the order of the stores; not the job's own, which is made anyway. */
function givenAccountsOf(input) {
    const { installation, stores, intents, serviceAccounts } = input;
    const own = { kind: 'ServiceAccount', namespace: installation.namespace, name: installation.name };
    const named = stores.flatMap((store) => serviceAccountsOf(store, intents)).map(object_ref/* refText */.d0);
    return [...new Set(named)]
        .filter((text) => text !== (0,object_ref/* refText */.d0)(own))
        .flatMap((text) => {
        const object = serviceAccounts.get(text);
        return object === undefined ? [] : [labelled(object, installation)];
    });
}
function labelled(object, installation) {
    const labels = { ...object.metadata.labels, ...(0,deploy_installation/* labelsOf */.PC)(installation, GIVEN) };
    return { ...object, metadata: { ...object.metadata, labels } };
}
/** Is this such a ServiceAccount, as it is applied or as it was read? */
function isGivenAccount({ kind, metadata: { labels } }) {
    return kind === 'ServiceAccount' && labels?.[COMPONENT] === GIVEN;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/intents-config.js
/**
 * The intents of an installation in ConfigMaps, and back: every document as JSON with the place it came from, so that
 * the job's messages still name file and line. Where the intents are custom resources, only which ones they are.
 *
 * Each is immutable and named by the digest of its text, like the engine: another content is another ConfigMap, and a pod
 * of before goes on with the one that it was started with.
 */





/** Raised when older programs would misread the ConfigMaps. */
const SCHEMA_VERSION = 2;
/** A ConfigMap takes 1 MiB with its metadata. */
const ROOM_BYTES = 900_000;
const KEY = 'intents.json';
/** With `resources` the documents are only their heads, and these are what was applied, in the same order. */
function intentsConfig(documents, installation, resources) {
    const entries = documents.map(({ origin, value }, place) => {
        const applied = resources?.[place];
        return JSON.stringify({
            ...(origin === undefined ? {} : { origin }),
            value,
            ...(applied === undefined ? {} : { applied: (0,deploy_installation/* digestOf */.ol)(JSON.stringify(applied)) }),
        });
    });
    const home = resources === undefined ? 'config-maps' : 'custom-resources';
    const texts = inChunks(entries).map((lines, part) => intents_config_textOf(lines, { part, home }));
    const pins = texts.map((text) => {
        const digest = (0,deploy_installation/* digestOf */.ol)(text);
        return { name: deploy_installation/* names */.Dy.intents(installation, digest), digest };
    });
    const configMaps = texts.map((text, part) => configMap(text, pins[part]?.name ?? '', installation));
    return { configMaps, pins, digest: (0,intents_pins/* intentsDigestOf */.t4)(pins) };
}
function intents_config_textOf(lines, { part, home }) {
    const head = `"schemaVersion": ${SCHEMA_VERSION}, "home": "${home}", "part": ${part}`;
    return `{${head}, "documents": [\n${lines.join(',\n')}\n]}\n`;
}
function configMap(text, name, installation) {
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: installation.namespace, labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'intents') },
        immutable: true,
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
/** The text of a ConfigMap, if it is that of the pin; what it says of itself counts for nothing. */
function pinnedText(configMap, { digest }) {
    const text = (0,fields/* fieldsOf */.P)(configMap['data'])[KEY];
    if (typeof text !== 'string')
        return { problem: unreadable(configMap) };
    const found = (0,deploy_installation/* digestOf */.ol)(text);
    if (found === digest)
        return text;
    return {
        problem: {
            severity: 'error',
            code: 'tampered-intents',
            at: intents_config_refOf(configMap),
            what: `does not hold the intents that were deployed: their digest is ${intents_config_short(found)}, expected ${intents_config_short(digest)}`,
            fix: 'They were not used. Deploy again, and find out who changed the ConfigMap.',
        },
    };
}
/** The intents in a text that this program wrote; a Problem for any other. */
function readIntents(text, configMap) {
    const { schemaVersion, home, documents } = (0,fields/* fieldsOf */.P)(parsed(text));
    const entries = Array.isArray(documents) ? documents : undefined;
    const isOurs = schemaVersion === SCHEMA_VERSION && (home === 'config-maps' || home === 'custom-resources');
    if (!isOurs || entries?.every((one) => isEntry(one, home)) !== true)
        return { problem: unreadable(configMap) };
    return {
        home,
        documents: entries.map(({ origin, value }) => (0,model_document/* documentOf */.lM)({
            value,
            ...(origin === undefined ? {} : { origin }),
            locate: () => origin,
            // They were filled before.
            openPlaceholders: [],
            home: 'file',
        })),
    };
}
/** Both at once. */
function readIntentsConfig(configMap, pin) {
    const text = pinnedText(configMap, pin);
    return typeof text === 'string' ? readIntents(text, configMap) : text;
}
function isEntry(entry, home) {
    const { origin, value } = (0,fields/* fieldsOf */.P)(entry);
    const { file, line } = (0,fields/* fieldsOf */.P)(origin);
    const hasPlace = origin === undefined || (typeof file === 'string' && Number.isSafeInteger(line));
    return hasPlace && (home === 'custom-resources' ? isHead(value) : (0,fields/* isRecord */.u)(value));
}
function isHead(value) {
    const { apiVersion, kind, metadata } = (0,fields/* fieldsOf */.P)(value);
    const { name, namespace } = (0,fields/* fieldsOf */.P)(metadata);
    const isNamed = typeof name === 'string' && (namespace === undefined || typeof namespace === 'string');
    return (isNamed && typeof apiVersion === 'string' && typeof kind === 'string' && isCustomResource({ apiVersion, kind }));
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function unreadable(configMap) {
    return {
        severity: 'error',
        code: 'unreadable-intents',
        at: intents_config_refOf(configMap),
        what: 'does not hold intents as this version of Keyferry writes them',
        fix: 'Deploy again, with this version or a newer one.',
    };
}
function intents_config_refOf({ metadata: { name, namespace = '' } }) {
    return { kind: 'ConfigMap', namespace, name };
}
function intents_config_short(digest) {
    return `${digest.slice(0, 12)}…`;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/repository.js

const URL_ANNOTATION = 'keyferry.dev/repository';
const ID_ANNOTATION = 'keyferry.dev/repository-id';
/** Who may write the inventory may write anything there, and it is shown. */
const SHOWN = /^https:\/\/[\w.:-]{1,200}(?:\/[\w.-]{1,100}){2}$/u;
function repositoryAnnotations({ url, id }) {
    return { [URL_ANNOTATION]: url, ...(id === undefined ? {} : { [ID_ANNOTATION]: id }) };
}
/** `undefined` = nobody who deployed it had a repository, or it was released. */
function repositoryOf({ metadata: { annotations = {} } }) {
    const { [URL_ANNOTATION]: url, [ID_ANNOTATION]: id } = annotations;
    if (url === undefined)
        return undefined;
    return { url, ...(id === undefined ? {} : { id }) };
}
/** What `own` may not do to an installation that `recorded` deployed; `undefined` = it may, or nobody can know. */
function otherRepository(recorded, own, installation) {
    if (recorded === undefined || own === undefined || isSame(recorded, own))
        return undefined;
    const { namespace, name } = installation;
    const release = `kubectl annotate configmap ${deploy_installation/* names */.Dy.inventory(installation)} --namespace ${namespace} ${URL_ANNOTATION}- ${ID_ANNOTATION}-`;
    const other = SHOWN.test(recorded.url) ? recorded.url : 'another repository';
    return {
        severity: 'error',
        code: 'other-repository',
        at: { kind: 'CronJob', namespace, name },
        what: `installation ${name}, and the Secrets that it made, belong to ${other}; this run is of ${own.url}`,
        fix: `Nothing was changed. Give the manifests of this repository an installation of their own: --installation NAME. If those manifests have moved here, release it first: ${release}`,
    };
}
/** GitHub: owner and name are the same in any case; numbers of two servers say nothing about each other. */
function isSame(one, other) {
    const [a, b] = [one.url.toLowerCase(), other.url.toLowerCase()];
    if (one.id === undefined || other.id === undefined)
        return a === b;
    return one.id === other.id && serverOf(a) === serverOf(b);
}
function serverOf(url) {
    return url.split('/', 3).join('/');
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/schedule.js

const MINUTE_MS = 60_000;
const SHORTEST_MINUTES = 5;
/** Of a run window: one comes after the other, and a minute in between is for the pass that is under way at its end. */
const WINDOW = { everyMinutes: 15, windowMinutes: 14 };
const LONGEST_DELAY_SECONDS = 29;
const MINUTES = [30, 20, 15, 12, 10, 6, 5];
const HOURS = [12, 8, 6, 4, 3, 2, 1];
function scheduleOf(intents, installation) {
    const intervals = intents
        .filter(({ refresh }) => refresh.policy === 'Periodic' && refresh.intervalMs > 0)
        .map(({ refresh }) => refresh.intervalMs / MINUTE_MS);
    const smallest = intervals.length === 0 ? 60 : Math.min(...intervals);
    const spread = spreadOf(installation);
    if (smallest >= 60)
        return { cron: hourly(Math.floor(smallest / 60), spread), windowMinutes: 0 };
    const isShort = smallest < SHORTEST_MINUTES;
    const step = isShort ? WINDOW.everyMinutes : (MINUTES.find((one) => one <= smallest) ?? SHORTEST_MINUTES);
    return {
        cron: `${every(step, spread.minute, 59)} * * * *`,
        windowMinutes: isShort ? WINDOW.windowMinutes : 0,
        startDelaySeconds: spread.second,
    };
}
function hourly(hours, { minute, hour }) {
    if (hours >= 24)
        return `${minute} ${hour} * * *`;
    const step = HOURS.find((one) => one <= hours) ?? 1;
    return step === 1 ? `${minute} * * * *` : `${minute} ${every(step, hour, 23)} * * *`;
}
/** Each step of a field of cron, from the installation's own first one to the last of the field. */
function every(step, own, last) {
    const first = own % step;
    return first === 0 ? `*/${step}` : `${first}-${last}/${step}`;
}
/** Of the name alone, and not of the cluster: the same manifests are rendered alike everywhere. */
function spreadOf({ name, namespace }) {
    const digest = (0,deploy_installation/* digestOf */.ol)(`${namespace}/${name}`);
    const spread = Number.parseInt(digest.slice(0, 8), 16);
    const second = Number.parseInt(digest.slice(8, 16), 16) % (LONGEST_DELAY_SECONDS + 1);
    return { second, minute: spread % 60, hour: Math.floor(spread / 60) % 24 };
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/deployment.js
/** Checked intents → every object of an installation, in the order in which they are applied. */













function deploymentOf(input) {
    const { installation, intents, stores, remembered } = input;
    const resources = input.home === 'custom-resources' ? resourcesOf(input) : undefined;
    const applied = (resources ?? []).map(({ object }) => object);
    const { configMaps, pins, digest } = resources === undefined
        ? intentsConfig(input.documents, installation)
        : intentsConfig(resources.map(custom_resources_headOf), installation, applied);
    const cronJob = { ...input, schedule: scheduleOf(intents, installation), pins };
    const roles = rolesOf({
        installation,
        intents,
        stores,
        leftBehind: remembered.leftBehind,
        intentsNames: pins.map(({ name }) => name),
        // One more than there are, so that a growing state finds the right for its next ConfigMap.
        stateCount: remembered.stateCount + 1,
        ...(resources === undefined ? {} : { resources: applied.map(kubernetes_object/* typedRefOf */.Z) }),
    });
    return {
        objects: [
            serviceAccountOf(cronJob),
            ...input.extras.map((extra) => deployment_labelled(extra, installation)),
            ...givenAccountsOf(input),
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
function deployment_labelled(extra, installation) {
    return { ...extra, metadata: { ...extra.metadata, labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'identity') } };
}
function originsOf(resources) {
    return new Map(resources.flatMap(({ document: { origin }, object }) => origin === undefined ? [] : [[(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object)), origin]]));
}
const deployment_KEY = 'objects.json';
/**
 * Tells whether an object is what was applied last, whatever the API server or a mutating policy made of it. It is kept in
 * the inventory and not on the object: annotations of an ExternalSecret end on its Secret.
 */
function appliedDigest(object) {
    return (0,deploy_installation/* digestOf */.ol)((0,field_changes/* canonicalText */.A)(object)).slice(0, 16);
}
/** What an installation has applied: written before anything is, so that nothing is ever forgotten. */
function inventoryOf(objects, installation, repository) {
    const lines = objects.map((ref) => JSON.stringify(ref));
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
            name: deploy_installation/* names */.Dy.inventory(installation),
            namespace: installation.namespace,
            labels: (0,deploy_installation/* labelsOf */.PC)(installation, 'inventory'),
            ...(repository === undefined ? {} : { annotations: repositoryAnnotations(repository) }),
        },
        data: { [deployment_KEY]: `[\n${lines.join(',\n')}\n]\n` },
    };
}
/** The refs of an inventory; `undefined` when it is not what Keyferry writes there. */
function readInventory(configMap) {
    const text = configMap['data']?.[deployment_KEY] ?? '';
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) && value.every(isTypedRef) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** It may have been edited by hand, and its refs become paths. */
function isTypedRef(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { apiVersion, kind, name, namespace = '' } = value;
    return [apiVersion, kind, name, namespace].every((part) => typeof part === 'string');
}
/** Everything of `before` that `now` does not hold, in the reverse of the order in which it was applied. */
function goneFrom(before, now) {
    const kept = new Set(now.map((object) => deployment_textOf((0,kubernetes_object/* typedRefOf */.Z)(object))));
    return before.filter((ref) => !kept.has(deployment_textOf(ref))).toReversed();
}
/** Both, each once, as `now` has it. */
function joined(before, now) {
    return [...new Map([...before, ...now].map((ref) => [deployment_textOf(ref), ref])).values()];
}
function deployment_textOf({ apiVersion, kind, namespace = '', name }) {
    return `${apiVersion.split('/')[0] ?? ''} ${kind} ${namespace}/${name}`;
}

// EXTERNAL MODULE: ./lib/src/core/model/origin.js
var model_origin = __webpack_require__(76234);
;// CONCATENATED MODULE: ./lib/src/core/deploy/live-changes.js
/**
 * What applying an object would change of the one that is there, as paths of fields; never what stands in them.
 *
 * What the API server or others added to it stays, and is no change. What this manager wrote and no longer writes goes:
 * the API server's own record says what that is. That record also tells whose another value is:
 *
 * | what is there is not what is wanted, and its field is | it is |
 * | --- | --- |
 * | somebody else's | a change, of theirs |
 * | this manager's, and what is wanted was applied last | what the API server, or a mutating policy, made of it: no change |
 * | this manager's, and something else was applied last | a change |
 * | nobody's | a change |
 *
 * For whoever sets a field to another value takes it over, while what admission makes of a value stays its sender's.
 * Whoever applied the same value beside this manager owns it as well, and loses it to another one: that is named too.
 */



/** By field; empty where everything is as it would be applied. */
function liveChanges(wanted, live, how) {
    const setters = settersOf(live);
    const missing = differences({ wanted, live, path: [], setters }, how);
    const owned = ownedBy(setters, how.manager);
    const gone = owned === undefined ? [] : leftovers(owned, wanted, []).map((path) => ({ field: (0,model_origin/* fieldText */.gF)(path) }));
    const byField = new Map([...gone, ...missing].map((change) => [change.field, change]));
    return [...byField.values()].sort((a, b) => (a.field < b.field ? -1 : 1));
}
/** What is wanted and is not so. */
function differences(place, how) {
    const { wanted, live, path, setters } = place;
    if ((0,fields/* isRecord */.u)(wanted) && (0,fields/* isRecord */.u)(live)) {
        return Object.entries(wanted)
            .filter(([, value]) => value !== undefined)
            .flatMap(([name, value]) => differences({ wanted: value, live: live[name], path: [...path, name], setters: below(setters, `f:${name}`) }, how));
    }
    if (Array.isArray(wanted) && Array.isArray(live)) {
        const keys = keysOfItems(ownedBy(setters, how.manager) ?? {});
        if (keys.length > 0)
            return itemDifferences(place, how, keys);
        if (wanted.length === live.length)
            return wanted.flatMap((value, at) => differences({ wanted: value, live: live[at], path: [...path, at], setters }, how));
    }
    // The API server leaves out what is empty.
    if (live === undefined && isEmpty(wanted))
        return [];
    return (0,field_changes/* canonicalText */.A)(wanted) === (0,field_changes/* canonicalText */.A)(live) ? [] : differing(path, setters, how);
}
/** Items that are told apart by their keys: what others added to the list stays. */
function itemDifferences({ wanted, live, path, setters }, how, keys) {
    const items = live;
    return wanted.flatMap((value, at) => {
        const key = keys.find((one) => placeOf([value], keysIn(one)) === 0);
        const found = key === undefined ? -1 : placeOf(items, keysIn(key));
        const field = [...path, at];
        if (key === undefined || found === -1)
            return [{ field: (0,model_origin/* fieldText */.gF)(field) }];
        return differences({ wanted: value, live: items[found], path: field, setters: below(setters, key) }, how);
    });
}
function differing(path, setters, how) {
    const isOurs = ownedBy(setters, how.manager) !== undefined;
    if (isOurs && how.isAsApplied === true)
        return [];
    const others = new Set(setters.filter(({ manager }) => manager !== how.manager).map(({ manager }) => manager));
    const setBy = [...others].sort();
    return [{ field: (0,model_origin/* fieldText */.gF)(path), ...(setBy.length === 0 ? {} : { setBy }) }];
}
/** What the manager once wrote, and what is no longer wanted. */
function leftovers(owned, wanted, path) {
    return Object.entries(owned).flatMap(([key, below]) => {
        const [sort, text] = [key.slice(0, 2), key.slice(2)];
        if (sort === 'f:' && (0,fields/* isRecord */.u)(wanted)) {
            const field = [...path, text];
            if (wanted[text] === undefined)
                return [field];
            return (0,fields/* isRecord */.u)(below) ? leftovers(below, wanted[text], field) : [];
        }
        if (sort !== 'k:' || !Array.isArray(wanted) || !(0,fields/* isRecord */.u)(below))
            return [];
        const place = placeOf(wanted, keysIn(key));
        // An item that is not wanted any more: the list, as a whole.
        return place === -1 ? [path] : leftovers(below, wanted[place], [...path, place]);
    });
}
function placeOf(items, keys) {
    return items.findIndex((item) => (0,fields/* isRecord */.u)(item) && Object.entries(keys).every(([key, value]) => item[key] === value));
}
function keysOfItems(owned) {
    return Object.keys(owned).filter((key) => key.startsWith('k:'));
}
/** Without any, where it is nothing that an API server writes. */
function keysIn(item) {
    try {
        const keys = JSON.parse(item.slice(2));
        return (0,fields/* isRecord */.u)(keys) && Object.keys(keys).length > 0 ? keys : NO_ITEM;
    }
    catch {
        return NO_ITEM;
    }
}
/** Fits no item. */
const NO_ITEM = { '': Symbol('no item') };
/** Whoever owns a field as a whole (`{}`), as a list that is one value, owns all that is in it. */
function below(setters, step) {
    return setters.flatMap((setter) => {
        if (Object.keys(setter.owned).length === 0)
            return [setter];
        const owned = setter.owned[step];
        return (0,fields/* isRecord */.u)(owned) ? [{ ...setter, owned }] : [];
    });
}
function ownedBy(setters, manager) {
    return setters.find((setter) => setter.manager === manager && setter.isApply)?.owned;
}
function settersOf(live) {
    const entries = (live.metadata['managedFields'] ?? []);
    return entries.flatMap(({ manager = '', operation, subresource = '', fieldsV1 = {} }) => 
    // What is only reported of the object is nobody's wish.
    subresource === '' ? [{ manager, isApply: operation === 'Apply', owned: fieldsV1 }] : []);
}
function isEmpty(value) {
    if (Array.isArray(value))
        return value.length === 0;
    return (0,fields/* isRecord */.u)(value) && Object.values(value).every((one) => one === undefined || isEmpty(one));
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/managed-fields.js
function managedFieldsOf({ metadata }) {
    return (metadata['managedFields'] ?? []);
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/ownership.js




const INSTANCE = 'app.kubernetes.io/instance';
/** As `resourceManagerOf` makes them. */
const INSTALLATION_MANAGER = /^keyferry-(?<name>[^.]+)\.(?<namespace>[^.]+)$/u;
function ownershipOf(live, installation) {
    if (!isCustomResource(live)) {
        if (live.metadata.labels?.[INSTANCE] !== (0,deploy_installation/* labelsOf */.PC)(installation, '')[INSTANCE])
            return 'others';
        return isGivenAccount(live) && isWrittenByOthers(live, (0,deploy_installation/* managerOf */.dM)(installation)) ? 'shared' : 'own';
    }
    const appliers = appliersOf(live);
    if (!appliers.includes((0,deploy_installation/* resourceManagerOf */.r5)(installation)))
        return 'others';
    return appliers.length === 1 ? 'own' : 'shared';
}
/** `namespace/name` of another installation that applies this custom resource. */
function otherInstallation(live, installation) {
    const own = (0,deploy_installation/* resourceManagerOf */.r5)(installation);
    const other = appliersOf(live).find((manager) => manager !== own && INSTALLATION_MANAGER.test(manager));
    const { name = '', namespace = '' } = INSTALLATION_MANAGER.exec(other ?? '')?.groups ?? {};
    return other === undefined ? undefined : `${namespace}/${name}`;
}
/** The field manager with which the installation applies this object. */
function managerFor(object, installation) {
    return isCustomResource(object) ? (0,deploy_installation/* resourceManagerOf */.r5)(installation) : (0,deploy_installation/* managerOf */.dM)(installation);
}
function isWrittenByOthers(live, own) {
    return managedFieldsOf(live).some(({ manager, fieldsV1 }) => {
        const metadata = fieldsV1?.['f:metadata'];
        return manager !== own && metadata !== undefined && ('f:labels' in metadata || 'f:annotations' in metadata);
    });
}
/** Who wrote its status, and when. */
function statusWriters(live) {
    return managedFieldsOf(live)
        .filter(({ subresource }) => subresource === 'status')
        .map(({ manager = '', time = '' }) => ({ manager, time: new Date(time) }));
}
function appliersOf(live) {
    return managedFieldsOf(live)
        .filter(({ operation, subresource = '' }) => operation === 'Apply' && subresource === '')
        .map(({ manager = '' }) => manager);
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/suspended.js


/** A warning, where it is so. */
function suspendedProblems(cronJob, installation) {
    const spec = (cronJob?.['spec'] ?? {});
    if (cronJob === undefined || spec.suspend !== true)
        return [];
    const { name, namespace } = installation;
    const own = name === 'keyferry' ? '' : ` --installation ${name}`;
    return [
        {
            severity: 'warning',
            code: 'suspended',
            at: { kind: 'CronJob', namespace, name },
            what: `is suspended${byWhom(cronJob, installation)}: nothing is refreshed until it goes on`,
            fix: `It stays so. To let it go on: keyferry resume${own} --installation-namespace ${namespace}.`,
        },
    ];
}
function byWhom(cronJob, installation) {
    const managers = managedFieldsOf(cronJob).flatMap(({ manager = '', fieldsV1 }) => fieldsV1?.['f:spec']?.['f:suspend'] === undefined ? [] : [manager]);
    const [manager] = managers;
    if (manager === undefined)
        return '';
    return manager === (0,deploy_installation/* managerOf */.dM)(installation) ? ' (by keyferry suspend)' : ` (set by "${manager}")`;
}

// EXTERNAL MODULE: ./lib/src/core/go/go-hash.js
var go_hash = __webpack_require__(11842);
;// CONCATENATED MODULE: ./lib/src/engine/installation/inventory.js
/**
 * What an installation applied, as it wrote that down: a ConfigMap that holds old and new until everything is applied,
 * so that a run that dies in between forgets nothing.
 */






/** What the installation applied before; nothing where there is none. */
async function knownObjects(objects, installation) {
    const inventory = await objects.read(inventoryRef(installation));
    if (inventory === undefined)
        return { refs: [] };
    const refs = readInventory(inventory);
    const repository = repositoryOf(inventory);
    if (refs !== undefined)
        return { refs, ...(repository === undefined ? {} : { repository }) };
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'UnreadableInventory',
        whole: true,
        what: `ConfigMap ${installation.namespace}/${deploy_installation/* names */.Dy.inventory(installation)}, which lists what was deployed, is not what Keyferry writes there`,
        fix: 'Restore it, or delete it and deploy again; what it listed is then no longer cleaned up.',
    });
}
function inventoryRef(installation) {
    const { namespace } = installation;
    return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: deploy_installation/* names */.Dy.inventory(installation) };
}
/** Before anything is applied: old and new, and of the new only what is known of it from before. */
async function recordBeginning(input) {
    await record(input, joined(input.before.refs, refsOf(input)));
}
/** From now on a plan knows what was applied, also where the API server made something else of it. */
async function recordApplied(input) {
    await record(input, joined(input.before.refs, appliedRefs(input)));
}
/** What was applied, and what of the old is still there and is tried again by the next deployment. */
async function recordPruned(input, there) {
    await record(input, joined(there, appliedRefs(input)));
}
/** A deployment from a laptop in between does not make it nobody's: what is applied without the annotation loses it. */
async function record(input, refs) {
    const { objects, installation, repository, before } = input;
    await objects.apply(inventoryOf(refs, installation, repository ?? before.repository), (0,deploy_installation/* managerOf */.dM)(installation));
}
/** What is applied now, with what is known of it from before: nothing where it is to become something else. */
function refsOf({ deployment, before }) {
    const known = new Map(before.refs.map(({ digest, ...ref }) => [(0,object_ref/* refText */.d0)(ref), digest]));
    return deployment.objects.map((object) => {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        const digest = appliedDigest(object);
        return known.get((0,object_ref/* refText */.d0)(ref)) === digest ? { ...ref, digest } : ref;
    });
}
/** As applied just now. */
function appliedRefs({ deployment }) {
    return deployment.objects.map((object) => ({ ...(0,kubernetes_object/* typedRefOf */.Z)(object), digest: appliedDigest(object) }));
}

// EXTERNAL MODULE: ./lib/src/engine/limits.js
var limits = __webpack_require__(93085);
;// CONCATENATED MODULE: ./lib/src/engine/installation/plan-installation.js
/** What `deploy` would do to the objects of an installation, from reading alone: whoever plans needs no right to write. */













/** What may not be read is unknown; rejects with a PortError for anything else. */
async function planInstallation(input) {
    const { objects, installation, deployment } = input;
    const before = await unlessForbidden(() => knownObjects(objects, installation));
    const digests = new Map((before?.refs ?? []).map(({ digest, ...ref }) => [(0,object_ref/* refText */.d0)(ref), digest]));
    const looked = await (0,limits/* together */.b)(deployment.objects, (object) => planObject(object, input, digests));
    const known = goneFrom(before?.refs ?? [], deployment.objects);
    const gone = await (0,limits/* together */.b)(known, (ref) => planGone(ref, input));
    const plan = {
        installation: `${installation.namespace}/${installation.name}`,
        objects: [...looked.map(({ planned }) => planned), ...gone.flat()],
        digest: (0,go_hash/* hashText */.qj)(printObjects(deployment.objects)),
    };
    const foreign = otherRepository(before?.repository, input.repository, installation);
    const cronJob = looked.find(({ live }) => live?.kind === 'CronJob')?.live;
    const problems = [...(foreign === undefined ? [] : [foreign]), ...suspendedProblems(cronJob, installation)];
    return { plan, problems };
}
async function planObject(wanted, { objects, installation }, digests) {
    const ref = (0,kubernetes_object/* typedRefOf */.Z)(wanted);
    const read = await unlessForbidden(async () => ({ live: await objects.read(ref) }));
    const object = (0,object_ref/* refText */.d0)(ref);
    if (read === undefined)
        return { planned: { object, action: 'unknown', fields: [] } };
    const { live } = read;
    if (live === undefined)
        return { planned: { object, action: 'create', fields: [] } };
    if (isGivenAccount(wanted) && ownershipOf(live, installation) === 'others') {
        return { planned: { object, action: 'unchanged', fields: [] }, live };
    }
    const changes = liveChanges(asApplied(wanted, live, installation), live, {
        manager: managerFor(wanted, installation),
        isAsApplied: digests.get(object) === appliedDigest(wanted),
    });
    const fields = changes.map(({ field }) => field);
    const setBy = Object.fromEntries(changes.flatMap(({ field, setBy: managers }) => (managers === undefined ? [] : [[field, managers]])));
    const taken = Object.keys(setBy).length === 0 ? {} : { setBy };
    return { planned: { object, action: fields.length === 0 ? 'unchanged' : 'change', fields, ...taken }, live };
}
/** A ServiceAccount that somebody else made does not become the installation's: installation/install.ts. */
function asApplied(wanted, live, installation) {
    if (wanted.kind !== 'ServiceAccount' || ownershipOf(live, installation) !== 'others')
        return wanted;
    return { ...wanted, metadata: { ...wanted.metadata, labels: {} } };
}
async function planGone(ref, { objects, installation }) {
    const read = await unlessForbidden(async () => ({ live: await objects.read(ref) }));
    const object = (0,object_ref/* refText */.d0)(ref);
    if (read === undefined)
        return [{ object, action: 'unknown', fields: [] }];
    if (read.live === undefined || ownershipOf(read.live, installation) !== 'own')
        return [];
    return [{ object, action: 'delete', fields: [] }];
}
async function unlessForbidden(ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/src/core/api/given-objects.js
/**
 * ServiceAccounts and Secrets that stand beside the stores in the manifests, as guides write them: they count as present
 * for a login from this machine. Values of such a Secret never leave it: they are in no report, no ConfigMap, no apply.
 */




/** `namespace` is for documents that name none; without it they are passed over. */
function givenObjects(documents, namespace) {
    const placed = documents.flatMap((document) => placedIn(document, namespace));
    const of = (kind) => placed.filter(({ ref }) => ref.kind === kind);
    return {
        serviceAccounts: once(of('ServiceAccount').map(({ ref, value }) => [ref, given_objects_serviceAccountOf(ref, value)])),
        secrets: once(of('Secret').map(({ ref, value, document }) => [ref, secretOf(ref, value, document)])),
    };
}
function placedIn(document, given) {
    const { apiVersion, kind } = document.head;
    if (apiVersion !== 'v1' || (kind !== 'ServiceAccount' && kind !== 'Secret'))
        return [];
    const ref = (0,model_document/* refOfHead */.Dv)(document.head, given);
    return ref?.namespace === undefined ? [] : [{ ref, value: (0,fields/* fieldsOf */.P)(document.value), document }];
}
function once(entries) {
    const texts = entries.map(([ref]) => (0,object_ref/* refText */.d0)(ref));
    return new Map(entries.map(([ref, value]) => [(0,object_ref/* refText */.d0)(ref), value]).filter(([text]) => isSingle(texts, text)));
}
function isSingle(texts, text) {
    return texts.indexOf(text) === texts.lastIndexOf(text);
}
/** What people write of one; not what an API server adds. */
function given_objects_serviceAccountOf({ name, namespace = '' }, value) {
    const { imagePullSecrets, automountServiceAccountToken } = value;
    const { labels, annotations } = (0,fields/* fieldsOf */.P)(value['metadata']);
    return {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace, labels: textsIn(labels), annotations: textsIn(annotations) },
        ...(Array.isArray(imagePullSecrets) ? { imagePullSecrets } : {}),
        ...(typeof automountServiceAccountToken === 'boolean' ? { automountServiceAccountToken } : {}),
    };
}
function secretOf(ref, value, { origin }) {
    const { type, data, stringData } = value;
    const decoded = Object.entries(textsIn(data)).map(([key, text]) => [key, secret_value/* SecretValue */.i.of(Buffer.from(text, 'base64'))]);
    const plain = Object.entries(textsIn(stringData)).map(([key, text]) => [key, secret_value/* SecretValue */.i.ofText(text)]);
    return {
        ref,
        ...(origin === undefined ? {} : { origin }),
        ...(typeof type === 'string' ? { type } : {}),
        data: new Map([...decoded, ...plain]),
    };
}
/** Kubernetes: the record of kubectl repeats the object, and is its own affair. */
function textsIn(value) {
    return Object.fromEntries(Object.entries((0,fields/* fieldsOf */.P)(value)).filter((entry) => typeof entry[1] === 'string' && entry[0] !== 'kubectl.kubernetes.io/last-applied-configuration'));
}

// EXTERNAL MODULE: ./lib/src/core/model/short-list.js
var short_list = __webpack_require__(64797);
;// CONCATENATED MODULE: ./lib/src/core/deploy/secrets-left-out.js


/** Values of manifests are for this machine: what is deployed holds none. */
function secretsLeftOut({ secrets }) {
    const all = [...secrets.values()];
    const [first] = all;
    if (first === undefined)
        return [];
    const [named, verb] = all.length === 1 ? [(0,object_ref/* refText */.d0)(first.ref), 'is'] : [`${all.length} Secrets (${namesOf(all)})`, 'are'];
    return [
        {
            severity: 'warning',
            code: 'secret-left-out',
            hasSubject: true,
            ...(first.origin === undefined ? {} : { origin: first.origin }),
            what: `the manifests hold ${named}, which ${verb} left out: Keyferry deploys no values`,
            fix: 'Apply it with kubectl where the job needs it; better, use authType WorkloadIdentity, which needs none.',
        },
    ];
}
function namesOf(secrets) {
    return (0,short_list/* shortList */.p)(secrets.map(({ ref: { namespace = '', name } }) => `${namespace}/${name}`));
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/where-to-install.js
/** Where an installation is to be, and which namespace documents without one are of. */



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
    if (intents.length > 0 || (0,model_problem/* hasErrors */.Cs)(problems))
        return [];
    return [
        {
            severity: 'error',
            code: 'nothing-to-deploy',
            what: 'the manifests hold no ExternalSecret',
            fix: 'Give all manifests of the installation; keyferry uninstall takes all of it away.',
        },
    ];
}
function documentsNamespace({ namespace, reading }) {
    const known = namespace ?? reading?.namespace;
    return known === undefined ? {} : { namespace: known };
}
/** The job has to take the same namespace for documents without one; its own says nothing of them. */
function jobNamespace(asked, documents) {
    const { namespace } = documentsNamespace(asked);
    const isNeeded = asked.namespace !== undefined || documents.some(hasNoNamespace);
    return namespace === undefined || !isNeeded ? {} : { KEYFERRY_NAMESPACE: namespace };
}
function hasNoNamespace(document) {
    const { kind, namespace } = document.head;
    return isIntent(document) && kind !== '' && !(0,kinds/* isClusterWide */.O9)(kind) && namespace === undefined;
}
/** What goes into a deployment; the rest of the manifests is somebody else's to apply. */
function isIntent({ head }) {
    return kinds/* GROUPS */.fd.includes((0,kinds/* groupOf */.F8)(head.apiVersion));
}

// EXTERNAL MODULE: ./lib/src/engine/sync/load.js + 3 modules
var load = __webpack_require__(30762);
;// CONCATENATED MODULE: ./lib/src/commands/render.js










async function render(source, request, cluster = OFFLINE) {
    const { documents, sorted, problems, given } = await check(source, request, cluster);
    const { intents } = sorted;
    const found = findInstallation(request, intents);
    const ofPods = [...(request.warnings ?? []), ...memoryProblems(request.pod, intents.length)];
    const all = [
        ...problems,
        ...ofPods,
        ...('problems' in found ? found.problems : []),
        ...emptyProblems(intents, problems),
    ];
    if ((0,model_problem/* hasErrors */.Cs)(all) || 'problems' in found)
        return { intents, problems: all };
    const { installation } = found;
    const deployment = deploymentOf({
        ...request,
        ...sorted,
        installation,
        documents: documents.filter(isIntent),
        serviceAccounts: given.serviceAccounts,
        remembered: await cluster.remembered(installation, intents),
        ...documentsNamespace(request),
        jobVariables: { ...request.jobVariables, ...jobNamespace(request, documents) },
    });
    return { deployment, installation, intents, problems: all };
}
async function check(source, request, cluster) {
    const { home, controllerClass, clusterRights, logins } = request;
    const given = await source.load();
    const { documents, problems: unserved } = home === 'custom-resources'
        ? inServedVersion(given.documents, await cluster.served())
        : { documents: given.documents, problems: [] };
    const checked = await (0,load/* load */.H)({ load: () => Promise.resolve({ documents, problems: given.problems }) }, {
        only: [],
        controllerClass,
        home,
        ...(logins === undefined ? {} : { logins }),
        ...namespaceOf(request),
        ...request.reading,
    });
    const sorted = sortedFor(request, checked);
    const needs = clusterRights ? [] : clusterRightsProblems({ ...sorted, home });
    const objects = givenObjects(documents, request.namespace);
    const problems = [...unserved, ...checked.problems, ...sorted.problems, ...needs, ...secretsLeftOut(objects)];
    return { documents, sorted, problems, given: objects };
}
/** In ConfigMaps the intents of others stay, and the job passes them over. */
function sortedFor({ home, controllerClass }, { intents, stores, foreignStores }) {
    if (home === 'config-maps')
        return { intents, stores, problems: [] };
    return oursOf({ intents, stores, foreignStores }, controllerClass);
}
function namespaceOf({ namespace }) {
    return namespace === undefined ? {} : { namespace };
}

;// CONCATENATED MODULE: ./lib/src/commands/plan-deployment.js



/** Reads only. Rejects with a PortError where the cluster refuses more than single objects. */
async function planDeployment(ports, request) {
    const { deployment, installation, problems } = await render(ports.manifests, request, clusterFacts(ports, request));
    if (deployment === undefined || installation === undefined)
        return { problems };
    const { objects } = ports;
    const { repository } = request;
    const planned = await planInstallation({ objects, installation, deployment, repository });
    return { installation: planned.plan, problems: [...problems, ...planned.problems] };
}

// EXTERNAL MODULE: ./lib/src/core/plan/fingerprint.js
var fingerprint = __webpack_require__(32778);
// EXTERNAL MODULE: ./lib/src/engine/stop.js
var engine_stop = __webpack_require__(78009);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./lib/src/core/settings/pod-forms.js
var pod_forms = __webpack_require__(361);
// EXTERNAL MODULE: ./lib/src/core/settings/pod-rules.js
var pod_rules = __webpack_require__(84117);
// EXTERNAL MODULE: ./lib/src/core/settings/setting.js
var settings_setting = __webpack_require__(30096);
// EXTERNAL MODULE: ./lib/src/core/settings/table.js + 2 modules
var table = __webpack_require__(30578);
// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 2 modules
var wiring_manifests = __webpack_require__(47651);
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
            reading: (0,wiring_manifests/* readingOf */.MU)(settings),
            home: settings.home === 'custom-resources' ? settings.home : 'config-maps',
            clusterRights: settings.clusterRights,
            controllerClass: settings.controllerClass,
            logins: (0,allowed_logins/* allowedLoginsOf */.q)(settings),
            extras: (0,wiring_manifests/* plainIntentsOf */.XW)(settings)?.extras ?? [],
            pod: podOf(settings),
            warnings: (0,pod_rules/* podWarnings */.v)(settings.podEnv),
            ...(engineImage === undefined ? { engine: await readEngine(environment) } : {}),
            version,
            jobVariables: jobVariablesOf(settings),
        },
    };
}
/** Each was looked at where it was read. */
function podOf(settings) {
    const { jobClientId = settings.azureClientId, azureTenantId, caConfigMap } = settings;
    const { memory, memoryRequest, cpuLimit, cpuRequest } = settings;
    return {
        image: settings.engineImage ?? settings.image,
        imagePullSecrets: settings.imagePullSecret,
        environment: (0,pod_forms/* pairsOf */.fq)(settings.podEnv),
        ...(caConfigMap === undefined ? {} : { caConfigMap }),
        tolerations: settings.toleration.map(pod_forms/* tolerationOf */.Hf),
        nodeSelector: (0,pod_forms/* pairsOf */.fq)(settings.nodeSelector),
        labels: (0,pod_forms/* pairsOf */.fq)(settings.podLabel),
        annotations: (0,pod_forms/* pairsOf */.fq)(settings.podAnnotation),
        ...(memory === undefined ? {} : { memory }),
        ...(memoryRequest === undefined ? {} : { memoryRequest }),
        ...(cpuLimit === undefined ? {} : { cpuLimit }),
        ...(cpuRequest === undefined ? {} : { cpuRequest }),
        ...(jobClientId === undefined ? {} : { azureClientId: jobClientId }),
        ...(azureTenantId === undefined ? {} : { azureTenantId }),
    };
}
/** What a deployment is told about its job, in the order of the variables of its pods. */
const OF_THE_JOB = [
    'log-level',
    'token-audience',
    'login-hosts',
    'token-audiences',
    'key-vault-api-version',
    'controller-class',
    'store-identities',
    'max-deletes',
    'max-delete-share',
    'max-updates',
    'max-update-share',
];
/** Only what differs from the default, so that pods of different versions take their own. */
function jobVariablesOf(settings) {
    const storeIdentities = Object.entries(settings.storeIdentities).map(([store, clientId]) => `${store}=${clientId}`);
    const values = { ...settings, storeIdentities };
    return Object.fromEntries(OF_THE_JOB.flatMap((name) => (0,table/* settingsOf */.f)('job').filter((setting) => setting.name === name))
        .filter((setting) => (0,settings_setting/* differsFromDefault */.$_)(setting, values[(0,settings_setting/* propertyOf */.$r)(setting)]))
        .map((setting) => [(0,settings_setting/* variableOf */.Qn)(setting), String(values[(0,settings_setting/* propertyOf */.$r)(setting)])]));
}
/**
 * The job's bundle beside the running one (`dist/cli/index.js` → `dist/job/index.js`), or in `build/` where the sources
 * run. Gzipped without a time and a system, so that the same engine has the same digest.
 *
 * The place is that of the program that was started: a path made from `import.meta.url` is one that bundlers rewrite.
 */
async function readEngine(environment) {
    const program = (0,external_node_path_.dirname)(await (0,promises_.realpath)(process.argv[1] ?? '.'));
    const places = [
        environment['KEYFERRY_ENGINE'],
        (0,external_node_path_.join)(program, '../job/index.js'),
        (0,external_node_path_.join)(program, '../../build/job/index.js'),
        (0,external_node_path_.join)(program, '../../dist/job/index.js'),
    ];
    for (const place of places) {
        const content = place === undefined || place === '' ? undefined : await (0,promises_.readFile)(place).catch(() => undefined);
        if (content !== undefined)
            return { gzipped: asOnLinux((0,external_node_zlib_.gzipSync)(content, { level: 9 })) };
    }
    throw new errors/* PortError */.U7({
        kind: 'NotFound',
        code: 'NoEngine',
        whole: true,
        what: 'the engine of the job is not beside this program',
        fix: 'From a clone, build it first: npm run build. Or give --engine-image.',
    });
}
/** RFC 1952: the tenth byte is the system that packed it, which zlib fills in. */
const SYSTEM_BYTE = 9;
const UNIX = 3;
/** As Linux packs it, whatever the system: the digest of the engine is made of these bytes. Changes what it is given. */
function asOnLinux(gzipped) {
    gzipped[SYSTEM_BYTE] = UNIX;
    return gzipped;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/error-code.js
/** `ENOENT` and the like; '' for an error that is not the system's. */
function errorCode(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/no-links.js
/**
 * Below the folder that was named no link is followed, wherever it leads: whoever can put one there must not choose what
 * is read, written or deleted elsewhere. The folder's own path may hold links; it is the user's.
 *
 * Node cannot open a file relative to a folder that is held open, so every part is looked at before it is used, and what
 * was opened is compared with what then stands there. A link that is put there between the last look and a rename is
 * not seen.
 */





function pathOf({ folder, file }) {
    return (0,external_node_path_.join)(folder, file);
}
/** Rejects with a PortError where a part of the file's path below the folder is a link. Parts may be missing. */
async function assertNoLink({ folder, file }) {
    let path = folder;
    for (const part of file.split('/').filter((one) => one !== '')) {
        path = (0,external_node_path_.join)(path, part);
        const stats = await statsOf(path);
        if (stats === undefined)
            return;
        if (stats.isSymbolicLink())
            throw isLink(path);
    }
}
/** Not there on Windows, which has no such flags; there the look before and after has to do. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = external_node_fs_.constants;
/** Our own writes exchange a file too, twenty at a time: it is opened anew as often before that is told. */
const ATTEMPTS = 20;
/** Open for reading; neither a link, nor a pipe or device, which might never end. Rejects as the file system does. */
async function openFile(at) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await openOnce(at);
        }
        catch (error) {
            const isExchanged = error instanceof errors/* PortError */.U7 && error.kind === 'Conflict';
            if (!isExchanged || attempt === ATTEMPTS)
                throw error;
        }
    }
}
async function openOnce(at) {
    await assertNoLink(at);
    const path = pathOf(at);
    const handle = await (0,promises_.open)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
        throw errorCode(error) === 'ELOOP' ? isLink(path) : error;
    });
    try {
        await assertSame(at, handle);
        return handle;
    }
    catch (error) {
        await handle.close();
        throw error;
    }
}
async function assertSame(at, handle) {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile() && !opened.isDirectory())
        throw isNoFile(pathOf(at));
    await assertNoLink(at);
    const there = await (0,promises_.lstat)(pathOf(at), { bigint: true });
    if (there.ino !== opened.ino || there.dev !== opened.dev)
        throw wasExchanged(pathOf(at));
}
/** Makes the folders that lead to the file, one by one: a recursive `mkdir` of Node never ends in `/proc`. */
async function makeFoldersOf({ folder, file }) {
    await makeFolder(folder);
    let path = folder;
    for (const part of file.split('/').slice(0, -1)) {
        path = (0,external_node_path_.join)(path, part);
        await makeOne(path);
        if ((await statsOf(path))?.isSymbolicLink() === true)
            throw isLink(path);
    }
}
async function makeFolder(path) {
    try {
        await makeOne(path);
    }
    catch (error) {
        if (errorCode(error) !== 'ENOENT' || (0,external_node_path_.dirname)(path) === path)
            throw error;
        await makeFolder((0,external_node_path_.dirname)(path));
        await makeOne(path);
    }
}
async function makeOne(path) {
    try {
        await (0,promises_.mkdir)(path);
    }
    catch (error) {
        if (!(await isThere(error, path)))
            throw error;
    }
}
/** Windows says EPERM of a drive's root. */
async function isThere(error, path) {
    return errorCode(error) === 'EEXIST' || (errorCode(error) !== 'ENOENT' && (await statsOf(path)) !== undefined);
}
async function statsOf(path) {
    try {
        return await (0,promises_.lstat)(path);
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes(errorCode(error)))
            return undefined;
        throw error;
    }
}
function isLink(path) {
    return new errors/* PortError */.U7({
        kind: 'Forbidden',
        what: `${path} is a link, and below the folder of --directory none is followed`,
        fix: 'Put the file or folder itself there, or name the folder that it leads to.',
    });
}
function isNoFile(path) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${path} is neither a file nor a folder`,
        fix: 'Move it away.',
    });
}
function wasExchanged(path) {
    return new errors/* PortError */.U7({
        kind: 'Conflict',
        what: `${path} was exchanged while it was being opened`,
        fix: 'Let only one program at a time use this folder.',
    });
}

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
async function readText(at) {
    try {
        return await untilFree(() => readOpened(at));
    }
    catch (error) {
        if (isCode(error, 'ENOENT', 'ENOTDIR'))
            return undefined;
        throw toPortError(error, pathOf(at));
    }
}
async function readOpened(at) {
    const handle = await openFile(at);
    try {
        return await handle.readFile('utf8');
    }
    finally {
        await handle.close();
    }
}
/** Changes whenever the file does; `undefined` when there is none. */
async function stampOf(at) {
    try {
        const { ino, size, mtimeNs, ctimeNs } = await (0,promises_.lstat)(pathOf(at), { bigint: true });
        return [ino, size, mtimeNs, ctimeNs].join('-');
    }
    catch {
        return undefined;
    }
}
/** False when the name is taken already. */
async function createFile(at, content) {
    return await withTemporary(at, content, async (temporary) => {
        try {
            await assertNoLink(at);
            await (0,promises_.link)(temporary, pathOf(at));
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
async function replaceFile(at, content, readHash) {
    return await withTemporary(at, content, async (temporary) => {
        if (!(await holds(at, readHash)))
            return false;
        await untilFree(() => (0,promises_.rename)(temporary, pathOf(at)));
        return true;
    });
}
/** False when the file no longer holds what was read; a file that is gone already counts as removed. */
async function removeFile(at, readHash) {
    const path = pathOf(at);
    const text = await readText(at);
    if (text === undefined)
        return true;
    if (contentHash(text) !== readHash)
        return false;
    try {
        await untilFree(() => (0,promises_.rm)(path, { force: true }));
    }
    catch (error) {
        throw toPortError(error, path);
    }
    return true;
}
/** Half a second in all: what has a file open lets it go soon, or not at all. */
const PAUSES_MS = process.platform === 'win32' ? [5, 15, 30, 60, 120, 250] : [];
/**
 * Windows refuses to replace, remove or open a file while somebody else (a reader, a virus scanner) has it in a way that
 * does not allow that. On other systems the same codes mean a lack of rights, and waiting would not help.
 */
async function untilFree(act, pausesMs = PAUSES_MS) {
    for (const pauseMs of pausesMs) {
        try {
            return await act();
        }
        catch (error) {
            if (!isCode(error, 'EPERM', 'EACCES', 'EBUSY'))
                throw error;
        }
        await (0,external_node_timers_promises_.setTimeout)(pauseMs);
    }
    return await act();
}
function toPortError(error, path) {
    if (error instanceof errors/* PortError */.U7)
        return error;
    const code = errorCode(error);
    const [kind, fix] = atomic_file_ADVICE[code] ?? ['Unavailable', 'Check the disk and run again.'];
    return new errors/* PortError */.U7({ kind, what: `file ${path} could not be used (${code})`, fix, code, cause: error });
}
const atomic_file_ADVICE = {
    EACCES: ['Forbidden', 'Give the current user the right to read and write it.'],
    EPERM: ['Forbidden', 'Give the current user the right to read and write it.'],
    EROFS: ['Forbidden', 'The file system is read-only. Choose another folder.'],
    ENAMETOOLONG: ['Invalid', 'The name of the object is too long for a file. Choose one of at most 240 characters.'],
    ENOENT: ['Invalid', 'Its folder cannot be made there. Choose another folder.'],
    ENOTDIR: ['Invalid', 'A file stands where a folder is needed. Move it away.'],
    EISDIR: ['Invalid', 'A folder stands where a file is needed. Move it away.'],
    ENOSPC: ['Unavailable', 'The disk is full. Make room and run again.'],
};
async function withTemporary(at, content, place) {
    const path = pathOf(at);
    const temporary = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), `.keyferry-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
    try {
        await makeFoldersOf(at);
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
async function holds(at, hash) {
    const text = await readText(at);
    return text !== undefined && contentHash(text) === hash;
}
function isCode(error, ...codes) {
    return codes.includes(errorCode(error));
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/field-ownership.js

const field_ownership_NOTHING = { data: new Map(), labels: new Map(), annotations: new Map() };
/** Everything that a new object holds belongs to the manager that made it. */
function ownersAfterCreate(content, manager, operation) {
    return ownersAfterWrite([], field_ownership_NOTHING, content, { manager, operation });
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
var model_names = __webpack_require__(86102);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/fingerprints.js
/**
 * Writes secret values as texts that tell nothing, and recognizes the values by them later.
 *
 * `[redacted] hmac-sha256:<hex>`: keyed by a random key that stays on this machine, and bound to the place of the
 * value, so that equal passwords of two Secrets do not look equal. No base64 decoder accepts it, so the API server
 * refuses such a file. Without the key nothing is recognized; every value then counts as changed.
 */






const REDACTED_VALUE = /^\[redacted\] hmac-sha256:[0-9a-f]{64}$/u;
const KEY_FILE = 'fingerprint.key';
const fingerprints_KEY = /^[0-9a-f]{64}$/u;
function isRedactedText(text) {
    return REDACTED_VALUE.test(text);
}
class Fingerprints {
    #folder;
    /** The texts of opaque values that were read, so that an untouched one is written as it was. */
    #texts = new WeakMap();
    #key;
    /** The key is kept in `.keyferry` of this folder. */
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
        await createFile(this.#file('.gitignore'), { text: 'fingerprint.key\n*.tmp\n', mode: 0o644 });
        await createFile(this.#file(KEY_FILE), { text: `${(0,external_node_crypto_.randomBytes)(32).toString('hex')}\n`, mode: 0o600 });
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
        const text = (await readText(this.#file(KEY_FILE)))?.trim();
        if (text === undefined)
            return undefined;
        if (fingerprints_KEY.test(text))
            return Buffer.from(text, 'hex');
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `file ${pathOf(this.#file(KEY_FILE))} is not a key of 64 hexadecimal digits`,
            fix: 'Remove it; a new one is made, and every redacted value is then written once more.',
        });
    }
    #file(name) {
        return { folder: this.#folder, file: `.keyferry/${name}` };
    }
}
function textFor(key, place, bytes) {
    const hash = (0,external_node_crypto_.createHmac)('sha256', key).update(`${place}\0`).update(bytes).digest('hex');
    return `${model_names/* REDACTED */.XF} hmac-sha256:${hash}`;
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
    return name.endsWith('.yaml') ? (0,model_secret/* secretRef */.C)(namespace, name.slice(0, -'.yaml'.length)) : undefined;
}
function handMade(documents, ref) {
    return documents.filter((document) => folder_layout_isSame(folder_layout_secretOf(document), ref) && !isOwnFile(document, ref));
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
    const { kind, name, namespace } = (0,model_document/* readHead */.zy)(document.value);
    if (kind === '' || name === undefined)
        return undefined;
    if (kind === 'Namespace')
        return { kind, name };
    return { kind, namespace: namespace ?? ownerOfFile(document.file)?.namespace ?? 'default', name };
}
function folder_layout_secretOf(document) {
    const ref = refOfDocument(document);
    const isCore = (0,model_document/* readHead */.zy)(document.value).apiVersion === 'v1';
    return ref?.kind === 'Secret' && isCore ? ref : undefined;
}
function folder_layout_isSame(a, b) {
    return a !== undefined && (0,object_ref/* refText */.d0)(a) === (0,object_ref/* refText */.d0)(b);
}
function namespacedRef(ref) {
    return (0,model_secret/* secretRef */.C)(ref.namespace ?? 'default', ref.name);
}
function textsOf(document, field) {
    return onlyTexts((0,fields/* fieldsOf */.P)((0,fields/* fieldsOf */.P)(document.value)['metadata'])[field]);
}
/** `data` of a ConfigMap. */
function configMapData(document) {
    return onlyTexts((0,fields/* fieldsOf */.P)(document.value)['data']);
}
function onlyTexts(value) {
    const entries = Object.entries((0,fields/* fieldsOf */.P)(value));
    return Object.fromEntries(entries.filter((entry) => typeof entry[1] === 'string'));
}

// EXTERNAL MODULE: ./lib/src/core/yaml/read.js + 5 modules
var read = __webpack_require__(72380);
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
        const text = await readText({ folder: this.#folder, file });
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
        const stamp = await stampOf({ folder: this.#folder, file });
        if (stamp === undefined)
            return undefined;
        const cached = this.#cache.get(file);
        return cached?.stamp === stamp ? cached : { stamp, documents: await this.read(file) };
    }
    async #walk(folder) {
        const entries = await entriesOf({ folder: this.#folder, file: folder });
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
async function entriesOf(at) {
    try {
        await assertNoLink(at);
        return await readEntries(pathOf(at));
    }
    catch (error) {
        if (errorCode(error) === 'ENOENT')
            return [];
        throw toPortError(error, pathOf(at));
    }
}
async function readEntries(folder) {
    return await (0,promises_.readdir)(folder, { withFileTypes: true });
}
function parseFile(file, text) {
    const hash = contentHash(text);
    const documents = (0,read/* readAllYaml */.n)(text);
    return documents.map(({ value, fault, line, lineOf }) => ({
        file,
        hash,
        alone: documents.length === 1,
        line,
        value,
        ...(fault === undefined ? {} : { syntaxError: fault.words }),
        lineOf,
    }));
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/folder-objects.js
/**
 * Where in a folder an object stands, and where it may not stand: a Secret of ours in its own file, everything else in
 * whatever document. An object counts as absent only when no broken document could be it.
 */






/** All methods reject with a PortError where files cannot be read, or hold what makes the answer uncertain. */
class FolderObjects {
    #folder;
    #files;
    constructor(folder) {
        this.#folder = folder;
        this.#files = new FolderFiles(folder);
    }
    /** The Secret's own file stands in front of one made by hand. `undefined` = it is certain that there is none. */
    async findSecret(ref) {
        const [document, ...others] = await this.#files.read(fileOf(ref));
        if (document !== undefined && others.length === 0) {
            if (document.syntaxError !== undefined)
                throw this.#notYaml(document);
            if (folder_layout_isSame(folder_layout_secretOf(document), ref))
                return { document, ours: true };
        }
        const [byHand, second] = await this.#handMade(ref);
        if (second !== undefined && byHand !== undefined)
            throw this.#twice(ref, byHand, second);
        return byHand === undefined ? undefined : { document: byHand, ours: false };
    }
    /** Each once, wherever it stands. */
    async secretsOf(namespace) {
        const documents = await this.#files.readAll();
        const broken = documents.find((document) => document.syntaxError !== undefined && mayHoldOf(document, namespace));
        if (broken !== undefined)
            throw this.#notYaml(broken);
        const refs = documents.map(folder_layout_secretOf).filter((ref) => ref?.namespace === namespace);
        return [...new Map(refs.map((ref) => [(0,object_ref/* refText */.d0)(ref), ref])).values()];
    }
    /** An object that is not a Secret. */
    async find(ref) {
        const documents = await this.#files.readAll();
        const [found, second] = documents.filter((document) => folder_layout_isSame(refOfDocument(document), ref));
        if (found !== undefined && second !== undefined)
            throw this.#twice(ref, found, second);
        if (found === undefined)
            this.#assertNoneIsHidden(documents);
        return found;
    }
    /** What the file that is named after the Secret holds first, and whether that is the Secret and nothing else. */
    async ownFile(ref) {
        const [document] = await this.#files.read(fileOf(ref));
        return { document, holds: document?.alone === true && folder_layout_isSame(folder_layout_secretOf(document), ref) };
    }
    async assertNotMadeByHand(ref) {
        const [byHand] = handMade(await this.#files.readAll(), ref);
        if (byHand === undefined)
            return;
        throw new errors/* PortError */.U7({
            kind: 'Forbidden',
            what: `${(0,object_ref/* refText */.d0)(ref)} was made by hand and is not deleted (${this.place(byHand, byHand.line)})`,
            fix: 'Remove it from that file.',
        });
    }
    /** `preview/shop/secrets/db.yaml:1`, with the folder as the user wrote it. */
    place(document, line) {
        if (document === undefined)
            return this.#folder;
        return `${(0,model_origin/* withSlashes */.sq)((0,external_node_path_.join)(this.#folder, document.file), external_node_path_.sep)}:${line}`;
    }
    /** All documents of this Secret outside its own file. Throws where a broken one could be it. */
    async #handMade(ref) {
        const documents = await this.#files.readAll();
        const found = handMade(documents, ref);
        if (found.length === 0)
            this.#assertNoneIsHidden(documents);
        return found;
    }
    /** An object is absent only when every document could be read. `<namespace>/secrets/<name>.yaml` hides no other. */
    #assertNoneIsHidden(documents) {
        const broken = documents.find((document) => document.syntaxError !== undefined && ownerOfFile(document.file) === undefined);
        if (broken !== undefined)
            throw this.#notYaml(broken);
    }
    #notYaml(document) {
        return new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `file ${this.place(document, document.line)} is not valid YAML: ${document.syntaxError ?? ''}`,
            fix: 'Mend the file, or remove it: what it holds cannot be known.',
        });
    }
    #twice(ref, first, second) {
        return new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `${(0,object_ref/* refText */.d0)(ref)} stands in two files: ${this.place(first, first.line)} and ${this.place(second, second.line)}`,
            fix: 'Remove one of them.',
        });
    }
}

// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-names.js
var kubernetes_names = __webpack_require__(79225);
;// CONCATENATED MODULE: ./lib/src/core/plan/pull/kubernetes-rules.js
/**
 * What the Kubernetes API server accepts as a Secret, and which changes it refuses.
 *
 * In one place for every plan, and for every cluster that is not a real one. Texts follow the API server's, except that
 * they never show a value, not even one of a label or annotation: a template may have put a secret there.
 */


/** Kubernetes: `MaxSecretSize`, the sum of all values. */
const MAX_SECRET_BYTES = 1_048_576;
/** Kubernetes: `TotalAnnotationSizeLimitB`, keys and values together. */
const MAX_ANNOTATION_BYTES = 262_144;
const DEFAULT_SECRET_TYPE = 'Opaque';
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
/** Why the Secret may not be created. */
function creationProblems(desired) {
    return [...nameProblems(desired.ref), ...contentProblems(desired)];
}
/** Why the Secret may not replace `live`. An absent type keeps the live one. */
function replacementProblems(live, desired) {
    const type = desired.type ?? live.type ?? DEFAULT_SECRET_TYPE;
    return [...contentProblems({ ...desired, type }), ...changeProblems(live, { ...desired, type })];
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
    if (!kubernetes_names/* DATA_KEY */.Vy.test(key)) {
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
    if (kubernetes_names/* DNS_LABEL */.HR.test(text))
        return undefined;
    return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
}
function dnsSubdomainProblem(text) {
    if (text.length > 253)
        return 'must be no more than 253 characters';
    if (kubernetes_names/* DNS_SUBDOMAIN */.nd.test(text))
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
    if (kubernetes_names/* QUALIFIED_NAME_PART */.Nd.test(name))
        return undefined;
    return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
}
function labelValueProblem(value) {
    if (value.length > 63)
        return 'must be no more than 63 characters';
    if (value === '' || kubernetes_names/* QUALIFIED_NAME_PART */.Nd.test(value))
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
            return kubernetes_rules_isEmpty(content.data.get('ssh-privatekey')) ? [requiredKey('ssh-privatekey')] : [];
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
function kubernetes_rules_isEmpty(value) {
    return value === undefined || (!value.isOpaque && value.size === 0);
}
/** Go decodes into a map: an object or null passes, everything else does not. */
function jsonObjectProblems(content, key) {
    const value = content.data.get(key);
    if (value === undefined)
        return [requiredKey(key)];
    if (value.isOpaque || isJsonObject(AS_GO.decode(value.reveal())))
        return [];
    return [`data[${key}]: Invalid value: "<secret contents redacted>": ${NOT_JSON}`];
}
/** A byte order mark stays, and spoils the JSON. */
const AS_GO = new TextDecoder('utf-8', { ignoreBOM: true });
function isJsonObject(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && !Array.isArray(value);
    }
    catch {
        return false;
    }
}
/** `Secret shop/db is invalid: …`, as the API server says it; several reasons in brackets. At least one problem. */
function refusalOf({ ref, type }, problems) {
    const reasons = problems.length === 1 ? problems.join() : `[${problems.join(', ')}]`;
    const byType = problems.some((problem) => isOfType(problem)) && type !== undefined ? ` (its type is ${type})` : '';
    return { what: `${(0,object_ref/* refText */.d0)(ref)} is invalid: ${reasons}${byType}`, fix: wayOut(problems) };
}
/** What only Secrets of some type must hold. */
function isOfType(problem) {
    return problem.endsWith(': Required value') || problem.endsWith(NOT_JSON);
}
const NOT_JSON = 'it is not a JSON object';
/** What helps, by how the problem begins or ends; the first that fits one of them. */
const WAYS_OUT = [
    [/^data: Too long/u, 'Narrow find, or spread the keys over several ExternalSecrets.'],
    [
        new RegExp(`${NOT_JSON}$`, 'u'),
        'Make the JSON in the template (toJson; in auth b64enc of USER:PASSWORD), or mend the value in the vault.',
    ],
    [/^data\[.*: Required value$/u, 'Give it in data or in template.data, or choose another type or target.name.'],
    [/^data\[.*: Invalid value/u, 'Rename the key with secretKey, template.data or rewrite.'],
    [/^metadata\.(labels|annotations)/u, 'Change it in template.metadata, or in the metadata of the ExternalSecret.'],
];
function wayOut(problems) {
    const way = WAYS_OUT.find(([pattern]) => problems.some((problem) => pattern.test(problem)))?.[1];
    return `Kubernetes refuses such a Secret. ${way ?? 'Change the ExternalSecret that makes it, or the value in the vault.'}`;
}

;// CONCATENATED MODULE: ./lib/src/adapters/directory/refused-secret.js


/** The Secret as it may be created, or Invalid with every reason. */
function assertCreatable(desired) {
    refuse(desired, creationProblems(desired));
}
/** The Secret as it may replace `live`, or Invalid with every reason. */
function assertReplaceable(live, desired) {
    refuse(desired, replacementProblems(live, desired));
}
/** Also the guard against path traversal: nothing that passes holds a slash or begins with a dot. */
function assertObjectName(ref) {
    refuse({ ref }, nameProblems(ref));
}
function refuse(secret, problems) {
    if (problems.length > 0)
        throw new errors/* PortError */.U7({ kind: 'Invalid', ...refusalOf(secret, problems) });
}

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
        data: sortedFields([...content.data].map(([key, value]) => [key, printValue(secret_file_placeOf(ref, key), value, codec)])),
    }, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
    return codec.showValues ? { text, mode: 0o600 } : { text: REDACTED_HEADER + text, mode: 0o644 };
}
/** What a document of kind Secret says; what is wrong in it is reported, not thrown. */
function readSecretDocument(ref, document, codec) {
    const faults = [];
    const metadata = (0,fields/* fieldsOf */.P)(document['metadata']);
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
    const tells = (key, text) => key === model_names/* DATA_HASH_ANNOTATION */.Es || (key === LAST_APPLIED && text.includes('"kind":"Secret"'));
    return new Map([...annotations].map(([key, text]) => [key, tells(key, text) ? model_names/* REDACTED */.XF : text]));
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
        const value = readValue(secret_file_placeOf(ref, key), text, codec);
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
    for (const [key, text] of Object.entries((0,fields/* fieldsOf */.P)(value))) {
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
    const { apiVersion, kind, name, uid, controller, blockOwnerDeletion } = (0,fields/* fieldsOf */.P)(value);
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
function secret_file_placeOf(ref, key) {
    return `${ref.namespace ?? ''}/${ref.name}/${key}`;
}
function sortedFields(entries) {
    return Object.fromEntries(entries.toSorted(([a], [b]) => (0,object_ref/* compareText */.n6)(a, b)));
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
    #objects;
    #state;
    #codec;
    constructor(options, state) {
        this.description = `folder ${options.folder}`;
        this.#folder = options.folder;
        this.#objects = new FolderObjects(options.folder);
        this.#state = state;
        const fingerprints = new Fingerprints(options.folder);
        this.#codec = { showValues: options.showValues ?? false, fingerprints };
    }
    async getSecret(ref) {
        return (await this.#find(ref))?.live;
    }
    async listSecrets(namespace, label) {
        const refs = await this.#objects.secretsOf(namespace);
        const secrets = await Promise.all(refs.map((ref) => this.getSecret(ref)));
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
            return [];
        if (found.live.uid !== secret.uid || found.live.resourceVersion !== secret.resourceVersion) {
            throw conflict(ref, 'was changed since it was read');
        }
        await this.#objects.assertNotMadeByHand(ref);
        if (!(await removeFile(this.#path(ref), found.document.hash)))
            throw conflict(ref, 'was changed since it was read');
        await this.#state.update(({ fieldOwners }) => Reflect.deleteProperty(fieldOwners, (0,object_ref/* refText */.d0)(ref)));
        return [];
    }
    async getConfigMap(namespace, name) {
        const ref = { kind: 'ConfigMap', namespace, name };
        const document = await this.#objects.find(ref);
        return document === undefined ? undefined : { ref, data: new Map(Object.entries(configMapData(document))) };
    }
    async getServiceAccount(namespace, name) {
        const ref = { kind: 'ServiceAccount', namespace, name };
        const document = await this.#objects.find(ref);
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
        const document = await this.#objects.find({ kind: 'Namespace', name });
        const labels = document === undefined ? {} : textsOf(document, 'labels');
        return { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
    }
    async #find(secret) {
        const ref = namespacedRef(secret);
        assertObjectName(ref);
        const place = await this.#objects.findSecret(ref);
        return place === undefined ? undefined : await this.#read(ref, place);
    }
    async #read(ref, { document, ours }) {
        await this.#codec.fingerprints.load();
        const { content, deleting, faults } = readSecretDocument(ref, (0,fields/* fieldsOf */.P)(document.value), this.#codec);
        const [fault] = faults;
        if (fault !== undefined) {
            throw new errors/* PortError */.U7({
                kind: 'Invalid',
                what: `${(0,object_ref/* refText */.d0)(ref)}: ${fault.what} (${this.#objects.place(document, document.lineOf(fault.path))})`,
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
        const hide = (key, value) => fingerprints.forgotten(secret_file_placeOf(ref, key), fingerprints.redact(secret_file_placeOf(ref, key), value));
        return new Map([...data].map(([key, value]) => [key, isOld(key, value) ? hide(key, value) : value]));
    }
    async #create(ref, desired) {
        if (!this.#codec.showValues)
            await this.#codec.fingerprints.ensure();
        if (await createFile(this.#path(ref), printSecret(ref, desired, this.#codec)))
            return;
        const { document, holds } = await this.#objects.ownFile(ref);
        if (holds)
            throw conflict(ref, 'exists already');
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `${(0,object_ref/* refText */.d0)(ref)} cannot be written: ${this.#objects.place(document, 1)} holds something else`,
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
            what: `${(0,object_ref/* refText */.d0)(desired.ref)} holds values made by hand (${lost.join(', ')}) that redacting would destroy (${this.#objects.place(found.document, found.document.line)})`,
            fix: 'Move the file to another name in the folder, where it is only read, or run with --show-values.',
        });
    }
    #path(ref) {
        return { folder: this.#folder, file: fileOf(ref) };
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
    async remembered(role) {
        const { objects } = await this.#file.read();
        return (0,sync_record/* refsOf */.gA)(role, Object.keys(objects));
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

// EXTERNAL MODULE: ./lib/src/adapters/transport/batches.js
var batches = __webpack_require__(8113);
;// CONCATENATED MODULE: ./lib/src/adapters/directory/state-file.js
/**
 * `.keyferry/state.yaml`: what a folder remembers between runs. Never a value.
 *
 * Sorted, so that the same state is the same file. Changes that arrive while the file is being written go together
 * into the next write. When another process wrote it meanwhile, the changes are made again on what it wrote.
 */








const state_file_ATTEMPTS = 50;
class StateFile {
    #file;
    #batches = new batches/* Batches */.p((changes) => this.#write(changes));
    /** Parsing is the slow part of a read; most reads find what they saw last. */
    #last;
    /** What a file with this stamp holds. Good enough to read; a write looks at the content. */
    #seen;
    constructor(folder) {
        this.#file = { folder, file: '.keyferry/state.yaml' };
    }
    /** What the file holds now. Not to be edited. */
    async read() {
        const stamp = await stampOf(this.#file);
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
        for (let attempt = 1; attempt <= state_file_ATTEMPTS; attempt += 1) {
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
            what: `file ${pathOf(this.#file)} was changed by somebody else ${state_file_ATTEMPTS} times in a row`,
            fix: 'Let only one run at a time use this folder.',
        });
    }
    async #place(text, hash) {
        const content = { text, mode: 0o644 };
        return hash === undefined ? await createFile(this.#file, content) : await replaceFile(this.#file, content, hash);
    }
    async #snapshot() {
        const text = await readText(this.#file);
        if (text === undefined)
            return { hash: undefined, content: { fieldOwners: {}, objects: {}, stores: {} } };
        const hash = contentHash(text);
        if (this.#last?.hash !== hash)
            this.#last = { hash, content: parseState(pathOf(this.#file), text) };
        return this.#last;
    }
}
function printState(content) {
    return (0,dist/* stringify */.As)({ schemaVersion: sync_record/* RECORDS_VERSION */.WL, ...content }, { compat: 'yaml-1.1', lineWidth: 0, sortMapEntries: true, aliasDuplicateObjects: false });
}
function parseState(path, text) {
    const lines = new dist/* LineCounter */.HN();
    // The library's own check compares each key with all: minutes for some ten thousand objects.
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const [error] = document.errors;
    if (error !== undefined) {
        throw state_file_unreadable(`${path}:${lines.linePos(error.pos[0]).line} is not valid YAML (${error.code})`);
    }
    const value = document.toJS();
    if (!(0,fields/* isRecord */.u)(value))
        throw state_file_unreadable(`${path}:1 is not a mapping`);
    assertKnownSchema(path, value['schemaVersion']);
    return {
        fieldOwners: mappingAt(path, value, 'fieldOwners'),
        objects: mappingAt(path, value, 'objects'),
        stores: mappingAt(path, value, 'stores'),
    };
}
function assertKnownSchema(path, version) {
    if (version === sync_record/* RECORDS_VERSION */.WL)
        return;
    if (typeof version === 'number' && version > sync_record/* RECORDS_VERSION */.WL) {
        throw new errors/* PortError */.U7({
            kind: 'Invalid',
            what: `file ${path} has schemaVersion ${version}, this program knows versions up to ${sync_record/* RECORDS_VERSION */.WL}`,
            fix: 'A newer Keyferry wrote it. Use that version, or a newer one.',
            whole: true,
        });
    }
    throw state_file_unreadable(`${path} has no schemaVersion`);
}
/** Objects by name, or lists of them. What stands inside each is trusted: only this program writes the file. */
function mappingAt(path, value, field) {
    const mapping = value[field] ?? {};
    if (!(0,fields/* isRecord */.u)(mapping))
        throw state_file_unreadable(`${path}: ${field} is not a mapping`);
    for (const [key, entry] of Object.entries(mapping)) {
        const isSound = field === 'fieldOwners' ? Array.isArray(entry) && entry.every(fields/* isRecord */.u) : (0,fields/* isRecord */.u)(entry);
        if (!isSound)
            throw state_file_unreadable(`${path}: ${field}["${key}"] is not what Keyferry writes there`);
    }
    return mapping;
}
function state_file_unreadable(what) {
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

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
;// CONCATENATED MODULE: ./lib/src/engine/installation/installed-cron-job.js

function cronJobRef({ namespace, name }) {
    return { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name };
}
/** `undefined` = there is none. */
async function findCronJob(objects, installation) {
    return await objects.read(cronJobRef(installation));
}
/** Rejects with a PortError where there is none. */
async function readCronJob(objects, installation) {
    const cronJob = await findCronJob(objects, installation);
    if (cronJob === undefined)
        throw notInstalled(objects, installation);
    return cronJob;
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

;// CONCATENATED MODULE: ./lib/src/engine/installation/stored-intents.js
/**
 * Intents that a deployment put into ConfigMaps: read through the API by the names that the pod spec gives, and used only
 * if they are what was deployed. They are read once: a pod ends on the intents that it was started with, whatever
 * another deployment takes away meanwhile.
 *
 * Where they are custom resources, the ConfigMaps say which ones, and each is read by its name: a team's rights may not
 * reach further. One that cannot be read is a problem of its own, and stops no other.
 */








/** ConfigMaps that are read at once: each may be a megabyte. */
const CONFIG_MAPS_AT_ONCE = 4;
/** The texts of the ConfigMaps: what a pod keeps of them while it lives. */
class PinnedIntents {
    #objects;
    #namespace;
    #pins;
    #texts;
    #digest = '';
    /** Pins from elsewhere than the pod spec are asked for when they are needed. */
    constructor(objects, { namespace }, pins) {
        this.#objects = objects;
        this.#namespace = namespace;
        this.#pins = pins;
    }
    /** Of the intents that were read; '' before. */
    get digest() {
        return this.#digest;
    }
    /** Reads them, the first time. Rejects with a PortError where one is not what was deployed; then it may be tried again. */
    async texts() {
        const reading = (this.#texts ??= this.#read());
        try {
            return await reading;
        }
        catch (error) {
            if (this.#texts === reading)
                this.#texts = undefined;
            throw error;
        }
    }
    async #read() {
        const pins = await this.#pins();
        const texts = await (0,p_limit/* default */.A)(CONFIG_MAPS_AT_ONCE).map(pins, (pin) => this.#readOne(pin));
        this.#digest = (0,intents_pins/* intentsDigestOf */.t4)(pins);
        return texts;
    }
    async #readOne(pin) {
        const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: this.#namespace, name: pin.name };
        const configMap = await this.#objects.read(ref);
        if (configMap === undefined)
            throw stored_intents_absent(`${this.#namespace}/${pin.name}`);
        const text = pinnedText(configMap, pin);
        if (typeof text !== 'string')
            throw stored_intents_refused(text.problem);
        return { text, metadata: { name: pin.name, namespace: this.#namespace } };
    }
}
class StoredIntentsSource {
    #objects;
    #intents;
    /** `objects` reads the custom resources. */
    constructor(objects, intents) {
        this.#objects = objects;
        this.#intents = intents;
    }
    /** Of the intents that were loaded last; '' before. */
    get digest() {
        return this.#intents.digest;
    }
    async load() {
        const all = (await this.#intents.texts()).map(storedIn);
        const found = await Promise.all(all.map((one) => this.#documentsOf(one)));
        return {
            documents: found.flatMap(({ documents }) => documents),
            problems: found.flatMap(({ problems }) => problems),
        };
    }
    async #documentsOf({ home, documents }) {
        if (home === 'config-maps')
            return { documents, problems: [] };
        const read = await (0,limits/* together */.b)(documents, (document) => this.#resource(document));
        return {
            documents: read.flatMap((one) => ('document' in one ? [one.document] : [])),
            problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
        };
    }
    /** Messages still name the line of the manifest. */
    async #resource(stored) {
        const ref = { name: '', ...stored.head };
        try {
            const value = await this.#objects.read(ref);
            return value === undefined
                ? { problem: gone(stored) }
                : { document: { ...(0,model_document/* withValue */.cO)(stored, value), home: 'cluster' } };
        }
        catch (error) {
            const failure = (0,errors/* asPortError */.Ux)(error);
            if (failure.whole)
                throw failure;
            return { problem: stored_intents_unreadable(stored, failure) };
        }
    }
}
/** Which intents an installation has, for whoever looks from outside: as its pods are told. */
async function pinsIn(objects, installation) {
    return pinsOrRefusal(await findCronJob(objects, installation), installation);
}
function pinsOrRefusal(cronJob, { namespace, name }) {
    const pins = cronJob === undefined ? [] : (0,intents_pins/* pinsOf */.cz)(cronJob);
    if (pins.length > 0)
        return pins;
    const what = cronJob === undefined ? 'does not exist' : 'does not say which ConfigMaps hold its intents';
    throw new errors/* PortError */.U7({
        kind: 'NotFound',
        code: 'NoIntents',
        whole: true,
        what: `CronJob ${namespace}/${name} ${what}`,
        fix: 'Deploy again: keyferry deploy -f MANIFESTS.',
    });
}
function storedIn({ text, metadata }) {
    const stored = readIntents(text, { metadata });
    if ('problem' in stored)
        throw stored_intents_refused(stored.problem);
    return stored;
}
function stored_intents_absent(name) {
    return new errors/* PortError */.U7({
        kind: 'NotFound',
        code: 'NoIntents',
        whole: true,
        what: `ConfigMap ${name}, which holds the intents, does not exist`,
        fix: 'Deploy again: keyferry deploy -f MANIFESTS.',
    });
}
function gone(document) {
    return {
        ...about(document),
        code: 'resource-gone',
        what: 'was deleted from the cluster, and the deployment still has it',
        fix: 'Deploy again, with it or without it.',
    };
}
function stored_intents_unreadable(document, { what, fix }) {
    return { ...about(document), code: 'resource-unreadable', what, fix };
}
function about({ head: { kind, namespace, name = '' }, origin }) {
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    return { severity: 'error', at, ...(origin === undefined ? {} : { origin }) };
}
function stored_intents_refused({ code, at, what, fix }) {
    const details = {
        kind: 'Invalid',
        whole: true,
        what: `${at === undefined ? '' : `${(0,object_ref/* refText */.d0)(at)} `}${what}`,
        fix,
    };
    return code === 'tampered-intents'
        ? new errors/* PortError */.U7({ ...details, code: 'TamperedIntents' })
        : new errors/* PortError */.U7({ ...details, code: 'UnreadableIntents' });
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./lib/src/adapters/files/read-text.js
var read_text = __webpack_require__(73415);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/pod-folder.js
var pod_folder = __webpack_require__(93180);
// EXTERNAL MODULE: ./lib/src/wiring/kubeconfig-text.js
var kubeconfig_text = __webpack_require__(77004);
;// CONCATENATED MODULE: ./lib/src/wiring/kubeconfig.js
/**
 * Which cluster is meant: what the user gave, else what is lying around, in the order that kubectl's users expect.
 *
 * | given | the cluster is | in a pipeline |
 * | --- | --- | --- |
 * | `--kubeconfig` with the text of one, also in base64 | the one of this text | too |
 * | `--kubeconfig PATH` | the one of this file | too |
 * | `--in-cluster` | the one that this pod runs in | too |
 * | KUBECONFIG, one path or several | the one of these files together | too: a step before has set it |
 * | KUBERNETES_SERVICE_HOST and a mounted token, and no `--context` | the one that this pod runs in | no |
 * | ~/.kube/config is there | the one of this file | no |
 *
 * A variable that is misspelt in a workflow is an empty input, and a runner may be a pod of some cluster, or hold the
 * login of somebody who used it before: nobody has named that one.
 */







/** Rejects with a PortError for a file that is not there, or a pod that is none. */
async function findKubeconfig({ kubeconfig, context, inCluster }, environment, isOnlyNamed = false) {
    if (kubeconfig !== undefined)
        return [await fromGiven(kubeconfig, environment)];
    const isPod = (environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(pod_folder/* POD_FOLDER */.J, 'token'));
    if (inCluster === true) {
        if (isPod)
            return 'pod';
        throw noPod();
    }
    const paths = (environment['KUBECONFIG'] ?? '').split(external_node_path_.delimiter).filter((path) => path !== '');
    if (paths.length > 0)
        return await Promise.all(paths.map(readKubeconfig));
    const standard = (0,external_node_path_.join)(homeOf(environment), '.kube', 'config');
    const around = { isPod, hasStandard: (0,external_node_fs_.existsSync)(standard) };
    if (isOnlyNamed)
        return around;
    // A pod's own cluster has no contexts: whoever names one means a file.
    if (isPod && context === undefined)
        return 'pod';
    return around.hasStandard ? [await readKubeconfig(standard)] : around;
}
/** Whether this is a step of a workflow or a job of a pipeline, where only what was given names a cluster. */
function isPipeline({ GITHUB_ACTIONS, GITLAB_CI, TF_BUILD }) {
    return GITHUB_ACTIONS === 'true' || GITLAB_CI === 'true' || TF_BUILD?.toLowerCase() === 'true';
}
function noPod() {
    return kubeconfig_refused('--in-cluster was given, and this runs in no pod: KUBERNETES_SERVICE_HOST is not set, or no token is mounted', 'Name the cluster in another way, or let the pod have a ServiceAccount with automountServiceAccountToken.');
}
/** Windows has no HOME, but shells of it do. An empty one would mean the working directory: other people's files. */
function homeOf({ HOME = '' }) {
    return HOME === '' ? (0,external_node_os_.homedir)() : HOME;
}
/** Nobody but a shell knows what `~` is, and an input of a workflow has seen none. */
function withHome(path, environment) {
    return /^~[\\/]/u.test(path) ? (0,external_node_path_.join)(homeOf(environment), path.slice(2)) : path;
}
async function fromGiven(text, environment) {
    const given = withHome(text, environment);
    const read = (0,kubeconfig_text/* readGiven */.Q)(given, external_node_fs_.existsSync);
    switch (read.kind) {
        case 'text':
            return { text: read.text, name: 'the kubeconfig' };
        case 'path':
            return await readKubeconfig(read.path);
        case 'folded':
            throw kubeconfig_refused('the kubeconfig is on one line: it lost its line breaks on the way', 'In a workflow write kubeconfig: ${{ secrets.NAME }}, or a block that begins with | and not with >. Its base64 is taken too.');
        case 'unknown':
            throw kubeconfig_refused(`the kubeconfig is neither a file that is there nor the text of one, nor base64 of it (${given.length} characters; not shown, for it may be secret)`, 'Give the path of a kubeconfig, or its text.');
    }
}
/** A pipe too (`<(…)`), and no more of it than a file of ours may have. */
async function readKubeconfig(path) {
    const read = await (0,read_text/* readText */.yR)(path);
    if (typeof read === 'string')
        return { text: read, name: `the file ${path}`, folder: (0,external_node_path_.dirname)((0,external_node_path_.resolve)(path)) };
    const isPath = (0,external_node_fs_.existsSync)(path) || (0,kubeconfig_text/* readGiven */.Q)(path, external_node_fs_.existsSync).kind === 'path';
    const code = /\((\w+)\)$/u.exec(read.what)?.[1] ?? 'unreadable';
    throw kubeconfig_refused(isPath
        ? `the kubeconfig ${path} ${NO_KUBECONFIG[read.code] ?? `cannot be read (${code})`}`
        : `KUBECONFIG has something that is no path of a file that is there (${code}; not shown, for it may be secret)`, 'Check the path that --kubeconfig or KUBECONFIG gives.');
}
const NO_KUBECONFIG = {
    'manifest-no-file': 'is a device or socket, which is not read',
    'manifest-not-utf8': 'is not UTF-8 text',
    'manifest-too-large': 'is too large for one',
};
function kubeconfig_refused(what, fix) {
    return new errors/* PortError */.U7({ kind: 'Invalid', code: 'Kubeconfig', whole: true, what, fix });
}

;// CONCATENATED MODULE: ./lib/src/wiring/open-cluster.js
/** Settings → the cluster a run writes to, where it remembers its outcomes, and where the intents are if not in files. */








/**
 * Rejects with a PortError of kind `Invalid` where no cluster is named, or its kubeconfig is of no use. Without a
 * connection it makes one. `intents`: those that were read already.
 */
async function openCluster(settings, outside, { connection, intents } = {}) {
    if (settings.directory !== undefined) {
        const { cluster, state } = openDirectory({ folder: settings.directory, showValues: settings.showValues });
        return { cluster, state, publisher: { event: () => Promise.resolve() } };
    }
    const real = await open_cluster_open(settings, connection ?? (await connect(settings, outside, waysOfARun(settings))));
    const { cluster, state, publisher } = real;
    const manifests = manifestsIn(real, settings, intents ?? pinnedIntentsIn(real, settings));
    return { cluster, state, publisher, real, ...(manifests === undefined ? {} : { manifests }) };
}
/** `undefined` = they are in files. */
function manifestsIn({ objects, manifests, findResource }, { home, deployed }, intents) {
    if (home === 'config-maps')
        return new StoredIntentsSource(objects, intents);
    return deployed && findResource !== undefined ? new StoredIntentsSource({ read: findResource }, intents) : manifests;
}
/** As the pod spec names them: a pod is told by its own, whoever looks from outside asks the CronJob. */
function pinnedIntentsIn({ objects, installation }, { intents }) {
    const pins = async () => (intents.length > 0 ? intents : await pinsIn(objects, installation));
    return new PinnedIntents(objects, installation, pins);
}
/** The real cluster that the settings name. */
async function openRealCluster(settings, outside, known) {
    return await open_cluster_open(settings, known ?? (await connect(settings, outside, [])));
}
async function open_cluster_open(settings, connection) {
    const { openKubernetes } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 88781));
    const { namespace, installation: name, installationNamespace, home, deployed } = settings;
    return openKubernetes(connection, {
        clock: node_clock/* systemClock */.m,
        home,
        byName: deployed,
        ...(namespace === undefined ? {} : { namespace }),
        installation: { name, ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }) },
    });
}
/** For a command that looks at one cluster in several ways: it costs tokens and requests. `undefined` = it is a folder. */
async function connectionOf(settings, outside, others = []) {
    return settings.directory === undefined ? await connect(settings, outside, others) : undefined;
}
/** How else a plan or sync may be told its cluster; with the engine runner it stands for a deployment, which has none. */
function waysOfARun({ engine }) {
    return engine === 'runner' ? [] : [FOLDER];
}
/** `others`: ways to name a cluster that the command takes beside those of a real one. The client takes long to load, so it is loaded only where it is needed. */
async function connect(settings, outside, others) {
    const { environment, logger, masker } = outside;
    if (settings.aksCluster !== undefined) {
        // Never another cluster in its place.
        if (outside.connectToAks === undefined)
            throw new Error('this entry reaches no AKS cluster');
        return await outside.connectToAks(settings.aksCluster, settings, outside);
    }
    for (const secret of (0,kubeconfig_text/* secretsIn */.V)(settings.kubeconfig ?? '', external_node_fs_.existsSync))
        masker.mask(secret_value/* SecretValue */.i.ofText(secret));
    // The job is inside its cluster.
    const isOnlyNamed = outside.connectToAks !== undefined && isPipeline(environment);
    const found = await findKubeconfig(settings, environment, isOnlyNamed);
    if (typeof found === 'object' && 'isPod' in found)
        throw noCluster({ settings, outside, others, found, isOnlyNamed });
    const { connectByKubeconfig, connectInCluster } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 55682));
    const { allowExec = true } = outside;
    const options = {
        environment,
        logger,
        masker,
        clock: node_clock/* systemClock */.m,
        random: Math.random,
        allowExec,
    };
    return found === 'pod' ? connectInCluster(options) : connectByKubeconfig(found, settings.context, options);
}
const FOLDER = '--directory FOLDER: a folder that holds Secrets as YAML files';
/** In a workflow a variable that is not set is an empty text, and nothing can tell that from an input that is absent. */
function noCluster({ settings, outside, others, found, isOnlyNamed }) {
    const { connectToAks } = outside;
    const ways = ['--kubeconfig PATH', ...(connectToAks === undefined ? [] : ['--aks-cluster ID']), ...others];
    const last = ways.at(-1) ?? '';
    const all = ways.length === 1 ? last : `${ways.slice(0, -1).join(', ')}, or ${last}`;
    const { context } = settings;
    const chosen = context === undefined ? '' : `--context "${context}" chooses within a kubeconfig, and `;
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `no cluster was named: ${chosen}${isOnlyNamed ? absentWords(others) : 'KUBECONFIG is not set, and there is no ~/.kube/config'}`,
        fix: [`Give ${all}.`, ...(isOnlyNamed ? [EMPTY_VARIABLE, ...unaskedWords(found)] : [])].join(' '),
    });
}
const EMPTY_VARIABLE = 'A variable that is not set is empty: look for vars.AKS_CLUSTER, or what it is called, in the repository and in the environment of this job.';
function absentWords(others) {
    return others.includes(FOLDER)
        ? '--aks-cluster, --kubeconfig and --directory are absent, or empty, and KUBECONFIG is not set'
        : '--aks-cluster and --kubeconfig are absent, or empty, and KUBECONFIG is not set';
}
/** What somebody on a laptop would have got. */
function unaskedWords({ isPod, hasStandard }) {
    return [
        ...(hasStandard
            ? ['The ~/.kube/config of this machine is taken only by its path: --kubeconfig ~/.kube/config.']
            : []),
        ...(isPod ? ['The cluster that this pod runs in is taken only with --in-cluster.'] : []),
    ];
}

;// CONCATENATED MODULE: ./lib/src/wiring/refuse.js

/** Does nothing without problems. A PortError has one fix, so that those of the others stand before. */
function refuse_refuse(problems) {
    const last = problems.at(-1);
    if (last === undefined)
        return;
    const what = [...problems.slice(0, -1).map((problem) => `${problem.what}. ${problem.fix}`), last.what].join(' ');
    throw new errors/* PortError */.U7({ kind: 'Invalid', code: 'Setting', whole: true, what, fix: last.fix });
}

;// CONCATENATED MODULE: ./lib/src/wiring/repository.js
/** `undefined` = a laptop, or a CI that does not say. */
function repositoryOfRun(environment) {
    const { GITHUB_REPOSITORY: name = '', GITHUB_REPOSITORY_ID: id = '' } = environment;
    if (!/^[\w.-]+\/[\w.-]+$/u.test(name))
        return undefined;
    const server = environment['GITHUB_SERVER_URL'] ?? '';
    const url = `${server === '' ? 'https://github.com' : server.replace(/\/+$/u, '')}/${name}`;
    return { url, ...(/^\d+$/u.test(id) ? { id } : {}) };
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/item.js


/** ESO 2.9's reason for a refresh that went well. */
const SYNCED = { status: 'True', reason: 'SecretSynced' };
/** Nothing is done and nothing is told. */
function nothing(intent, verdict) {
    return { intent, verdict, changes: [], result: { refreshed: false, events: [] }, problems: [] };
}
/** The refresh went well; what is written comes with `withChanges`. */
function succeeded(intent, condition, events = []) {
    return { ...nothing(intent, 'unchanged'), result: { condition, refreshed: true, events } };
}
/** The target is, or will be, as it should be. */
function synced(intent, events) {
    const item = succeeded(intent, { ...SYNCED, message: 'secret synced' }, events);
    return { ...item, result: { ...item.result, binding: intent.target.name } };
}
/** The same with something to write. */
function withChanges(item, changes) {
    return { ...item, verdict: 'change', changes };
}
/** Whatever becomes of the target, this is to be told as well. */
function withWarnings(item, warnings) {
    return warnings.length === 0 ? item : { ...item, problems: [...item.problems, ...warnings] };
}
/** The API server would refuse the write: told in its words, before anything is sent. */
function item_refused({ intent, live }, finding) {
    const problem = {
        severity: 'error',
        code: 'cluster-invalid',
        at: intent.ref,
        ...(intent.origin === undefined ? {} : { origin: intent.origin }),
        hasSubject: true,
        ...finding,
    };
    const item = failed(intent, [problem], []);
    return live === undefined ? item : { ...item, result: { ...item.result, binding: intent.target.name } };
}
/** A read failed: the condition names the cause, the target is left as it is. */
function failed(intent, problems, events) {
    const message = problems.map(model_problem/* problemText */.fI).join('\n');
    const warning = { type: 'Warning', reason: 'UpdateFailed', message };
    return {
        ...nothing(intent, 'failed'),
        result: {
            condition: { status: 'False', reason: 'SecretSyncedError', message },
            refreshed: false,
            events: [...events, warning],
        },
        problems,
    };
}
/** What was not to be updated binds nothing. */
const UNBOUND = ['delete-without-owner', 'not-ours-to-delete', 'system-secret', 'key-contested'];
/** A rule forbids the write: the condition and the problem name it, the target is left as it is. */
function blocked({ intent, live }, code, finding) {
    const origin = intent.locate(finding.field);
    const problem = {
        severity: 'error',
        code,
        at: intent.ref,
        field: (0,model_origin/* fieldText */.gF)(finding.field),
        ...(origin === undefined ? {} : { origin }),
        what: finding.what,
        fix: finding.fix,
    };
    const item = failed(intent, [problem], []);
    const isUpdate = live !== undefined && !UNBOUND.includes(code);
    return {
        ...item,
        verdict: 'blocked',
        result: { ...item.result, ...(isUpdate ? { binding: intent.target.name } : {}) },
    };
}

// EXTERNAL MODULE: ./lib/src/core/model/condition.js
var model_condition = __webpack_require__(42823);
// EXTERNAL MODULE: ./lib/src/core/model/intent.js
var intent = __webpack_require__(96998);
// EXTERNAL MODULE: ./lib/src/core/go/regexp.js
var go_regexp = __webpack_require__(1706);
;// CONCATENATED MODULE: ./lib/src/core/transform/find.js

/** Steps of a search, of some twenty nanoseconds at most: in all, of one name, and between two turns for others. */
const MOST_STEPS = 400_000_000;
const MOST_OF_A_NAME = 20_000_000;
const TURN = 2_000_000;
/**
 * Which names the pattern fits, in pieces of well under a second.
 *
 * ESO 2.9: the pattern (RE2) is searched anywhere in the name, and an empty one fits all. One that does not compile was
 * refused with its manifest.
 */
function* fittingNames(listed, pattern) {
    const regexp = (0,go_regexp/* compileRegexp */.Nx)(pattern);
    if (regexp === undefined)
        return new Set();
    if (isTooCostly(listed.map(({ name }) => regexp.stepsOf(name))))
        return 'too-costly';
    const fitting = new Set();
    let sinceTurn = 0;
    for (const { name } of listed) {
        if (regexp.matches(name))
            fitting.add(name);
        sinceTurn += regexp.stepsOf(name);
        if (sinceTurn < TURN)
            continue;
        yield;
        sinceTurn = 0;
    }
    return fitting;
}
function isTooCostly(steps) {
    const all = steps.reduce((sum, one) => sum + one, 0);
    return all > MOST_STEPS || steps.some((one) => one > MOST_OF_A_NAME);
}
/**
 * The names to read, in the order of the list.
 *
 * ESO 2.9: enabled must be true; every tag of the find must be there with an equal value; the pattern must fit. Expired
 * and certificate-backed secrets are taken.
 */
function matchFind(listed, { tags }, fitting) {
    if (fitting === 'too-costly')
        return [];
    return listed
        .filter((item) => item.enabled === true)
        .filter((item) => hasTags(item, tags))
        .filter((item) => fitting.has(item.name))
        .map((item) => item.name);
}
function hasTags(item, tags) {
    return Object.entries(tags).every(([tag, value]) => item.tags.get(tag) === value);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/find-nothing.js


/** Names of vault objects may be shown, but never many of them. */
const MOST_NAMES = 3;
/** This share of the letter pairs of a pattern must be in a name that is near to it: two letters that changed places take three of five. */
const NEAR = 0.4;
/** A warning; whether it is an error is for the plan to say, which knows the target. `place` as `vault kv-shop`. */
function nothingFound(names, find, place) {
    return { severity: 'warning', code: 'find-empty', ...words(names, find, place) };
}
function words({ listed, fitting }, find, place) {
    if (listed.length === 0)
        return { what: `finds nothing: ${place} holds no secrets`, fix: 'Check the vault.' };
    const fix = Object.keys(find.tags).length === 0 ? 'Check name.regexp.' : 'Check name.regexp and tags.';
    const disabled = matchFind(listed.map((item) => ({ ...item, enabled: true })), find, fitting);
    if (disabled.length > 0) {
        return {
            what: `matches only disabled secrets in ${place}: ${few(disabled)}`,
            fix: 'Enable them, or change the pattern.',
        };
    }
    const secrets = listed.length === 1 ? '1 secret' : `${listed.length} secrets`;
    const names = few(nearNames({ listed, fitting }, find));
    return { what: `matches none of ${secrets} in ${place}${names === '' ? '' : `; nearest names: ${names}`}`, fix };
}
function few(names) {
    return names.slice(0, MOST_NAMES).join(', ');
}
/** Names that fit but for their tags, nearest first; where there are none, names that look like the pattern. */
function nearNames({ listed, fitting }, find) {
    const near = listed
        .filter(({ name }) => fitting.has(name))
        .filter((item) => find.nameRegexp !== '' || sharedTags(item, find) > 0);
    if (near.length > 0)
        return ranked(near, (item) => sharedTags(item, find));
    return ranked(listed, ({ name }) => likeness(name, find.nameRegexp)).filter((name) => likeness(name, find.nameRegexp) >= NEAR);
}
function ranked(listed, rank) {
    return listed
        .map((item) => ({ name: item.name, rank: rank(item) }))
        .sort((a, b) => b.rank - a.rank || (0,object_ref/* compareText */.n6)(a.name, b.name))
        .map(({ name }) => name);
}
function sharedTags({ tags }, find) {
    return Object.keys(find.tags).filter((tag) => tags.has(tag)).length;
}
/** 0 to 1: of the pairs of letters that stand in one of the pattern's alternatives as they are, how many are in the name. */
function likeness(name, pattern) {
    const there = pairsOf(name);
    const shares = pattern
        .replaceAll(NOT_LITERAL, ' ')
        .split('|')
        .map(pairsOf)
        .filter(({ size }) => size > 0)
        .map((wanted) => [...wanted].filter((pair) => there.has(pair)).length / wanted.size);
    return Math.max(0, ...shares);
}
/** Escapes, flags, classes and counts. */
const NOT_LITERAL = /\\.|\(\?[a-zA-Z-]*[:)]?|\[[^\]]*\]?|\{[^}]*\}?/gu;
/** Of letters and digits; the dash stands in most names and tells nothing. */
function pairsOf(text) {
    const words = text.toLowerCase().match(/[a-z0-9]+/gu) ?? [];
    return new Set(words.flatMap((word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))));
}
/** Is this what is told of such a find? */
function tellsEmptyFind({ code }) {
    return code === 'find-empty';
}

;// CONCATENATED MODULE: ./lib/src/core/model/held.js
/**
 * What is deleted and still there, with all that it holds: finalizers keep it until whoever set them takes them off.
 * Whatever is written into it goes with it.
 */

/** `is being deleted, held by example.com/hold`. */
function heldText(finalizers) {
    return finalizers.length === 0 ? 'is being deleted' : `is being deleted, held by ${finalizers.join(', ')}`;
}
/** How to get rid of it. */
function heldFix(ref) {
    const { kind, namespace, name } = ref;
    const where = namespace === undefined ? '' : ` -n ${namespace}`;
    const show = `kubectl get ${kind.toLowerCase()} ${name}${where} -o jsonpath={.metadata.finalizers}`;
    return `It is still there with all that it holds, until whoever set that finalizer takes it off (${show}). Run again then.`;
}
/** Of an object that was to be deleted. */
function heldProblem(ref, finalizers) {
    const { kind, namespace, name } = ref;
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    return { severity: 'error', code: 'deletion-held', at, what: heldText(finalizers), fix: heldFix(ref) };
}
/** The same of one that another object is about. */
function heldSentence(ref, finalizers) {
    return `${(0,object_ref/* refText */.d0)(ref)} ${heldText(finalizers)}`;
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/blocked-target.js
/** Why a target is left as it is: a rule forbids to write or delete it. */



const MAKE_ANEW = 'Delete that Secret so that it is made anew, or choose another target.name.';
/** deletionPolicy Delete needs creationPolicy Owner. */
function blockedByPolicy(subject) {
    return blocked(subject, 'delete-without-owner', {
        field: ['spec', 'target', 'deletionPolicy'],
        what: `is Delete and every source is absent, but creationPolicy is ${subject.intent.target.creationPolicy}`,
        fix: 'The Secret was left as it is. Set creationPolicy to Owner, or deletionPolicy to Retain or Merge.',
    });
}
/** What somebody else made is not deleted. */
function blockedByMaker(subject, live) {
    return blocked(subject, 'not-ours-to-delete', {
        field: ['spec', 'target', 'deletionPolicy'],
        what: `is Delete and every source is absent, but ${(0,object_ref/* refText */.d0)(live.ref)} was not made by this ExternalSecret`,
        fix: 'It was left as it is. Delete it by hand, or choose another target.name.',
    });
}
function blockedByImmutability(subject, live) {
    return blocked(subject, 'target-immutable', {
        field: ['spec', 'target', 'name'],
        what: `is ${(0,object_ref/* refText */.d0)(live.ref)}, which is immutable and holds other data`,
        fix: MAKE_ANEW,
    });
}
/** What is written into a Secret that is being deleted goes with it. */
function blockedByDeletion(subject, live) {
    return blocked(subject, 'target-terminating', {
        field: ['spec', 'target', 'name'],
        what: `is ${(0,object_ref/* refText */.d0)(live.ref)}, which ${heldText(live.finalizers)}`,
        fix: live.finalizers.length === 0 ? 'Run again once it is gone.' : heldFix(live.ref),
    });
}
function blockedByType(subject, live, desired) {
    return blocked(subject, 'type-immutable', {
        field: ['spec', 'target', 'template', 'type'],
        what: `is ${desired.type ?? ''}, but ${(0,object_ref/* refText */.d0)(live.ref)} has type ${live.type ?? ''}, and the type of a Secret cannot change`,
        fix: MAKE_ANEW,
    });
}
/** The other owner is in none of these manifests: it may be the same one under an earlier name. */
const UNKNOWN_OWNER_FIX = 'It was left as it is. If that one was renamed or removed, run with --prune and all manifests; else choose another target.name.';
function blockedByClaim(subject, live, claim) {
    const isOther = claim.kind === 'external-secret';
    const owner = isOther && claim.name === undefined ? 'another ExternalSecret' : (claim.name ?? '');
    return blocked(subject, isOther ? 'owned-by-other' : 'controlled-by-other', {
        field: ['spec', 'target', 'name'],
        what: `is ${(0,object_ref/* refText */.d0)(live.ref)}, which belongs to ${isOther && claim.name !== undefined ? `ExternalSecret ${owner}` : owner}`,
        fix: isOther && claim.name === undefined
            ? UNKNOWN_OWNER_FIX
            : 'It was left as it is. Remove the other owner, or choose another target.name.',
    });
}

;// CONCATENATED MODULE: ./lib/src/core/model/plan.js
/**
 * Stands for keys that only values tell, in plans without values, so that a Secret of nothing else is still created. No
 * key can be named so.
 */
const UNTOLD_KEY = '\u0000';
const NO_KEYS = { added: [], updated: [], removed: [] };
/** Every change of a plan, in the order in which it is applied. */
function changesOf(plan) {
    return [...plan.items.flatMap((item) => item.changes), ...plan.prunes];
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/diff.js
/** What differs between a live Secret and the wanted one: names only. */


/** Keys that would be added, get another value, or go. */
function diffKeys(live, desired) {
    const updated = [...desired].filter(([key, value]) => live.has(key) && live.get(key)?.equals(value) !== true);
    return {
        added: [...desired.keys()].filter((key) => !live.has(key)).sort(object_ref/* compareText */.n6),
        updated: updated.map(([key]) => key).sort(object_ref/* compareText */.n6),
        removed: [...live.keys()].filter((key) => !desired.has(key)).sort(object_ref/* compareText */.n6),
    };
}
function diff_isEmpty(keys) {
    return keys.added.length + keys.updated.length + keys.removed.length === 0;
}
/** Everything beside the data that differs, in a fixed order. */
function diffMetadata(live, desired) {
    return [
        ...(desired.type !== undefined && desired.type !== live.type ? ['type'] : []),
        ...((desired.immutable ?? false) === (live.immutable ?? false) ? [] : ['immutable']),
        ...diffTexts(live.labels, desired.labels).map((key) => `label ${key}`),
        ...diffTexts(live.annotations, desired.annotations)
            .filter((key) => !isRedactedHash(key, live))
            .map((key) => `annotation ${key}`),
        ...(sameOwners(live.ownerReferences, desired.ownerReferences) ? [] : ['owner']),
        ...(live.finalizers.join() === desired.finalizers.join() ? [] : ['finalizers']),
    ];
}
/** A folder without values holds no hash either; its data was compared key by key. */
function isRedactedHash(key, live) {
    return key === model_names/* DATA_HASH_ANNOTATION */.Es && live.annotations.get(key) === model_names/* REDACTED */.XF;
}
function diffTexts(live, desired) {
    const keys = new Set([...live.keys(), ...desired.keys()]);
    return [...keys].filter((key) => live.get(key) !== desired.get(key)).sort(object_ref/* compareText */.n6);
}
function sameOwners(a, b) {
    return ownersText(a) === ownersText(b);
}
function ownersText(references) {
    return references
        .map((r) => [r.apiVersion, r.kind, r.name, r.uid, r.controller ?? false, r.blockOwnerDeletion ?? false].join('|'))
        .join('\n');
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/changes.js


function creation(owner, desired) {
    const keys = diffKeys(new Map(), desired.data);
    return { action: 'create', owner, target: desired.ref, keys, precondition: 'absent', desired };
}
/** Everything is written that `desired` says, and nothing else of it: it may be a live Secret. */
function updateOf(owner, live, desired) {
    return {
        action: 'update',
        owner,
        target: live.ref,
        keys: diffKeys(live.data, desired.data),
        precondition: { resourceVersion: live.resourceVersion },
        metadata: diffMetadata(live, desired),
        desired: {
            ref: live.ref,
            ...(desired.type === undefined ? {} : { type: desired.type }),
            ...(desired.immutable === undefined ? {} : { immutable: desired.immutable }),
            data: desired.data,
            labels: desired.labels,
            annotations: desired.annotations,
            ownerReferences: desired.ownerReferences,
            finalizers: desired.finalizers,
        },
        live,
    };
}
/** With all its keys named as removed. */
function deletion(owner, live, reason) {
    const removed = diffKeys(live.data, new Map()).removed;
    const precondition = { resourceVersion: live.resourceVersion };
    return { action: 'delete', owner, target: live.ref, keys: { ...NO_KEYS, removed }, precondition, reason, live };
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/ownership.js



/** ESO 2.9: the value of the created-by label, H("<namespace>/<name>"). */
function createdBy(ref) {
    return (0,go_hash/* hashText */.qj)(`${ref.namespace}/${ref.name}`);
}
/** The owner reference with `controller: true`, of which there is at most one. */
function controllerOf(secret) {
    return secret.ownerReferences.find((reference) => reference.controller === true);
}
/** ESO 2.9: kind and group decide; version and uid are ignored. */
function isExternalSecret(reference) {
    return reference.kind === 'ExternalSecret' && (0,kinds/* groupOf */.F8)(reference.apiVersion) === kinds/* EXTERNAL_SECRETS */.AF;
}
/** Does this reference name the intent? By name, like ESO 2.9: a recreated ExternalSecret has another uid. */
function isReferenceTo(intent, reference) {
    return isExternalSecret(reference) && reference.name === intent.ref.name;
}
/**
 * May the intent write this Secret?
 *
 * | the Secret's controller   | Owner      | Orphan, Merge, CreateOrMerge |
 * | ------------------------- | ---------- | ---------------------------- |
 * | none, or this intent      | free       | free                         |
 * | another ExternalSecret    | refused    | refused                      |
 * | anything else             | refused    | free                         |
 *
 * ESO 2.9, 3.5. Without custom resources there are no owner references of ours: then the created-by label of another
 * ExternalSecret counts as its reference, unless that one is known to be gone.
 */
function claimOn(secret, intent, others) {
    const controller = controllerOf(secret);
    if (controller !== undefined && !isReferenceTo(intent, controller)) {
        if (isExternalSecret(controller))
            return { kind: 'external-secret', name: `${intent.ref.namespace}/${controller.name}` };
        const name = `${controller.kind} ${controller.name}`;
        return intent.target.creationPolicy === 'Owner' ? { kind: 'controller', name } : { kind: 'free' };
    }
    const label = secret.labels.get(model_names/* CREATED_BY_LABEL */.op);
    if (intent.owner !== undefined || label === undefined || label === createdBy(intent.ref))
        return { kind: 'free' };
    if (others.gone.has(label))
        return { kind: 'free' };
    const name = others.known.get(label);
    return { kind: 'external-secret', ...(name === undefined ? {} : { name }) };
}
/** Does a controller own this Secret, and is it not this intent? */
function belongsToAnother(secret, intent) {
    const controller = controllerOf(secret);
    return controller !== undefined && !isReferenceTo(intent, controller);
}
/** Was this Secret made or taken over by this intent? What is not may never be deleted for it. */
function isOwn(secret, intent) {
    const controller = controllerOf(secret);
    if (controller !== undefined)
        return isReferenceTo(intent, controller);
    return secret.labels.get(model_names/* CREATED_BY_LABEL */.op) === createdBy(intent.ref);
}
/**
 * Did the ExternalSecret of this name itself write the Secret? A Secret that somebody copied keeps label and owner reference,
 * but not the record of who wrote its fields.
 */
function wasWrittenBy(secret, externalSecretName) {
    const manager = (0,go_hash/* fieldManager */.wM)(externalSecretName);
    return secret.ownedFields.some((owned) => owned.manager === manager);
}
/** Made and written by this ExternalSecret: what is left of it may go when it goes. */
function wasMadeBy(secret, ref) {
    return secret.labels.get(model_names/* CREATED_BY_LABEL */.op) === createdBy(ref) && wasWrittenBy(secret, ref.name);
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/foreign-content.js
/**
 * What a Secret holds of others: what is kept of it, and what is told where it is not.
 *
 * | creationPolicy       | keys of others | labels and annotations of others, wanted with another value |
 * | -------------------- | -------------- | ----------------------------------------------------------- |
 * | Merge, CreateOrMerge | stay           | stay, and that is told                                      |
 * | Owner, Orphan        | go             | are replaced                                                |
 *
 * Of a Secret that the intent did not make, what goes or is replaced is told. ESO 2.9 replaces labels and annotations
 * under every policy, in silence.
 */





function keepsForeignContent({ target: { creationPolicy } }) {
    return creationPolicy === 'Merge' || creationPolicy === 'CreateOrMerge';
}
/** Keys of labels or annotations that somebody else set to another value than the wanted one. */
function foreignTexts(intent, wanted, live, part) {
    const own = ownKeys(live.ownedFields, intent, part);
    return [...wanted[part]]
        .filter(([key, value]) => live[part].has(key) && live[part].get(key) !== value && !own.has(key))
        .map(([key]) => key)
        .sort(object_ref/* compareText */.n6);
}
/** Kubernetes: whoever sets another value owns the key from then on. Nobody owns what was made by hand in a folder. */
function ownKeys(owned, intent, part) {
    const manager = (0,go_hash/* fieldManager */.wM)(intent.ref.name);
    return new Set(owned.filter((one) => one.manager === manager).flatMap((one) => one[part]));
}
/** What was kept although another value is wanted, or goes although somebody else made it. */
function foreignWarnings(intent, wanted, change) {
    const texts = [
        ...foreignTexts(intent, wanted, change.live, 'labels').map((key) => `label ${key}`),
        ...foreignTexts(intent, wanted, change.live, 'annotations').map((key) => `annotation ${key}`),
    ];
    if (keepsForeignContent(intent))
        return texts.length === 0 ? [] : [keptTexts(intent, change, texts)];
    if (isOwn(change.live, intent))
        return [];
    const own = ownKeys(change.live.ownedFields, intent, 'data');
    const keys = change.keys.removed.filter((key) => !own.has(key));
    return keys.length + texts.length === 0 ? [] : [takenOver(intent, change, keys, texts)];
}
function keptTexts(intent, { target }, texts) {
    const fix = intent.target.template === undefined
        ? 'It was left as it is. Name what this Secret is to get in target.template.metadata; without it, it gets those of the ExternalSecret.'
        : 'It was left as it is. Take them out of target.template.metadata.';
    return warning(intent, ['spec', 'target', 'name'], {
        code: 'foreign-metadata-kept',
        what: `is ${(0,object_ref/* refText */.d0)(target)}, where others gave another value to ${(0,short_list/* shortList */.p)(texts)}`,
        fix,
    });
}
function takenOver(intent, { target }, keys, texts) {
    const lost = [
        ...(keys.length === 0 ? [] : [`removes its ${keys.length === 1 ? 'key' : 'keys'} ${(0,short_list/* shortList */.p)(keys)}`]),
        ...(texts.length === 0 ? [] : [`replaces its ${(0,short_list/* shortList */.p)(texts)}`]),
    ];
    return warning(intent, ['spec', 'target', 'creationPolicy'], {
        code: 'foreign-content-lost',
        what: `${intent.target.creationPolicy} takes over ${(0,object_ref/* refText */.d0)(target)}, which this ExternalSecret did not make, and ${lost.join(' and ')}`,
        fix: 'Set creationPolicy to Merge to keep what it holds, or choose another target.name.',
    });
}
function warning(intent, path, finding) {
    const origin = intent.locate(path);
    const at = { at: intent.ref, field: (0,model_origin/* fieldText */.gF)(path), ...(origin === undefined ? {} : { origin }) };
    return { severity: 'warning', ...at, ...finding };
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/desired-secret.js





/** ESO 2.9: below this length of the ExternalSecret's name the raw manager name is looked for (see below). */
const MAX_MANAGER_LENGTH = 63;
/** What a target that does not exist yet is mutated from. */
const desired_secret_NOTHING = {
    data: new Map(),
    labels: new Map(),
    annotations: new Map(),
    ownerReferences: [],
    finalizers: [],
    ownedFields: [],
};
/** The whole Secret to write; `live` is undefined when it is to be created. A frozen one keeps its content. */
function desiredSecret(intent, wanted, live) {
    const frozen = live !== undefined && intent.target.immutable;
    const base = live ?? desired_secret_NOTHING;
    const content = frozen ? base : withContent(intent, wanted, base);
    const labels = new Map(content.labels).set(model_names/* MANAGED_LABEL */.bS, 'true');
    if (intent.target.creationPolicy === 'Owner')
        labels.set(model_names/* CREATED_BY_LABEL */.op, createdBy(intent.ref));
    else
        labels.delete(model_names/* CREATED_BY_LABEL */.op);
    return {
        ref: (0,model_secret/* secretRef */.C)(intent.ref.namespace, intent.target.name),
        ...(content.type === undefined ? {} : { type: content.type }),
        ...(intent.target.immutable || base.immutable === true ? { immutable: true } : {}),
        data: content.data,
        labels,
        annotations: new Map(content.annotations).set(model_names/* DATA_HASH_ANNOTATION */.Es, dataHash(content.data)),
        ownerReferences: ownerReferences(intent, base.ownerReferences),
        finalizers: content.finalizers,
    };
}
/** Hash of the data as ESO writes it. A folder without values cannot be hashed and says so. */
function dataHash(data) {
    if ([...data.values()].some((value) => value.isOpaque))
        return model_names/* REDACTED */.XF;
    return (0,go_hash/* hashData */.dW)(new Map([...data].map(([key, value]) => [key, value.reveal()])));
}
/** The live Secret with nothing changed but the managed label. ESO 2.9 sets it before anything else. */
function withManagedLabel(live) {
    return { ...live, labels: new Map(live.labels).set(model_names/* MANAGED_LABEL */.bS, 'true') };
}
function withContent(intent, wanted, base) {
    const { template } = intent.target;
    const keepsForeign = keepsForeignContent(intent);
    const kept = keepsForeign ? without(base.data, desired_secret_ownedBy(base, (0,go_hash/* fieldManager */.wM)(intent.ref.name), 'data')) : new Map();
    const textsOf = (part) => keepsForeign ? without(wanted[part], new Set(foreignTexts(intent, wanted, base, part))) : wanted[part];
    const type = template?.type ?? base.type;
    const manager = metadataManager(intent.ref.name);
    return {
        ...(type === undefined ? {} : { type }),
        data: new Map([...kept, ...wanted.data]),
        labels: new Map([...without(base.labels, desired_secret_ownedBy(base, manager, 'labels')), ...textsOf('labels')]),
        annotations: new Map([
            ...without(base.annotations, desired_secret_ownedBy(base, manager, 'annotations')),
            ...textsOf('annotations'),
        ]),
        finalizers: [...new Set([...base.finalizers, ...(template?.finalizers ?? [])])],
    };
}
/**
 * Whose labels and annotations are stale. ESO 2.9 looks under the raw name up to 63 characters although it writes
 * under a hashed one from 28 on, so for such names nothing stale is ever found. Kept: the bytes must agree.
 */
function metadataManager(name) {
    return name.length > MAX_MANAGER_LENGTH ? (0,go_hash/* fieldManager */.wM)(name) : `externalsecrets.external-secrets.io/${name}`;
}
function desired_secret_ownedBy(base, manager, part) {
    return new Set(base.ownedFields.filter((owned) => owned.manager === manager).flatMap((owned) => owned[part]));
}
function without(map, keys) {
    return new Map([...map].filter(([key]) => !keys.has(key)));
}
/** Without a custom resource no owner reference is ever written: an invented uid would get the Secret collected. */
function ownerReferences(intent, live) {
    if (intent.owner === undefined)
        return live;
    const others = live.filter((reference) => !(reference.controller === true && isReferenceTo(intent, reference)));
    if (intent.target.creationPolicy !== 'Owner')
        return others;
    const own = {
        apiVersion: intent.owner.apiVersion,
        kind: intent.ref.kind,
        name: intent.ref.name,
        uid: intent.owner.uid,
        controller: true,
        blockOwnerDeletion: true,
    };
    return [...others, own];
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/system-secret.js
/**
 * Secrets that are no place for values of a vault: those that give out credentials of the cluster, and Helm's records.
 *
 * Whoever wrote them could make a known value the credential, or have Helm apply what they like. The type of a live
 * Secret tells; where only metadata was read, its name and annotations do.
 */


const SERVICE_ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
const DOCKERCFG = 'kubernetes.io/dockercfg';
const BOOTSTRAP_TOKEN = 'bootstrap.kubernetes.io/token';
const HELM_RELEASE = 'helm.sh/release.v1';
/** Kubernetes and OpenShift set it on what they make for a ServiceAccount. */
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';
const KINDS = {
    [SERVICE_ACCOUNT_TOKEN]: 'a token of a ServiceAccount',
    [BOOTSTRAP_TOKEN]: 'a bootstrap token of the cluster',
    [HELM_RELEASE]: 'the record of a Helm release',
};
/** What a Secret is that nobody but the cluster or Helm may write; `undefined` = it is an ordinary one. */
function systemKind(secret) {
    const { type = systemTypeByMarks(secret) } = secret;
    const kind = KINDS[type ?? ''] ?? KINDS[typeByName(secret) ?? ''];
    if (kind !== undefined)
        return kind;
    return type === DOCKERCFG && isOfServiceAccount(secret) ? 'a registry login of a ServiceAccount' : undefined;
}
/** The type as far as metadata tells it. */
function systemTypeByMarks(secret) {
    return typeByName(secret) ?? (isOfServiceAccount(secret) ? SERVICE_ACCOUNT_TOKEN : undefined);
}
/** Kubernetes: a bootstrap token is looked up by its name in one namespace. Helm: releases are, in every one. */
function typeByName({ ref: { namespace, name } }) {
    if (name.startsWith('sh.helm.release.v1.'))
        return HELM_RELEASE;
    return namespace === 'kube-system' && name.startsWith('bootstrap-token-') ? BOOTSTRAP_TOKEN : undefined;
}
function isOfServiceAccount({ annotations }) {
    return (annotations.get(SERVICE_ACCOUNT_NAME) ?? '') !== '';
}
/** `undefined` = the target is, or would be, an ordinary Secret. */
function blockedBySystem(subject, secret) {
    const kind = systemKind(secret);
    if (kind === undefined)
        return undefined;
    return blocked(subject, 'system-secret', {
        field: ['spec', 'target', 'name'],
        what: `is ${(0,object_ref/* refText */.d0)(secret.ref)}, ${kind}, which no ExternalSecret may write or delete`,
        fix: 'It was left as it is. Choose another target.name.',
    });
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/plan-update.js










/** Whose Secret it is comes before everything else that may be wrong. */
const OWNER_CHECKS = [claimedByOther, ofTheSystem];
/** In the order in which they are asked: the first that answers is what is told. */
const CHECKS = [...OWNER_CHECKS, beingDeleted, ofAnotherType, frozen, refusedByServer];
function planUpdate(input, live, content) {
    const update = updateTo(input, live, content);
    return (firstOf(CHECKS, update) ?? withWarnings(carriedOut(update), foreignWarnings(input.intent, content, update.change)));
}
/** May the Secret be written at all? `undefined` = it may. */
function blockedByOthers(input, live) {
    return firstOf(OWNER_CHECKS, { input, live });
}
function updateTo(input, live, content) {
    const desired = desiredSecret(input.intent, content, live);
    return { input, live, desired, change: updateOf(input.intent.ref, live, desired) };
}
function firstOf(checks, judged) {
    for (const check of checks) {
        const answer = check(judged);
        if (answer !== undefined)
            return answer;
    }
    return undefined;
}
function claimedByOther({ input, live }) {
    const claim = claimOn(live, input.intent, input);
    return claim.kind === 'free' ? undefined : blockedByClaim(input, live, claim);
}
function ofTheSystem({ input, live }) {
    return blockedBySystem(input, live);
}
function beingDeleted({ input, live }) {
    return live.deleting ? blockedByDeletion(input, live) : undefined;
}
function ofAnotherType({ input, live, desired }) {
    if (desired.type === undefined || desired.type === live.type)
        return undefined;
    return blockedByType(input, live, desired);
}
/**
 * The live Secret is immutable and its data would have to change.
 *
 * ESO 2.9 still writes labels, owner and hash, on anybody's Secret. Here only on one that is this intent's own:
 * adopting another's Secret whose data cannot be set would only get it garbage-collected.
 */
function frozen({ input, live, desired, change }) {
    if (live.immutable !== true || diff_isEmpty(change.keys))
        return undefined;
    const item = blockedByImmutability(input, live);
    if (!isOwn(live, input.intent))
        return item;
    const around = updateOf(input.intent.ref, live, { ...desired, data: live.data });
    return around.metadata.length === 0 ? item : { ...item, changes: [around] };
}
function refusedByServer({ input, live, desired, change }) {
    if (isInStep(change) || !isTold(desired))
        return undefined;
    const problems = replacementProblems(live, desired);
    return problems.length === 0 ? undefined : item_refused(input, refusalOf(desired, problems));
}
function carriedOut({ input, live, change }) {
    if (isInStep(change))
        return synced(input.intent, []);
    const event = { type: 'Normal', reason: 'Updated', message: 'secret updated' };
    return withChanges(synced(input.intent, live.immutable === true ? [] : [event]), [change]);
}
function isInStep({ keys, metadata }) {
    return diff_isEmpty(keys) && metadata.length === 0;
}
/** Are all keys known? Only then can be said what the API server makes of them. */
function isTold({ data }) {
    return !data.has(UNTOLD_KEY);
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/stale-targets.js





/**
 * Under Owner the Secrets of an earlier target name go. ESO 2.9 trusts the created-by label alone and deletes every
 * Secret that carries it, copies included; here it must also be one that this intent itself wrote.
 */
function withStale(input, item) {
    const { intent } = input;
    const all = input.stale.filter((secret) => secret.ref.name !== intent.target.name &&
        isOwn(secret, intent) &&
        wasWrittenBy(secret, intent.ref.name) &&
        systemKind(secret) === undefined);
    const held = all.filter(({ deleting }) => deleting).map((secret) => heldStale(intent, secret));
    return withDeletions(input, { ...item, problems: [...item.problems, ...held] }, all.filter(({ deleting }) => !deleting));
}
/** Deleted by an earlier run, and still there. */
function heldStale(intent, { ref, finalizers }) {
    const what = heldSentence(ref, finalizers);
    return { ...heldProblem(ref, finalizers), severity: 'warning', at: intent.ref, what };
}
function withDeletions({ intent }, item, stale) {
    if (stale.length === 0)
        return item;
    const changes = stale.map((secret) => deletion(intent.ref, secret, 'target was renamed'));
    const events = stale.map(() => ({
        type: 'Normal',
        reason: 'Deleted',
        message: 'secret deleted because it was orphaned',
    }));
    return withChanges({ ...item, result: { ...item.result, events: [...item.result.events, ...events] } }, [
        ...item.changes,
        ...changes,
    ]);
}

// EXTERNAL MODULE: ./lib/src/core/plan/pull/target-content.js
var target_content = __webpack_require__(90991);
;// CONCATENATED MODULE: ./lib/src/core/plan/pull/pull.js
/**
 * Decides what happens to the target of one ExternalSecret. ESO 2.9, steps 8–14 of its reconcile, without the writes.
 *
 * An absent vault object is not an error here: `deletionPolicy` says what it means. A failed read never gets this
 * far as data: it arrives as `failed` and nothing is planned for the target.
 */















function planPull(input) {
    const { source } = input;
    switch (source.kind) {
        case 'other-class':
            return { ...nothing(input.intent, 'other-class'), reason: source.reason };
        case 'failed':
            return failed(input.intent, source.problems, source.missing.map(missingEvent));
        case 'not-due':
            return { ...planLabel(input, nothing(input.intent, 'not-due')), reason: source.reason };
        case 'data':
            return planData(input, source);
    }
}
function planData(input, source) {
    const missing = source.missing.map(missingEvent);
    if (isFoundMissing(input, source))
        return failed(input.intent, source.warnings.map(asError), missing);
    const item = source.data.size === 0 ? planNothingFound(input, source) : planTarget(input, source);
    return {
        ...item,
        result: { ...item.result, ...marksIn(source), events: [...missing, ...item.result.events] },
        problems: [...source.warnings, ...item.problems],
    };
}
/**
 * A find without a match, and no Secret that Retain could keep: then nothing is there, and nothing would be told of it.
 * ESO 2.9 calls that synced.
 */
function isFoundMissing({ intent: { target }, live }, { data, warnings }) {
    if (live !== undefined || data.size > 0 || target.deletionPolicy !== 'Retain')
        return false;
    return target.creationPolicy !== 'None' && warnings.some(tellsEmptyFind);
}
function asError(problem) {
    return tellsEmptyFind(problem) ? { ...problem, severity: 'error' } : problem;
}
/** Remembered with the refresh, so that the next one can tell whether anything has changed. */
function marksIn({ rendered, versionsMark, sourceMarks }) {
    const templateMark = rendered?.kind === 'rendered' ? rendered.content.mark : undefined;
    return (0,model_condition/* marksOf */.O)({ versionsMark, templateMark, sourceMarks });
}
/**
 * No key at all.
 *
 * | deletionPolicy | what happens                                                     |
 * | -------------- | ---------------------------------------------------------------- |
 * | Retain         | nothing is created or changed                                    |
 * | Delete         | the Secret goes, if it is this intent's own; only under Owner    |
 * | Merge          | as with data: the target loses this intent's keys                |
 */
function planNothingFound(input, source) {
    const { deletionPolicy, creationPolicy } = input.intent.target;
    if (deletionPolicy === 'Merge')
        return planTarget(input, source);
    if (deletionPolicy === 'Retain') {
        return planLabel(input, succeeded(input.intent, { ...SYNCED, message: 'secret retained due to DeletionPolicy=Retain' }));
    }
    if (creationPolicy !== 'Owner')
        return blockedByPolicy(input);
    return planDeletion(input);
}
function planDeletion(input) {
    const { intent, live } = input;
    const condition = {
        status: 'True',
        reason: 'SecretDeleted',
        message: 'secret deleted due to DeletionPolicy=Delete',
    };
    if (live === undefined)
        return succeeded(intent, condition);
    if (!isOwn(live, intent))
        return blockedByMaker(input, live);
    const system = blockedBySystem(input, live);
    if (system !== undefined)
        return system;
    if (live.deleting)
        return blockedByDeletion(input, live);
    const event = { type: 'Normal', reason: 'Deleted', message: condition.message };
    const change = deletion(intent.ref, live, 'every source is absent');
    return withChanges(succeeded(intent, condition, [event]), [change]);
}
/** ESO 2.9, 3.1: creationPolicy against what exists. */
function planTarget(input, source) {
    const { intent, live } = input;
    const { creationPolicy } = intent.target;
    if (creationPolicy === 'None')
        return planLabel(input, succeeded(intent, { ...SYNCED, message: 'secret synced' }));
    if (live === undefined && creationPolicy === 'Merge') {
        return succeeded(intent, {
            status: 'True',
            reason: 'SecretMissing',
            message: 'secret will not be created due to CreationPolicy=Merge',
        });
    }
    const { rendered } = source;
    if (rendered?.kind === 'refused' && !isFrozen(intent, live))
        return notRendered(input, rendered);
    const item = planContent(input, contentOf(input, source));
    if (item.verdict === 'blocked' || item.verdict === 'failed' || creationPolicy !== 'Owner')
        return item;
    return withStale(input, item);
}
/** ESO 2.9: an immutable target that exists is not rendered for. */
function isFrozen({ target }, live) {
    return target.immutable && live !== undefined;
}
/** There is no use in mending a template for a Secret that is another's. */
function notRendered(input, { findings }) {
    const { intent, live } = input;
    const notOurs = live === undefined ? undefined : blockedByOthers(input, live);
    if (notOurs !== undefined)
        return notOurs;
    const problems = findings.map(({ path, problem }) => {
        const origin = intent.locate(path);
        return { ...problem, at: intent.ref, field: (0,model_origin/* fieldText */.gF)(path), ...(origin === undefined ? {} : { origin }) };
    });
    return failed(intent, problems, []);
}
/** The data that a source gives, whatever becomes of it; empty where it gives none. */
function wantedData(input) {
    const { source } = input;
    return source.kind === 'data' && source.data.size > 0 ? contentOf(input, source).data : new Map();
}
function contentOf({ intent, live, state }, { data, rendered }) {
    return rendered?.kind === 'rendered' ? (0,target_content/* settledContent */.P)(rendered.content, live, state) : (0,target_content/* fetchedContent */.D)(intent, data);
}
function planContent(input, content) {
    return input.live === undefined ? planCreate(input.intent, content) : planUpdate(input, input.live, content);
}
function planCreate(intent, content) {
    const desired = desiredSecret(intent, content, undefined);
    const subject = { intent, live: undefined };
    const system = blockedBySystem(subject, desired);
    if (system !== undefined)
        return system;
    const problems = isTold(desired) ? creationProblems(desired) : [];
    if (problems.length > 0)
        return item_refused(subject, refusalOf(desired, problems));
    const event = { type: 'Normal', reason: 'Created', message: 'secret created' };
    return withChanges(synced(intent, [event]), [creation(intent.ref, desired)]);
}
/**
 * ESO 2.9, step 8: an existing target gets the managed label whatever else happens to it, unless (ours) it belongs to
 * somebody else.
 */
function planLabel(input, item) {
    const { live } = input;
    if (live === undefined || live.deleting || live.labels.get(model_names/* MANAGED_LABEL */.bS) === 'true')
        return item;
    if (belongsToAnother(live, input.intent) || systemKind(live) !== undefined)
        return item;
    return withChanges(item, [updateOf(input.intent.ref, live, withManagedLabel(live))]);
}
/** ESO 2.9, 2.5; its text says `dataFrom` for data entries too, ours names the entry. */
function missingEvent({ entry, key }) {
    const suffix = key === undefined ? '' : ` (key=${key})`;
    return {
        type: 'Normal',
        reason: 'MissingProviderSecret',
        message: `secret does not exist at provider using ${(0,model_origin/* fieldText */.gF)((0,intent/* entryPath */.s)(entry))}${suffix}`,
    };
}

;// CONCATENATED MODULE: ./lib/src/core/plan/pull/contested-keys.js
/**
 * Two ExternalSecrets that merge different values into one key of one Secret would take it back from each other for
 * ever. Which value is meant cannot be known, so neither is written.
 *
 * Only where both are read in this plan: what one of them left there earlier may be an older value of the same object.
 */





/** Of inputs that write parts of a Secret: with whom each is at odds, and over which keys. */
function contestsAmong(pulls) {
    const byTarget = new Map();
    for (const pull of pulls) {
        const target = (0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(pull.intent));
        byTarget.set(target, [...(byTarget.get(target) ?? []), pull]);
    }
    const shared = [...byTarget.values()].filter((group) => group.length > 1).map((group) => group.filter(mayWrite));
    return new Map(shared.flatMap(contestsIn));
}
/** What is refused for a reason of its own contests nothing, nor does what is made once and for all. */
function mayWrite(pull) {
    const { target } = pull.intent;
    if (target.creationPolicy === 'None' || (target.immutable && pull.live !== undefined))
        return false;
    const { verdict } = planPull(pull);
    return verdict === 'change' || verdict === 'unchanged';
}
function contestsIn(pulls) {
    const wanted = pulls.map((pull) => ({ pull, data: wantedData(pull) }));
    return wanted.flatMap(({ pull, data }) => {
        const contest = wanted
            .filter((other) => other.pull !== pull)
            .map((other) => ({ other: other.pull, keys: keysAtOdds(data, other.data) }))
            .find(({ keys }) => keys.length > 0);
        return contest === undefined ? [] : [[pull, contest]];
    });
}
/** Values that nobody knows are not compared. */
function keysAtOdds(mine, others) {
    const differs = (a, b) => b !== undefined && !a.isOpaque && !b.isOpaque && !a.equals(b);
    return [...mine]
        .filter(([key, value]) => differs(value, others.get(key)))
        .map(([key]) => key)
        .sort(object_ref/* compareText */.n6);
}
function blockedByContest({ intent, live }, { keys, other }) {
    const what = keys.length === 1 ? `key ${(0,short_list/* shortList */.p)(keys)} another value` : `keys ${(0,short_list/* shortList */.p)(keys)} other values`;
    return blocked({ intent, live }, 'key-contested', {
        field: ['spec', 'target', 'name'],
        what: `is ${(0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(intent))}, where ${(0,object_ref/* refText */.d0)(other.intent.ref)} gives ${what}`,
        fix: 'Neither was written. Take it out of one of them, or read both from the same object.',
    });
}

;// CONCATENATED MODULE: ./lib/src/core/plan/guards.js




/** Below so many deletions a share says nothing: one of two is half of everything. */
const SHARE_FROM = 4;
/** Stops a plan that deletes more than the limits allow; `undefined` limits = no such guard. */
function tooManyDeletions(plan, limits) {
    // Stryker disable next-line ArrayDeclaration: no change stands in problems
    const changes = changesOf({ ...plan, problems: [], fingerprint: '' });
    const deletions = changes.filter((change) => change.action === 'delete').length;
    return overLimits(deletions, plan.items.length + plan.prunes.length, limits);
}
/** The same for numbers that come from elsewhere: so many of so many Secrets would go. */
function overLimits(deletions, all, limits) {
    if (limits === undefined)
        return undefined;
    const concerned = Math.max(1, all);
    const share = deletions / concerned;
    const percent = Math.round(share * 100);
    if (deletions > limits.count)
        return stop(`plan deletes ${deletions} Secrets, over the limit of ${limits.count}`);
    if (deletions < SHARE_FROM || share <= limits.share)
        return undefined;
    return stop(`plan deletes ${deletions} of ${concerned} Secrets (${percent}%), over the limit of ${Math.round(limits.share * 100)}%`);
}
function stop(what) {
    return {
        severity: 'error',
        code: 'too-many-deletions',
        what,
        fix: 'Nothing was written. Check the manifests and the vault; run again with --force if this is meant.',
    };
}
/** Does the intent replace whatever else the Secret holds? */
function claimsWhole(intent) {
    return intent.target.creationPolicy === 'Owner' || intent.target.creationPolicy === 'Orphan';
}
/**
 * A Secret that one intent writes as a whole cannot have a second writer: they would undo each other's work for ever,
 * as they do under ESO 2.9 unless one of them is Owner. The first by name that may write it keeps it.
 * An item that would change nothing is left alone, and so is its status.
 */
function refuseContended(item, live, claims) {
    const { intent } = item;
    const target = (0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(intent));
    const holder = claims.get(target);
    const mayHold = item.verdict !== 'other-class' && item.verdict !== 'blocked';
    if (holder === undefined || holder === intent) {
        if (claimsWhole(intent) && mayHold)
            claims.set(target, intent);
        return item;
    }
    if (item.verdict !== 'change')
        return item;
    return blocked({ intent, live }, 'target-contended', {
        field: ['spec', 'target', 'name'],
        what: `is ${target}, which ${(0,object_ref/* refText */.d0)(holder.ref)} writes as a whole`,
        fix: 'Choose another target.name, or creationPolicy Merge or CreateOrMerge for both.',
    });
}

;// CONCATENATED MODULE: ./lib/src/core/model/group-by.js
/** `Map.groupBy`, which Node 20 does not have. */
/** The items by what `keyOf` says of each; keys and items keep their order. */
function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, [item]);
        else
            group.push(item);
    }
    return groups;
}

;// CONCATENATED MODULE: ./lib/src/core/plan/vault-mark.js
/**
 * A mark of the versions that were read from one vault: two of them tell whether something changed, and whether it was
 * one object.
 *
 * Objects are dealt out to eight parts by their names, and a part is the XOR of a hash of each object at its version. So
 * two Secrets for which the same object changed differ from before in the same part and by the same digits, whatever else
 * each of them reads; where many objects change, many parts do. Made from names and versions, never from a value.
 */

const PARTS = 8;
const DIGITS = 6;
/** `versions`: object (`secret/db@`) and version, each object once. 48 hex digits, in whatever order they come. */
function vaultMark(versions) {
    const parts = Array.from({ length: PARTS }, () => 0);
    for (const [object, version] of versions) {
        const part = digitsOf(object) % PARTS;
        parts[part] = (parts[part] ?? 0) ^ digitsOf(`${object} ${version}`);
    }
    return parts.map(hex).join('');
}
/** `undefined` = nothing differs. */
function vaultDifference(before, now) {
    if (before === now)
        return undefined;
    const parts = Array.from({ length: PARTS }, (_, part) => partOf(before, part) ^ partOf(now, part));
    return { text: parts.map(hex).join(''), isOfOneObject: parts.filter((part) => part !== 0).length === 1 };
}
function digitsOf(text) {
    return Number.parseInt((0,go_hash/* hashText */.qj)(text).slice(0, DIGITS), 16);
}
function partOf(mark, part) {
    return Number.parseInt(mark.slice(part * DIGITS, (part + 1) * DIGITS), 16);
}
function hex(part) {
    return part.toString(16).padStart(DIGITS, '0');
}

;// CONCATENATED MODULE: ./lib/src/core/plan/mass-updates.js
/**
 * A vault that was emptied, exchanged or restored must not rewrite every Secret unasked.
 *
 * Counted by vault are Secrets whose data changes because other versions were read than in their last sync, where nothing
 * else has changed since: not the manifest, not a template source, not the engine.
 *
 * | what changes data as well                               | counts                                           |
 * | ------------------------------------------------------- | ------------------------------------------------ |
 * | first sync, or a record without these marks             | no: nothing to compare with                      |
 * | manifest, template source or engine changed             | no: somebody did that                            |
 * | somebody edited or deleted the Secret in the cluster    | no: the versions in the vault are the same       |
 * | the Secret goes                                         | no: the guard on deletions counts it             |
 * | one object of a vault changes, in however many Secrets  | as one: its rotation must never be stopped       |
 */








/** Stops a plan that rewrites more than the limits allow; `undefined` limits = no such guard. */
function tooManyUpdates(planned, limits) {
    if (limits === undefined)
        return undefined;
    const vaults = tallies(planned.flatMap(sightings));
    const over = vaults.filter((vault) => isOver(vault, limits));
    if (over.length > 0)
        return mass_updates_stop(over, limits);
    const changed = vaults.filter(({ rewritten }) => rewritten > 0);
    return isOver(sum(vaults), limits) ? mass_updates_stop(changed, limits) : undefined;
}
/** Of an intent without a remembered sync that can be compared: none. */
function sightings({ pull, item }) {
    const { before, now } = marksToCompare(pull) ?? {};
    if (before === undefined || now === undefined || item.verdict === 'blocked')
        return [];
    const target = (0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(pull.intent));
    const isRewritten = item.changes.some(({ action, keys }) => action === 'update' && !diff_isEmpty(keys));
    return Object.entries(now.vaults).map(([vault, mark]) => {
        const cause = isRewritten ? causeOf(before.vaults[vault], mark, target) : undefined;
        return { vault, target, ...(cause === undefined ? {} : { cause }) };
    });
}
/** Both exist, and only vaults can have changed in between. */
function marksToCompare({ intent, state, live, source, }) {
    if (source.kind !== 'data' || live === undefined)
        return undefined;
    const { generation, annotations, labels } = intent;
    const [before, now] = [whole(state?.sourceMarks), source.sourceMarks];
    if (before === undefined || now === undefined || before.engine !== now.engine)
        return undefined;
    const version = (0,go_hash/* syncedResourceVersion */.hE)(generation, annotations, labels);
    return state?.syncedResourceVersion === version ? { before, now } : undefined;
}
/** What stands in the cluster anybody may have damaged: then nothing can be compared. */
function whole(marks) {
    const { vaults } = (0,fields/* fieldsOf */.P)(marks);
    return (0,fields/* isRecord */.u)(vaults) && Object.values(vaults).every((mark) => typeof mark === 'string') ? marks : undefined;
}
/** A vault that was not read before is an exchange, whatever it holds. */
function causeOf(before, now, target) {
    if (before === undefined)
        return target;
    const difference = vaultDifference(before, now);
    if (difference === undefined)
        return undefined;
    return difference.isOfOneObject ? difference.text : target;
}
function tallies(seen) {
    const byVault = groupBy(seen, ({ vault }) => vault);
    return [...byVault]
        .sort(([a], [b]) => (0,object_ref/* compareText */.n6)(a, b))
        .map(([vault, here]) => {
        const rewritten = here.filter(({ cause }) => cause !== undefined);
        const byCause = groupBy(rewritten, ({ cause = '' }) => cause);
        const mostFrequent = [...byCause.values()].reduce((most, alike) => Math.max(most, targets(alike)), 0);
        const all = targets(rewritten);
        return { vault, inStep: targets(here), rewritten: all, counted: all - Math.max(0, mostFrequent - 1) };
    });
}
function targets(seen) {
    return new Set(seen.map(({ target }) => target)).size;
}
function sum(vaults) {
    const add = (name) => vaults.reduce((total, vault) => total + vault[name], 0);
    return { inStep: add('inStep'), counted: add('counted') };
}
function isOver({ inStep, counted }, limits) {
    return counted > limits.count && counted / inStep > limits.share;
}
function mass_updates_stop(vaults, { count, share }) {
    const numbers = vaults.map(({ vault, inStep, rewritten }) => `${rewritten} of ${inStep} Secrets of ${vault} (${Math.round((rewritten / inStep) * 100)}%)`);
    return {
        severity: 'error',
        code: 'too-many-updates',
        what: `plan rewrites ${(0,short_list/* shortList */.p)(numbers)}, over the limits of ${count} and ${Math.round(share * 100)}%, though nothing but ${vaults.length === 1 ? 'the vault has' : 'the vaults have'} changed since their last sync`,
        fix: 'Nothing was written. See whether the vault was emptied, exchanged or restored; run again with --force if its values are meant.',
    };
}

;// CONCATENATED MODULE: ./lib/src/core/plan/make-plan.js
/**
 * All intents and all that was observed → one plan. Pure: same input, same plan, in whatever order the input comes.
 *
 * Where several intents write one Secret (Merge), each is planned on what the ones before it leave there. Those that
 * want a Secret as a whole come first, so that a refused one leaves nothing behind for the next.
 */







function makePlan(input) {
    const pulls = [...input.pulls].sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.intent.ref, b.intent.ref));
    const items = planAll(pulls).sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.intent.ref, b.intent.ref));
    const prunes = [...input.prunes].sort((a, b) => (0,model_target/* compareTargets */.wu)(a.target, b.target));
    const stopped = bothTold(tooManyDeletions({ items, prunes }, input.deletionLimits), tooManyUpdates(withPulls(items, pulls), input.updateLimits));
    return {
        items,
        prunes,
        problems: input.problems,
        ...(stopped === undefined ? {} : { stopped }),
        fingerprint: (0,fingerprint/* fingerprintOf */.ax)('full', items, prunes),
    };
}
/** One option lifts both guards: whoever gives it must know of both. */
function bothTold(deletions, updates) {
    if (deletions === undefined || updates === undefined)
        return deletions ?? updates;
    return { ...deletions, what: `${deletions.what}; ${updates.what}`, fix: updates.fix };
}
function withPulls(items, pulls) {
    const byIntent = new Map(pulls.map((pull) => [pull.intent, pull]));
    return items.flatMap((item) => {
        const pull = byIntent.get(item.intent);
        return pull === undefined ? [] : [{ item, pull }];
    });
}
function planAll(pulls) {
    const world = { secrets: new Map(), claims: new Map() };
    const whole = pulls.filter(({ intent }) => claimsWhole(intent)).map((pull) => planIn(world, pull));
    const parts = pulls.filter(({ intent }) => !claimsWhole(intent));
    const contests = contestsAmong(parts.filter(({ intent }) => !world.claims.has((0,model_target/* targetText */.Z3)((0,model_target/* targetOf */.$r)(intent)))));
    return [...whole, ...parts.map((pull) => planIn(world, pull, contests.get(pull)))];
}
/** Plans one intent on the world that earlier items leave behind, and leaves its own changes in it. */
function planIn({ secrets, claims }, pull, contest) {
    if (contest !== undefined)
        return blockedByContest(pull, contest);
    const target = (0,model_target/* targetText */.Z3)((0,model_target/* targetOf */.$r)(pull.intent));
    const live = secrets.has(target) ? secrets.get(target) : pull.live;
    const stale = pull.stale.filter((secret) => !secrets.has((0,object_ref/* refText */.d0)(secret.ref)));
    const item = refuseContended(planPull({ ...pull, live, stale }), live, claims);
    for (const change of item.changes)
        secrets.set((0,model_target/* targetText */.Z3)(change.target), after(change));
    return item;
}
/** What stands there once a change is made. Its resourceVersion is not known yet: such targets are read again. */
function after(change) {
    switch (change.action) {
        case 'create':
            return {
                ...change.desired,
                type: change.desired.type ?? 'Opaque',
                uid: '',
                resourceVersion: '',
                deleting: false,
                ownedFields: [],
            };
        case 'update':
            return { ...change.live, ...change.desired };
        case 'delete':
            return undefined;
    }
}

// EXTERNAL MODULE: ./lib/src/core/transform/entry-outcome.js
var entry_outcome = __webpack_require__(35390);
;// CONCATENATED MODULE: ./lib/src/core/transform/utf8.js
/** The one way from bytes to text and back: UTF-8, no byte order mark taken away, invalid bytes to U+FFFD. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const ENCODER = new TextEncoder();
/** Reads UTF-8. */
function decodeUtf8(bytes) {
    return DECODER.decode(bytes);
}
/** Writes UTF-8; a lone surrogate becomes U+FFFD. */
function encodeUtf8(text) {
    return ENCODER.encode(text);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/check-keys.js
/** Says which names cannot be keys of a Secret. */


const LONGEST = 253;
const check_keys_SHOWN = 60;
const NOT_ALLOWED = /[^\p{L}\p{N}\-._]/u;
/**
 * Drops the empty key and reports keys that are too long or hold other characters.
 *
 * ESO 2.9: at most 253 bytes; letters and numbers of any script, `-`, `.` and `_`. What passes here may still be
 * refused by the API server: letters beyond ASCII, and the keys `.` and `..`.
 */
function checkKeys(values) {
    const kept = new Map([...values].filter(([key]) => key !== ''));
    const faults = [...kept.keys()].sort(go_hash/* compareBytes */.Xo).flatMap((key) => keyFault(key) ?? []);
    return { values: kept, faults };
}
function keyFault(key) {
    const length = encodeUtf8(key).length;
    if (length > LONGEST)
        return `has the key "${key.slice(0, check_keys_SHOWN)}…" of ${length} bytes, and ${LONGEST} are allowed`;
    const sign = NOT_ALLOWED.exec(key)?.[0];
    if (sign === undefined)
        return undefined;
    return `has the key ${JSON.stringify(key)} with ${JSON.stringify(sign)}, which a Secret key cannot hold`;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/convert-keys.js
/**
 * `conversionStrategy`: makes keys out of names that a Secret cannot hold.
 *
 * ESO 2.9: letters and numbers of any script, `-`, `.` and `_` stay. Every other character becomes `_`, or, with
 * Unicode, `_U`, its code point in at least four hex digits, and `_`.
 */

const convert_keys_NOT_ALLOWED = /[^\p{L}\p{N}\-._]/gu;
/** Converts all names. Two that turn into the same key are an error and not a choice. */
function convertKeys(values, strategy) {
    const byKey = groupBy(values, ([name]) => convertKey(name, strategy));
    for (const [key, members] of byKey) {
        if (members.length > 1)
            return { kind: 'collision', key, names: members.map(([name]) => name) };
    }
    return {
        kind: 'converted',
        values: new Map([...values].map(([name, value]) => [convertKey(name, strategy), value])),
    };
}
/** Converts one name. */
function convertKey(name, strategy) {
    return name.replace(convert_keys_NOT_ALLOWED, (sign) => (strategy === 'Unicode' ? codePointText(sign) : '_'));
}
function codePointText(sign) {
    return `_U${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}_`;
}

// EXTERNAL MODULE: ./lib/src/core/transform/decode.js
var decode = __webpack_require__(13329);
;// CONCATENATED MODULE: ./lib/src/core/transform/null-bytes.js

/** The keys, in byte order, whose values the policy refuses. */
function keysWithNullBytes(values, policy) {
    if (policy === 'Ignore')
        return [];
    return [...values]
        .filter(([, value]) => value.reveal().includes(0))
        .map(([key]) => key)
        .sort(go_hash/* compareBytes */.Xo);
}

// EXTERNAL MODULE: ./lib/src/core/template/limits.js
var template_limits = __webpack_require__(86651);
// EXTERNAL MODULE: ./lib/src/core/template/runtime.js
var runtime = __webpack_require__(47383);
// EXTERNAL MODULE: ./lib/src/core/template/functions/regex/regexp.js
var regexp = __webpack_require__(43116);
// EXTERNAL MODULE: ./lib/src/core/template/values.js
var template_values = __webpack_require__(51565);
;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite-regexp.js
/** `rewrite[].regexp`: every match in a name is replaced, by Go's rules of RE2 and of `$1`. */



/** ESO 2.9: names without a match stay. */
function rewriteByPattern(names, { source, target }, { spend }) {
    const regexp = compiled(source, spend);
    if (regexp === undefined) {
        const fix = 'Correct it; look-around and back-references do not exist in RE2.';
        return { problem: (0,entry_outcome/* errorOf */.Mz)('regexp', 'has a source that is not a regular expression (RE2)', fix) };
    }
    return replaceIn(names, regexp, (0,template_values/* fromUtf8 */.ar)(target));
}
function replaceIn(names, regexp, target) {
    return { names: names.map((name) => (0,template_values/* toUtf8Text */.m4)(regexp.replaceAll((0,template_values/* fromUtf8 */.ar)(name), target))) };
}
function compiled(source, spend) {
    try {
        return (0,regexp/* compile */.wE)((0,template_values/* fromUtf8 */.ar)(source), spend);
    }
    catch (error) {
        if (error instanceof template_values/* GoError */.nY)
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/src/core/template/functions/json/parse.js
var parse = __webpack_require__(22803);
// EXTERNAL MODULE: ./lib/src/core/template/functions/json/write.js
var write = __webpack_require__(83891);
// EXTERNAL MODULE: ./lib/src/core/template/strconv/format-float.js
var format_float = __webpack_require__(98517);
;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite-merge.js






/** Objects in the order of their names, then those of `priority`; later ones win, if conflicts are allowed at all. */
function mergeValues(values, operation, { spend }) {
    const sources = inOrder(values, operation);
    if ('problem' in sources)
        return sources;
    const merged = mergeObjects(values, sources.names, spend);
    if ('problem' in merged)
        return merged;
    if (merged.conflicts.length > 0 && operation.conflictPolicy !== 'Ignore') {
        return { problem: conflictProblem(merged.conflicts) };
    }
    return operation.strategy === 'JSON' ? asOneValue(values, merged, operation) : { values: asValues(merged) };
}
function inOrder(values, { priority, priorityPolicy }) {
    const missing = priority.find((name) => !values.has(name));
    if (missing !== undefined && priorityPolicy === 'Strict') {
        const what = `gives priority to "${missing}", which is not among what was read`;
        return { problem: (0,entry_outcome/* errorOf */.Mz)('merge-priority-absent', what, 'Correct it, or set priorityPolicy to IgnoreNotFound.') };
    }
    const others = [...values.keys()].filter((name) => !priority.includes(name));
    const sorted = others.sort((a, b) => ((0,template_values/* fromUtf8 */.ar)(a) < (0,template_values/* fromUtf8 */.ar)(b) ? -1 : 1));
    return { names: [...sorted, ...priority.filter((name) => values.has(name))] };
}
function mergeObjects(values, names, spend) {
    const members = new Map();
    const conflicts = [];
    for (const name of names) {
        const object = objectOf(values.get(name), spend);
        if (object === undefined)
            return { problem: notAnObject(name) };
        for (const [key, value] of object) {
            if (members.has(key))
                conflicts.push(key);
            members.set(key, value);
        }
    }
    return { members, conflicts };
}
/** ESO 2.9: `null` counts as an object without members. */
function objectOf(value, spend) {
    try {
        const parsed = (0,parse/* parseJson */.q)((0,template_values/* fromBytes */.uK)(value?.reveal() ?? new Uint8Array()), spend);
        if (parsed === null)
            return new Map();
        return parsed instanceof template_values/* GoMap */.tn ? parsed.entries : undefined;
    }
    catch (error) {
        if (error instanceof template_values/* GoError */.nY)
            return undefined;
        throw error;
    }
}
function notAnObject(name) {
    const what = `needs JSON objects, and the value of "${name}" is none`;
    return (0,entry_outcome/* errorOf */.Mz)('merge-not-an-object', what, 'Leave it out of the entry, or store a JSON object.');
}
function conflictProblem(conflicts) {
    const names = [...new Set(conflicts)].sort().map(template_values/* toUtf8Text */.m4).join(', ');
    const fix = 'Rename them, or set conflictPolicy to Ignore: the later object then wins, those of priority last.';
    return (0,entry_outcome/* errorOf */.Mz)('merge-conflict', `finds the same name in more than one object: ${names}`, fix);
}
/** Texts as they are, everything else as JSON; numbers without exponent. */
function asValues({ members }) {
    return new Map([...members].map(([key, value]) => [(0,template_values/* toUtf8Text */.m4)(key), secret_value/* SecretValue */.i.of((0,template_values/* toBytes */.ZJ)(rewrite_merge_textOf(value)))]));
}
function rewrite_merge_textOf(value) {
    if (typeof value === 'string')
        return value;
    if (value === null)
        return '';
    return value instanceof template_values/* GoFloat */.LK ? (0,format_float/* formatFloat */.k)(value.value, 'f', -1) : toJson(value, true);
}
function asOneValue(values, { members }, { into }) {
    if (into === '') {
        const what = 'has the strategy JSON, but does not say under which name';
        return { problem: (0,entry_outcome/* errorOf */.Mz)('merge-without-into', what, 'Set merge.into.') };
    }
    const text = toJson((0,template_values/* dictOf */.Mv)(members), false);
    return { values: new Map(values).set(into, secret_value/* SecretValue */.i.of((0,template_values/* toBytes */.ZJ)(text))) };
}
function toJson(value, escapesHtml) {
    return (0,write/* writeJson */.G)(value, { escapesHtml, isPretty: false, spend: () => undefined });
}

// EXTERNAL MODULE: ./lib/src/core/template/functions/index.js + 64 modules
var functions = __webpack_require__(15344);
// EXTERNAL MODULE: ./lib/src/core/template/template.js + 22 modules
var template_template = __webpack_require__(41288);
// EXTERNAL MODULE: ./lib/src/core/template/template-problem.js
var template_problem = __webpack_require__(66559);
// EXTERNAL MODULE: ./lib/src/core/transform/template-finding.js + 2 modules
var template_finding = __webpack_require__(21696);
;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite-transform.js
/** `rewrite[].transform`: a template that is given each name as `.value`. */





/** ESO 2.9: the name of such templates in errors. */
const NAME = 'transform';
const KEYS = ['value'];
/** ESO 2.9: there is no missingkey here, so what is missing prints `<no value>`. */
function rewriteByTemplate(names, text, options) {
    const template = (0,template_template/* parseTemplate */.Q)(NAME, (0,template_values/* fromUtf8 */.ar)(text), functions/* FUNCTIONS */.A);
    if (template instanceof template_problem/* TemplateProblem */.s)
        return { problem: (0,template_finding/* templateFinding */.K)(template, KEYS) };
    const results = [];
    for (const name of names) {
        const result = rename(template, name, { ...options, missingKey: 'invalid' });
        if (result instanceof template_problem/* TemplateProblem */.s)
            return { problem: (0,template_finding/* templateFinding */.K)(result, KEYS) };
        results.push(result);
    }
    return { names: results };
}
function rename(template, name, options) {
    const data = (0,template_values/* stringMapOf */.pn)([['value', (0,template_values/* fromUtf8 */.ar)(name)]]);
    const result = template.execute(data, options);
    return typeof result === 'string' ? (0,template_values/* toUtf8Text */.m4)(result) : result;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite.js
/**
 * `spec.dataFrom[].rewrite`: new names for what an entry read, step by step. ESO 2.9, 2.5.4.
 *
 * Only `merge` looks at values. Two names that become one are an error: the operator keeps one of them at random.
 */







/** Applies all steps in order, each to what the one before it gave. The account is that of all entries together. */
function rewrite(values, operations, environment, account = new template_limits/* Account */.gD(template_limits/* DEFAULT_LIMITS */.dR)) {
    let current = values;
    for (const [step, operation] of operations.entries()) {
        const result = withinLimits(() => applyStep(current, operation, { environment, account }));
        if ('problem' in result)
            return { kind: 'refused', step, problem: result.problem };
        current = result.values;
    }
    return { kind: 'rewritten', values: current };
}
function withinLimits(step) {
    try {
        return step();
    }
    catch (error) {
        if (!(error instanceof runtime/* LimitError */.oC))
            throw error;
        const what = `takes too much work: ${error.message}`;
        return { problem: (0,entry_outcome/* errorOf */.Mz)('template-limit', what, 'Simplify it, or read fewer objects with this entry.') };
    }
}
function applyStep(values, operation, means) {
    switch (operation.kind) {
        case 'regexp':
            return renamed(values, rewriteByPattern([...values.keys()], operation, means.account));
        case 'transform':
            return renamed(values, rewriteByTemplate([...values.keys()], operation.template, means));
        case 'merge':
            return mergeValues(values, operation, means.account);
        default:
            return operation;
    }
}
/** A name that becomes empty is dropped later, so any number of names may. */
function renamed(values, result) {
    if ('problem' in result)
        return result;
    const pairs = [...values].map(([old, value], index) => ({ old, name: result.names[index] ?? '', value }));
    for (const [name, members] of groupBy(pairs, (pair) => pair.name)) {
        if (members.length > 1 && name !== '')
            return { problem: collision(name, members) };
    }
    return { values: new Map(pairs.map(({ name, value }) => [name, value])) };
}
function collision(name, members) {
    const quoted = members.map(({ old }) => JSON.stringify(old)).join(' and ');
    const what = `turns ${quoted} into the same name "${name}"`;
    return (0,entry_outcome/* errorOf */.Mz)('key-collision', what, 'Change the step so that every name stays different.');
}

;// CONCATENATED MODULE: ./lib/src/core/transform/finish-values.js







/** Renames, checks and decodes what a `dataFrom` entry read. All faults of one step are told together. */
function finishMap(values, strategies, rewriting) {
    const named = rewriting.rewrite.length === 0 ? convert(values, strategies) : rewriteNames(values, rewriting);
    if (named.kind === 'refused')
        return named;
    const checked = checkKeys(named.values);
    if (checked.faults.length > 0)
        return { kind: 'refused', problems: checked.faults.map(keyProblem) };
    return decodeValues(checked.values, strategies);
}
function convert(values, { conversionStrategy }) {
    const converted = convertKeys(values, conversionStrategy);
    if (converted.kind === 'collision')
        return finish_values_refused(collisionProblem(converted.key, converted.names));
    return { kind: 'finished', values: converted.values };
}
/** ESO 2.9: as soon as there is a `rewrite`, nothing is converted. */
function rewriteNames(values, { rewrite: operations, environment, account }) {
    const result = rewrite(values, operations, environment, account);
    if (result.kind === 'rewritten')
        return { kind: 'finished', values: result.values };
    return { kind: 'refused', problems: [result.problem], path: ['rewrite', result.step] };
}
/** Decodes values and looks for null bytes. */
function decodeValues(values, { decodingStrategy, nullBytePolicy }) {
    const problems = [];
    const decoded = new Map();
    for (const [key, value] of values) {
        const result = (0,decode/* decode */.D)(value.reveal(), decodingStrategy);
        if (result.kind === 'decoded')
            decoded.set(key, secret_value/* SecretValue */.i.of(result.bytes));
        else
            problems.push(decodingProblem(key, decodingStrategy, result.reason));
    }
    problems.push(...keysWithNullBytes(decoded, nullBytePolicy).map(nullByteProblem));
    return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'finished', values: decoded };
}
function finish_values_refused(problem) {
    return { kind: 'refused', problems: [problem] };
}
function collisionProblem(key, names) {
    const quoted = names.map((name) => JSON.stringify(name)).join(' and ');
    const fix = 'Set conversionStrategy to Unicode, or rename one of them.';
    return (0,entry_outcome/* errorOf */.Mz)('key-collision', `has ${quoted}, which both become the key "${key}"`, fix);
}
function keyProblem(fault) {
    return (0,entry_outcome/* errorOf */.Mz)('key-invalid', fault, 'Rename it in the vault, or read it as a data entry with a secretKey of your own.');
}
function decodingProblem(key, strategy, reason) {
    const what = `cannot decode the value for "${key}" as ${strategy}: ${reason}`;
    return (0,entry_outcome/* errorOf */.Mz)('value-not-decodable', what, 'Check the value in the vault, or set decodingStrategy to None.');
}
function nullByteProblem(key) {
    const fix = 'Store it as PEM or base64, or leave nullBytePolicy unset for binary data.';
    return (0,entry_outcome/* errorOf */.Mz)('value-has-null-bytes', `has null bytes in the value for "${key}"`, fix);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/number.js
/**
 * Numbers as Go reads and writes them.
 *
 * ESO 2.9: gjson prints a number that is more than digits through float64, shortest form, without an exponent.
 */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const HEXADECIMAL = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d+)$/i;
/** Go: an underscore stands between two digits. */
const UNDERSCORES = /^[+-]?[\d.eE+-]*(?:\d_\d|[\d.eE+-])*$/;
/** Go's `strconv.ParseFloat` without its error: 0 for what is no number, an infinity for what is too large. */
function parseGoFloat(text) {
    const plain = withoutUnderscores(text);
    if (DECIMAL.test(plain))
        return Number(plain);
    const infinite = INFINITE.exec(text);
    if (infinite !== null)
        return infinite[1] === '-' ? -Infinity : Infinity;
    if (/^nan$/i.test(text))
        return NaN;
    return parseHexadecimal(text);
}
function withoutUnderscores(text) {
    if (!text.includes('_') || !UNDERSCORES.test(text))
        return text;
    return text.replaceAll('_', '');
}
function parseHexadecimal(text) {
    const match = HEXADECIMAL.exec(text);
    if (match === null)
        return 0;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
    if (whole + fraction === '')
        return 0;
    const digits = Number(`0x${whole}${fraction}`);
    const value = digits * 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === '-' ? -value : value;
}
/** Go's `strconv.FormatFloat(value, 'f', -1, 64)`: the shortest digits that give the same number, no exponent. */
function formatGoFloat(value) {
    if (Number.isNaN(value))
        return 'NaN';
    if (!Number.isFinite(value))
        return value > 0 ? '+Inf' : '-Inf';
    if (Object.is(value, -0))
        return '-0';
    const text = String(value);
    const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
    if (match === null)
        return text;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
    return sign + shiftPoint(whole + fraction, whole.length + Number(exponent));
}
/** Writes digits with the decimal point after so many of them, which may be less than none or more than all. */
function shiftPoint(digits, point) {
    if (point <= 0)
        return `0.${'0'.repeat(-point)}${digits}`;
    if (point >= digits.length)
        return digits.padEnd(point, '0');
    return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/scan.js
/**
 * Finds where JSON values begin and end, in text that may be cut off or may not be JSON at all.
 *
 * ESO 2.9: a `property` is a gjson path, and gjson never validates what it searches. So nothing in here throws or
 * rejects: every function returns an index between its start and the end of the text. Each runs in linear time and
 * without recursion.
 */
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const STARTS = {
    '"': 'text',
    '{': 'object',
    '[': 'array',
    t: 'literal',
    f: 'literal',
    ...Object.fromEntries(Array.from('+-0123456789iIN', (sign) => [sign, 'number'])),
};
/** The sort of value that begins at an index; `undefined` where none begins. `nan` is a number, `null` a literal. */
function valueStartAt(json, index) {
    if (json[index] !== 'n')
        return STARTS[json[index] ?? ''];
    return index + 1 < json.length && json[index + 1] !== 'u' ? 'number' : 'literal';
}
/** The end of the string whose opening quote stands at `start`. */
function endOfString(json, start) {
    let escaped = false;
    for (let index = start + 1; index < json.length; index++) {
        const code = json.charCodeAt(index);
        if (code === QUOTE)
            return { end: index + 1, closed: true, escaped };
        if (code !== BACKSLASH)
            continue;
        escaped = true;
        index++;
    }
    return { end: json.length, closed: false, escaped };
}
/** The end of `true`, `false`, `null` or any other word of lower-case letters. */
function endOfLiteral(json, start) {
    let index = start + 1;
    while (index < json.length && json.charCodeAt(index) >= 0x61 && json.charCodeAt(index) <= 0x7a)
        index++;
    return index;
}
/** The end of a number: the next space, comma or closing bracket. */
function endOfNumber(json, start) {
    let index = start + 1;
    while (index < json.length && json.charCodeAt(index) > SPACE && !',]}'.includes(json.charAt(index)))
        index++;
    return index;
}
/** The end of the object, array, parenthesis or string that begins at `start`. Brackets count without their sort. */
function endOfGroup(text, start) {
    return text.charCodeAt(start) === QUOTE ? endOfString(text, start).end : endOfBrackets(text, start);
}
/**
 * As endOfGroup, but takes whatever stands at `start` for an opening bracket.
 *
 * One more than the length of the text when that ends inside of a string: gjson then gives up the array around it.
 */
function endOfBrackets(text, start) {
    let depth = 1;
    for (let index = start + 1; index < text.length; index++) {
        const sign = text.charAt(index);
        if (sign === '"') {
            const { end, closed } = endOfString(text, index);
            if (!closed)
                return text.length + 1;
            index = end - 1;
        }
        else if (sign === '{' || sign === '[' || sign === '(')
            depth++;
        else if (sign === '}' || sign === ']' || sign === ')')
            depth--;
        if (depth === 0)
            return index + 1;
    }
    return text.length;
}
/** How many brackets are open at the deepest place of a text. */
function depthOf(json) {
    let depth = 0;
    let deepest = 0;
    for (let index = 0; index < json.length; index++) {
        const sign = json.charAt(index);
        if (sign === '"')
            index = endOfString(json, index).end - 1;
        else if (sign === '{' || sign === '[')
            deepest = Math.max(deepest, ++depth);
        else if (sign === '}' || sign === ']')
            depth--;
    }
    return deepest;
}
/** The first index at or after `start` where a value begins, or the length of the text. */
function findValue(json, start) {
    let index = start;
    while (index < json.length && valueStartAt(json, index) === undefined)
        index++;
    return index;
}
/** Removes what gjson counts as space at both ends: every character up to U+0020. */
function trim(text) {
    let start = 0;
    let end = text.length;
    while (start < end && text.charCodeAt(start) <= SPACE)
        start++;
    while (end > start && text.charCodeAt(end - 1) <= SPACE)
        end--;
    return text.slice(start, end);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/text.js
/** Strings inside of JSON: taking escapes out and putting them in, as gjson does it. */
const PLAIN_ESCAPES = {
    '\\': '\\',
    '/': '/',
    '"': '"',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
};
/**
 * What a string says, given the text between its quotes.
 *
 * Stops at a control character and at an unknown or cut-off escape and keeps what came before, as gjson does.
 * A lone surrogate becomes U+FFFD.
 */
function text_unescape(body) {
    let text = '';
    let plainFrom = 0;
    for (let index = 0; index < body.length; index++) {
        const code = body.charCodeAt(index);
        if (code >= 0x20 && code !== 0x5c)
            continue;
        text += body.slice(plainFrom, index);
        if (code < 0x20)
            return text;
        const escape = readEscape(body, index);
        if (escape === undefined)
            return text;
        text += escape.text;
        index = escape.end - 1;
        plainFrom = escape.end;
    }
    return text + body.slice(plainFrom);
}
function readEscape(body, start) {
    const sign = body.charAt(start + 1);
    if (sign === 'u')
        return readCodeUnit(body, start);
    const text = PLAIN_ESCAPES[sign];
    return text === undefined ? undefined : { text, end: start + 2 };
}
/** `\uD83D\uDE00` makes one character; whatever escape follows a surrogate is used up with it. */
function readCodeUnit(body, start) {
    if (start + 6 > body.length)
        return undefined;
    const first = hexAt(body, start + 2);
    if (first < 0xd800 || first > 0xdfff)
        return { text: String.fromCharCode(first), end: start + 6 };
    if (!body.startsWith('\\u', start + 6) || body.length < start + 12)
        return { text: '\ufffd', end: start + 6 };
    const second = hexAt(body, start + 8);
    const isPair = first < 0xdc00 && second >= 0xdc00 && second <= 0xdfff;
    return { text: isPair ? String.fromCharCode(first, second) : '\ufffd', end: start + 12 };
}
/** Four hexadecimal digits; 0 where they are none. */
function hexAt(body, start) {
    const digits = body.slice(start, start + 4);
    return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
}
const WRITTEN_ESCAPES = {
    '"': '\\"',
    '\\': '\\\\',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
};
/** A text as a JSON string, in quotes. Escapes `<`, `>`, `&`, U+2028 and U+2029, as Go's encoder does. */
function quote(text) {
    // eslint-disable-next-line no-control-regex -- control characters are what has to be escaped
    const body = text.toWellFormed().replace(/[\u0000-\u001f"\\<>&\u2028\u2029]/g, (sign) => {
        return WRITTEN_ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
    return `"${body}"`;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/result.js
/** A value that a path selected: its sort, its source text, and what it says. */



/** Nothing was selected. */
const ABSENT = { kind: 'null', raw: '', text: '', number: 0 };
const TRUE = { ...ABSENT, kind: 'true' };
const FALSE = { ...ABSENT, kind: 'false' };
/** JSON's `null` exists; ABSENT does not. */
function exists(result) {
    return result.kind !== 'null' || result.raw !== '';
}
function isArray(result) {
    return result.kind === 'json' && result.raw.startsWith('[');
}
function isObject(result) {
    return result.kind === 'json' && result.raw.startsWith('{');
}
function jsonResult(raw) {
    return { ...ABSENT, kind: 'json', raw };
}
function numberResult(raw) {
    return { ...ABSENT, kind: 'number', raw, number: parseGoFloat(raw) };
}
function literalResult(raw) {
    const kind = raw.startsWith('t') ? 'true' : raw.startsWith('f') ? 'false' : 'null';
    return { ...ABSENT, kind, raw };
}
function textResult(raw, closed, escaped) {
    const body = raw.slice(1, closed ? -1 : undefined);
    return { ...ABSENT, kind: 'text', raw, text: escaped ? text_unescape(body) : body };
}
/**
 * ESO 2.9: gjson's string form. Digits alone (and a minus before them) stay as written; every other number is
 * written anew from its float64; null and nothing are empty.
 */
function resultText(result) {
    switch (result.kind) {
        case 'null':
            return '';
        case 'number':
            return /^-?\d*$/.test(result.raw) ? result.raw : formatGoFloat(result.number);
        case 'text':
            return result.text;
        case 'json':
            return result.raw;
        case 'true':
        case 'false':
            return result.kind;
        default:
            return result.kind;
    }
}
/** The source text of a value inside of other JSON; a value without one is written as its string form. */
function rawOrText(result) {
    return result.raw === '' ? resultText(result) : result.raw;
}
/** Reads the value that begins at an index; `undefined` for a string that never closes. */
function result_readValue(json, index, start) {
    switch (start) {
        case 'text': {
            const { end, closed, escaped } = endOfString(json, index);
            return closed ? { result: textResult(json.slice(index, end), true, escaped), end } : undefined;
        }
        case 'object':
        case 'array': {
            const end = endOfGroup(json, index);
            return { result: jsonResult(json.slice(index, end)), end };
        }
        case 'literal': {
            const end = endOfLiteral(json, index);
            return { result: literalResult(json.slice(index, end)), end };
        }
        case 'number': {
            const end = endOfNumber(json, index);
            return { result: numberResult(json.slice(index, end)), end };
        }
        default:
            return start;
    }
}
/**
 * Reads a text as one value. An object or array takes all the text to its end, closed or not; a string may lack its
 * closing quote; anything that begins no value is nothing.
 */
function parseResult(json) {
    let index = 0;
    while (index < json.length && json.charCodeAt(index) <= 0x20)
        index++;
    const start = valueStartAt(json, index);
    if (start === undefined)
        return ABSENT;
    if (start === 'object' || start === 'array')
        return jsonResult(json.slice(index));
    if (start !== 'text')
        return result_readValue(json, index, start)?.result ?? ABSENT;
    const { end, closed, escaped } = endOfString(json, index);
    return textResult(json.slice(index, end), closed, escaped);
}
/** The members of an object or elements of an array, as far as they can be read; a scalar is its own only element. */
function membersOf(result) {
    if (!exists(result))
        return [];
    if (result.kind !== 'json')
        return [{ key: ABSENT, value: result }];
    const json = result.raw;
    const members = [];
    for (let index = 1; index < json.length; index++) {
        let key = ABSENT;
        if (json.startsWith('{')) {
            if (json[index] !== '"')
                continue;
            const read = result_readValue(json, index, 'text');
            if (read === undefined)
                return members;
            key = read.result;
            index = read.end;
        }
        const member = nextValue(json, index);
        if (member === undefined)
            return members;
        members.push({ key, value: member.result });
        index = member.end;
    }
    return members;
}
/** Skips what begins no value and reads the value that follows. */
function nextValue(json, from) {
    for (let index = from; index < json.length; index++) {
        const start = valueStartAt(json, index);
        if (start !== undefined)
            return result_readValue(json, index, start);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/pretty.js
/**
 * `@pretty`: one member or element on a line, short arrays on one line, a line break at the end.
 *
 * An array stays on one line when it holds no object and fits into `width` (80). For valid JSON this is gjson's text
 * to the byte, save for the order of equal names under `sortKeys`. Of anything else it prints what it can read.
 */



const LAYOUT = { width: 80, prefix: '', indent: '  ', sortKeys: false };
/** Writes a text in lines. The argument is JSON with `sortKeys`, `indent`, `prefix` and `width`. */
function prettyPrint(json, argument) {
    const layout = membersOf(parseResult(argument)).reduce((settings, { key, value }) => withSetting(settings, key.text, value), LAYOUT);
    const value = nextValue(json, 0);
    if (value === undefined)
        return '';
    return `${layout.prefix}${print(value.result.raw, layout, 0, layout.prefix.length)}\n`;
}
function withSetting(settings, name, value) {
    switch (name) {
        case 'sortKeys':
            return { ...settings, sortKeys: value.kind === 'true' };
        case 'indent':
            return { ...settings, indent: onlySpace(resultText(value)) };
        case 'prefix':
            return { ...settings, prefix: onlySpace(resultText(value)) };
        case 'width':
            return { ...settings, width: Math.trunc(value.number) };
        default:
            return settings;
    }
}
function onlySpace(text) {
    return text.replace(/[^ \t\n\r]/g, '');
}
function print(json, layout, depth, column) {
    if (json.startsWith('{'))
        return printObject(json, layout, depth);
    if (json.startsWith('['))
        return printArray(json, layout, depth, column);
    return json;
}
function lineStart(layout, depth) {
    return layout.prefix + layout.indent.repeat(depth);
}
function printObject(json, layout, depth) {
    const members = membersOf({ kind: 'json', raw: json, text: '', number: 0 });
    if (members.length === 0)
        return '{}';
    if (layout.sortKeys)
        members.sort(compareMembers);
    const start = lineStart(layout, depth + 1);
    const lines = members.map(({ key, value }) => {
        const label = `${start}${key.raw}: `;
        return label + print(value.raw, layout, depth + 1, byteLength(label) + 1);
    });
    return `{\n${lines.join(',\n')}\n${lineStart(layout, depth)}}`;
}
const pretty_KINDS = ['null', 'false', 'number', 'text', 'true', 'json'];
/** By name; members of equal names by their values: sort of value, then number, then text. */
function compareMembers(a, b) {
    return ((0,go_hash/* compareBytes */.Xo)(a.key.text, b.key.text) ||
        pretty_KINDS.indexOf(a.value.kind) - pretty_KINDS.indexOf(b.value.kind) ||
        a.value.number - b.value.number ||
        (0,go_hash/* compareBytes */.Xo)(a.value.text || a.value.raw, b.value.text || b.value.raw));
}
function printArray(json, layout, depth, column) {
    const line = oneLine(json);
    const room = layout.width - column;
    if (line !== undefined && layout.width > 0 && room > 3 && byteLength(line) <= room)
        return line;
    const elements = membersOf({ kind: 'json', raw: json, text: '', number: 0 });
    if (elements.length === 0)
        return '[]';
    const start = lineStart(layout, depth + 1);
    const lines = elements.map(({ value }, index) => {
        // The column of the first element counts the line break before it: that is how gjson measures.
        return start + print(value.raw, layout, depth + 1, start.length + (index === 0 ? 1 : 0));
    });
    return `[\n${lines.join(',\n')}\n${lineStart(layout, depth)}]`;
}
/** Go measures lines in bytes. */
function byteLength(text) {
    return new TextEncoder().encode(text).length;
}
/** An array without objects as `[1, [2, 3]]`; `undefined` when it holds one. */
function oneLine(json) {
    let line = '';
    for (let index = 0; index < json.length; index++) {
        const sign = json.charAt(index);
        if (sign === '{')
            return undefined;
        if (sign === '"') {
            const { end } = endOfString(json, index);
            line += json.slice(index, end);
            index = end - 1;
        }
        else if (sign === ',')
            line += ', ';
        else if (json.charCodeAt(index) > 0x20)
            line += sign;
    }
    return line;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/valid.js
/** Says whether a text is one JSON value, as gjson's own check and Go's encoding/json agree on it. */
function isValid(json) {
    try {
        JSON.parse(json);
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/modifiers.js





/** Deeper than this, modifiers that walk through all levels give nothing: they would take quadratic time. */
const DEEPEST = 500;
const WALKERS = new Set(['pretty', 'flatten', 'dig']);
/** What a modifier makes of a text. */
function applyModifier(name, json, argument, get) {
    if (WALKERS.has(name) && depthOf(json) > DEEPEST)
        return '';
    switch (name) {
        case 'this':
            return json;
        case 'pretty':
            return prettyPrint(json, argument);
        case 'ugly':
            return ugly(json);
        case 'valid':
            return isValid(json) ? json : '';
        case 'reverse':
            return reverse(json);
        case 'flatten':
            return flatten(json, hasOption(argument, 'deep'));
        case 'join':
            return join(json, hasOption(argument, 'preserve'));
        case 'keys':
            return keys(json);
        case 'values':
            return values(json);
        case 'tostr':
            return quote(json);
        case 'fromstr':
            return isValid(json) ? resultText(parseResult(json)) : '';
        case 'group':
            return group(json);
        case 'dig':
            return dig(json, argument, get);
        default:
            return name;
    }
}
/** Options are members of a JSON argument; the last of equal names counts. */
function hasOption(argument, name) {
    const options = membersOf(parseResult(argument)).filter(({ key }) => key.text === name);
    const option = options.at(-1)?.value;
    if (option === undefined)
        return false;
    if (option.kind === 'text')
        return ['1', 't', 'true'].includes(option.text.toLowerCase());
    return option.kind === 'true' || (option.kind === 'number' && option.number !== 0);
}
function ugly(json) {
    let text = '';
    for (let index = 0; index < json.length; index++) {
        if (json.charCodeAt(index) <= 0x20)
            continue;
        const end = json[index] === '"' ? endOfString(json, index).end : index + 1;
        text += json.slice(index, end);
        index = end - 1;
    }
    return text;
}
function memberText({ key, value }) {
    return `${key.raw}:${value.raw}`;
}
function reverse(json) {
    const result = parseResult(json);
    const members = membersOf(result).reverse();
    if (isArray(result))
        return `[${members.map(({ value }) => value.raw).join(',')}]`;
    if (isObject(result))
        return `{${members.map(memberText).join(',')}}`;
    return json;
}
function flatten(json, deep) {
    const result = parseResult(json);
    if (!isArray(result))
        return json;
    const parts = membersOf(result).map(({ value }) => {
        if (!isArray(value))
            return trim(value.raw);
        return trim(unwrap(deep ? flatten(value.raw, true) : value.raw));
    });
    return `[${parts.filter((part) => part !== '').join(',')}]`;
}
/** The text between the brackets. */
function unwrap(json) {
    const text = trim(json);
    return text.length >= 2 && /^[[{]/.test(text) ? text.slice(1, -1) : text;
}
function join(json, preserve) {
    const result = parseResult(json);
    if (!isArray(result))
        return json;
    const objects = membersOf(result).filter(({ value }) => isObject(value));
    if (preserve) {
        return `{${objects.map(({ value }) => unwrap(value.raw)).join(',')}}`;
    }
    const byName = new Map();
    for (const { key, value } of objects.flatMap((object) => membersOf(object.value))) {
        byName.set(key.text, { key: byName.get(key.text)?.key ?? key, value });
    }
    return `{${[...byName.values()].map(memberText).join(',')}}`;
}
/** An array or a scalar has no names: each of its elements gives `null`. */
function keys(json) {
    const result = parseResult(json);
    if (!exists(result))
        return isArray(result) ? json : '[]';
    return `[${membersOf(result)
        .map(({ key }) => key.raw || 'null')
        .join(',')}]`;
}
function values(json) {
    const result = parseResult(json);
    if (isArray(result))
        return json;
    return `[${membersOf(result)
        .map(({ value }) => value.raw)
        .join(',')}]`;
}
function group(json) {
    const result = parseResult(json);
    if (!isObject(result))
        return '';
    const rows = [];
    for (const column of membersOf(result)) {
        if (!isArray(column.value))
            continue;
        for (const [index, { value }] of membersOf(column.value).entries()) {
            (rows[index] ??= []).push(`${column.key.raw}:${value.raw}`);
        }
    }
    return `[${rows.map((row) => `{${row.join(',')}}`).join(',')}]`;
}
/** Walks with a stack of its own, so that no depth of the text can exhaust the program's. */
function dig(json, path, get) {
    const found = [];
    const pending = [parseResult(json)];
    for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
        const result = get(parent.raw, path);
        if (exists(result))
            found.push(result.raw);
        if (parent.kind !== 'json')
            continue;
        for (const { value } of membersOf(parent).reverse())
            pending.push(value);
    }
    return `[${found.join(',')}]`;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/modifier-names.js
const NAMES = new Set([
    'pretty',
    'ugly',
    'reverse',
    'this',
    'flatten',
    'join',
    'valid',
    'keys',
    'values',
    'tostr',
    'fromstr',
    'group',
    'dig',
]);
/** Says whether a name is a modifier's; `@other` is then the plain name of a member. */
function isModifier(name) {
    return NAMES.has(name);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/multipath.js
/** Multipaths: `{a,"b":c.d}` and `[a,c.d]` collect what several paths select into a new object or array. */



/** Splits a path that begins with a bracket at its commas; `undefined` when the bracket never closes. */
function splitMultipath(path) {
    const selectors = [];
    let depth = 1;
    let start = 1;
    let colon;
    let inModifier = false;
    const take = (end) => {
        selectors.push(selector(path, start, colon, end));
        start = end + 1;
        colon = undefined;
        inModifier = false;
    };
    for (let index = 1; index < path.length; index++) {
        const sign = path.charAt(index);
        if (sign === '\\')
            index++;
        else if (sign === '@')
            inModifier ||= '.|'.includes(path.charAt(index - 1));
        else if (sign === ':' && depth === 1 && !inModifier)
            colon ??= index;
        else if (sign === '"')
            index = endOfString(path, index).end - 1;
        else if ('[({'.includes(sign))
            depth++;
        else if (sign === ',' && depth === 1)
            take(index);
        else if ('])}'.includes(sign) && --depth === 0) {
            take(index);
            return { kind: path.startsWith('{') ? 'object' : 'array', selectors, rest: path.slice(index + 1) };
        }
    }
    return undefined;
}
function selector(path, start, colon, end) {
    const own = path.slice(colon === undefined ? start : colon + 1, end);
    const name = colon === undefined ? '' : path.slice(start, colon);
    if (name === '')
        return { path: own, label: lastName(own) };
    return { path: own, label: name.startsWith('"') && isValid(name) ? name : quote(name) };
}
/** Without a name of its own, a member is called after the last component, or `_` if that is no plain name. */
function lastName(path) {
    const name = path.slice(lastSeparator(path) + 1);
    // eslint-disable-next-line no-control-regex -- control characters make a name that is not plain
    return quote(/[\u0000-\u001f[\]{}()#|!]/.test(name) ? '_' : name);
}
function lastSeparator(path) {
    for (let index = path.length - 1; index >= 0; index--) {
        if ('.|'.includes(path.charAt(index)) && path[index - 1] !== '\\')
            return index;
    }
    return -1;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/wildcard.js
/**
 * `*` and `?` in path components and in the `%` operator.
 *
 * `*` stands for any text, `?` for one character, a backslash takes the special sense from what follows.
 */
/** Says whether all of a text matches a pattern. Keeps one place to go back to, so it never takes exponential time. */
function matchesWildcard(text, pattern) {
    const signs = Array.from(text);
    const parts = patternParts(pattern);
    let at = 0;
    let part = 0;
    let starPart = -1;
    let starAt = 0;
    while (at < signs.length) {
        if (parts[part] === ANY_TEXT) {
            starPart = part++;
            starAt = at;
        }
        else if (matchesOne(parts[part], signs[at])) {
            part++;
            at++;
        }
        else if (starPart >= 0) {
            part = starPart + 1;
            at = ++starAt;
        }
        else
            return false;
    }
    return parts.slice(part).every((rest) => rest === ANY_TEXT);
}
const ANY_TEXT = Symbol('*');
const ANY_SIGN = Symbol('?');
/** A backslash at the very end matches nothing. */
const wildcard_NOTHING = Symbol('\\');
function patternParts(pattern) {
    const signs = Array.from(pattern);
    const parts = [];
    for (let index = 0; index < signs.length; index++) {
        const sign = signs[index] ?? '';
        if (sign === '*')
            parts.push(ANY_TEXT);
        else if (sign === '?')
            parts.push(ANY_SIGN);
        else if (sign === '\\')
            parts.push(signs[++index] ?? wildcard_NOTHING);
        else
            parts.push(sign);
    }
    return parts;
}
function matchesOne(part, sign) {
    return part === ANY_SIGN || (part !== undefined && part === sign);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/query.js
/**
 * Queries over arrays: `#(path operator value)`.
 *
 * | Value is | operators that can hold |
 * |---|---|
 * | text | `==` `=` `!=` `<` `<=` `>` `>=` by bytes, `%` and `!%` by pattern |
 * | number | `==` `=` `!=` `<` `<=` `>` `>=` as float64; a value that is no number counts as 0 |
 * | true, false | the same six, with false before true |
 * | null, object, array | none |
 *
 * `~true`, `~false`, `~null` and `~*` compare what a value amounts to: `"T"`, `1` and `true` are all `~true`.
 */






const OPERATOR = /^(?:!=|!%|<=|>=|==|<|>|=|%)/;
/** Reads the query that a path begins with, `#(` or `#[` included; `undefined` when it never closes. */
function parseQuery(path) {
    const { end, closed, valueAt, escaped } = scanQuery(path, 0);
    if (!closed)
        return undefined;
    if (valueAt === undefined)
        return { query: { path: trim(path.slice(2, end - 1)), operator: '', value: '' }, end };
    const ownPath = trim(path.slice(2, valueAt));
    const comparison = trim(path.slice(valueAt, end - 1));
    const operator = comparison.length === 1 ? comparison : OPERATOR.exec(comparison)?.[0];
    // gjson: `!` before anything but `=` and `%` only asks whether the path exists.
    if (operator === undefined)
        return { query: { path: ownPath, operator: '', value: '' }, end };
    const value = unquote(trim(comparison.slice(operator.length)), escaped);
    return { query: { path: ownPath, operator: operator === '==' ? '=' : operator, value }, end };
}
function unquote(value, escaped) {
    if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"'))
        return value;
    return escaped ? text_unescape(value.slice(1, -1)) : value.slice(1, -1);
}
/** The index after the query whose `#` stands at `start`. */
function skipQuery(path, start) {
    return scanQuery(path, start).end;
}
function scanQuery(path, start) {
    let depth = 1;
    let valueAt;
    let escaped = false;
    for (let index = start + 2; index < path.length; index++) {
        const sign = path.charAt(index);
        if (depth === 1 && valueAt === undefined && '!=<>%'.includes(sign)) {
            valueAt = index;
            continue;
        }
        if (sign === '\\')
            index++;
        else if (sign === '(' || sign === '[')
            depth++;
        else if (sign === ')' || sign === ']')
            depth--;
        else if (sign === '"') {
            const close = closingQuote(path, index);
            escaped ||= path.slice(index, close).includes('\\');
            index = close;
        }
        if (depth === 0)
            return { end: index + 1, closed: true, valueAt, escaped };
    }
    return { end: path.length, closed: false, valueAt, escaped };
}
function closingQuote(path, open) {
    let index = open + 1;
    while (index < path.length && path[index] !== '"')
        index += path[index] === '\\' ? 2 : 1;
    return index;
}
/** Says whether a value satisfies a query's operator and value. */
function satisfies(query, found) {
    const { value, operand } = query.value.startsWith('~')
        ? loosely(query.value, found)
        : { value: found, operand: query.value };
    if (value === undefined || !exists(value))
        return false;
    if (query.operator === '')
        return true;
    switch (value.kind) {
        case 'text':
            return compareTexts(query.operator, value.text, operand);
        case 'number':
            return compareNumbers(query.operator, value.number, parseGoFloat(operand));
        case 'true':
        case 'false':
            return compareBooleans(query.operator, value.kind === 'true', operand);
        case 'null':
        case 'json':
            return false;
        default:
            return value.kind;
    }
}
function loosely(operand, found) {
    const verdict = looseVerdict(operand, found);
    return { value: verdict === undefined ? undefined : verdict ? TRUE : FALSE, operand: 'true' };
}
function looseVerdict(operand, found) {
    switch (operand) {
        case '~*':
            return exists(found);
        case '~null':
            return found.kind === 'null';
        case '~true':
            return truth(found) === true;
        case '~false':
            return found.kind === 'null' || truth(found) === false;
        default:
            return undefined;
    }
}
const TRUE_WORDS = new Set(['1', 't', 'true']);
const FALSE_WORDS = new Set(['0', 'f', 'false']);
/** What a value amounts to as a boolean; `undefined` for objects, arrays and other texts. */
function truth(result) {
    if (result.kind === 'true' || result.kind === 'false')
        return result.kind === 'true';
    if (result.kind === 'number')
        return result.number !== 0;
    if (result.kind !== 'text')
        return undefined;
    const word = result.text.toLowerCase();
    return TRUE_WORDS.has(word) ? true : FALSE_WORDS.has(word) ? false : undefined;
}
function compareTexts(operator, text, operand) {
    if (operator === '%')
        return matchesWildcard(text, operand);
    if (operator === '!%')
        return !matchesWildcard(text, operand);
    return query_holds(operator, (0,go_hash/* compareBytes */.Xo)(text, operand));
}
function compareNumbers(operator, number, operand) {
    if (Number.isNaN(number) || Number.isNaN(operand))
        return operator === '!=';
    return query_holds(operator, number === operand ? 0 : number < operand ? -1 : 1);
}
/** Only `true` and `false` can be compared with; `!=` holds for every other word. */
function compareBooleans(operator, value, operand) {
    switch (operator) {
        case '=':
            return operand === String(value);
        case '!=':
            return operand !== String(value);
        case '>':
            return value && operand === 'false';
        case '<':
            return !value && operand === 'true';
        case '>=':
            return value;
        case '<=':
            return !value;
        default:
            return false;
    }
}
function query_holds(operator, order) {
    switch (operator) {
        case '=':
            return order === 0;
        case '!=':
            return order !== 0;
        case '<':
            return order < 0;
        case '<=':
            return order <= 0;
        case '>':
            return order > 0;
        case '>=':
            return order >= 0;
        default:
            return false;
    }
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/path.js
/**
 * Takes the first component off a gjson path.
 *
 * | Path | component | then |
 * |---|---|---|
 * | `a.b` | `a` | `b`, inside of each value that `a` names (`rest`) |
 * | `a\|b` | `a` | `b`, applied once to what `a` gave (`pipe`) |
 * | `a.@keys`, `a.{b}`, `a.[b]` | `a` | as a pipe: a modifier or multipath takes a whole value |
 * | `a\.b` | the name `a.b` | |
 * | `a*`, `a?` | a pattern | |
 * | `#`, `#.b`, `#(b==1)`, `#(b==1)#` | of arrays: count, each, first match, all matches | |
 */



/** The first component, for members of an object. A backslash makes the character after it an ordinary one. */
function objectComponent(path) {
    let name = '';
    let isPattern = false;
    for (let index = 0; index < path.length; index++) {
        const sign = path.charAt(index);
        if (sign === '|' || sign === '.')
            return { name, isPattern, ...restAfter(path, index) };
        if (sign === '*' || sign === '?')
            isPattern = true;
        name += sign === '\\' ? path.charAt(++index) : sign;
    }
    return { name, isPattern };
}
function restAfter(path, index) {
    const rest = path.slice(index + 1);
    return path[index] === '|' || beginsPipe(rest) ? { pipe: rest } : { rest };
}
/** Says whether what follows a dot takes the whole value, as if the dot were a pipe. */
function beginsPipe(path) {
    if (!path.startsWith('@'))
        return path.startsWith('[') || path.startsWith('{');
    return isModifier(/^[^.|:]*/.exec(path.slice(1))?.[0] ?? '');
}
/** The first component, for elements of an array. */
function arrayComponent(path) {
    if (path.startsWith('#.'))
        return { kind: 'each', path: path.slice(2) };
    if (path.startsWith('#(') || path.startsWith('#['))
        return queryComponent(path);
    const end = path.search(/[.|]/);
    const part = end < 0 ? path : path.slice(0, end);
    const hasHash = part.includes('#');
    const rest = end < 0 ? {} : hasHash ? plainRestAfter(path, end) : restAfter(path, end);
    if (part === '#')
        return { kind: 'count', ...rest };
    return hasHash || !/^\d+$/.test(part) ? { kind: 'none', ...rest } : { kind: 'index', index: Number(part), ...rest };
}
/** After `#` a dot is always a dot: modifiers and multipaths are applied to each element. */
function plainRestAfter(path, index) {
    const rest = path.slice(index + 1);
    return path[index] === '|' ? { pipe: rest } : { rest };
}
function queryComponent(path) {
    const parsed = parseQuery(path);
    if (parsed === undefined)
        return { kind: 'query', query: { path: '', operator: '', value: '', all: false } };
    const all = path[parsed.end] === '#';
    const after = path.slice(parsed.end).search(/[.|]/);
    const rest = after < 0 ? {} : plainRestAfter(path, parsed.end + after);
    return { kind: 'query', query: { ...parsed.query, all }, ...rest };
}
/**
 * Splits the path that is looked up in each element from a pipe after it, which takes all results together:
 * `tags.0|1` gives `tags.0` and `1`. A pipe inside of a query or multipath belongs to that.
 */
function splitAtPipe(path) {
    if (path.startsWith('{')) {
        const end = endOfGroup(path, 0);
        return path[end] === '|' ? { path: path.slice(0, end), pipe: path.slice(end + 1) } : undefined;
    }
    for (let index = 0; index < path.length; index++) {
        const sign = path.charAt(index);
        if (sign === '|')
            return { path: path.slice(0, index), pipe: path.slice(index + 1) };
        if (sign === '\\')
            index++;
        else if (sign === '.' && path[index + 1] === '#')
            index = skipHash(path, index + 1);
    }
    return undefined;
}
/** The last index of a `#` and what belongs to it: its query, or else, by gjson's own slip, the character after it. */
function skipHash(path, hash) {
    return /[([]/.test(path.charAt(hash + 1)) ? skipQuery(path, hash) - 1 : hash + 1;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/work.js
/**
 * How much a lookup may do. Multipaths and modifiers can make two of everything at each step of a path, so that a path
 * of one line would otherwise be busy for days.
 */
/** Characters that are walked: a path of a person walks a document once or twice, one with queries some ten times. */
const LEAST = 4_000_000;
const TIMES_THE_TEXT = 8;
/** Thrown by a lookup; holds nothing of text or path. */
class TooMuchWork extends Error {
    constructor() {
        super('the path makes too much of the text');
        this.name = 'TooMuchWork';
    }
}
class Work {
    #left;
    constructor(text) {
        this.#left = LEAST + TIMES_THE_TEXT * text.length;
    }
    /** To be called before a text is walked. */
    spend(text) {
        this.#left -= text.length + 1;
        if (this.#left < 0)
            throw new TooMuchWork();
    }
}

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/get.js
/**
 * Looks a gjson path up in a text.
 *
 * ESO 2.9: `remoteRef.property` is a gjson 1.18.0 path (`get` is its `Get`). The text is searched as it is: it need
 * not be valid JSON, the search begins at its first bracket, and of equal names the first that leads on is taken.
 * Nothing in here throws for any text or path, but TooMuchWork for one that goes on and on.
 */










/** What a path selects from a text; ABSENT when it selects nothing. */
function get(json, path, work = new Work(json)) {
    work.spend(json);
    if (path.length < 2)
        return search(json, path, work);
    switch (path[0]) {
        case '@':
            return modified(json, path, work) ?? search(json, path, work);
        case '!':
            return staticValue(path, work) ?? search(json, path, work);
        case '{':
        case '[':
            return collected(json, path, work);
        default:
            return search(json, path, work);
    }
}
/** Goes on with the rest of a path after a whole value, or reads that value. */
function followed(raw, rest, { work, read }) {
    return rest.startsWith('|') || rest.startsWith('.') ? get(raw, rest.slice(1), work) : read(raw);
}
/** `@name`, `@name:argument`, and what follows. The argument is JSON, or a text up to the next pipe. */
function modified(json, path, work) {
    const name = /^[^:.|]*/.exec(path.slice(1))?.[0] ?? '';
    if (!isModifier(name))
        return undefined;
    const after = path.slice(1 + name.length);
    const argument = after.startsWith(':') ? modifierArgument(after.slice(1)) : '';
    const rest = after.startsWith(':') ? after.slice(1 + argument.length) : after;
    const made = applyModifier(name, json, argument, (part, way) => get(part, way, work));
    return followed(made, rest, { work, read: parseResult });
}
function modifierArgument(text) {
    if (/^[{["]/.test(text))
        return text.slice(0, endOfGroup(text, 0));
    for (let index = 0; index < text.length; index++) {
        if (text[index] === '|')
            return text.slice(0, index);
        if ('{["('.includes(text.charAt(index)))
            index = endOfGroup(text, index) - 1;
    }
    return text;
}
const STATIC_WORDS = new Set(['true', 'false', 'null', 'nan', 'inf']);
/**
 * `!"text"`, `!5`, `!{"a":1}`, `!true`: the value itself, whatever the text is.
 *
 * Only an object, an array or a word can be followed by more path: gjson takes all that follows a string or a number
 * for a part of it.
 */
function staticValue(path, work) {
    const text = path.slice(1);
    if (/^[{["+\-\d]/.test(text)) {
        const end = endOfBrackets(text, 0);
        return followed(text.slice(0, end), text.slice(end), { work, read: parseResult });
    }
    const word = /^[^|.]*/.exec(text)?.[0] ?? '';
    if (!STATIC_WORDS.has(word.toLowerCase()))
        return undefined;
    return followed(word, text.slice(word.length), { work, read: parseResult });
}
/** A multipath that never closes counts as an empty path; one with text after it, as that text. */
function collected(json, path, work) {
    const multipath = splitMultipath(path);
    if (multipath === undefined)
        return search(json, '', work);
    if (!/^(?:$|[.|])/.test(multipath.rest))
        return search(json, multipath.rest, work);
    return followed(collect(json, multipath, work), multipath.rest, { work, read: jsonResult });
}
function collect(json, multipath, work) {
    const parts = multipath.selectors.flatMap((selector) => {
        const result = get(json, selector.path, work);
        if (!exists(result))
            return [];
        const raw = rawOrText(result) || 'null';
        return [multipath.kind === 'object' ? `${selector.label}:${raw}` : raw];
    });
    return multipath.kind === 'object' ? `{${parts.join(',')}}` : `[${parts.join(',')}]`;
}
function search(json, path, work) {
    const state = { json, work, found: ABSENT };
    if (path.startsWith('..'))
        searchArray(state, 0, path.slice(2));
    else
        searchFirstBracket(state, path);
    return state.pipe === undefined ? state.found : get(state.found.raw, state.pipe, work);
}
function searchFirstBracket(state, path) {
    const start = state.json.search(/[{[]/);
    if (start < 0)
        return;
    if (state.json[start] === '{')
        searchObject(state, start + 1, path);
    else
        searchArray(state, start + 1, path);
}
/** Ends the search with a value. */
function hit(state, found, end) {
    state.found = found;
    return { end, hit: true };
}
function miss(end) {
    return { end, hit: false };
}
function searchObject(state, from, path) {
    const component = objectComponent(path);
    if (component.pipe !== undefined)
        state.pipe = component.pipe;
    const { json } = state;
    let index = from;
    while (index < json.length) {
        const sign = json[index];
        if (sign === '}')
            return miss(index + 1);
        if (sign !== '"') {
            index++;
            continue;
        }
        const key = endOfString(json, index);
        if (!key.closed)
            return miss(json.length);
        const body = json.slice(index + 1, key.end - 1);
        const isNamed = matchesName(component, key.escaped ? text_unescape(body) : body);
        const step = searchValue(state, findValue(json, key.end), isNamed, component.rest);
        if (step === undefined)
            return miss(json.length);
        if (step.hit)
            return step;
        index = step.end;
    }
    return miss(json.length);
}
function matchesName(component, name) {
    return component.isPattern ? matchesWildcard(name, component.name) : component.name === name;
}
/**
 * Takes the value at an index, or looks inside of it for the rest of the path, or passes over it.
 * `undefined` when the text ends before or within it.
 */
function searchValue(state, index, isNamed, rest) {
    const { json } = state;
    const start = valueStartAt(json, index);
    if (start === undefined)
        return undefined;
    if (isNamed && rest !== undefined && start === 'object')
        return searchObject(state, index + 1, rest);
    if (isNamed && rest !== undefined && start === 'array')
        return searchArray(state, index + 1, rest);
    const read = result_readValue(json, index, start);
    if (read === undefined)
        return undefined;
    return isNamed && rest === undefined ? hit(state, read.result, read.end) : miss(read.end);
}
function searchArray(state, from, path) {
    const component = arrayComponent(path);
    if (component.pipe !== undefined)
        state.pipe = component.pipe;
    switch (component.kind) {
        case 'query':
            return searchMatches(state, from, component, component.query);
        case 'each':
            return searchEach(state, from, component.path);
        case 'count':
            return countElements(state, from);
        case 'index':
            return searchIndex(state, from, component.index, component.rest);
        case 'none':
            return searchIndex(state, from, -1, undefined);
        default:
            return component;
    }
}
/** The index of the next element, of the closing bracket, or the end of the text. */
function nextElement(json, from) {
    let index = from;
    while (index < json.length && json[index] !== ']' && valueStartAt(json, index) === undefined)
        index++;
    return index;
}
function isArrayEnd(json, index) {
    return index >= json.length || json[index] === ']';
}
function searchIndex(state, from, wanted, rest) {
    const { json } = state;
    let index = nextElement(json, from);
    for (let element = 0; !isArrayEnd(json, index); element++) {
        const step = searchValue(state, index, element === wanted, rest);
        if (step === undefined)
            return miss(json.length);
        if (step.hit)
            return step;
        index = nextElement(json, step.end);
    }
    return miss(index + 1);
}
function countElements(state, from) {
    const { json } = state;
    let count = 0;
    let index = nextElement(json, from);
    for (; !isArrayEnd(json, index); count++) {
        const step = searchValue(state, index, false, undefined);
        if (step === undefined)
            return miss(json.length);
        index = nextElement(json, step.end);
    }
    return index > json.length ? miss(index) : hit(state, numberResult(String(count)), index + 1);
}
/** `#.path`: an array of what the path selects in each element that has it. A pipe after it takes that array. */
function searchEach(state, from, path) {
    const split = splitAtPipe(path);
    const selected = [];
    const { json } = state;
    let index = nextElement(json, from);
    while (!isArrayEnd(json, index)) {
        const element = nextValue(json, index);
        if (element === undefined)
            return miss(json.length);
        const result = get(element.result.raw, split?.path ?? path, state.work);
        if (exists(result))
            selected.push(rawOrText(result));
        index = nextElement(json, element.end);
    }
    if (index > json.length)
        return miss(index);
    if (split !== undefined)
        state.pipe = split.pipe;
    return hit(state, jsonResult(`[${selected.join(',')}]`), index + 1);
}
/** `#(…)`: the first element that satisfies the query; `#(…)#`: an array of all of them. */
function searchMatches(state, from, component, query) {
    const split = component.rest === undefined ? undefined : splitAtPipe(component.rest);
    const rest = split?.path ?? component.rest;
    const { json } = state;
    const matches = [];
    let index = nextElement(json, from);
    while (!isArrayEnd(json, index)) {
        const element = nextValue(json, index);
        if (element === undefined)
            return miss(json.length);
        index = nextElement(json, element.end);
        if (!isMatch(query, element.result, state.work))
            continue;
        if (split !== undefined)
            state.pipe = split.pipe;
        const result = rest === undefined ? element.result : get(element.result.raw, rest, state.work);
        if (!query.all)
            return hit(state, result, element.end);
        const raw = rawOrText(result);
        if (raw !== '')
            matches.push(raw);
    }
    if (index > json.length)
        return miss(index);
    if (query.all && !exists(state.found))
        state.found = jsonResult(`[${matches.join(',')}]`);
    return miss(index + 1);
}
/** A query with a path asks objects and arrays only, one without a path asks other values directly. */
function isMatch(query, element, work) {
    if (element.kind === 'json')
        return satisfies(query, get(element.raw, query.path, work));
    return query.path === '' && satisfies(query, element);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/get-property.js
/** Selects the `property` of a `remoteRef` from a text. Must never put the text, or part of it, into a message. */



/** Paths are walked by recursion. gjson has no such bound; no path of a person comes near it. */
const LONGEST_PROPERTY = 2000;
/**
 * Looks a property up.
 *
 * ESO 2.9: an empty property is the whole text; otherwise it is a gjson path. A path with dots that selects nothing
 * is tried once more as one literal name, every dot escaped: `tls.crt` finds `{"tls.crt":…}`, but `a.b.c` does not
 * find `{"a.b":{"c":…}}`.
 */
function getProperty(text, property, refKey) {
    if (property === '')
        return { kind: 'found', text };
    if (property.length > LONGEST_PROPERTY)
        return { kind: 'missing', property: property.slice(0, 60), key: refKey };
    try {
        return lookUp(text, property, refKey);
    }
    catch (error) {
        if (!(error instanceof TooMuchWork))
            throw error;
        return { kind: 'too-costly', property: property.slice(0, 60), key: refKey };
    }
}
function lookUp(text, property, refKey) {
    const nested = get(text, property);
    const result = exists(nested) || !property.includes('.') ? nested : get(text, property.replaceAll('.', '\\.'));
    if (!exists(result))
        return { kind: 'missing', property, key: refKey };
    return { kind: 'found', text: resultText(result) };
}

;// CONCATENATED MODULE: ./lib/src/core/transform/metadata.js



/** Tags and times of an object. */
function metadataOf({ tags, attributes }) {
    return new Map([...tags, ...attributeTags(attributes)]);
}
function attributeTags(attributes) {
    const times = [
        ['expires', attributes.expires],
        ['created', attributes.created],
        ['updated', attributes.updated],
        ['notBefore', attributes.notBefore],
    ];
    return times.flatMap(([name, seconds]) => {
        return seconds === undefined ? [] : [[`attribute.${name}`, rfc3339(seconds)]];
    });
}
/** RFC 3339 in UTC and whole seconds. A year beyond 9999 is written as Go writes it, without a sign. */
function rfc3339(seconds) {
    return new Date(seconds * 1000)
        .toISOString()
        .replace(/\.\d+Z$/, 'Z')
        .replace(/^\+0?/, '');
}
/**
 * What a data entry with `metadataPolicy: Fetch` gets.
 *
 * | property | gives |
 * |---|---|
 * | empty | all tags as a JSON object, names in byte order, tags without a value left out |
 * | the name of a tag | its value |
 * | `tag.path` | the path, by the property rule, in the value of `tag` |
 * | other | nothing: the tag does not exist |
 */
function fetchMetadata(metadata, property) {
    if (property === '')
        return { kind: 'found', text: metadataJson(metadata) };
    const value = metadata.get(property);
    if (value !== undefined)
        return { kind: 'found', text: value ?? '' };
    const dot = property.indexOf('.');
    const holder = dot > 0 ? metadata.get(property.slice(0, dot)) : undefined;
    if (holder === undefined)
        return { kind: 'tag-missing', tag: property };
    return getProperty(holder ?? '', property.slice(dot + 1), property);
}
function metadataJson(metadata) {
    const members = [...metadata]
        .filter((entry) => entry[1] !== null)
        .sort(([a], [b]) => (0,go_hash/* compareBytes */.Xo)(a, b))
        .map(([name, value]) => `${quote(name)}:${quote(value)}`);
    return `{${members.join(',')}}`;
}
/**
 * The keys of an `extract` with `metadataPolicy: Fetch`.
 *
 * ESO 2.9: each tag gives `<secretName>_<tag>`; a tag whose value is a JSON object of texts is opened to
 * `<secretName>_<tag>_<member>`, so `{}` and `null` vanish. With a property there is exactly one key,
 * `<key>_<property>`, looked up under that name in the former and empty when it is not there. It never is there when
 * the key has a prefix (`secret/a`).
 */
function metadataMap({ metadata, refKey, secretName, property }) {
    const opened = new Map([...metadata]
        .filter((entry) => entry[1] !== null)
        .sort(([a], [b]) => (0,go_hash/* compareBytes */.Xo)(a, b))
        .flatMap(([tag, value]) => openedTag(`${secretName}_${tag}`, value)));
    if (property === '')
        return opened;
    const name = `${refKey}_${property}`;
    const result = fetchMetadata(opened, name);
    return new Map([[name, result.kind === 'found' ? result.text : '']]);
}
function openedTag(name, value) {
    const members = textMembers(value);
    if (members === undefined)
        return [[name, value]];
    return members.map(([member, text]) => [`${name}_${member}`, text]);
}
/** A JSON object of texts and nulls, or `null`; `undefined` for everything else. */
function textMembers(json) {
    const value = parseJson(json);
    if (value === null)
        return [];
    if (typeof value !== 'object' || Array.isArray(value))
        return undefined;
    const members = Object.entries(value);
    if (!members.every(([, member]) => member === null || typeof member === 'string'))
        return undefined;
    return members.map(([name, member]) => [name.toWellFormed(), (member ?? '').toWellFormed()]);
}
function parseJson(json) {
    try {
        return JSON.parse(json);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/src/core/model/vault.js
/** `kv-shop/secret/db-password@version`: one text for one object, to read each of them once. */
function remoteObjectKey(object) {
    return `${object.type}/${object.name}@${object.version ?? ''}`;
}

// EXTERNAL MODULE: ./lib/src/core/transform/parse-key.js
var parse_key = __webpack_require__(67002);
;// CONCATENATED MODULE: ./lib/src/core/transform/remote-object.js


/** The object that a key names by the syntax of its store. */
function parseStoreKey(key, syntax) {
    return syntax === 'literal' ? { type: 'secret', name: key } : (0,parse_key/* parseKey */.D)(key);
}
/** The object of a `remoteRef`; an empty version means the latest. */
function remoteObject(parsed, remoteRef) {
    return remoteRef.version === '' ? parsed : { ...parsed, version: remoteRef.version };
}
/**
 * Which objects and lists entries need. Asked twice: first without lists, then once they are read, when what the finds match
 * is added. Keys that name nothing, and extracts of certificates and keys, need nothing: they fail without a request.
 */
function neededObjects(entries, matchesOf = () => [], keySyntax = () => 'azurekv') {
    const objects = new Map();
    const lists = new Map();
    for (const entry of entries) {
        if (entry.kind === 'find')
            lists.set(storeKey(entry.store), entry.store);
        for (const object of objectsOf(entry, matchesOf, keySyntax)) {
            objects.set(`${storeKey(entry.store)} ${remoteObjectKey(object)}`, { store: entry.store, object });
        }
    }
    return { objects: [...objects.values()], lists: [...lists.values()] };
}
function storeKey(store) {
    return `${store.kind}/${store.name}`;
}
function objectsOf(entry, matchesOf, keySyntax) {
    switch (entry.kind) {
        case 'empty':
            return [];
        case 'find':
            return matchesOf(entry).map(latestSecret);
        case 'data':
        case 'extract': {
            const parsed = parseStoreKey(entry.remoteRef.key, keySyntax(entry.store));
            if ('unknownType' in parsed || (entry.kind === 'extract' && parsed.type !== 'secret'))
                return [];
            return [remoteObject(parsed, entry.remoteRef)];
        }
        default:
            return entry;
    }
}
/** A find always reads the latest version. */
function latestSecret(name) {
    return { type: 'secret', name };
}

;// CONCATENATED MODULE: ./lib/src/core/transform/assemble-data.js







const assemble_data_KEY = ['remoteRef', 'key'];
/** Reads, selects, decodes. ESO 2.9: `conversionStrategy` has no effect here. */
function assembleData(context) {
    const { entry, fetched } = context;
    const { remoteRef } = entry;
    const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
    if ('unknownType' in parsed)
        return (0,entry_outcome/* failedAt */.JG)(context, assemble_data_KEY, (0,entry_outcome/* unknownTypeProblem */.QH)(remoteRef.key, parsed.unknownType));
    const read = fetched.get(entry.store, remoteObject(parsed, remoteRef));
    if (read.kind === 'failed')
        return (0,entry_outcome/* unreadableAt */.V$)(context, assemble_data_KEY, read.problem);
    if (read.kind === 'absent')
        return absentAt(context);
    const selected = selectValue(context, parsed, read.object);
    return 'kind' in selected ? selected : finished(context, selected.value);
}
function absentAt(context) {
    const { entry, fetched } = context;
    return {
        kind: 'absent',
        problem: (0,entry_outcome/* problemAt */.l4)(context, assemble_data_KEY, (0,entry_outcome/* absentProblem */.lZ)(entry.remoteRef, fetched.describe(entry.store))),
    };
}
/** ESO 2.9: a certificate is its DER and ignores the property; a key's property is looked up in its JWK. */
function selectValue(context, parsed, object) {
    const { remoteRef } = context.entry;
    const isFetch = remoteRef.metadataPolicy === 'Fetch' && context.fetched.keySyntax(context.entry.store) === 'azurekv';
    if (isFetch) {
        const result = fetchMetadata(metadataOf(object), remoteRef.property);
        if (result.kind === 'found')
            return { value: secret_value/* SecretValue */.i.ofText(result.text) };
        return (0,entry_outcome/* failedAt */.JG)(context, ['remoteRef', 'property'], (0,entry_outcome/* missingProblem */.GN)(result, remoteRef));
    }
    if (object.value === undefined)
        return (0,entry_outcome/* failedAt */.JG)(context, assemble_data_KEY, noValueProblem(context, parsed));
    if (parsed.type === 'cert' || remoteRef.property === '')
        return { value: object.value };
    const result = getProperty(decodeUtf8(object.value.reveal()), remoteRef.property, remoteRef.key);
    if (result.kind === 'found')
        return { value: secret_value/* SecretValue */.i.ofText(result.text) };
    return (0,entry_outcome/* failedAt */.JG)(context, ['remoteRef', 'property'], (0,entry_outcome/* missingProblem */.GN)(result, remoteRef));
}
/** ESO 2.9 panics over a certificate without content, for ever and unseen. */
function noValueProblem({ entry, fetched }, parsed) {
    const what = `"${entry.remoteRef.key}" has no value yet in ${fetched.describe(entry.store)}`;
    const fix = parsed.type === 'cert' ? 'Complete the pending certificate request in the vault.' : 'Give it a value in the vault.';
    return (0,entry_outcome/* errorOf */.Mz)('remote-object-pending', what, fix);
}
function finished(context, value) {
    const { secretKey, remoteRef } = context.entry;
    const result = decodeValues(new Map([[secretKey, value]]), remoteRef);
    if (result.kind === 'finished')
        return (0,entry_outcome/* valuesOf */.sm)(result.values);
    return { kind: 'failed', problems: result.problems.map((problem) => (0,entry_outcome/* problemAt */.l4)(context, ['remoteRef'], problem)) };
}

;// CONCATENATED MODULE: ./lib/src/core/transform/extract.js
/**
 * Takes the members of a JSON object apart, for `dataFrom[].extract`.
 *
 * ESO 2.9, which is Go's encoding/json: a text is decoded, `null` is an empty value, everything else keeps its source
 * text (`1.0` stays `1.0`). Of equal names the last wins; `null` as a whole has no members. Must never put any of the
 * text into a message.
 */


/** The members of the object that a text is. */
function extractMembers(text) {
    const parsed = parseWhole(text);
    if (parsed.kind === 'refused')
        return parsed;
    if (parsed.value === null)
        return { kind: 'members', members: new Map() };
    if (typeof parsed.value !== 'object')
        return { kind: 'refused', reason: `is a JSON ${typeof parsed.value}` };
    if (Array.isArray(parsed.value))
        return { kind: 'refused', reason: 'is a JSON array' };
    const members = membersOf(jsonResult(trim(text)));
    return { kind: 'members', members: new Map(members.map(({ key, value }) => [decoded(key), extract_memberText(value)])) };
}
/** JSON.parse and Go agree on what is JSON. Its error is not used: the message quotes the text. */
function parseWhole(text) {
    if (trim(text) === '')
        return { kind: 'refused', reason: 'is empty' };
    try {
        return { kind: 'parsed', value: JSON.parse(text) };
    }
    catch {
        return { kind: 'refused', reason: 'is not valid JSON' };
    }
}
function extract_memberText(value) {
    if (value.kind === 'text')
        return decoded(value);
    return value.kind === 'null' ? '' : value.raw;
}
/** gjson stops at what it cannot read and swallows what follows a lone surrogate; Go's decoder does neither. */
function decoded(value) {
    return String(JSON.parse(value.raw)).toWellFormed();
}

;// CONCATENATED MODULE: ./lib/src/core/transform/assemble-extract.js








const assemble_extract_KEY = ['extract', 'key'];
const PROPERTY = ['extract', 'property'];
/** Reads, takes apart, converts, checks, decodes. ESO 2.9: certificates and keys are refused without a request. */
function assembleExtract(context) {
    const { entry, fetched } = context;
    const { remoteRef } = entry;
    const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
    if ('unknownType' in parsed)
        return (0,entry_outcome/* failedAt */.JG)(context, assemble_extract_KEY, (0,entry_outcome/* unknownTypeProblem */.QH)(remoteRef.key, parsed.unknownType));
    if (parsed.type !== 'secret')
        return (0,entry_outcome/* failedAt */.JG)(context, assemble_extract_KEY, wrongTypeProblem(remoteRef.key, parsed.type));
    const read = fetched.get(entry.store, remoteObject(parsed, remoteRef));
    if (read.kind === 'failed')
        return (0,entry_outcome/* unreadableAt */.V$)(context, assemble_extract_KEY, read.problem);
    if (read.kind === 'absent')
        return assemble_extract_absentAt(context);
    const selected = isFetch(context) ? tagsOf(context, parsed, read.object) : assemble_extract_membersOf(context, read.object);
    if (selected.kind !== 'texts')
        return selected;
    return assemble_extract_finished(context, new Map([...selected.texts].map(([key, text]) => [key, secret_value/* SecretValue */.i.ofText(text)])));
}
/** Only secrets can be taken apart. */
function wrongTypeProblem(key, type) {
    const what = `"${key}" is a ${type === 'cert' ? 'certificate' : 'key'}, and only secrets can be extracted`;
    return (0,entry_outcome/* errorOf */.Mz)('extract-not-a-secret', what, 'Read it with an entry of spec.data instead.');
}
function assemble_extract_absentAt(context) {
    const { entry, fetched } = context;
    const problem = (0,entry_outcome/* absentProblem */.lZ)(entry.remoteRef, fetched.describe(entry.store));
    return { kind: 'absent', problem: (0,entry_outcome/* problemAt */.l4)(context, assemble_extract_KEY, problem) };
}
function isFetch({ entry, fetched }) {
    return entry.remoteRef.metadataPolicy === 'Fetch' && fetched.keySyntax(entry.store) === 'azurekv';
}
/** ESO 2.9: the property must first be found as for `data`, although the result is then looked up anew. */
function tagsOf(context, parsed, object) {
    const { remoteRef } = context.entry;
    const metadata = metadataOf(object);
    const result = fetchMetadata(metadata, remoteRef.property);
    if (result.kind !== 'found')
        return (0,entry_outcome/* failedAt */.JG)(context, PROPERTY, (0,entry_outcome/* missingProblem */.GN)(result, remoteRef));
    const { key: refKey, property } = remoteRef;
    return { kind: 'texts', texts: metadataMap({ metadata, refKey, secretName: parsed.name, property }) };
}
function assemble_extract_membersOf(context, object) {
    const { remoteRef } = context.entry;
    const text = object.value === undefined ? '' : decodeUtf8(object.value.reveal());
    const selected = getProperty(text, remoteRef.property, remoteRef.key);
    if (selected.kind !== 'found')
        return (0,entry_outcome/* failedAt */.JG)(context, PROPERTY, (0,entry_outcome/* missingProblem */.GN)(selected, remoteRef));
    const result = extractMembers(selected.text);
    if (result.kind === 'members')
        return { kind: 'texts', texts: result.members };
    return (0,entry_outcome/* failedAt */.JG)(context, ['extract'], notAnObjectProblem(context, result.reason));
}
function notAnObjectProblem({ entry, fetched }, reason) {
    const { key, property } = entry.remoteRef;
    const subject = property === '' ? `"${key}"` : `"${property}" of "${key}"`;
    const what = `needs a JSON object, and ${subject} in ${fetched.describe(entry.store)} ${reason}`;
    return (0,entry_outcome/* errorOf */.Mz)('extract-not-an-object', what, 'Store a JSON object, or read the value with an entry of spec.data.');
}
function assemble_extract_finished(context, values) {
    const { entry, environment, account } = context;
    const result = finishMap(values, entry.remoteRef, { rewrite: entry.rewrite, environment, account });
    if (result.kind === 'finished')
        return (0,entry_outcome/* valuesOf */.sm)(result.values);
    const { problems, path = ['extract'] } = result;
    return { kind: 'failed', problems: problems.map((problem) => (0,entry_outcome/* problemAt */.l4)(context, path, problem)) };
}

;// CONCATENATED MODULE: ./lib/src/core/transform/vanished.js



const FIND = ['find'];
/** More names than these make no message better. */
const vanished_MOST_NAMES = 3;
/** Whether nothing at all would be left of what a find matches, so that list and reads have to be asked once more. */
function isAllVanished(entry, fetched) {
    const listed = fetched.list(entry.store);
    if (listed.kind === 'failed')
        return false;
    const names = matchFind(listed.items, entry.find, fetched.fittingNames(entry));
    return names.length > 0 && names.every((name) => fetched.get(entry.store, latestSecret(name)).kind === 'absent');
}
/** What is told where `gone` of the `matched` names were not there; undefined where none is gone. */
function vanishedProblem(context, gone, matched) {
    const [first] = gone;
    if (first === undefined)
        return undefined;
    if (context.intent.target.deletionPolicy === 'Retain')
        return retained(context, first);
    return gone.length === matched ? contradicted(context, gone) : leftOut(context, gone);
}
function retained(context, name) {
    const what = `matched "${name}", which was deleted from ${vanished_placeOf(context)} before it could be read`;
    const fix = 'Run again; set target.deletionPolicy to Merge if secrets come and go.';
    return (0,entry_outcome/* problemAt */.l4)(context, FIND, (0,entry_outcome/* errorOf */.Mz)('remote-object-absent', what, fix));
}
function contradicted(context, gone) {
    const what = `matched ${quoted(gone)}, which ${vanished_placeOf(context)} lists twice and does not have when it is read`;
    const fix = 'Nothing is changed for an answer that contradicts itself. Run again in a minute.';
    return (0,entry_outcome/* problemAt */.l4)(context, FIND, (0,entry_outcome/* errorOf */.Mz)('match-vanished', what, fix));
}
function leftOut(context, gone) {
    const what = `matched ${quoted(gone)}, deleted from ${vanished_placeOf(context)} before it could be read and left out`;
    const fix = 'Nothing needs to be done if that was meant; the next run lists the vault anew.';
    return (0,entry_outcome/* problemAt */.l4)(context, FIND, { severity: 'warning', code: 'match-vanished', what, fix });
}
function vanished_placeOf({ fetched, entry }) {
    return fetched.describe(entry.store);
}
function quoted(names) {
    const shown = names.slice(0, vanished_MOST_NAMES).map((name) => `"${name}"`);
    const more = names.length - shown.length;
    return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

;// CONCATENATED MODULE: ./lib/src/core/transform/assemble-find.js







const assemble_find_FIND = ['find'];
const assemble_find_NAME = ['find', 'name', 'regexp'];
/** Lists, reads each match, converts, checks, decodes. A match that cannot be read fails the whole entry. */
function assembleFind(context) {
    const { entry, fetched } = context;
    const listed = fetched.list(entry.store);
    if (listed.kind === 'failed')
        return (0,entry_outcome/* unreadableAt */.V$)(context, assemble_find_FIND, listed.problem);
    const fitting = fetched.fittingNames(entry);
    if (fitting === 'too-costly')
        return { kind: 'failed', problems: [findTooCostly(context, listed.items)] };
    const names = matchFind(listed.items, entry.find, fitting);
    const read = readAll(context, names);
    if ((0,model_problem/* hasErrors */.Cs)(read.problems))
        return { kind: 'unreadable', problems: read.problems };
    const result = finishMap(read.values, entry.find, { ...context, rewrite: entry.rewrite });
    if (result.kind === 'refused') {
        const { problems, path = assemble_find_FIND } = result;
        return { kind: 'failed', problems: problems.map((problem) => (0,entry_outcome/* problemAt */.l4)(context, path, problem)) };
    }
    const nothing = names.length === 0 ? [findEmpty(context, { listed: listed.items, fitting })] : [];
    return { kind: 'values', values: result.values, warnings: [...nothing, ...read.problems] };
}
/** That a find takes nothing is no mistake by itself, but mostly a wrong pattern. */
function findEmpty(context, names) {
    const { entry, fetched } = context;
    return (0,entry_outcome/* problemAt */.l4)(context, assemble_find_FIND, nothingFound(names, entry.find, fetched.describe(entry.store)));
}
function findTooCostly(context, listed) {
    const place = context.fetched.describe(context.entry.store);
    const secrets = listed.length === 1 ? '1 secret' : `${listed.length} secrets`;
    const what = `is too large a pattern to search the names of ${secrets} in ${place}`;
    return (0,entry_outcome/* problemAt */.l4)(context, assemble_find_NAME, (0,entry_outcome/* errorOf */.Mz)('find-too-costly', what, 'Write it shorter, or split it into several finds.'));
}
/** A secret without a value is passed over. ESO 2.9's default engine would panic over it. */
function readAll(context, names) {
    const { entry, fetched } = context;
    const values = new Map();
    const problems = [];
    const gone = [];
    for (const name of names) {
        const read = fetched.get(entry.store, latestSecret(name));
        if (read.kind === 'failed')
            problems.push((0,entry_outcome/* problemAt */.l4)(context, assemble_find_FIND, read.problem));
        else if (read.kind === 'absent')
            gone.push(name);
        else if (read.object.value !== undefined)
            values.set(name, read.object.value);
    }
    const vanished = problems.length === 0 ? vanishedProblem(context, gone, names.length) : undefined;
    return { values, problems: vanished === undefined ? problems : [vanished] };
}

;// CONCATENATED MODULE: ./lib/src/core/transform/assemble.js









/** The data, or every reason why there is none. `environment` is for the templates of `rewrite`. */
function assemble(intent, fetched, environment) {
    const account = new template_limits/* Account */.gD(template_limits/* DEFAULT_LIMITS */.dR);
    const data = new Map();
    const missing = [];
    const problems = [];
    for (const entry of intent.entries) {
        const outcome = assembleEntry({ intent, fetched, environment, account, entry });
        switch (outcome.kind) {
            case 'values':
                for (const [key, value] of outcome.values)
                    data.set(key, value);
                problems.push(...outcome.warnings);
                break;
            case 'absent':
                if (intent.target.deletionPolicy === 'Retain')
                    problems.push(outcome.problem);
                else
                    missing.push(missingOf(entry));
                break;
            case 'unreadable':
                for (const problem of outcome.problems)
                    addNew(problems, problem);
                break;
            case 'failed':
                problems.push(...outcome.problems);
                break;
            default:
                outcome;
        }
    }
    return (0,model_problem/* hasErrors */.Cs)(problems) ? { problems, missing } : { data, missing, warnings: problems };
}
function missingOf(entry) {
    return entry.kind === 'data' ? { entry, key: entry.remoteRef.key } : { entry };
}
/** ESO 2.9: an entry that holds only a store contributes nothing, also when that store does not exist. */
function assembleEntry(context) {
    const { entry, fetched } = context;
    if (entry.kind === 'empty')
        return (0,entry_outcome/* valuesOf */.sm)(new Map());
    const storeProblem = fetched.storeProblem(entry.store);
    if (storeProblem !== undefined)
        return (0,entry_outcome/* unreadableAt */.V$)(context, [], storeProblem);
    switch (entry.kind) {
        case 'data':
            return assembleData({ ...context, entry });
        case 'extract':
            return assembleExtract({ ...context, entry });
        case 'find':
            return assembleFind({ ...context, entry });
        default:
            return entry;
    }
}
/**
 * A vault or store that does not answer says so once per ExternalSecret and not once per entry: the first place stands
 * for all.
 */
function addNew(problems, problem) {
    const isTold = problems.some((told) => told.code === problem.code && told.what === problem.what);
    if (!isTold)
        problems.push(problem);
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/fetched-entries.js
/** What one intent's entries found in their stores: reads them, and answers `assemble` from memory. */





/** Hex digits; what is compared is one ExternalSecret with itself. */
const MARK_LENGTH = 16;
/** One text for a store reference, within one namespace. */
function fetched_entries_storeKey(ref) {
    return `${ref.kind}/${ref.name}`;
}
class FetchedEntries {
    #opened;
    #reads;
    #pieces;
    #lists = new Map();
    #fitting = new Map();
    #objects = new Map();
    /** The same by vault, whichever store they were read through. */
    #vaults = new Map();
    #entries = [];
    constructor(opened, { reads, pieces }) {
        this.#opened = opened;
        this.#reads = reads;
        this.#pieces = pieces;
    }
    /** Reads what these entries need: their lists first, then every object they name or match. */
    async read(entries) {
        this.#entries.push(...entries);
        await this.#readLists(entries, this.#reads);
        await this.#searchLists(entries);
        await this.#readObjects(entries, this.#reads);
        await this.#decide(entries);
    }
    /** Where nothing is left of what a find matched, list and reads are asked once more. */
    async #decide(entries) {
        const isListed = ({ store }) => this.#lists.has(fetched_entries_storeKey(store));
        const doubtful = entries.filter((entry) => entry.kind === 'find' && isListed(entry) && isAllVanished(entry, this));
        if (doubtful.length === 0)
            return;
        await this.#readLists(doubtful, this.#reads.again);
        await this.#searchLists(this.#entries);
        await this.#readObjects(this.#entries, this.#reads.again);
    }
    /** Those that were found already are not read again. */
    async #readObjects(entries, reads) {
        const matchesOf = (entry) => this.#matchesOf(entry);
        const { objects } = neededObjects(entries, matchesOf, (ref) => this.keySyntax(ref));
        const isOpen = ({ store, object }) => this.#objects.get(objectKey(store, object))?.kind !== 'found';
        await Promise.all(objects.filter(isOpen).map((needed) => this.#readObject(needed, reads)));
    }
    get(store, object) {
        return this.#objects.get(objectKey(store, object)) ?? neverRead();
    }
    list(store) {
        return this.#lists.get(fetched_entries_storeKey(store)) ?? neverRead();
    }
    fittingNames(entry) {
        return this.#fitting.get(entry) ?? neverRead();
    }
    /** Of the versions that were read, in whatever order; absent where an object has none, as those of the fake provider. */
    versionsMark() {
        const lines = [...this.#objects].map(([key, result]) => versionLine(key, result));
        if (lines.length === 0 || lines.includes(undefined))
            return undefined;
        return (0,go_hash/* hashText */.qj)(lines.sort().join('\n')).slice(0, MARK_LENGTH);
    }
    /** The same by vault, in a form that tells changes of one object from others. Vaults without versions are left out. */
    vaultMarks() {
        const vaults = [...this.#vaults].sort(([a], [b]) => (0,object_ref/* compareText */.n6)(a, b));
        return Object.fromEntries(vaults.flatMap(([vault, results]) => {
            const versions = [...results].map(([object, result]) => [object, versionOf(result)]);
            const known = versions.flatMap(([object, version]) => version === undefined ? [] : [[object, version]]);
            return known.length < versions.length ? [] : [[vault, vaultMark(known)]];
        }));
    }
    storeProblem(store) {
        const opened = this.#opened.get(fetched_entries_storeKey(store));
        return opened !== undefined && 'finding' in opened ? { severity: 'error', ...opened.finding } : undefined;
    }
    keySyntax(store) {
        const opened = this.#opened.get(fetched_entries_storeKey(store));
        return opened !== undefined && 'store' in opened ? opened.store.keySyntax : 'azurekv';
    }
    describe(store) {
        return this.#provider(store)?.description ?? `store ${store.name}`;
    }
    async #readLists(entries, reads) {
        const { lists } = neededObjects(entries);
        await Promise.all(lists.map((ref) => this.#readList(ref, reads)));
    }
    /** What the patterns of finds fit among all that is listed: worked out once, since it may take a while. */
    async #searchLists(entries) {
        for (const entry of entries) {
            const list = entry.kind === 'find' ? this.#lists.get(fetched_entries_storeKey(entry.store)) : undefined;
            if (entry.kind !== 'find' || list?.kind !== 'listed')
                continue;
            this.#fitting.set(entry, await this.#pieces.run(fittingNames(list.items, entry.find.nameRegexp)));
        }
    }
    #matchesOf(entry) {
        const list = this.#lists.get(fetched_entries_storeKey(entry.store));
        return list?.kind === 'listed' ? matchFind(list.items, entry.find, this.fittingNames(entry)) : [];
    }
    async #readList(ref, reads) {
        const provider = this.#provider(ref);
        if (provider !== undefined)
            this.#lists.set(fetched_entries_storeKey(ref), await reads.list(provider));
    }
    async #readObject({ store, object }, reads) {
        const provider = this.#provider(store);
        if (provider === undefined)
            return;
        const result = await reads.get(provider, object);
        this.#objects.set(objectKey(store, object), result);
        const inVault = this.#vaults.get(provider.description) ?? new Map();
        this.#vaults.set(provider.description, inVault.set(remoteObjectKey(object), result));
    }
    #provider(ref) {
        const opened = this.#opened.get(fetched_entries_storeKey(ref));
        return opened !== undefined && 'provider' in opened ? opened.provider : undefined;
    }
}
function versionLine(key, result) {
    const version = versionOf(result);
    return version === undefined ? undefined : `${key} ${version}`;
}
/** Where there is none to be found, that is what can be told of it. */
function versionOf(result) {
    return result.kind === 'found' ? result.object.version : result.kind;
}
function objectKey(store, object) {
    return `${fetched_entries_storeKey(store)} ${remoteObjectKey(object)}`;
}
function neverRead() {
    throw new Error('Bug: assemble asked for an object that neededObjects did not name. Please report this.');
}

// EXTERNAL MODULE: ./lib/src/engine/sync/template-inputs.js
var template_inputs = __webpack_require__(37573);
;// CONCATENATED MODULE: ./lib/src/engine/sync/read-source.js



/** With values, as a sync needs them. */
async function readValues(intent, session) {
    const fetched = new FetchedEntries(await openAll(intent, session.stores), session);
    const assembled = await readAndAssemble(intent, fetched, session);
    if ('problems' in assembled)
        return { kind: 'failed', ...assembled };
    const rendered = await session.templates.render(intent, assembled.data);
    const versionsMark = fetched.versionsMark();
    const sourceMarks = await readMarks(intent, fetched, session);
    return {
        kind: 'data',
        ...assembled,
        ...(rendered === undefined ? {} : { rendered }),
        ...(versionsMark === undefined ? {} : { versionsMark }),
        ...(sourceMarks === undefined ? {} : { sourceMarks }),
    };
}
/** What the guard on updates compares with the last sync; `undefined` where not all of it is known. */
async function readMarks(intent, fetched, { templates, settings: { engineVersion } }) {
    const engine = engineVersion === undefined ? undefined : await templates.mark(intent, engineVersion);
    return engine === undefined ? undefined : { engine, vaults: fetched.vaultMarks() };
}
/**
 * A person wants every problem at once, so everything is read together. The job comes back every few minutes: there
 * entries are read in their order and, as in ESO 2.9, nothing more is asked once it is clear that nothing can be written.
 */
async function readAndAssemble(intent, fetched, session) {
    const environment = (0,template_inputs/* templateEnvironment */.a)(session.ports);
    // Templates of `rewrite` are work, too.
    const assembled = (entries) => session.pieces.one(() => assemble({ ...intent, entries }, fetched, environment));
    if (session.settings.mode === 'always') {
        await fetched.read(intent.entries);
        return await assembled(intent.entries);
    }
    for (const [index, entry] of intent.entries.entries()) {
        await fetched.read([entry]);
        const sofar = await assembled([entry]);
        if (!('problems' in sofar))
            continue;
        return await assembled(intent.entries.slice(0, index + 1));
    }
    return await assembled(intent.entries);
}
/** Every store that the entries name, by its text. */
async function openAll(intent, stores) {
    const refs = new Map(intent.entries.filter((entry) => entry.kind !== 'empty').map((e) => [fetched_entries_storeKey(e.store), e.store]));
    const opened = await Promise.all([...refs].map(async ([key, ref]) => [key, await stores.open(ref, intent.ref.namespace)]));
    return new Map(opened);
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/levels.js


const FULL = { name: 'full', readSource: readValues, makePlan: makePlan };

;// CONCATENATED MODULE: ./lib/src/engine/sync/phase.js
const silently = (_phase, work) => work();

;// CONCATENATED MODULE: ./lib/src/core/plan/status.js
/** ESO's status after a pass: which condition, since when, and what is remembered for the next one. */



/**
 * ESO 2.9, 4.1: an identical condition is left untouched; the same status with another text keeps its time;
 * a replaced one moves to the end.
 */
function setCondition(conditions, next, now) {
    const current = conditions.find((condition) => condition.type === next.type);
    if (current?.status === next.status && current.reason === next.reason && current.message === next.message) {
        return conditions;
    }
    const lastTransitionTime = current?.status === next.status ? current.lastTransitionTime : (0,sync_record/* wholeSeconds */.$P)(now);
    return [...conditions.filter((condition) => condition.type !== next.type), { ...next, lastTransitionTime }];
}
/** Moves on only when all was done: until then the Secret of the earlier name is still to be cleaned up. */
function lastTargetAfter({ result }, before) {
    const earlier = before.lastTarget ?? before.binding;
    const target = result.refreshed ? (result.binding ?? earlier) : earlier;
    return target === '' ? {} : { lastTarget: target };
}
/** The state to remember after this plan item was carried out; `undefined` = nothing to write. */
function nextState(item, before, now) {
    const { condition, refreshed, binding } = item.result;
    if (condition === undefined)
        return undefined;
    const base = before ?? model_condition/* EMPTY_STATE */.W;
    return {
        ...(refreshed ? {} : base),
        conditions: setCondition(base.conditions, { type: 'Ready', ...condition }, now),
        binding: binding ?? base.binding,
        ...lastTargetAfter(item, base),
        ...(refreshed ? refreshOf(item, now) : {}),
    };
}
function refreshOf({ intent, result }, now) {
    const { generation, annotations, labels } = intent;
    return {
        refreshTime: now,
        syncedResourceVersion: (0,go_hash/* syncedResourceVersion */.hE)(generation, annotations, labels),
        ...(0,model_condition/* marksOf */.O)(result),
    };
}

// EXTERNAL MODULE: ./lib/src/core/resolve/sources.js
var resolve_sources = __webpack_require__(11225);
;// CONCATENATED MODULE: ./lib/src/core/report/sources.js


/** The report with the sources of its objects. */
function withSources(report, { intents, stores }) {
    const known = new Map(stores.map((store) => [(0,object_ref/* refText */.d0)(store.ref), store]));
    const sources = new Map(intents.map((intent) => [(0,object_ref/* refText */.d0)(intent.ref), (0,resolve_sources/* sourcesOf */.u)(intent, known)]));
    return {
        ...report,
        objects: report.objects.map((object) => ({ ...object, sources: sources.get((0,object_ref/* refText */.d0)(object.ref)) ?? [] })),
    };
}

// EXTERNAL MODULE: ./lib/src/core/resolve/refresh.js + 1 modules
var resolve_refresh = __webpack_require__(44761);
// EXTERNAL MODULE: ./lib/src/engine/sync/findings.js
var findings = __webpack_require__(75331);
;// CONCATENATED MODULE: ./lib/src/engine/sync/store-world.js
/** What is known of stores and namespaces before a store is opened. */



async function storeWorld(loaded, ports, settings) {
    const stores = new Map(loaded.stores.map((store) => [(0,object_ref/* refText */.d0)(store.ref), store]));
    const labels = await namespaceLabels(loaded, loaded.stores, ports);
    return {
        stores,
        refused: new Set(loaded.refused.map(object_ref/* refText */.d0)),
        foreign: loaded.foreignStores,
        controllerClass: settings.controllerClass,
        namespaceLabels: (namespace) => labels.get(namespace),
    };
}
/** Namespaces are read only where a cluster store's conditions ask for them. */
async function namespaceLabels(loaded, stores, ports) {
    const conditioned = new Set(stores.filter((s) => s.conditions.length > 0).map((s) => s.ref.name));
    const asking = loaded.intents.filter((intent) => intent.entries.some(({ store }) => (0,kinds/* isClusterWide */.O9)(store.kind) && conditioned.has(store.name)));
    const names = [...new Set(asking.map((intent) => intent.ref.namespace))];
    return new Map(await Promise.all(names.map(async (name) => [name, await readNamespace(name, ports)])));
}
async function readNamespace(name, { cluster, logger }) {
    try {
        return (await cluster.getNamespace(name))?.labels;
    }
    catch (error) {
        const { kind, message } = (0,errors/* asPortError */.Ux)(error);
        // Many conditions can be judged by the name alone; where not, their problem says so.
        logger[kind === 'Forbidden' ? 'debug' : 'warn'](`namespace ${name} could not be read: ${message}`);
        return kind === 'Forbidden' ? 'unreadable' : undefined;
    }
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/resolve.js
/**
 * What the manifests mean here and now: which stores there are, which intents are due, which are no longer written down.
 *
 * State and live Secrets are read, no vault is.
 */












/** Of everything at once; each intent is looked at by `resolvePull`. */
async function resolve(loaded, ports, settings) {
    const forgotten = await forgottenIntents(loaded, ports);
    const gone = forgotten.filter((ref) => isSurelyGone(ref, loaded));
    return {
        world: await storeWorld(loaded, ports, settings),
        others: {
            gone: new Set(settings.prune ? gone.map(createdBy) : []),
            known: new Map(loaded.known.map(({ ref }) => [createdBy(ref), `${ref.namespace}/${ref.name}`])),
        },
        forgotten: forgotten.length,
        gone,
    };
}
/** Never rejects for what a cluster does. */
async function resolvePull(intent, world, ports, settings) {
    const nothing = { intent, state: undefined, live: undefined };
    if ((0,resolve_stores/* belongsToOtherClass */.eE)(intent, world)) {
        return { ...nothing, settled: { kind: 'other-class', reason: 'its store belongs to another controller' } };
    }
    try {
        const [state, live] = await Promise.all([ports.state.read(intent.ref), ports.cluster.getSecret((0,model_target/* targetOf */.$r)(intent))]);
        const settled = notDue(intent, state, live, { mode: settings.mode, now: ports.clock.now() });
        return { intent, state, live, ...(settled === undefined ? {} : { settled }) };
    }
    catch (error) {
        return { ...nothing, settled: (0,findings/* failedSource */.x6)((0,findings/* clusterProblem */.En)(intent, (0,errors/* failureOf */.g5)(error))) };
    }
}
/** `undefined` = it is due. */
function notDue(intent, state, live, { mode, now }) {
    const target = live === undefined ? undefined : withManagedLabel(live);
    const decision = (0,resolve_refresh/* decideRefresh */.Cg)({
        refresh: intent.refresh,
        state,
        resourceVersion: (0,go_hash/* syncedResourceVersion */.hE)(intent.generation, intent.annotations, intent.labels),
        now,
        targetValid: (0,resolve_refresh/* isTargetValid */._N)({ creationPolicy: intent.target.creationPolicy, target }),
        mode,
    });
    if (decision.due)
        return undefined;
    return { kind: 'not-due', reason: `${decision.reason}${dueAgain(intent, state, now)}` };
}
function dueAgain({ refresh }, state, now) {
    const due = (0,resolve_refresh/* nextDue */.m3)({ refresh, state, now });
    return due === undefined || due <= now ? '' : `, due again at ${(0,sync_record/* wholeSeconds */.$P)(due)}`;
}
/** Remembered ExternalSecrets that no manifest holds any more. Ones that are merely refused are not gone. */
async function forgottenIntents(loaded, ports) {
    const seen = [...loaded.known.map(({ ref }) => ref), ...loaded.refused, ...loaded.others];
    const present = new Set(seen.map(object_ref/* refText */.d0));
    const remembered = await ports.state.remembered('pull');
    return remembered.flatMap(({ kind, namespace, name }) => namespace === undefined || present.has((0,object_ref/* refText */.d0)({ kind, namespace, name })) ? [] : [{ kind, namespace, name }]);
}
/**
 * Not where a document could not be read, nor where an ExternalSecret of the same namespace was refused: either may be
 * the one that takes over. And not in a namespace that these manifests say nothing about: an empty input, or one for
 * another namespace, is no wish to delete.
 */
function isSurelyGone(ref, loaded) {
    if (!loaded.known.some((intent) => intent.ref.namespace === ref.namespace))
        return false;
    const refusedHere = loaded.refused.some(({ kind, namespace }) => (0,kinds/* roleOf */.kp)(kind) === 'pull' && namespace === ref.namespace);
    return loaded.complete && !refusedHere;
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/gather-pulls.js
/** Reads what planning one ExternalSecret needs: state and live Secret, then only where it is due its vault objects. */









/** In the order of the intents. A failed read becomes data about one intent and never stops another. */
async function gatherPulls(intents, session) {
    return await (0,p_limit/* default */.A)(session.settings.concurrency).map(intents, (intent) => gatherPull(intent, session));
}
/** Secret and state are read afresh, vault objects as far as this session has not read them. */
async function gatherPull(intent, session) {
    const { ports, settings, stores, others } = session;
    const resolved = await resolvePull(intent, stores.world, ports, settings);
    const { state, live, settled } = resolved;
    const base = { intent, state, live, stale: [], ...others };
    if (settled?.kind === 'not-due')
        ports.logger.debug(`${(0,object_ref/* refText */.d0)(intent.ref)}: ${settled.reason}`);
    return settled === undefined ? await readDue(resolved, session) : { ...base, source: settled };
}
async function readDue({ intent, state, live }, session) {
    const { ports, others, readSource } = session;
    try {
        const source = await readSource(intent, session);
        ports.logger.debug(`${(0,object_ref/* refText */.d0)(intent.ref)}: read`);
        const stale = source.kind === 'data' ? await staleSecrets(intent, state, ports) : [];
        return { intent, state, live, stale, ...others, source };
    }
    catch (error) {
        const problem = error instanceof engine_stop/* RunStopped */.NL ? stoppedReading(intent) : (0,findings/* clusterProblem */.En)(intent, (0,errors/* failureOf */.g5)(error));
        return { intent, state: undefined, live: undefined, stale: [], ...others, source: (0,findings/* failedSource */.x6)(problem) };
    }
}
/** Seen only where an object is read again while others are written: a run that only reads ends as a whole. */
function stoppedReading({ ref }) {
    return { ...(0,engine_stop/* runStopped */.TC)('this was not read to its end', 'Run it again.'), at: ref };
}
/**
 * Secrets of an earlier target name. Searched for only where the record says that the name has changed:
 * by label where listing is allowed, else by the recorded name.
 */
async function staleSecrets(intent, state, ports) {
    const previous = state?.lastTarget ?? state?.binding ?? '';
    const owns = intent.target.creationPolicy === 'Owner';
    if (!owns || previous === '' || previous === intent.target.name)
        return [];
    try {
        return await ports.cluster.listSecrets(intent.ref.namespace, {
            key: model_names/* CREATED_BY_LABEL */.op,
            value: createdBy(intent.ref),
        });
    }
    catch (error) {
        if ((0,errors/* asPortError */.Ux)(error).kind !== 'Forbidden')
            throw error;
        const secret = await ports.cluster.getSecret((0,model_secret/* secretRef */.C)(intent.ref.namespace, previous));
        return secret === undefined ? [] : [secret];
    }
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/publish.js
/** Tells the outcome of one item: log line, state (status), Events. A failure here never undoes a sync. */







async function publish(carriedOut, ports, settings) {
    const applied = { ...carriedOut, item: filteredItem(carriedOut.item, ports.redact ?? unchanged) };
    log(applied, ports, settings);
    if (applied.left === true)
        return;
    const { intent, result } = applied.item;
    await publish_record(intent.ref, ports, async () => {
        await writeState(applied, ports);
        for (const event of result.events)
            await ports.publisher.event(intent.ref, event);
    });
}
function unchanged(text) {
    return text;
}
/** What cannot be recorded is told, and stops nothing: what was done stays done. */
async function publish_record(ref, { logger }, act) {
    try {
        await act();
    }
    catch (error) {
        const { what, fix } = (0,errors/* failureOf */.g5)(error);
        logger.warn(`${(0,object_ref/* refText */.d0)(ref)}: the outcome could not be recorded: ${what}. ${fix}`);
    }
}
/** ExternalSecrets that their own manifest keeps from being planned: their status says so, nothing else is touched. */
async function publishRefused(loaded, ports) {
    for (const ref of loaded.refused.filter(({ kind }) => (0,kinds/* roleOf */.kp)(kind) === 'pull')) {
        await publish_record(ref, ports, () => publishRefusal(ref, loaded, ports));
    }
}
async function publishRefusal(ref, loaded, ports) {
    const { state, publisher, clock, redact = unchanged } = ports;
    const own = loaded.problems.filter(({ at, severity }) => at !== undefined && (0,object_ref/* refText */.d0)(at) === (0,object_ref/* refText */.d0)(ref) && severity === 'error');
    const message = own.map((problem) => (0,model_problem/* problemText */.fI)(filteredProblem(problem, redact))).join('\n');
    const before = (await state.read(ref)) ?? model_condition/* EMPTY_STATE */.W;
    const condition = { type: 'Ready', status: 'False', reason: 'SecretSyncedError', message };
    await state.write(ref, { ...before, conditions: setCondition(before.conditions, condition, clock.now()) });
    await publisher.event(ref, { type: 'Warning', reason: 'UpdateFailed', message });
}
async function writeState({ item }, { state, clock }) {
    const before = await state.read(item.intent.ref);
    const after = nextState(item, before, clock.now());
    if (after !== undefined && !sameState(before, after))
        await state.write(item.intent.ref, after);
}
function sameState(a, b) {
    return a !== undefined && JSON.stringify(a) === JSON.stringify({ ...a, ...b });
}
function log({ item, done, left }, { logger }, { problemsInLog }) {
    for (const change of done)
        logger.info(changeText(change), changeFields(change));
    for (const problem of problemsInLog ? item.problems : []) {
        if (problem.severity === 'error')
            logger.error((0,model_problem/* problemText */.fI)(problem), { code: problem.code });
        else
            logger.warn((0,model_problem/* problemText */.fI)(problem), { code: problem.code });
    }
    if (done.length > 0 || item.problems.length > 0 || left === true)
        return;
    logger.debug(`${(0,object_ref/* refText */.d0)(item.intent.ref)}: ${item.reason ?? item.verdict}`);
}
/** `Secret shop/orders-db: update, 1 key changed (password)`. */
function changeText(change) {
    const keys = [...change.keys.added, ...change.keys.updated, ...change.keys.removed];
    const count = keys.length === 0 ? 'no key changed' : `${keys.length} ${keys.length === 1 ? 'key' : 'keys'} changed`;
    const names = keys.length === 0 || keys.length > 5 ? '' : ` (${keys.join(', ')})`;
    return `${(0,object_ref/* refText */.d0)(change.target)}: ${change.action}, ${count}${names}`;
}
function changeFields(change) {
    const { added, updated, removed } = change.keys;
    return { owner: (0,object_ref/* refText */.d0)(change.owner), target: (0,object_ref/* refText */.d0)(change.target), added, updated, removed };
}

// EXTERNAL MODULE: ./lib/src/engine/sync/pieces.js
var sync_pieces = __webpack_require__(80778);
;// CONCATENATED MODULE: ./lib/src/engine/sync/reads.js



class VaultReads {
    #objects = new Map();
    #lists = new Map();
    #broken = new Map();
    #counts;
    #again;
    constructor(counts = { objects: 0, lists: 0 }) {
        this.#counts = counts;
    }
    /** Remembers nothing that was read so far, and counts on. */
    afresh() {
        return new VaultReads(this.#counts);
    }
    /** A second memory, for what the first answer leaves open: it too asks for everything once at most. */
    get again() {
        this.#again ??= this.afresh();
        return this.#again;
    }
    /** Never rejects for anything a provider does: the outcome is data. */
    get(provider, object) {
        const key = `${provider.key} ${remoteObjectKey(object)}`;
        return remember(this.#objects, key, () => this.#guarded(provider, async () => {
            this.#counts.objects += 1;
            const found = await provider.get(object);
            return found === undefined ? { kind: 'absent' } : { kind: 'found', object: found };
        }));
    }
    list(provider) {
        return remember(this.#lists, provider.key, () => this.#guarded(provider, async () => {
            this.#counts.lists += 1;
            return { kind: 'listed', items: await provider.list() };
        }));
    }
    /** Numbers for the report. */
    get counts() {
        return { ...this.#counts };
    }
    async #guarded(provider, read) {
        try {
            const broken = this.#broken.get(provider.key);
            if (broken !== undefined)
                throw broken;
            return await read();
        }
        catch (error) {
            const portError = (0,errors/* asPortError */.Ux)(error);
            if (portError.whole)
                this.#broken.set(provider.key, portError);
            return { kind: 'failed', problem: (0,findings/* findingOf */.hD)(portError) };
        }
    }
}
function remember(memory, key, read) {
    const known = memory.get(key);
    if (known !== undefined)
        return known;
    const fresh = read();
    memory.set(key, fresh);
    return fresh;
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/stores.js








class OpenStores {
    #world;
    #factory;
    #opened = new Map();
    constructor(world, factory) {
        this.#world = world;
        this.#factory = factory;
    }
    get world() {
        return this.#world;
    }
    /** The store that a reference names, opened, or why not. Never rejects for what a user did. */
    async open(ref, namespace) {
        const store = (0,resolve_stores/* resolveStore */.gn)(ref, namespace, this.#world);
        if (!(0,resolve_stores/* isStore */.ok)(store))
            return { finding: store };
        const result = await this.openStore(store, namespace);
        if ('provider' in result)
            return { store, provider: result.provider };
        const { code, what, fix } = (0,findings/* findingOf */.hD)(result.error);
        return { finding: { code, what: `names ${(0,object_ref/* refText */.d0)(store.ref)}, which cannot be used: ${what}`, fix } };
    }
    openStore(store, namespace) {
        const key = `${(0,object_ref/* refText */.d0)(store.ref)} ${(0,kinds/* isClusterWide */.O9)(store.ref.kind) ? namespace : ''}`;
        const known = this.#opened.get(key);
        if (known !== undefined)
            return known;
        const fresh = this.#factory.open(store, namespace).then((provider) => ({ provider }), (error) => ({ error: (0,errors/* asPortError */.Ux)(error) }));
        this.#opened.set(key, fresh);
        return fresh;
    }
}
/** ESO 2.9, 5.1: conditions and Events of every store of our class. Nothing is asked of the vault. */
async function reportStores(stores, ports) {
    for (const store of stores.world.stores.values()) {
        if ((0,resolve_stores/* isManaged */.yF)(store, stores.world))
            await publish_record(store.ref, ports, () => reportStore(store, stores, ports));
    }
}
async function reportStore(store, stores, ports) {
    const before = await ports.state.readStore(store.ref);
    const result = store.isReferent ? undefined : await stores.openStore(store, store.ref.namespace ?? '');
    const error = result !== undefined && 'error' in result ? result.error : undefined;
    const message = error === undefined ? undefined : (0,shown/* inOneLine */.UX)((ports.redact ?? String)(`${error.what}. ${error.fix}`));
    const status = storeStatus(store, before, { message, now: ports.clock.now() });
    if (message !== undefined) {
        await ports.publisher.event(store.ref, { type: 'Warning', reason: 'InvalidProviderConfig', message });
    }
    else if (status.conditions !== before?.conditions) {
        await ports.publisher.event(store.ref, { type: 'Normal', reason: 'Valid', message: 'store validated' });
    }
    if (status.conditions !== before?.conditions)
        await ports.state.writeStore(store.ref, status);
}
function storeStatus({ capabilities }, before, { message, now }) {
    const conditions = before?.conditions ?? [];
    if (message === undefined) {
        const valid = { type: 'Ready', status: 'True', reason: 'Valid', message: 'store validated' };
        return { conditions: setCondition(conditions, valid, now), capabilities };
    }
    const invalid = { type: 'Ready', status: 'False', reason: 'InvalidProviderConfig', message };
    return { ...before, conditions: setCondition(conditions, invalid, now) };
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/session.js




/** Opens nothing yet: stores are opened, and vaults asked, as intents need them. */
function openSession({ world, others }, ports, settings, readSource) {
    const pieces = new sync_pieces/* Pieces */.q(ports);
    return {
        ports,
        settings,
        others,
        stores: new OpenStores(world, ports.providers),
        reads: new VaultReads(),
        pieces,
        templates: new template_inputs/* TemplateInputs */.O(ports, pieces),
        readSource,
    };
}
/** The same, but every vault object is asked for once more: who was faster than this run may have written something newer. */
function afresh(session) {
    return { ...session, reads: session.reads.afresh() };
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/apply.js
/**
 * Carries a plan out. Each write insists on what was read; a conflict is planned again, never sent again.
 *
 * One object's failure is its own: the others go on. A stopped plan writes nothing.
 */













/** Outcomes are recorded beside the writes, more of them at once: a state that is one file takes many in one go. */
const RECORDS_PER_WRITE = 8;
/** After so many conflicts in a row somebody else is writing all the time; that is for people to solve. */
const MAX_ATTEMPTS = 4;
async function apply({ plan, gathered, session }, ports, settings) {
    const limit = (0,p_limit/* default */.A)(settings.concurrency);
    const groups = groupsOf(plan.items);
    const records = (0,p_limit/* default */.A)(settings.concurrency * RECORDS_PER_WRITE);
    const published = [];
    const announce = (one) => void published.push(records(() => publish(one, ports, settings)));
    const attempts = settings.onlyAsPlanned === true ? 1 : MAX_ATTEMPTS;
    const writing = { session, ports, attempts, announce };
    const applied = await limit.map(groups, (group) => applyGroup(group, writing));
    await Promise.all(published);
    const byRef = new Map(applied.flat().map((one) => [(0,object_ref/* refText */.d0)(one.item.intent.ref), one]));
    const items = plan.items.flatMap((item) => byRef.get((0,object_ref/* refText */.d0)(item.intent.ref)) ?? []);
    const prunes = await applyPrunes(plan.prunes, ports);
    const left = [...items, ...prunes].filter((one) => one.left === true).length;
    if (left > 0)
        return { items, prunes, stopped: (0,engine_stop/* stoppedProblem */.he)(left) };
    for (const ref of gathered.forgets)
        await publish_record(ref, ports, () => ports.state.forget(ref));
    return { items, prunes };
}
/**
 * Items that touch a Secret in common, each group in plan order. A rename touches two: who takes over the old name
 * must come after the deletion.
 */
function groupsOf(items) {
    const groups = new Map();
    for (const item of items) {
        const others = new Set(touchedBy(item).flatMap((target) => groups.get(target) ?? []));
        const group = [...others, item];
        for (const target of group.flatMap(touchedBy))
            groups.set(target, group);
    }
    const places = new Map(items.map((item, place) => [item, place]));
    const placeOf = (item) => places.get(item) ?? 0;
    return [...new Set(groups.values())].map((group) => group.toSorted((a, b) => placeOf(a) - placeOf(b)));
}
function touchedBy(item) {
    return [(0,model_target/* targetOf */.$r)(item.intent), ...item.changes.map((change) => change.target)].map(object_ref/* refText */.d0);
}
/** One group, one after another; once one has written, the next is planned on what it left. */
async function applyGroup(items, writing) {
    const { session, ports, announce } = writing;
    const applied = [];
    for (const item of items) {
        const moved = applied.some((earlier) => earlier.done.length > 0);
        const again = moved && item.changes.length > 0 && !(0,engine_stop/* isStopping */.vH)(ports);
        const fresh = again ? planPull(await gatherPull(item.intent, session)) : item;
        const one = (0,engine_stop/* isStopping */.vH)(ports) ? { item, done: [], left: true } : await applyItem(fresh, writing);
        announce(one);
        applied.push(one);
    }
    return applied;
}
async function applyItem(first, { session, ports, attempts }) {
    const done = [];
    let item = first;
    for (let attempt = 1;; attempt++) {
        const error = await writeAll(item, done, ports);
        if (error === 'stopping')
            return { item, done, left: true };
        if (error === undefined)
            return { item, done };
        if (error.kind !== 'Conflict' || attempt === attempts)
            return { item: writeFailed(item, error, attempt), done };
        ports.logger.debug(`${(0,object_ref/* refText */.d0)(item.intent.ref)}: changed in between, planned again`, { attempt });
        item = planPull(await gatherPull(item.intent, afresh(session)));
        const unseen = item.changes.find((change) => change.action === 'delete' && !isPlanned(first, change));
        if (unseen !== undefined)
            return { item: writeFailed({ ...item, changes: [] }, unseenDeletion(unseen), attempt), done };
    }
}
/** The guards saw the first plan only: what it did not delete is not deleted either. */
function isPlanned(first, deletion) {
    const target = (0,object_ref/* refText */.d0)(deletion.target);
    return first.changes.some((change) => change.action === 'delete' && (0,object_ref/* refText */.d0)(change.target) === target);
}
function unseenDeletion(deletion) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'DeletionUnseen',
        what: `while this ran, things changed so that ${(0,object_ref/* refText */.d0)(deletion.target)} would now be deleted, which the plan did not show`,
        fix: 'It was left as it is. Run again.',
    });
}
/** Makes the changes in order; ends at the first that fails and returns its error, or before one if asked to stop. */
async function writeAll(item, done, ports) {
    const manager = (0,go_hash/* fieldManager */.wM)(item.intent.ref.name);
    try {
        for (const change of item.changes) {
            if ((0,engine_stop/* isStopping */.vH)(ports))
                return 'stopping';
            await apply_write(change, manager, ports);
            done.push(change);
        }
        return undefined;
    }
    catch (error) {
        return (0,errors/* failureOf */.g5)(error);
    }
}
async function apply_write(change, manager, { cluster }) {
    switch (change.action) {
        case 'create':
            await cluster.createSecret(change.desired, manager);
            return;
        case 'update':
            await cluster.updateSecret(change.desired, change.precondition.resourceVersion, manager);
            return;
        case 'delete':
            await deleteWholly(change, cluster);
    }
}
/** Rejects where it is still there: nobody is to be told that it is gone. */
async function deleteWholly({ live, target }, cluster) {
    const finalizers = await cluster.deleteSecret(live);
    if (finalizers.length === 0)
        return;
    const what = heldSentence(target, finalizers);
    throw new errors/* PortError */.U7({ kind: 'Invalid', code: 'DeletionHeld', what, fix: heldFix(target) });
}
function writeFailed(item, error, attempts) {
    const { intent } = item;
    const finding = error.kind === 'Conflict' ? endlessConflict(item, error, attempts) : (0,findings/* clusterProblem */.En)(intent, error);
    const refused = failed(intent, [...item.problems, finding], []);
    const isUpdate = item.changes.some((change) => change.action === 'update');
    return {
        ...refused,
        changes: item.changes,
        result: { ...refused.result, ...(isUpdate ? { binding: intent.target.name } : {}) },
    };
}
function endlessConflict({ intent, changes }, error, attempts) {
    const target = changes[0]?.target ?? (0,model_target/* targetOf */.$r)(intent);
    const show = `kubectl get secret ${target.name} -n ${target.namespace ?? ''} --show-managed-fields -o yaml`;
    const times = attempts === 1 ? 'after the plan was approved' : `${attempts} times in a row while it was being written`;
    return {
        ...(0,findings/* clusterProblem */.En)(intent, error),
        what: `somebody else changed ${(0,object_ref/* refText */.d0)(target)} ${times}`,
        fix: `It was left as it is. Find out who writes it (${show}) and run again.`,
    };
}
async function applyPrunes(prunes, ports) {
    const results = [];
    for (const change of prunes) {
        if ((0,engine_stop/* isStopping */.vH)(ports)) {
            results.push({ change, left: true });
            continue;
        }
        try {
            await deleteWholly(change, ports.cluster);
            await ports.state.forget(change.owner);
            results.push({ change });
        }
        catch (error) {
            results.push({ change, problem: { ...(0,findings/* findingOf */.hD)((0,errors/* asPortError */.Ux)(error)), code: 'prune-failed', at: change.owner } });
        }
    }
    return results;
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/gather-gone.js
/** Secrets that ExternalSecrets left behind which are in no manifest any more. */









/** Whoever asks to prune is told why it did not happen to so many. */
function pruneWithheld(count) {
    if (count === 0)
        return [];
    const objects = count === 1 ? '1 ExternalSecret' : `${count} ExternalSecrets`;
    return [
        {
            severity: 'warning',
            code: 'prune-withheld',
            what: `what ${objects} of earlier runs left behind was not pruned: documents with errors may hold or replace them, or no ExternalSecret of that namespace is in these manifests`,
            fix: 'Mend those documents, and give all manifests of the namespace; the last Secrets of a namespace are deleted by hand.',
        },
    ];
}
/** A Secret that an ExternalSecret of the manifests writes to is never pruned, whoever made it. */
async function gatherGone(gone, loaded, ports) {
    const wanted = new Set(loaded.known.map((intent) => (0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(intent))));
    const prunes = [];
    const forgets = [];
    const problems = [];
    for (const ref of gone) {
        try {
            const own = await secretOfForgotten(ref, ports);
            const kind = own === undefined ? undefined : systemKind(own);
            if (own !== undefined && kind !== undefined)
                problems.push(systemSecretLeft(ref, own, kind));
            if (own === undefined || kind !== undefined || wanted.has((0,object_ref/* refText */.d0)(own.ref)))
                forgets.push(ref);
            else if (own.deleting)
                problems.push(heldPrune(ref, own));
            else
                prunes.push(deletion(ref, own, 'no longer in the manifests'));
        }
        catch (error) {
            problems.push({ ...(0,findings/* findingOf */.hD)((0,errors/* asPortError */.Ux)(error)), code: 'prune-read', at: ref });
        }
    }
    return { prunes, forgets, problems };
}
/** Written by an earlier version; what it is now is not ours to delete. */
function systemSecretLeft(at, { ref }, kind) {
    return {
        severity: 'warning',
        code: 'system-secret',
        at,
        hasSubject: true,
        what: `${(0,object_ref/* refText */.d0)(ref)} is ${kind} and is not pruned`,
        fix: 'It was left as it is. Delete it by hand if it is not needed.',
    };
}
/** Deleted by an earlier run, and still there: remembered until it is gone. */
function heldPrune(at, { ref, finalizers }) {
    return { ...heldProblem(ref, finalizers), at, what: heldSentence(ref, finalizers) };
}
async function secretOfForgotten(ref, ports) {
    const state = await ports.state.read(ref);
    const name = state?.lastTarget ?? state?.binding ?? '';
    if (name === '')
        return undefined;
    const secret = await ports.cluster.getSecret((0,model_secret/* secretRef */.C)(ref.namespace, name));
    return secret !== undefined && wasMadeBy(secret, ref) ? secret : undefined;
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/gather.js


async function gather(loaded, { forgotten, gone }, session) {
    const { ports, settings } = session;
    const pulls = await gatherPulls(loaded.intents, session);
    const { prunes, forgets, problems } = await gatherGone(settings.prune ? gone : [], loaded, ports);
    const withheld = settings.prune ? pruneWithheld(forgotten - gone.length) : [];
    return {
        pulls,
        prunes,
        forgets,
        problems: [...problems, ...withheld],
        // Who looks at some only has not asked about the others, and of what cannot be read nothing can be said.
        leftBehind: settings.prune || settings.only.length > 0 ? 0 : gone.length,
    };
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/public-names.js
function publicNames({ known, stores }) {
    const ofStores = stores.flatMap(({ ref, vault = '' }) => [...public_names_namesOf(ref), vault]);
    const ofIntents = known.flatMap(({ ref, target, storeRefs }) => [
        ...public_names_namesOf(ref),
        target.name,
        ...storeRefs.map(({ name }) => name),
    ]);
    return new Set([...ofStores, ...ofIntents]);
}
function public_names_namesOf({ namespace = '', name }) {
    return [namespace, name];
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/run.js
/** The run itself: load → resolve → gather → plan → guard → apply → publish. Commands choose how far it goes. */

















/** Reads everything and decides everything. Writes nothing. Rejects with RunStopped where it is asked to stop. */
async function planRun(ports, settings, level = FULL) {
    return await (0,engine_stop/* unlessStopped */.OO)(ports, () => readAndPlan(ports, settings, level));
}
async function readAndPlan(ports, settings, level) {
    const began = ports.clock.now();
    const loaded = await (0,load/* load */.H)(ports.manifests, settings);
    ports.spare?.(publicNames(loaded));
    const resolved = await resolve(loaded, ports, settings);
    const session = openSession(resolved, ports, settings, level.readSource);
    const gathered = await gather(loaded, resolved, session);
    const plan = level.makePlan({
        pulls: gathered.pulls,
        prunes: gathered.prunes,
        problems: [...loaded.problems, ...gathered.problems],
        deletionLimits: settings.deletionLimits,
        updateLimits: settings.updateLimits,
    });
    return { level: level.name, began, loaded, gathered, session, plan };
}
/** Carries out what `planRun` decided, unless a guard stopped it. */
async function applyRun(planned, ports, settings) {
    if (planned.plan.stopped !== undefined)
        return undefined;
    const applied = await apply(planned, ports, settings);
    if (settings.home === 'custom-resources' && applied.stopped === undefined) {
        await reportStores(planned.session.stores, ports);
        await publishRefused(planned.loaded, ports);
    }
    return applied;
}
/** The run ends with this: the next due times are counted from now. */
function reportRun(command, planned, applied, { clock, cluster, providers: { requestCount: requests }, redact }) {
    const { level, began, plan, loaded, gathered, session } = planned;
    const now = clock.now();
    const states = new Map(gathered.pulls.map(({ intent, state }) => [(0,object_ref/* refText */.d0)(intent.ref), state]));
    const report = (0,build_report/* buildReport */.FK)({
        command,
        level,
        cluster: cluster.description,
        plan,
        applied,
        foreign: loaded.foreign,
        others: loaded.others.filter(({ kind }) => (0,kinds/* roleOf */.kp)(kind) === 'pull').length,
        leftBehind: gathered.leftBehind,
        manifestErrors: loaded.problems.filter(({ severity }) => severity === 'error').length,
        reads: { ...session.reads.counts, ...(requests === undefined ? {} : { requests }) },
        durationMs: now.getTime() - began.getTime(),
        nextDue: (item) => {
            const before = states.get((0,object_ref/* refText */.d0)(item.intent.ref));
            const state = applied === undefined ? before : (nextState(item, before, now) ?? before);
            return (0,resolve_refresh/* nextDue */.m3)({ refresh: item.intent.refresh, state, now });
        },
    });
    const whole = withSources(report, loaded);
    return redact === undefined ? whole : filteredReport(whole, redact);
}

;// CONCATENATED MODULE: ./lib/src/commands/plan.js



/** Rejects with RunStopped where it is asked to stop. */
async function plan(ports, settings, { level = FULL, inPhase = silently } = {}) {
    const planned = await inPhase('read', () => planRun(ports, settings, level));
    return reportRun('plan', planned, undefined, ports);
}

;// CONCATENATED MODULE: ./lib/src/commands/sync.js


async function sync(ports, settings, inPhase = silently, approve) {
    const planned = await inPhase('read', async () => approved(await planRun(ports, settings), approve));
    const applied = await inPhase('write', () => applyRun(planned, ports, settings));
    return reportRun('sync', planned, applied, ports);
}
/** A plan that is not approved is stopped like one that a guard stopped: it is told, and nothing of it is written. */
async function approved(planned, approve) {
    const stopped = await approve?.(planned.plan);
    return stopped === undefined ? planned : { ...planned, plan: { ...planned.plan, stopped } };
}

;// CONCATENATED MODULE: ./lib/src/core/preview/metadata-entries.js










/** What all entries contribute, or every reason why a sync would fail. */
function metadataOfEntries(intent, fetched, environment) {
    const account = new template_limits/* Account */.gD(template_limits/* DEFAULT_LIMITS */.dR);
    const outcomes = intent.entries.map((entry) => metadata_entries_metadataOf({ intent, fetched, environment, account, entry }));
    const absent = outcomes.filter((outcome) => outcome.kind === 'absent');
    const isRetained = intent.target.deletionPolicy === 'Retain';
    const problems = [
        ...(isRetained ? absent.map(({ problem }) => problem) : []),
        ...outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? outcome.problems : [])),
    ];
    const missing = isRetained ? [] : absent.map((outcome) => outcome.missing);
    if ((0,model_problem/* hasErrors */.Cs)(problems))
        return { problems: unrepeated(problems), missing };
    const all = outcomes.filter((outcome) => outcome.kind === 'seen');
    return { entries: all.map(({ metadata }) => metadata), missing, warnings: all.flatMap(({ warnings }) => warnings) };
}
/** A vault that does not answer says so once, as in a plan with values. */
function unrepeated(problems) {
    return problems.filter((problem, place) => problems.findIndex(({ code, what }) => code === problem.code && what === problem.what) === place);
}
function metadata_entries_metadataOf(context) {
    const { entry, fetched } = context;
    if (entry.kind === 'empty')
        return seen({ keys: [], objects: [] });
    const problem = fetched.storeProblem(entry.store);
    if (problem !== undefined)
        return metadata_entries_failed((0,entry_outcome/* problemAt */.l4)(context, [], problem));
    return entry.kind === 'find' ? metadataOfFind({ ...context, entry }) : metadataOfObject({ ...context, entry });
}
function metadataOfObject(context) {
    const { entry, fetched } = context;
    const { remoteRef } = entry;
    const field = entry.kind === 'data' ? ['remoteRef', 'key'] : ['extract', 'key'];
    const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
    if ('unknownType' in parsed)
        return metadata_entries_failed((0,entry_outcome/* problemAt */.l4)(context, field, (0,entry_outcome/* unknownTypeProblem */.QH)(remoteRef.key, parsed.unknownType)));
    if (entry.kind === 'extract' && parsed.type !== 'secret') {
        return metadata_entries_failed((0,entry_outcome/* problemAt */.l4)(context, field, wrongTypeProblem(remoteRef.key, parsed.type)));
    }
    const read = fetched.get(entry.store, remoteObject(parsed, remoteRef));
    if (read.kind === 'failed')
        return metadata_entries_failed((0,entry_outcome/* problemAt */.l4)(context, field, read.problem));
    if (read.kind === 'absent') {
        const problem = (0,entry_outcome/* problemAt */.l4)(context, field, (0,entry_outcome/* absentProblem */.lZ)(remoteRef, fetched.describe(entry.store)));
        return { kind: 'absent', problem, missing: metadata_entries_missingOf(entry) };
    }
    const readsTags = remoteRef.metadataPolicy === 'Fetch';
    const object = { name: remoteRef.key, object: read.object, isPinned: remoteRef.version !== '', readsTags };
    const keys = entry.kind === 'data' ? [{ key: entry.secretKey, from: object }] : undefined;
    return seen({ keys, objects: [object] });
}
function metadata_entries_missingOf(entry) {
    return entry.kind === 'data' ? { entry, key: entry.remoteRef.key } : { entry };
}
function metadataOfFind(context) {
    const { entry, fetched } = context;
    const listed = fetched.list(entry.store);
    if (listed.kind === 'failed')
        return metadata_entries_failed((0,entry_outcome/* problemAt */.l4)(context, ['find'], listed.problem));
    const fitting = fetched.fittingNames(entry);
    if (fitting === 'too-costly')
        return metadata_entries_failed(findTooCostly(context, listed.items));
    const names = matchFind(listed.items, entry.find, fitting);
    const reads = names.map((name) => ({ name, read: fetched.get(entry.store, latestSecret(name)) }));
    const problems = reads.flatMap(({ read }) => read.kind === 'failed' ? [(0,entry_outcome/* problemAt */.l4)(context, ['find'], read.problem)] : []);
    const gone = reads.flatMap(({ name, read }) => (read.kind === 'absent' ? [name] : []));
    const vanished = vanishedProblem(context, gone, names.length);
    if (problems.length > 0)
        return metadata_entries_failed(...problems);
    if (vanished !== undefined && (0,model_problem/* hasErrors */.Cs)([vanished]))
        return metadata_entries_failed(vanished);
    const objects = reads.flatMap(({ name, read }) => read.kind === 'found' ? [{ name, object: read.object, isPinned: false, readsTags: false }] : []);
    const named = namedKeys(context, objects);
    if ('problems' in named)
        return metadata_entries_failed(...named.problems);
    return seen({ keys: named.keys, objects }, names.length === 0 ? [findEmpty(context, { listed: listed.items, fitting })] : []);
}
/** Names are rewritten and converted without their values; what merges values depends on them. */
function namedKeys(context, objects) {
    if (context.entry.rewrite.some(({ kind }) => kind === 'merge'))
        return { keys: undefined };
    const all = finishedNames(context, objects);
    if (all.kind === 'refused') {
        const { problems, path = ['find'] } = all;
        return { problems: problems.map((problem) => (0,entry_outcome/* problemAt */.l4)(context, path, problem)) };
    }
    const keys = objects.flatMap((from) => {
        const one = finishedNames(context, [from]);
        return one.kind === 'finished' ? [...one.values.keys()].map((key) => ({ key, from })) : [];
    });
    return { keys };
}
function finishedNames(context, objects) {
    const { entry } = context;
    const nothing = new Map(objects.map(({ name }) => [name, secret_value/* SecretValue */.i.ofText('')]));
    const strategies = { ...entry.find, decodingStrategy: 'None', nullBytePolicy: 'Ignore' };
    return finishMap(nothing, strategies, { ...context, rewrite: entry.rewrite });
}
function seen(metadata, warnings = []) {
    return { kind: 'seen', metadata, warnings };
}
function metadata_entries_failed(...problems) {
    return { kind: 'failed', problems };
}

;// CONCATENATED MODULE: ./lib/src/core/preview/metadata-plan.js
/** All ExternalSecrets planned without values, and what of that is not certain. Pure, like the plan of a sync. */




/** Its changes carry no values and cannot be carried out. */
function metadataPlan(input) {
    const told = new Map(input.pulls.map((one) => [(0,object_ref/* refText */.d0)(one.pull.intent.ref), one]));
    const plan = makePlan({ ...input, pulls: input.pulls.map(({ pull }) => pull) });
    const items = plan.items.map((item) => withWords(item, told.get((0,object_ref/* refText */.d0)(item.intent.ref))));
    return { ...plan, items, fingerprint: (0,fingerprint/* fingerprintOf */.ax)('metadata', items, plan.prunes) };
}
function withWords(item, words = {}) {
    if (item.verdict === 'unchanged' && words.unknown !== undefined) {
        return { ...item, verdict: 'unknown', reason: words.unknown };
    }
    if (item.verdict !== 'change')
        return item;
    const isOpen = item.changes.some(({ keys }) => keys.added.includes(UNTOLD_KEY));
    const reasons = [
        ...(words.reason === undefined || !isUpdated(item) ? [] : [words.reason]),
        ...(isOpen ? ['further keys only values tell'] : []),
    ];
    const changes = item.changes.map(withoutUntold);
    return { ...item, changes, ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }) };
}
function isUpdated({ changes }) {
    return changes.some(({ action }) => action === 'update');
}
function withoutUntold(change) {
    const named = (keys) => keys.filter((key) => key !== UNTOLD_KEY);
    const { added, updated, removed } = change.keys;
    const keys = { added: named(added), updated: named(updated), removed: named(removed) };
    return { ...change, keys };
}

// EXTERNAL MODULE: ./lib/src/core/secret-template/render-target.js + 4 modules
var render_target = __webpack_require__(296);
;// CONCATENATED MODULE: ./lib/src/core/preview/newer.js
/** Key Vault's times are whole seconds of another clock, and a sync takes a while from its read to its end. */
const DOUBT_SECONDS = 60;
function newerThanSync(objects, { state, mark, isManifestChanged }) {
    const last = state?.refreshTime;
    if (last === undefined)
        return () => true;
    const since = last.getTime() / 1000 - DOUBT_SECONDS;
    const hasNewTags = ({ readsTags, object }) => readsTags && (object.attributes.updated ?? 0) > since;
    if (state?.versionsMark !== undefined && state.versionsMark === mark)
        return hasNewTags;
    const isLater = (one) => hasNewTags(one) || (!one.isPinned && (one.object.attributes.created ?? 0) > since);
    const isUnexplained = state?.versionsMark !== undefined && mark !== undefined && !isManifestChanged;
    return isUnexplained && !objects.some(isLater) ? ({ isPinned }) => !isPinned : isLater;
}

;// CONCATENATED MODULE: ./lib/src/core/preview/metadata-pull.js








/** `pull` was read without values: its source holds no data yet. Other sources are planned as they are. */
function metadataPull(pull, entries) {
    if (pull.source.kind !== 'data')
        return { pull };
    const view = viewOf(pull, entries);
    const keys = wantedKeys(pull.intent, entries, view);
    const live = pull.live === undefined ? undefined : completed(pull.live, pull.intent, [...keys.keys(), ...untoldKeys(view)]);
    const data = isNothing(pull.intent, entries) ? new Map() : dataOf(keys, live, view);
    const rendered = renderedOf(pull.intent.target.template, data, live);
    const source = { ...pull.source, data, ...(rendered === undefined ? {} : { rendered }) };
    return { pull: { ...pull, live, source }, ...metadata_pull_wordsOf(view) };
}
/** A template of nothing is not rendered, unless the keys that are gone are to be taken out. */
function isNothing({ target }, entries) {
    return target.deletionPolicy !== 'Merge' && entries.every(({ keys }) => keys?.length === 0);
}
function viewOf({ intent, state, live, source }, entries) {
    const mark = source.kind === 'data' ? source.versionsMark : undefined;
    const isManifestChanged = hasChanged(intent, state?.syncedResourceVersion);
    const objects = entries.flatMap((entry) => entry.objects);
    const isNew = newerThanSync(objects, { state, mark, isManifestChanged });
    const { template } = intent.target;
    const closed = template === undefined || !isRendered(template) ? entries.filter(({ keys }) => keys === undefined) : entries;
    return {
        isNew,
        newer: metadata_pull_namesOf(objects.filter(isNew)),
        untold: metadata_pull_namesOf(closed.flatMap((entry) => entry.objects).filter(isNew)),
        isManifestChanged,
        isFirst: live !== undefined && state?.refreshTime === undefined,
        isOpen: entries.some(({ keys }) => keys === undefined) || template?.templateFrom.some(isOfData) === true,
    };
}
function metadata_pull_namesOf(objects) {
    return [...new Set(objects.map(({ name }) => name))];
}
function hasChanged({ generation, annotations, labels }, synced) {
    return synced !== undefined && synced !== (0,go_hash/* syncedResourceVersion */.hE)(generation, annotations, labels);
}
/** A template that sets a type or finalizers only leaves the values alone. */
function isRendered({ data, templateFrom, labels, annotations }) {
    return templateFrom.length > 0 || [data, labels, annotations].some((texts) => Object.keys(texts).length > 0);
}
function isOfData({ target }) {
    return target === 'data';
}
/** The keys that are certain → whether their value may be another one. */
function wantedKeys({ target: { template } }, entries, { isFirst, isNew }) {
    const fetched = entries.flatMap(({ keys = [] }) => keys.map(({ key, from }) => [key, isFirst || isNew(from)]));
    if (template === undefined)
        return new Map(fetched);
    const rendered = Object.keys(template.data).map((key) => [key, isFirst]);
    return new Map([...((0,render_target/* includesFetched */.$h)(template) ? fetched : []), ...rendered]);
}
/** Where only values tell all keys, those that are there stay, and one stands for those that may come. */
function dataOf(keys, live, view) {
    const certain = [...keys].map(([key, isFresh]) => [key, (isFresh ? undefined : live?.data.get(key)) ?? opaqueValue()]);
    if (!view.isOpen)
        return new Map(certain);
    return new Map([...untoldKeys(view).map((key) => [key, opaqueValue()]), ...(live?.data ?? []), ...certain]);
}
function untoldKeys({ isOpen }) {
    return isOpen ? [UNTOLD_KEY] : [];
}
/** Equal to itself only. */
function opaqueValue() {
    return secret_value/* SecretValue */.i.fingerprint(() => false);
}
/**
 * What metadata does not tell of a Secret is taken to be as it is wanted: type, immutability, keys that nobody owns.
 * The key that stands for others is there too, so that it is never what differs.
 */
function completed(live, { target }, keys) {
    const type = live.type ?? systemTypeByMarks(live) ?? target.template?.type;
    const areKeysKnown = live.data.size > 0 || live.ownedFields.length > 0;
    const assumed = areKeysKnown ? keys.filter((key) => key === UNTOLD_KEY) : keys;
    return {
        ...live,
        ...(type === undefined ? {} : { type }),
        immutable: target.immutable,
        annotations: assumed.length === 0 ? live.annotations : withoutHash(live.annotations),
        data: new Map([...live.data, ...assumed.map((key) => [key, opaqueValue()])]),
    };
}
/** Of other keys than those that are taken to be there. */
function withoutHash(annotations) {
    if (!annotations.has(model_names/* DATA_HASH_ANNOTATION */.Es))
        return annotations;
    return new Map(annotations).set(model_names/* DATA_HASH_ANNOTATION */.Es, model_names/* REDACTED */.XF);
}
/** As if the template had given what is there already. */
function renderedOf(template, data, live) {
    if (template === undefined)
        return undefined;
    const texts = (wanted, there) => settled(new Map([...Object.keys(wanted).map((name) => [name, '']), ...(there ?? [])]));
    const content = {
        data: settled(data),
        labels: texts(template.labels, live?.labels),
        annotations: texts(template.annotations, live?.annotations),
    };
    return { kind: 'rendered', content };
}
function settled(values) {
    return new Map([...values].map(([name, value]) => [name, { value, isVolatile: false }]));
}
function metadata_pull_wordsOf({ newer, untold, isManifestChanged, isFirst, isOpen }) {
    const changed = isManifestChanged ? ['the manifest changed since the last sync'] : [];
    const reasons = isFirst
        ? ['first sync of a Secret that is there already']
        : [...changed, ...(newer.length === 0 ? [] : [`newer than the last sync: ${(0,short_list/* shortList */.p)(newer)}`])];
    const doubts = [
        ...changed,
        ...(untold.length === 0 ? [] : [`newer than the last sync: ${(0,short_list/* shortList */.p)(untold)}`]),
        ...(isFirst && isOpen ? ['first sync of a Secret that is there already'] : []),
    ];
    return {
        ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
        ...(doubts.length === 0 ? {} : { unknown: `${doubts.join('; ')}; only values tell what changes` }),
    };
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/metadata-level.js
/** A plan without values: names and versions are read. The ports it is given bring no value. */








/** Of one run: it remembers what it has seen. Its plan cannot be carried out. */
function metadataLevel() {
    const seen = new Map();
    return {
        name: 'metadata',
        readSource: readMetadata(seen),
        makePlan: ({ pulls, ...rest }) => metadataPlan({
            ...rest,
            pulls: pulls.map((pull) => metadataPull(pull, seen.get((0,object_ref/* refText */.d0)(pull.intent.ref)) ?? [])),
        }),
    };
}
/** What it sees of each ExternalSecret goes into the map; the source itself stays empty. */
function readMetadata(seen) {
    return async (intent, session) => {
        const fetched = new FetchedEntries(await openAll(intent, session.stores), session);
        await fetched.read(intent.entries);
        const environment = (0,template_inputs/* templateEnvironment */.a)(session.ports);
        const result = await session.pieces.one(() => metadataOfEntries(intent, fetched, environment));
        if ('problems' in result)
            return { kind: 'failed', ...result };
        seen.set((0,object_ref/* refText */.d0)(intent.ref), result.entries);
        const versionsMark = fetched.versionsMark();
        const sourceMarks = namesTemplates(intent) ? undefined : await readMarks(intent, fetched, session);
        const marks = (0,model_condition/* marksOf */.O)({ versionsMark, sourceMarks });
        return { kind: 'data', data: new Map(), missing: result.missing, warnings: result.warnings, ...marks };
    };
}
/** Texts of templates are not read here: only values tell what they make. */
function namesTemplates({ target }) {
    return target.template?.templateFrom.some(({ sources }) => sources.length > 0) === true;
}

// EXTERNAL MODULE: ./lib/src/core/model/plan-level.js
var plan_level = __webpack_require__(68388);
;// CONCATENATED MODULE: ./lib/src/core/plan/approval.js
/**
 * Is the plan that is about to be carried out the one that somebody approved?
 *
 * A fingerprint names its level, and equals are compared. Nothing of a plan but its counts can be read from one, so that
 * is all that can be told of a difference.
 */

/** `undefined` for a text that is no whole fingerprint: the short form of the reports proves nothing. */
function readFingerprint(text) {
    const match = /^([a-z]+)(-deploy)?-(\d+)c(\d+)u(\d+)d-[0-9a-f]{56}$/u.exec(text);
    const level = plan_level/* PLAN_LEVELS */.i.find((one) => one === match?.[1]);
    if (match === null || level === undefined)
        return undefined;
    const [create, update, deleted] = match.slice(3).map(Number);
    return { level, deploys: match[2] !== undefined, create: create ?? 0, update: update ?? 0, delete: deleted ?? 0 };
}
/** `undefined` = it is the same plan. Both are whole fingerprints of one level. */
function planNotApproved(approved, now) {
    if (approved === now)
        return undefined;
    return {
        severity: 'error',
        code: 'plan-not-approved',
        what: `the plan that was approved is not the plan now: ${approval_differences(approved, now)}`,
        fix: isOtherKind(approved, now)
            ? 'Nothing was written. Plan what is to be applied: with --engine runner for sync, without it for deploy.'
            : 'Nothing was written. Read the plan as it is now (plan), approve it, and run again with its fingerprint as --plan-fingerprint.',
    };
}
function isOtherKind(approved, now) {
    return readFingerprint(approved)?.deploys !== readFingerprint(now)?.deploys;
}
function approval_differences(approved, now) {
    const [before, after] = [readFingerprint(approved), readFingerprint(now)];
    if (before === undefined || after === undefined)
        return `${approved} was approved, it is ${now}`;
    if (before.deploys !== after.deploys) {
        const kind = ({ deploys }) => (deploys ? 'of a deployment' : 'of a sync');
        return `it was one ${kind(before)}, now it is one ${kind(after)}`;
    }
    const changed = ['create', 'update', 'delete']
        .filter((action) => before[action] !== after[action])
        .map((action) => `${before[action]} to ${action} then, ${after[action]} now`);
    if (changed.length > 0)
        return changed.join('; ');
    const around = before.deploys ? ', or objects of the installation that would be made otherwise' : '';
    return `as many Secrets to write as then, but other ones, other keys, other versions in the vault, or Secrets that somebody wrote since${around}`;
}

// EXTERNAL MODULE: ./lib/src/wiring/offline.js + 5 modules
var offline = __webpack_require__(14168);
;// CONCATENATED MODULE: ./lib/src/wiring/approval.js
/** Settings → whether what was approved is what would be done now. The only place that decides it, for every command. */



/** `undefined` = nobody asked for an approved plan. Rejects with a PortError for a fingerprint that is none. */
function approvalOf({ settings, base, manifests, stop, planNow }) {
    const { planFingerprint } = settings;
    if (planFingerprint === undefined)
        return undefined;
    const level = readFingerprint(planFingerprint)?.level;
    if (level === undefined)
        throw noFingerprint(planFingerprint);
    const now = async () => level === 'offline' ? await (0,offline/* runOffline */.J)(settings, { base: await base(), manifests, stop }) : await planNow(level);
    const refusal = async (made) => {
        const { fingerprint } = made !== undefined && level === 'full' ? made : await now();
        return planNotApproved(planFingerprint, fingerprint);
    };
    return { level, refusal };
}
function noFingerprint(given) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'Setting',
        whole: true,
        what: `--plan-fingerprint "${given}" is not a whole fingerprint`,
        fix: 'Give that of the output fingerprint, of the JSON or of the Markdown: level, counts and 56 digits, as full-1c0u0d-….',
    });
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/live-operator.js




const OPERATOR_LABELS = { 'app.kubernetes.io/name': 'external-secrets' };
const DEFAULT_CLASS = 'default';
const OPERATOR_COMPONENTS = ['external-secrets', 'secret-store', 'cluster-secret-store'];
/** What this program signs status with. */
const OWN_MANAGER = 'keyferry';
/** Two rounds of the operator's own. */
const LATELY_MS = 10 * 60_000;
function operatorProblems(facts) {
    const { deployments } = facts;
    if ('unseen' in deployments) {
        const moved = contestedResources(facts).flatMap((resource) => movedLately(resource, facts));
        return moved.length > 0 ? moved : [unknownOperator(deployments.unseen, facts)];
    }
    return deployments.filter(isReady).flatMap((deployment) => operatorConflicts(deployment, facts));
}
/** Stores that are there and not of our class, and the ExternalSecrets of the deployment that use them. */
function contestedResources({ live, intents, controllerClass, }) {
    const stores = [...live].filter(([, object]) => isContested(object, controllerClass));
    const contested = new Set(stores.map(([text]) => text));
    const users = intents.filter(({ ref, storeRefs }) => storeRefs.some((store) => contested.has((0,object_ref/* refText */.d0)((0,resolve_stores/* storeObjectRef */.qv)(store, ref.namespace)))));
    return [...stores.map(([, store]) => store), ...users.flatMap(({ ref }) => live.get((0,object_ref/* refText */.d0)(ref)) ?? [])];
}
function isContested({ kind, spec }, controllerClass) {
    if ((0,kinds/* roleOf */.kp)(kind) !== 'store')
        return false;
    return (spec ?? {}).controller !== controllerClass;
}
function isReady({ status }) {
    return (status?.readyReplicas ?? 0) > 0;
}
function operatorConflicts(deployment, facts) {
    const { controllerClass, live } = facts;
    const operatorClass = argumentOf(deployment, 'controller-class') ?? DEFAULT_CLASS;
    const scope = argumentOf(deployment, 'namespace') ?? '';
    const sees = (namespace) => scope === '' || namespace === scope;
    const name = `Deployment ${deployment.metadata.namespace ?? ''}/${deployment.metadata.name}`;
    if (operatorClass === controllerClass) {
        return facts.intents.some(({ ref }) => sees(ref.namespace)) ? [sameClass(name, controllerClass)] : [];
    }
    return [...live.values()]
        .filter((object) => isContested(object, controllerClass) && sees(object.metadata.namespace))
        .filter(({ spec }) => ['', operatorClass].includes(spec.controller ?? ''))
        .map((store) => live_operator_refusal(store, `is synced by External Secrets Operator (${name})`, handOver(store, facts)));
}
/** `--name=value` or `--name value` of the operator's container. */
function argumentOf(deployment, name) {
    const { template } = (deployment['spec'] ?? {});
    const args = (template?.spec?.containers ?? []).flatMap((container) => container.args ?? []);
    const joined = args.find((arg) => arg.startsWith(`--${name}=`));
    if (joined !== undefined)
        return joined.slice(name.length + 3);
    const place = args.indexOf(`--${name}`);
    return place < 0 ? undefined : args[place + 1];
}
function movedLately(resource, facts) {
    const seen = [
        ...statusWriters(resource).filter(({ manager }) => manager !== OWN_MANAGER),
        ...facts.events.filter((event) => isAbout(event, resource)).map(eventTime),
    ].filter(({ time }) => facts.now.getTime() - time.getTime() < LATELY_MS);
    const last = seen.toSorted((a, b) => b.time.getTime() - a.time.getTime())[0];
    if (last === undefined)
        return [];
    const wait = new Date(last.time.getTime() + LATELY_MS).toISOString();
    const what = `is synced by another controller: "${last.manager}" was at it at ${last.time.toISOString()}`;
    const store = (0,kinds/* roleOf */.kp)(resource.kind) === 'store' ? resource : undefined;
    const fix = `${handOver(store, facts)} If that was done a moment ago, deploy after ${wait}.`;
    return [live_operator_refusal(resource, what, fix)];
}
function isAbout(event, { kind, metadata }) {
    const { involvedObject, source, reportingComponent } = event;
    const component = source?.component ?? reportingComponent ?? '';
    const isSame = involvedObject?.kind === kind && involvedObject.name === metadata.name;
    return isSame && involvedObject.namespace === metadata.namespace && OPERATOR_COMPONENTS.includes(component);
}
function eventTime(event) {
    const { lastTimestamp, eventTime: single, source, } = event;
    return { manager: source?.component ?? 'external-secrets', time: new Date(lastTimestamp ?? single ?? Number.NaN) };
}
function handOver(store, { controllerClass }) {
    if (store === undefined)
        return 'Hand its store over first, or stop the operator.';
    const { namespace, name } = store.metadata;
    const scope = namespace === undefined ? '' : ` -n ${namespace}`;
    const patch = `{"spec":{"controller":"${controllerClass}"}}`;
    return `Hand it over first, or stop the operator: kubectl patch ${store.kind.toLowerCase()} ${name}${scope} --type merge -p '${patch}'.`;
}
function live_operator_refusal({ kind, metadata: { namespace, name } }, what, fix) {
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    return { severity: 'error', code: 'operator-live', at, what, fix };
}
function sameClass(name, controllerClass) {
    return {
        severity: 'error',
        code: 'operator-live',
        what: `External Secrets Operator (${name}) runs with --controller-class=${controllerClass}, the class of this deployment's stores`,
        fix: 'Stop it, or deploy with another --controller-class.',
    };
}
function unknownOperator(unseen, facts) {
    const { controllerClass } = facts;
    const stores = contestedResources(facts).filter(({ kind }) => (0,kinds/* roleOf */.kp)(kind) === 'store');
    const names = stores.map(({ kind, metadata }) => (0,object_ref/* refText */.d0)({ kind, ...metadata })).join(', ');
    return {
        severity: 'warning',
        code: 'operator-unknown',
        what: `whether an External Secrets Operator runs cannot be seen: ${unseen}`,
        fix: stores.length === 0
            ? `The stores carry spec.controller: ${controllerClass}, so that an operator leaves them alone, unless it has that --controller-class.`
            : `Where one does, it syncs ${names} too, until that has spec.controller: ${controllerClass}.`,
    };
}

// EXTERNAL MODULE: ./lib/src/core/api/other-controllers.js
var other_controllers = __webpack_require__(1937);
// EXTERNAL MODULE: ./lib/src/core/api/manifests.js + 14 modules
var manifests = __webpack_require__(90877);
;// CONCATENATED MODULE: ./lib/src/engine/installation/operators.js
/** Looks for an External Secrets Operator that syncs the same resources, as far as the rights reach. */







async function findOperators(objects, facts) {
    const deployments = await listOperators(objects);
    const contested = 'unseen' in deployments ? contestedResources(facts) : [];
    const namespaces = [...new Set(contested.flatMap(({ metadata: { namespace } }) => namespace ?? []))];
    const events = await Promise.all(namespaces.map((namespace) => listEvents(objects, namespace)));
    return operatorProblems({ ...facts, deployments, events: events.flat() });
}
/**
 * The same for a sync of the cluster's own resources: stores of no class are everybody's, so that an operator syncs
 * them too. Where it cannot be seen and no store is of that kind, there is nothing to tell.
 */
async function operatorsBeside(objects, documents, { controllerClass, now }) {
    const { intents } = (0,other_controllers/* setOthersAside */.s)((0,manifests/* checkManifests */.d)(documents), documents, { controllerClass });
    const everybodys = documents
        .filter(({ head }) => (0,kinds/* roleOf */.kp)(head.kind) === 'store')
        .map(({ value }) => value)
        .filter(({ spec }) => classOf(spec) === '');
    const live = new Map(everybodys.map((store) => [(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(store)), store]));
    const problems = await findOperators(objects, { live, intents, controllerClass, now });
    return problems.filter(({ code }) => code === 'operator-live' || live.size > 0);
}
function classOf(spec) {
    return (spec ?? {}).controller ?? '';
}
async function listOperators(objects) {
    try {
        return await objects.list({ apiVersion: 'apps/v1', kind: 'Deployment' }, OPERATOR_LABELS);
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return { unseen: error.what };
        throw error;
    }
}
async function listEvents(objects, namespace) {
    try {
        return await objects.list({ apiVersion: 'v1', kind: 'Event', namespace }, {});
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/src/wiring/live-operator.js






/** Rejects with a PortError where one is; one that cannot be seen is a warning. */
async function refuseLiveOperator(settings, outside, connection) {
    if (settings.home !== 'custom-resources')
        return;
    const { objects, manifests } = await openRealCluster(settings, outside, connection);
    const { documents } = (await manifests?.load()) ?? { documents: [] };
    const { controllerClass } = settings;
    const problems = await operatorsBeside(objects, documents, { controllerClass, now: node_clock/* systemClock */.m.now() });
    const [first] = problems.filter(({ severity }) => severity === 'error');
    if (first !== undefined)
        throw wiring_live_operator_refusal(first);
    for (const problem of problems)
        outside.logger.warn((0,model_problem/* problemText */.fI)(problem));
}
function wiring_live_operator_refusal({ at, what, fix }) {
    const object = at === undefined ? '' : `${(0,object_ref/* refText */.d0)(at)} `;
    return new errors/* PortError */.U7({ kind: 'Conflict', code: 'OperatorLive', whole: true, what: `${object}${what}`, fix });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/pages.js

/** Of all pages together, as they arrive; 64 MiB are the names and tags of more than 100,000 secrets. */
const LARGEST_LIST_BYTES = 64 * 1024 * 1024;
/** A quarter of a million objects: vaults have no such number. */
const MOST_PAGES = 10_000;
/** For one whole list with its repetitions; the one of a vault with 5,000 secrets takes about a minute. */
const LIST_DEADLINE_MS = 10 * 60_000;
/** Everything on all pages. Throws a GarbledAnswer at a limit: a part of a list is never taken for the whole. */
async function everyPage(clock, pages) {
    const endsAt = clock.now().getTime() + LIST_DEADLINE_MS;
    const items = [];
    let count = 0;
    for await (const page of pages) {
        count += 1;
        if (count > MOST_PAGES)
            throw new GarbledAnswer('endless-list');
        for (const item of page)
            items.push(item);
        if (clock.now().getTime() > endsAt)
            throw new GarbledAnswer('slow-list');
    }
    return items;
}
/**
 * Follows the lists of one client from page to page, and throws a GarbledAnswer for one that goes on with a page that it
 * gave already, or has grown too large. What is no page passes.
 */
function createPageGuard() {
    const chains = new Map();
    return (address, body, nextLink) => {
        if (typeof nextLink !== 'string' || nextLink === '')
            return void chains.delete(hrefOf(address, address));
        const here = hrefOf(address, address);
        const chain = chains.get(here) ?? { addresses: new Set(), bytes: 0 };
        chains.delete(here);
        chain.addresses.add(here);
        chain.bytes += body.length;
        const next = hrefOf(nextLink, address);
        if (chain.addresses.has(next))
            throw new GarbledAnswer('repeated-page');
        if (chain.bytes > LARGEST_LIST_BYTES)
            throw new GarbledAnswer('endless-list');
        chains.set(next, chain);
    };
}
/** One text for one address: Key Vault writes `:443`, and the SDK escapes more than it does. */
function hrefOf(link, base) {
    if (!URL.canParse(link, base))
        return link;
    const url = new URL(link, base);
    url.search = new URLSearchParams(url.search).toString();
    return url.href;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/to-port-error.js







const ROLES = {
    secret: 'Key Vault Secrets User',
    cert: 'Key Vault Certificate User',
    key: 'Key Vault Crypto User',
};
/** Metadata of secrets, keys and certificates; no values. */
const METADATA_ROLE = 'Key Vault Reader';
const COLLECTIONS = { secret: 'secret', cert: 'certificate', key: 'key' };
/** Any failure of a vault request as a PortError. */
function to_port_error_toPortError(error, request) {
    if (error instanceof errors/* PortError */.U7)
        return error;
    if (error instanceof VaultRefusal)
        return new errors/* PortError */.U7(refusalWords(error.answer, request));
    if (error instanceof WireFailure) {
        const words = wireWords(error, request.vault, request.host);
        return new errors/* PortError */.U7({ ...words, whole: judgeWireFailure(error) === undefined });
    }
    if (error instanceof GarbledAnswer)
        return new errors/* PortError */.U7(garbledWords(request, error.garbling));
    if (error instanceof Error && error.message.includes('challenge'))
        return new errors/* PortError */.U7(challengeWords(request));
    return new errors/* PortError */.U7(garbledWords(request));
}
/** A current version that is disabled: a read of its value would be refused like this. */
function disabledError(request) {
    const code = request.type === 'key' ? 'KeyDisabled' : 'SecretDisabled';
    return new errors/* PortError */.U7({ code, ...disabledWords(request) });
}
function refusalWords(answer, request) {
    const code = answer.inner || answer.code || `HTTP${answer.status}`;
    return { code, ...wordsByStatus(answer, request) };
}
function wordsByStatus(answer, request) {
    if (answer.status === 429)
        return to_port_error_throttledWords(request);
    if (answer.status === 407)
        return proxyLoginWords(request.vault, request.host);
    if (answer.status >= 500 || answer.status === 408)
        return to_port_error_serverWords(answer, request);
    if (!answer.fromVault)
        return notVaultWords(answer, request);
    if (answer.status === 401)
        return to_port_error_unauthenticatedWords(answer, request);
    if (answer.status === 403)
        return to_port_error_forbiddenWords(answer, request);
    if (answer.status === 404)
        return to_port_error_notFoundWords(answer, request);
    if (answer.status === 409)
        return conflictWords(request);
    return to_port_error_invalidWords(answer, request);
}
function to_port_error_throttledWords(request) {
    return {
        kind: 'Throttled',
        what: `${request.vault} refused ${asked(request)}: too many requests`,
        fix: 'Other clients use this vault too; run again later, or spread the schedules.',
    };
}
/** A proxy that finds no such host, or cannot connect to it, says so with a 5xx of its own. */
function to_port_error_serverWords(answer, request) {
    const what = `${request.vault} failed to answer ${asked(request)} (HTTP ${answer.status}`;
    return answer.fromVault
        ? { kind: 'Unavailable', what: `${what})`, fix: 'Run again later; see the status page of Azure if it lasts.' }
        : {
            kind: 'Unavailable',
            what: `${what}, not in Key Vault's form)`,
            fix: `A proxy on the way says so: check vaultUrl (is there a host ${request.host}?), HTTPS_PROXY and NO_PROXY; if they are right, run again later.`,
        };
}
function notVaultWords(answer, request) {
    return {
        kind: 'Malformed',
        what: `something else answered in place of ${request.vault} (HTTP ${answer.status}, not in Key Vault's form)`,
        fix: `A proxy or gateway stands between: let ${request.host} pass there, or name it in NO_PROXY.`,
    };
}
function to_port_error_unauthenticatedWords(answer, request) {
    const words = { kind: 'Unauthenticated', whole: true };
    if (answer.inner === 'AKV10032') {
        const fix = 'Use an identity of the tenant that the vault belongs to; a vault that moved keeps its old tenant until that is changed.';
        return { ...words, what: `${request.vault} refused the token: it is from another tenant (AKV10032)`, fix };
    }
    if (answer.inner === 'AKV10022') {
        return {
            ...words,
            what: `${request.vault} refused the token: it is for another cloud (AKV10022)`,
            fix: cloudFix(request),
        };
    }
    const fix = 'Run again; if it stays, check tenantId and the clock of this machine.';
    return { ...words, what: `${request.vault} refused the token (${answer.inner || 'Unauthorized'})`, fix };
}
function cloudFix(request) {
    const right = environmentOfVault(request.host);
    if (right !== undefined && right !== request.cloud.environmentType)
        return `Set environmentType to ${right}.`;
    return `Check environmentType (${request.cloud.environmentType}) against the vault's address ${request.host}.`;
}
function to_port_error_forbiddenWords(answer, request) {
    if (answer.isDisabled)
        return disabledWords(request);
    if (answer.inner === 'ForbiddenByFirewall')
        return firewallWords(answer, request);
    if (answer.inner === 'ForbiddenByConnection')
        return connectionWords(request);
    if (answer.inner === 'ForbiddenByPolicy' || answer.inner === 'AccessDenied')
        return policyWords(answer, request);
    return rbacWords(answer, request);
}
function disabledWords(request) {
    const collection = COLLECTIONS[request.type];
    const flags = `--vault-name ${request.vaultName} --name ${request.name ?? ''} --enabled true`;
    const command = request.type === 'secret' ? 'az keyvault secret set-attributes' : `az keyvault ${collection} set-attributes`;
    return {
        kind: 'Forbidden',
        what: `${asked(request)} in ${request.vault} is disabled; this is not a matter of permissions`,
        fix: `Enable it (${command} ${flags}) or take it out of the manifest.`,
    };
}
function firewallWords(answer, request) {
    const address = answer.clientAddress;
    const seen = address === undefined ? 'this address' : `the address ${address}`;
    const range = address === undefined ? 'ADDRESS/32' : `${address}/${address.includes(':') ? 128 : 32}`;
    return {
        kind: 'Forbidden',
        what: `the firewall of ${request.vault} does not admit ${seen}`,
        fix: `Run inside the vault's network, or admit it: az keyvault network-rule add --name ${request.vaultName} --ip-address ${range}. Hosted runners change their address.`,
        whole: true,
    };
}
function connectionWords(request) {
    return {
        kind: 'Forbidden',
        what: `${request.vault} does not accept public connections`,
        fix: `Run inside its network, or allow them: az keyvault update --name ${request.vaultName} --public-network-access Enabled.`,
        whole: true,
    };
}
function policyWords(answer, request) {
    const needed = request.metadataOnly === true ? 'list' : 'get list';
    const flag = `--${COLLECTIONS[request.type]}-permissions ${needed}`;
    const who = callerOf(answer.callerObjectId, request.clientId);
    return {
        kind: 'Forbidden',
        what: `${who.name} may not read ${asked(request)} in ${request.vault}: its access policy does not allow it`,
        fix: `az keyvault set-policy --name ${request.vaultName} ${who.policyFlag} ${flag}`,
    };
}
function rbacWords(answer, request) {
    const role = request.metadataOnly === true ? METADATA_ROLE : ROLES[request.type];
    const action = answer.action === undefined ? '' : ` (${answer.action})`;
    const who = callerOf(answer.callerObjectId, request.clientId);
    // Without a code that says why, the vault's own words are all that does.
    const said = answer.inner === '' && answer.sentence !== undefined ? `: "${answer.sentence}"` : '';
    const command = `az role assignment create --role "${role}" ${who.roleFlags} --scope "${answer.vaultId ?? 'VAULT_RESOURCE_ID'}"`;
    return {
        kind: 'Forbidden',
        what: `${who.name} may not read ${asked(request)} in ${request.vault}${action}${said}`,
        fix: `${said === '' ? 'Give' : 'If that is a matter of permissions, give'} it "${role}" on that vault: ${command}. A new assignment can take ten minutes.`,
    };
}
/** The three codes of a positive 404 never come here: they mean absent. */
function to_port_error_notFoundWords(answer, request) {
    if (answer.code === 'VaultNotFound' || answer.inner === 'VaultNotFound') {
        const fix = 'Check vaultUrl; a vault that was deleted can be recovered with az keyvault recover.';
        return { kind: 'Unavailable', what: `${request.vault} does not exist`, fix, whole: true };
    }
    return notVaultWords(answer, request);
}
function conflictWords(request) {
    return {
        kind: 'Conflict',
        what: `${asked(request)} in ${request.vault} is being deleted or recovered`,
        fix: 'Run again in a minute.',
    };
}
function to_port_error_invalidWords(answer, request) {
    if (answer.status < 400)
        return notVaultWords(answer, request);
    return {
        kind: 'Invalid',
        what: `${request.vault} does not understand the request for ${asked(request)} (${answer.code}, HTTP ${answer.status})`,
        fix: 'Check the key and the version: names have letters, digits and hyphens, 127 at most.',
    };
}
/** What came, after "answered secret "db" with". */
const GARBLINGS = {
    'no-json': "something that is not Key Vault's JSON",
    'other-object': 'another object or version than was asked for',
    'repeated-page': 'a page that goes on with one that it gave already',
    'endless-list': `pages without an end (more than ${MOST_PAGES}, or ${LARGEST_LIST_BYTES / 2 ** 20} MiB)`,
    'slow-list': `pages for more than ${LIST_DEADLINE_MS / 60_000} minutes`,
};
function garbledWords(request, garbling = 'no-json') {
    return {
        kind: 'Malformed',
        what: `${request.vault} answered ${asked(request)} with ${GARBLINGS[garbling]}`,
        fix: `Run again; if it stays, a proxy changes the answers: name ${request.host} in NO_PROXY.`,
    };
}
function challengeWords(request) {
    return {
        kind: 'Unauthenticated',
        what: `${request.vault} asks for a token that is not meant for ${request.host}`,
        fix: 'Check vaultUrl. The token was not sent, because another server could be behind that address.',
        code: 'ChallengeResource',
        whole: true,
    };
}
function asked(request) {
    if (request.name === undefined)
        return `the list of ${COLLECTIONS[request.type]}s`;
    return `${COLLECTIONS[request.type]} "${request.name}"`;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/outage-guard.js

/** So many reads in a row without an answer are an outage of the vault, and for so long nothing is asked of it. */
const OUTAGE_AFTER = 3;
const OUTAGE_MS = 60_000;
/**
 * Runs reads in the vault's lane and words their errors.
 *
 * What concerns the whole connection ends the reads that were already waiting; one that is asked for later tries again.
 * One object may fail on its own account, but after several in a row, each with all its repetitions, it is an outage:
 * nothing is asked for a while.
 */
function createOutageGuard({ lane, clock }) {
    let asked = 0;
    let failuresInARow = 0;
    let wall;
    const remember = (error) => {
        const now = clock.now().getTime();
        failuresInARow = isOutageLike(error) ? failuresInARow + 1 : 0;
        if (failuresInARow >= OUTAGE_AFTER)
            wall = { error, upTo: asked, until: now + OUTAGE_MS };
        else if (error.whole)
            wall = { error, upTo: asked, until: now };
        return error;
    };
    return async (read, request) => {
        asked += 1;
        const turn = asked;
        return lane.limit(async () => {
            if (wall !== undefined && (turn <= wall.upTo || clock.now().getTime() < wall.until))
                throw wall.error;
            try {
                const result = await read();
                failuresInARow = 0;
                return result;
            }
            catch (error) {
                throw remember(to_port_error_toPortError(error, request));
            }
        });
    };
}
function isOutageLike(error) {
    return error.kind === 'Throttled' || error.kind === 'Unavailable' || error.kind === 'Malformed';
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/public-key.js
/** A key as External Secrets Operator writes it: its public JSON Web Key, members in a fixed order, Go's escapes. */
const MEMBERS = 'kid kty key_ops n e d dp dq qi p q k key_hsm crv x y'.split(' ');
const ESCAPES = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
};
/** Unknown and empty members are dropped; strings stay as the vault sent them. */
function publicKeyJson(key) {
    const members = MEMBERS.filter((name) => !public_key_isEmpty(key[name])).map((name) => [name, key[name]]);
    const json = JSON.stringify(Object.fromEntries(members));
    return json.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] ?? character);
}
function public_key_isEmpty(value) {
    return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-object.js
/**
 * What Key Vault says of one object, in our words.
 *
 * An answer counts only for the object that was asked for: its id names type, name and version, and a 404 its type.
 * Anything else is no answer, so that a read that went wrong looks neither like a value nor like an absent object.
 *
 * | answer                                              | read of one object | list    |
 * | --------------------------------------------------- | ------------------ | ------- |
 * | 200, the object that was asked for                  | present            | -       |
 * | 200, a page of the list                             | unknown            | present |
 * | 404 with the code of the object's type              | absent             | unknown |
 * | everything else: other status, code, object or form | unknown            | unknown |
 */


const ABSENT_CODES = {
    secret: 'SecretNotFound',
    cert: 'CertificateNotFound',
    key: 'KeyNotFound',
};
const vault_object_COLLECTIONS = { secret: 'secrets', cert: 'certificates', key: 'keys' };
/** Did Key Vault itself say that there is no such object? */
function isAbsence(error, type) {
    return error instanceof VaultRefusal && error.answer.status === 404 && error.answer.code === ABSENT_CODES[type];
}
/** `id` is that of the answer. Without one it is no object: an empty name may be taken for the list. */
function fetched(asked, value, body, id) {
    const version = versionIn(id, asked);
    const read = { value, tags: vault_object_tagsOf(body['tags']), attributes: attributesOf(body['attributes']) };
    return version === undefined ? read : { ...read, version };
}
/**
 * The version in `https://VAULT/secrets/NAME/VERSION`. The host is not compared: a vault that is reached by another name
 * says its own. Names and versions are the same in upper and lower case.
 */
function versionIn(id, asked) {
    const { name, version } = partsOf(id, asked.type);
    const isAsked = vault_object_isSame(name, encodeURIComponent(asked.name));
    const isPinned = asked.version !== undefined && asked.version !== '';
    if (!isAsked || (isPinned && !vault_object_isSame(version ?? '', asked.version)))
        throw new GarbledAnswer('other-object');
    return version === '' ? undefined : version;
}
/** Throws for the id of another type: a list of keys is no list of secrets. */
function partsOf(id, type) {
    if (typeof id !== 'string' || !URL.canParse(id))
        throw new GarbledAnswer('no-json');
    const [, collection, name = '', version] = new URL(id).pathname.split('/');
    if (collection !== vault_object_COLLECTIONS[type])
        throw new GarbledAnswer('other-object');
    return version === undefined ? { name } : { name, version };
}
function vault_object_isSame(one, other) {
    return one.toLowerCase() === other.toLowerCase();
}
/** Of one line of a list. */
function timesOf({ createdOn, updatedOn, expiresOn, notBefore }) {
    return definedTimes({
        created: seconds(createdOn),
        updated: seconds(updatedOn),
        expires: seconds(expiresOn),
        notBefore: seconds(notBefore),
    });
}
function vault_object_tagsOf(tags) {
    if (!(0,fields/* isRecord */.u)(tags))
        return new Map();
    return new Map(Object.entries(tags).map(([name, value]) => [name, typeof value === 'string' ? value : null]));
}
function attributesOf(attributes) {
    if (!(0,fields/* isRecord */.u)(attributes))
        return {};
    return definedTimes({
        created: wholeNumber(attributes['created']),
        updated: wholeNumber(attributes['updated']),
        expires: wholeNumber(attributes['exp']),
        notBefore: wholeNumber(attributes['nbf']),
    });
}
function definedTimes(times) {
    return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined));
}
function wholeNumber(value) {
    return typeof value === 'number' ? Math.floor(value) : undefined;
}
function seconds(date) {
    return date instanceof Date ? Math.floor(date.getTime() / 1000) : undefined;
}

;// CONCATENATED MODULE: ./lib/src/adapters/transport/deferred.js
/** `Promise.withResolvers`, which Node 20 does not have. */
/** A promise, and what settles it. */
function deferred() {
    let resolve;
    let reject;
    const promise = new Promise((kept, broken) => {
        resolve = kept;
        reject = broken;
    });
    return { promise, resolve, reject };
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-pipeline.js






/** One policy per client: it remembers whether that client has authenticated yet. */
function vaultPolicy(context, vault, host) {
    const firstAlone = createFirstAlone();
    const guardPages = createPageGuard();
    const judge = (error) => judgeVault(error, context.clock.now());
    return {
        name: 'keyferryVaultPolicy',
        sendRequest: async (request, next) => {
            refuseOtherHost(request, vault, host);
            const send = () => (0,retry/* withRetry */.b)(context, {
                description: vault,
                deadlineMs: context.settings.deadlineMs,
                judge,
                attempt: (remainingMs) => sendOnce(request, next, remainingMs),
            });
            const response = await firstAlone(request, send);
            const body = response.bodyAsText ?? '';
            guardPages(request.url, body, body.includes('"nextLink"') ? jsonObject(body)?.['nextLink'] : undefined);
            return response;
        },
    };
}
/**
 * While the SDK's first challenge is under way, other requests of that client would go out without a token but with
 * their body. So the first goes alone; if it ends before it was authenticated, those that waited share its error,
 * because each would only meet the same wall.
 */
function createFirstAlone() {
    let authenticated = false;
    let first;
    return async (request, send) => {
        while (!authenticated && first !== undefined)
            await first;
        if (authenticated)
            return send();
        const { promise, resolve, reject } = deferred();
        promise.catch(() => undefined);
        first = promise;
        try {
            return await send();
        }
        catch (error) {
            if (!request.headers.has('authorization'))
                reject(error);
            throw error;
        }
        finally {
            authenticated = request.headers.has('authorization');
            first = undefined;
            resolve(undefined);
        }
    };
}
async function sendOnce(request, next, remainingMs) {
    request.timeout = Math.max(1, remainingMs);
    const response = await next(request);
    if (response.status !== 200)
        throw new VaultRefusal(readVaultAnswer(response));
    if (jsonObject(response.bodyAsText ?? '') === undefined)
        throw new GarbledAnswer('no-json');
    return response;
}
function judgeVault(error, now) {
    if (error instanceof WireFailure)
        return judgeWireFailure(error);
    if (!(error instanceof VaultRefusal) || !isRepeatableStatus(error.answer.status))
        return undefined;
    const reason = error.answer.status === 429 ? 'throttled' : `answered HTTP ${error.answer.status}`;
    const waitMs = (0,retry/* retryAfterMs */.V)(error.answer.header, now);
    return waitMs === undefined ? { reason } : { reason, retryAfterMs: waitMs };
}
/** Runs before authentication: a foreign host never sees a token. */
function refuseOtherHost(request, vault, host) {
    const url = new URL(request.url);
    if (url.protocol === 'https:' && url.host === host)
        return;
    throw new errors/* PortError */.U7({
        kind: 'Malformed',
        what: `${vault} continued its list on another host (${url.host})`,
        fix: 'Nothing was sent there. Check that no proxy changes the answers of the vault.',
        code: 'ForeignNextLink',
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/key-vault.js










function openKeyVault(context, options) {
    const description = vaultDescription(options.vaultUrl);
    const clients = createClients(context, options, description);
    const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
    return {
        key: options.key,
        description,
        get: (object) => guarded(() => key_vault_get(context, clients, object), requestFor(options, description, object)),
        list: () => guarded(() => list(context.clock, clients), requestFor(options, description)),
    };
}
/** `vault kv-shop`, from the host name. */
function vaultDescription(vaultUrl) {
    return `vault ${vaultName(vaultUrl)}`;
}
function vaultName(vaultUrl) {
    return vaultUrl.hostname.split('.')[0] ?? vaultUrl.hostname;
}
/** What is asked of the vault, for messages; without an object it is the list. */
function requestFor(options, vault, object) {
    const { vaultUrl, cloud, clientId } = options;
    const who = clientId === undefined ? {} : { clientId };
    const request = { vault, vaultName: vaultName(vaultUrl), host: vaultUrl.host, cloud, ...who };
    return object === undefined ? { ...request, type: 'secret' } : { ...request, type: object.type, name: object.name };
}
async function key_vault_get(context, clients, object) {
    refuseUnsendable(object.name);
    try {
        return await readers[object.type](context, clients, object);
    }
    catch (error) {
        if (isAbsence(error, object.type))
            return undefined;
        throw error;
    }
}
/** The rules of URLs take dots for steps up: the request would ask for something else. */
function refuseUnsendable(name) {
    if (name !== '.' && name !== '..')
        return;
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `"${name}" cannot be the name of a vault object`,
        fix: 'Write a name in remoteRef.key, as db-password or cert/web.',
    });
}
const readers = {
    secret: async (context, clients, object) => {
        const client = await clients.secrets();
        const version = object.version ?? '';
        const body = await rawBody((onResponse) => client.getSecret(object.name, { version, onResponse }));
        const value = arrived(context, body['value'], (text) => secret_value/* SecretValue */.i.ofText(text));
        if (value === undefined)
            throw new GarbledAnswer('no-json');
        return fetched(object, value, body, body['id']);
    },
    cert: async (context, clients, object) => {
        const client = await clients.certificates();
        const { name, version = '' } = object;
        const body = await rawBody((onResponse) => version === ''
            ? client.getCertificate(name, { onResponse })
            : client.getCertificateVersion(name, version, { onResponse }));
        const value = arrived(context, body['cer'], (text) => secret_value/* SecretValue */.i.of(Buffer.from(text, 'base64')));
        return fetched(object, value, body, body['id']);
    },
    key: async (context, clients, object) => {
        const client = await clients.keys();
        const version = object.version ?? '';
        const body = await rawBody((onResponse) => client.getKey(object.name, { version, onResponse }));
        const key = body['key'];
        if (!(0,fields/* isRecord */.u)(key))
            throw new GarbledAnswer('no-json');
        const value = arrived(context, publicKeyJson(key), (text) => secret_value/* SecretValue */.i.ofText(text));
        return fetched(object, value, body, key['kid']);
    },
};
function arrived(context, text, toValue) {
    if (typeof text !== 'string')
        return undefined;
    const value = toValue(text);
    context.masker.mask(value);
    return value;
}
/** The body of a good answer. What the SDK makes of it afterwards does not matter, not even when that fails. */
async function rawBody(send) {
    const seen = {};
    try {
        await send((response) => {
            const body = jsonObject(response.bodyAsText ?? '');
            if (body !== undefined)
                seen.body = body;
        });
    }
    catch (error) {
        if (seen.body === undefined)
            throw error;
    }
    if (seen.body === undefined)
        throw new GarbledAnswer('no-json');
    return seen.body;
}
/** All secrets, without values. */
async function list(clock, clients) {
    const client = await clients.secrets();
    return (await everyPage(clock, client.listPropertiesOfSecrets().byPage())).map(listed);
}
function listed(secret) {
    partsOf(secret.id, 'secret');
    return { name: secret.name, enabled: secret.enabled, tags: vault_object_tagsOf(secret.tags), attributes: timesOf(secret) };
}
/** Each SDK is loaded when it is first needed: a job that reads secrets only does not pay for the others. */
function createClients(context, options, vault) {
    const url = options.vaultUrl.href.replace(/\/+$/, '');
    const { credential } = options;
    const clientOptions = () => createClientOptions(context, options, vault);
    return {
        secrets: key_vault_once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 16009)),
                clientOptions(),
            ]);
            return new sdk.SecretClient(url, credential, settings);
        }),
        keys: key_vault_once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 95732)),
                clientOptions(),
            ]);
            return new sdk.KeyClient(url, credential, settings);
        }),
        certificates: key_vault_once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 84177)),
                clientOptions(),
            ]);
            return new sdk.CertificateClient(url, credential, settings);
        }),
    };
}
/** A new object for each client: the SDK writes into it. */
async function createClientOptions(context, options, vault) {
    const { createDefaultHttpClient } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 1818));
    const httpClient = createWire({
        http: createDefaultHttpClient(),
        timeoutMs: context.settings.requestTimeoutMs,
        environment: context.environment,
        before: options.lane.pace,
    });
    return {
        serviceVersion: context.settings.serviceVersion,
        httpClient,
        additionalPolicies: [{ policy: vaultPolicy(context, vault, options.vaultUrl.host), position: 'perCall' }],
        ...SDK_OPTIONS,
    };
}
function key_vault_once(create) {
    let created;
    return () => (created ??= create());
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-metadata.js





/** A ProviderReader whose objects have a version and no value. */
function openVaultMetadata(context, options) {
    const description = vaultDescription(options.vaultUrl);
    const clients = createClients(context, options, description);
    const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
    const request = (object) => ({
        ...requestFor(options, description, object),
        metadataOnly: true,
    });
    return {
        key: options.key,
        description,
        get: (object) => guarded(() => describe(context, clients, request(object), object), request(object)),
        list: () => guarded(() => list(context.clock, clients), request()),
    };
}
async function describe(context, clients, request, object) {
    refuseUnsendable(object.name);
    const version = wantedVersion(await versionsOf(context, clients, object), object.version);
    if (version === undefined)
        return undefined;
    // Key Vault: a disabled certificate can still be read.
    if (version.enabled === false && object.type !== 'cert')
        throw disabledError(request);
    const described = { value: undefined, tags: vault_object_tagsOf(version.tags), attributes: timesOf(version) };
    return version.version === undefined ? described : { ...described, version: version.version };
}
/** The current version is the one that was created last; times are whole seconds. */
function wantedVersion(versions, version) {
    if (version !== undefined)
        return versions.find((one) => one.version?.toLowerCase() === version.toLowerCase());
    const createdAt = (one) => one.createdOn?.getTime() ?? 0;
    return versions.reduce((newest, one) => (newest === undefined || createdAt(one) >= createdAt(newest) ? one : newest), undefined);
}
/** Key Vault: of an object that does not exist the list is empty, and there is no 404. */
async function versionsOf({ clock }, clients, { type, name }) {
    try {
        const versions = await everyPage(clock, (await listers[type](clients, name)).byPage());
        for (const { id } of versions)
            versionIn(id, { type, name });
        return versions;
    }
    catch (error) {
        if (isAbsence(error, type))
            return [];
        throw error;
    }
}
const listers = {
    secret: async (clients, name) => (await clients.secrets()).listPropertiesOfSecretVersions(name),
    cert: async (clients, name) => (await clients.certificates()).listPropertiesOfCertificateVersions(name),
    key: async (clients, name) => (await clients.keys()).listPropertiesOfKeyVersions(name),
};

;// CONCATENATED MODULE: ./lib/src/engine/sync/without-values.js
/** A cluster of which no value is known: its Secrets have keys, labels and owners. It cannot be written to. */



/** `secrets` is where Secrets are read, if the cluster has a way to read them without their values. */
function withoutValues(cluster, secrets = cluster) {
    return {
        description: cluster.description,
        getSecret: async (ref) => {
            const secret = await secrets.getSecret(ref);
            return secret === undefined ? undefined : without_values_hidden(secret);
        },
        listSecrets: async (namespace, label) => (await secrets.listSecrets(namespace, label)).map(without_values_hidden),
        getConfigMap: (namespace, name) => cluster.getConfigMap(namespace, name),
        getServiceAccount: (namespace, name) => cluster.getServiceAccount(namespace, name),
        requestToken: (namespace, name, audiences) => cluster.requestToken(namespace, name, audiences),
        getNamespace: (name) => cluster.getNamespace(name),
    };
}
/** Kubernetes: metadata names the keys that somebody owns. The hash of the data is as good as a short value. */
function without_values_hidden(secret) {
    const keys = new Set([...secret.data.keys(), ...secret.ownedFields.flatMap(({ data }) => data)]);
    const annotations = new Map(secret.annotations);
    const hash = annotations.get(model_names/* DATA_HASH_ANNOTATION */.Es);
    if (hash !== undefined && hash !== HASH_OF_NOTHING)
        annotations.set(model_names/* DATA_HASH_ANNOTATION */.Es, model_names/* REDACTED */.XF);
    return { ...secret, annotations, data: new Map([...keys].map((key) => [key, secret_value/* SecretValue */.i.fingerprint(() => false)])) };
}
/** Tells nothing, and says that a Secret without keys is as it was written. */
const HASH_OF_NOTHING = (0,go_hash/* hashData */.dW)(new Map());

// EXTERNAL MODULE: ./lib/src/adapters/node/random.js
var random = __webpack_require__(63269);
// EXTERNAL MODULE: ./lib/src/core/model/host-name.js
var host_name = __webpack_require__(92884);
;// CONCATENATED MODULE: ./lib/src/core/model/private-link.js
/**
 * Addresses of the DNS zone behind a private endpoint. A vault never answers by them: its certificate is for its own
 * name, which the zone makes resolve to the private address.
 */
const ZONE = /^([a-z0-9-]+)\.(?:privatelink\.)?(vaultcore|vault|managedhsm)\.([a-z0-9.-]+)$/i;
/** `kv-shop.vault.azure.net` for `kv-shop.privatelink.vaultcore.azure.net`; undefined for every other host. */
function vaultOfPrivateLink(host) {
    if (!/\.(?:privatelink|vaultcore)\./i.test(host))
        return undefined;
    const [, name = '', zone = '', domain = ''] = ZONE.exec(host) ?? [];
    return name === '' ? undefined : `${name}.${zone.toLowerCase() === 'vaultcore' ? 'vault' : zone}.${domain}`;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/opening.js
/** A store that is being opened, and what its references hold. The only file of this folder that reads Secrets. */




function invalid({ store }, what, fix) {
    return new errors/* PortError */.U7({ kind: 'Invalid', what: `${(0,object_ref/* refText */.d0)(store.ref)} ${what}`, fix, whole: true });
}
async function opening_readText(opening, field, selector) {
    const value = await readKey(opening, field, selector);
    return new TextDecoder().decode(value.reveal());
}
async function readKey(opening, field, selector) {
    const ref = (0,model_secret/* secretRef */.C)(selectorNamespace(opening, selector), selector.name);
    const secret = await opening.context.cluster.getSecret(ref);
    const named = `which ${(0,object_ref/* refText */.d0)(opening.store.ref)} names in authSecretRef.${field}`;
    if (secret === undefined) {
        const what = `${(0,object_ref/* refText */.d0)(ref)}, ${named}, does not exist`;
        throw new errors/* PortError */.U7({ kind: 'NotFound', what, fix: 'Create it, or correct the name.', whole: true });
    }
    const value = secret.data.get(selector.key);
    if (value === undefined) {
        const what = `${(0,object_ref/* refText */.d0)(ref)}, ${named}, has no key "${selector.key}"`;
        throw new errors/* PortError */.U7({
            kind: 'NotFound',
            what,
            fix: `Add the key, or correct authSecretRef.${field}.key.`,
            whole: true,
        });
    }
    if (value.isOpaque) {
        const what = `${(0,object_ref/* refText */.d0)(ref)}, ${named}, can be compared but not read here`;
        throw new errors/* PortError */.U7({ kind: 'Invalid', what, fix: 'Use authType WorkloadIdentity for this store.', whole: true });
    }
    if (field === 'clientSecret' || field === 'clientCertificate')
        opening.context.masker.mask(value);
    return value;
}
/** A namespaced store looks in its own namespace, whatever the selector says; only a ClusterSecretStore obeys it. */
function selectorNamespace({ store, namespace }, selector) {
    if ((0,kinds/* isClusterWide */.O9)(store.ref.kind))
        return selector.namespace ?? namespace;
    return store.ref.namespace ?? namespace;
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/service-principal.js



/** Client secret or certificate from Secrets. The client id is read first, as External Secrets Operator does. */
async function servicePrincipal(opening) {
    const selectors = selectorsOf(opening);
    const clientId = await opening_readText(opening, 'clientId', selectors.clientId);
    const material = await readKey(opening, selectors.field, selectors.material);
    if (clientId === '')
        throw emptyKey(opening, 'clientId', selectors.clientId);
    if (material.size === 0)
        throw emptyKey(opening, selectors.field, selectors.material);
    const type = selectors.field === 'clientSecret' ? 'client-secret' : 'client-certificate';
    const { authorityHost } = opening.cloud;
    const digest = digestOf(material.reveal());
    if (type === 'client-certificate')
        checkCertificate(opening, material);
    return {
        identity: { type, authorityHost, tenantId: selectors.tenantId, clientId, digest },
        cloud: opening.cloud,
        material,
    };
}
/** What to do about each thing that can be missing. */
const FIXES = {
    tenantId: 'Set spec.provider.azurekv.tenantId, which authType ServicePrincipal needs.',
    authSecretRef: 'Set authSecretRef.clientId and authSecretRef.clientSecret, or use authType WorkloadIdentity.',
    'authSecretRef.clientId': 'Name the Secret and key that hold the client id.',
};
function selectorsOf(opening) {
    const { tenantId, authSecretRef: auth } = opening.provider;
    if (tenantId === undefined)
        throw service_principal_missing(opening, 'tenantId');
    if (auth === undefined)
        throw service_principal_missing(opening, 'authSecretRef');
    if (auth.clientId === undefined)
        throw service_principal_missing(opening, 'authSecretRef.clientId');
    return { tenantId, clientId: auth.clientId, ...materialOf(opening, auth) };
}
function materialOf(opening, auth) {
    const { clientSecret: secret, clientCertificate: certificate } = auth;
    const both = 'authSecretRef.clientSecret and authSecretRef.clientCertificate';
    if (secret !== undefined && certificate !== undefined)
        throw invalid(opening, `has both ${both}`, 'Keep one of the two.');
    if (secret !== undefined)
        return { field: 'clientSecret', material: secret };
    if (certificate !== undefined)
        return { field: 'clientCertificate', material: certificate };
    throw invalid(opening, `has neither ${both.replace(' and ', ' nor ')}`, 'Set one of the two.');
}
function service_principal_missing(opening, field) {
    return invalid(opening, `has no ${field}`, FIXES[field]);
}
function checkCertificate(opening, material) {
    try {
        lastCertificate(new TextDecoder().decode(material.reveal()));
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : 'it cannot be parsed';
        throw invalid(opening, `has an authSecretRef.clientCertificate that cannot be used: ${reason}`, 'Store certificate and RSA private key as PEM without a password.');
    }
}
function emptyKey(opening, field, selector) {
    const what = `has an empty value in authSecretRef.${field} (Secret ${selector.name}, key "${selector.key}")`;
    return invalid(opening, what, 'Fill that key of the Secret.');
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/identity.js
/**
 * Who we are for a store: its authType, Secrets and ServiceAccount read into one plain record.
 *
 * Reads Secrets and ServiceAccounts of the cluster; asks neither Entra nor a vault. The checks run in the order of
 * External Secrets Operator's (legacy) Key Vault client, so that a store fails here for the reason it fails there.
 *
 * | authType | setting `identity` | client id | tenant |
 * | --- | --- | --- | --- |
 * | ServicePrincipal | any | authSecretRef.clientId | tenantId |
 * | ManagedIdentity | any | identityId, else the machine's own | none |
 * | WorkloadIdentity, serviceAccountRef | service-account, mounted token | storeIdentities, authSecretRef or annotation, azureClientId | authSecretRef, tenantId, annotation, azureTenantId, AZURE_TENANT_ID |
 * | WorkloadIdentity, mounted | mounted token | azureClientId, AZURE_CLIENT_ID | azureTenantId, AZURE_TENANT_ID |
 * | WorkloadIdentity | github and other tokens of our own | as with serviceAccountRef, then AZURE_CLIENT_ID | as above, then the vault's challenge |
 * | WorkloadIdentity | azure-cli | who is logged in | tenantId, azureTenantId, then the vault's challenge |
 */







const CLIENT_ID_ANNOTATION = 'azure.workload.identity/client-id';
const TENANT_ID_ANNOTATION = 'azure.workload.identity/tenant-id';
/** Throws PortError Invalid or NotFound when the store names no usable identity. */
async function resolveIdentity(context, store, provider, namespace) {
    const cloud = cloudOf(store, provider, context.settings.logins);
    const opening = { context, store, provider, namespace, cloud };
    switch (provider.authType) {
        case 'ServicePrincipal':
            return servicePrincipal(opening);
        case 'ManagedIdentity':
            return managedIdentity(opening);
        case 'WorkloadIdentity':
            return { identity: await workloadIdentity(opening), cloud: opening.cloud };
        default:
            provider.authType;
            throw invalid(opening, `has the unknown authType "${String(provider.authType)}"`, 'Use WorkloadIdentity.');
    }
}
function managedIdentity({ context, store, provider, cloud }) {
    refuseForeignAuthority(context, (0,object_ref/* refText */.d0)(store.ref));
    const own = { type: 'managed-identity', authorityHost: cloud.authorityHost };
    const identity = provider.identityId === undefined ? own : { ...own, identityId: provider.identityId };
    return { identity, cloud };
}
async function workloadIdentity(opening) {
    const setting = effectiveSetting(opening);
    switch (setting) {
        case 'azure-cli':
            return azureCliIdentity(opening);
        case 'service-account':
            return serviceAccountIdentity(opening);
        case 'token-file':
            return opening.context.settings.tokenFile === undefined
                ? mountedTokenIdentity(opening)
                : ownTokenIdentity(opening, ownToken(opening.context, setting));
        default:
            return ownTokenIdentity(opening, ownToken(opening.context, setting));
    }
}
/** A token that is there only for this process comes first; then what the store asks for. */
function effectiveSetting({ context, provider }) {
    const { identity } = context.settings;
    if (identity !== 'auto')
        return identity;
    return ownTokenHere(context) ?? (provider.serviceAccountRef === undefined ? lastResort(context) : 'service-account');
}
function azureCliIdentity({ context, provider, cloud }) {
    const identity = { type: 'azure-cli', authorityHost: cloud.authorityHost };
    const tenantId = provider.tenantId ?? context.settings.azureTenantId;
    return tenantId === undefined ? identity : { ...identity, tenantId };
}
async function serviceAccountIdentity(opening) {
    const reference = opening.provider.serviceAccountRef;
    if (reference === undefined) {
        throw invalid(opening, 'has no serviceAccountRef', 'Set spec.provider.azurekv.serviceAccountRef, or the setting identity to token-file.');
    }
    const namespace = selectorNamespace(opening, reference);
    const audiences = [opening.context.settings.audience, ...reference.audiences];
    refuseForeignAudience(opening.context, audiences);
    const source = { from: 'service-account', namespace, name: reference.name, audiences };
    return referencedIdentity(opening, source);
}
async function mountedTokenIdentity(opening) {
    const { environment } = opening.context;
    const path = environment['AZURE_FEDERATED_TOKEN_FILE'] ?? '';
    const clientId = fallbackClientId(opening.context);
    const tenantId = fallbackTenantId(opening.context);
    const source = { from: 'token-file', path };
    if (path !== '' && opening.provider.serviceAccountRef !== undefined)
        return referencedIdentity(opening, source);
    if (path !== '' && clientId !== '' && tenantId !== '') {
        return { type: 'assertion', authorityHost: opening.cloud.authorityHost, tenantId, clientId, source };
    }
    throw invalid(opening, 'uses the identity of this machine, but AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set', 'In a pod, add the label azure.workload.identity/use: "true"; in a GitHub job, add permissions: id-token: write; on a laptop, az login and --identity azure-cli; elsewhere, choose with --identity.');
}
/** External Secrets Operator's rules for a store that names a ServiceAccount. */
async function referencedIdentity(opening, source) {
    const { settings } = opening.context;
    const annotations = await serviceAccountAnnotations(opening);
    const assigned = assignedClientId(settings.storeIdentities, opening.store);
    const clientId = assigned ?? ((await writtenClientId(opening, annotations)) || (settings.azureClientId ?? ''));
    if (clientId === '')
        throw noClientId(opening);
    const tenantId = (await writtenTenantId(opening, annotations)) || fallbackTenantId(opening.context);
    if (tenantId !== '')
        return { type: 'assertion', authorityHost: opening.cloud.authorityHost, tenantId, clientId, source };
    throw invalid(opening, 'has no tenantId', `Set spec.provider.azurekv.tenantId, the annotation ${TENANT_ID_ANNOTATION} of its ServiceAccount, --azure-tenant-id or AZURE_TENANT_ID.`);
}
/** The token does not depend on the store, so that its ServiceAccount is only asked for the client id. */
async function ownTokenIdentity(opening, source) {
    const { context, store, cloud } = opening;
    const assigned = assignedClientId(context.settings.storeIdentities, store);
    const annotations = assigned === undefined ? await readableAnnotations(opening) : {};
    const written = assigned ?? (await ownTokenClientId(opening, annotations));
    const clientId = written || fallbackClientId(context);
    if (clientId === '')
        throw noOwnClientId(opening);
    const tenantId = (await ownTokenTenantId(opening, annotations)) || fallbackTenantId(context);
    const identity = { type: 'assertion', authorityHost: cloud.authorityHost, clientId, source };
    return tenantId === '' ? identity : { ...identity, tenantId };
}
/** A store without serviceAccountRef means the machine's own identity; its authSecretRef is not looked at. */
async function ownTokenClientId(opening, annotations) {
    return opening.provider.serviceAccountRef === undefined ? '' : writtenClientId(opening, annotations);
}
async function ownTokenTenantId(opening, annotations) {
    if (opening.provider.serviceAccountRef === undefined)
        return opening.provider.tenantId ?? '';
    return writtenTenantId(opening, annotations);
}
function assignedClientId(identities, store) {
    const { namespace, name } = store.ref;
    return identities[namespace === undefined ? name : `${namespace}/${name}`];
}
async function serviceAccountAnnotations(opening) {
    const reference = opening.provider.serviceAccountRef;
    if (reference === undefined)
        return {};
    const namespace = selectorNamespace(opening, reference);
    const account = await opening.context.cluster.getServiceAccount(namespace, reference.name);
    if (account !== undefined)
        return account.annotations;
    throw new errors/* PortError */.U7({
        kind: 'NotFound',
        what: `ServiceAccount ${namespace}/${reference.name}, which ${(0,object_ref/* refText */.d0)(opening.store.ref)} names in serviceAccountRef, does not exist`,
        fix: 'Create it, or correct serviceAccountRef.name.',
        whole: true,
    });
}
/** A token of our own does not need the ServiceAccount: one that cannot be read is only missed where nothing else helps. */
async function readableAnnotations(opening) {
    try {
        return await serviceAccountAnnotations(opening);
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && fallbackClientId(opening.context) !== '')
            return {};
        throw error;
    }
}
/** From authSecretRef or the annotation; '' when neither has it. Both at once is a conflict, also when equal. */
async function writtenClientId(opening, annotations) {
    const auth = opening.provider.authSecretRef;
    const fromSecret = auth === undefined ? '' : await authSecretClientId(opening, auth.clientId);
    const annotated = annotations[CLIENT_ID_ANNOTATION];
    if (annotated === undefined)
        return fromSecret;
    if (fromSecret === '')
        return annotated;
    throw invalid(opening, `has two client ids: authSecretRef.clientId and the annotation ${CLIENT_ID_ANNOTATION} of its ServiceAccount`, 'Remove one of the two.');
}
async function authSecretClientId(opening, selector) {
    if (selector !== undefined)
        return opening_readText(opening, 'clientId', selector);
    throw invalid(opening, 'has an authSecretRef without clientId', 'Set authSecretRef.clientId, or remove authSecretRef.');
}
/** From authSecretRef, tenantId or the annotation; '' when none has it. */
async function writtenTenantId(opening, annotations) {
    const selector = opening.provider.authSecretRef?.tenantId;
    const fromSecret = selector === undefined ? '' : await opening_readText(opening, 'tenantId', selector);
    const known = fromSecret || (opening.provider.tenantId ?? '');
    const annotated = annotations[TENANT_ID_ANNOTATION];
    if (annotated === undefined)
        return known;
    if (known === '')
        return annotated;
    const field = fromSecret === '' ? 'tenantId' : 'authSecretRef.tenantId';
    throw invalid(opening, `has two tenant ids: ${field} and the annotation ${TENANT_ID_ANNOTATION} of its ServiceAccount`, 'Remove one of the two, even when they are equal.');
}
function noClientId(opening) {
    const name = opening.provider.serviceAccountRef?.name ?? '';
    return invalid(opening, `has no client id: ServiceAccount ${name} has no annotation ${CLIENT_ID_ANNOTATION}, and there is no authSecretRef.clientId`, `Annotate the ServiceAccount with ${CLIENT_ID_ANNOTATION}, or set --azure-client-id or --store-identities.`);
}
function noOwnClientId(opening) {
    return invalid(opening, 'has no client id', `Set --azure-client-id, name this store in --store-identities, or annotate its ServiceAccount with ${CLIENT_ID_ANNOTATION}.`);
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/lane.js
/**
 * One lane per vault, shared by every identity that reads it: so many reads at a time, and never as many requests in
 * ten seconds as Key Vault refuses (4,000 per vault and region, other clients included).
 */

const WINDOW_MS = 10_000;
/** Ninety per cent of the service's limit. */
const REQUESTS_PER_WINDOW = 3_600;
function createLane(clock, concurrency, perWindow = REQUESTS_PER_WINDOW) {
    const limit = (0,p_limit/* default */.A)(concurrency);
    return { limit: (read) => limit(read), pace: createPacer(clock, perWindow) };
}
/** A sliding window over a ring of the last so many sending times. */
function createPacer(clock, perWindow) {
    const sentAt = new Array(perWindow).fill(-Infinity);
    let next = 0;
    return async () => {
        const slot = next;
        next = (next + 1) % perWindow;
        const now = clock.now().getTime();
        const sendAt = Math.max(now, (sentAt[slot] ?? -Infinity) + WINDOW_MS);
        sentAt[slot] = sendAt;
        if (sendAt > now)
            await clock.sleep(sendAt - now);
    };
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/azure-providers.js
/**
 * Opens Azure Key Vault stores.
 *
 * One factory is one run: its tokens, its lanes and its clients are shared by all stores that reach the same vault as
 * the same identity. Opening asks neither Entra nor the vault.
 */










function createAzureProviders(options) {
    const context = { random: Math.random, ...options };
    const login = options.login ?? azure_providers_createLogin(context);
    const opener = { context, login, open: options.openVault ?? openKeyVault, lanes: new Map(), sent: 0 };
    const providers = new Map();
    return {
        get requestCount() {
            return opener.sent;
        },
        open: async (store, namespace) => {
            if (store.provider.type !== 'azurekv')
                throw new Error(`not an azurekv store: ${(0,object_ref/* refText */.d0)(store.ref)}`);
            const vaultUrl = parseVaultUrl(store, store.provider.vaultUrl);
            const opened = await login.identityOf(store, store.provider, namespace);
            const key = providerKey(vaultUrl, opened);
            return azure_providers_remember(providers, key, () => openVault(opener, { key, vaultUrl, opened }));
        },
    };
}
function azure_providers_createLogin(context) {
    return {
        ...createCredentials(context),
        identityOf: (store, provider, namespace) => resolveIdentity(context, store, provider, namespace),
    };
}
function openVault(opener, target) {
    const { key, vaultUrl, opened } = target;
    const { context, login, lanes } = opener;
    const { clock, settings } = context;
    return opener.open(context, {
        key,
        vaultUrl,
        cloud: opened.cloud,
        lane: counted(opener, azure_providers_remember(lanes, vaultUrl.host, () => createLane(clock, settings.concurrency))),
        credential: login.credentialFor(opened, vaultDescription(vaultUrl)),
        ...clientIdIn(opened.identity),
    });
}
/** Every request passes its lane, whoever sends it. */
function counted(opener, lane) {
    return {
        ...lane,
        pace: () => {
            opener.sent += 1;
            return lane.pace();
        },
    };
}
function providerKey(vaultUrl, opened) {
    return `${vaultUrl.host}${vaultUrl.pathname}#${digestOf(new TextEncoder().encode(JSON.stringify(opened.identity)))}`;
}
function parseVaultUrl(store, text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const own = vaultOfPrivateLink(url?.hostname ?? '');
    if (own !== undefined)
        throw privateLink(store, own);
    const isPlain = url?.username === '' && url.search === '' && url.hash === '';
    if (url?.protocol === 'https:' && isPlain && (0,host_name/* isHostName */.u)(url.hostname))
        return url;
    const reason = url?.protocol === 'http:' ? 'which is not encrypted' : 'which is no plain https address';
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(store.ref)} has the vaultUrl "${withoutLogin(url, text)}", ${reason}`,
        fix: 'Write it as https://NAME.vault.azure.net.',
        whole: true,
    });
}
function privateLink(store, host) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(store.ref)} has a vaultUrl in the DNS zone of a private endpoint, which no vault answers by`,
        fix: `Write https://${host}; inside its network it resolves to the private address by itself.`,
        whole: true,
    });
}
/** Somebody may have put a password into the address. */
function withoutLogin(url, text) {
    if (url === undefined)
        return text.includes('@') ? '…' : text;
    return `${url.protocol}//${url.host}${url.pathname}`;
}
function azure_providers_remember(known, key, create) {
    const value = known.get(key) ?? create();
    known.set(key, value);
    return value;
}

;// CONCATENATED MODULE: ./lib/src/adapters/fake/fake-provider.js
/** ESO's `fake` provider: values written in the store itself, for demos and tests. Never for real secrets. */


function createFakeProviders(options) {
    return {
        open: (store) => {
            if (store.provider.type !== 'fake')
                throw new Error(`not a fake store: ${(0,object_ref/* refText */.d0)(store.ref)}`);
            const { data } = store.provider;
            const provider = {
                key: `fake ${(0,object_ref/* refText */.d0)(store.ref)}`,
                description: `fake ${(0,object_ref/* refText */.d0)(store.ref)}`,
                get: (object) => Promise.resolve(find(options.masker, data, object)),
                list: () => Promise.resolve(fake_provider_namesOf(data)),
            };
            return Promise.resolve(provider);
        },
    };
}
/** Key and version must both match; no version matches only an entry without one. The last such entry counts. */
function find(masker, data, object) {
    const version = object.version ?? '';
    const entry = data.findLast(({ key, version: own = '' }) => key === object.name && own === version);
    if (entry === undefined)
        return undefined;
    const value = secret_value/* SecretValue */.i.ofText(entry.value);
    masker.mask(value);
    const read = { value, tags: new Map(), attributes: {} };
    return version === '' ? read : { ...read, version };
}
function fake_provider_namesOf(data) {
    const names = new Set(data.map(({ key }) => key));
    return [...names].map((name) => ({ name, enabled: true, tags: new Map(), attributes: {} }));
}

;// CONCATENATED MODULE: ./lib/src/adapters/providers.js
/** Which adapter opens which kind of store. The only file that knows all of them. */




function createProviders(options) {
    const factories = {
        azurekv: createAzureProviders(options),
        fake: createFakeProviders(options),
    };
    return {
        get requestCount() {
            return factories.azurekv.requestCount ?? 0;
        },
        open: async (store, namespace) => {
            const { type } = store.provider;
            if (Object.hasOwn(factories, type))
                return factories[type].open(store, namespace);
            throw new errors/* PortError */.U7({
                kind: 'Invalid',
                what: `${(0,object_ref/* refText */.d0)(store.ref)} has the provider "${type}", which is not supported`,
                fix: `Use one of ${Object.keys(factories).join(', ')}.`,
                whole: true,
            });
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/engine/sync/given-objects.js
/**
 * The cluster as logins see it: what it lacks, or may not be read, may stand in the manifests. Only for what stores
 * name, and only on the machine that reads the manifests; targets and templates are those of the cluster alone.
 */



/** Reads the manifests once, whoever asks: standard input cannot be read twice. */
function readOnce(source) {
    let loading;
    return { load: () => (loading ??= source.load()) };
}
/** `namespace` is for documents that name none. */
function withGivenObjects(cluster, source, namespace) {
    const given = async () => givenObjects(await documentsOf(source), namespace);
    return {
        description: cluster.description,
        getSecret: (ref) => given_objects_firstOf(() => cluster.getSecret(ref), async () => liveOf((await given()).secrets.get((0,object_ref/* refText */.d0)(ref)))),
        getServiceAccount: (place, name) => {
            const ref = { kind: 'ServiceAccount', namespace: place, name };
            return given_objects_firstOf(() => cluster.getServiceAccount(place, name), async () => accountOf(ref, await given()));
        },
        listSecrets: (place, label) => cluster.listSecrets(place, label),
        getConfigMap: (place, name) => cluster.getConfigMap(place, name),
        requestToken: (place, name, audiences) => cluster.requestToken(place, name, audiences),
        getNamespace: (name) => cluster.getNamespace(name),
    };
}
async function documentsOf(source) {
    return (await source.load()).documents;
}
/** What the cluster has goes first: that is what the job will find. Other failures than a missing right are told. */
async function given_objects_firstOf(live, given) {
    try {
        return (await live()) ?? (await given());
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7) || error.kind !== 'Forbidden')
            throw error;
        const found = await given();
        if (found === undefined)
            throw error;
        return found;
    }
}
function accountOf(ref, { serviceAccounts }) {
    const object = serviceAccounts.get((0,object_ref/* refText */.d0)(ref));
    return object === undefined ? undefined : { ref, annotations: object.metadata.annotations ?? {} };
}
/** As if it had been applied, by nobody. */
function liveOf(secret) {
    if (secret === undefined)
        return undefined;
    const { ref, type, data } = secret;
    return {
        ref,
        ...(type === undefined ? {} : { type }),
        data,
        uid: '',
        resourceVersion: '',
        deleting: false,
        labels: new Map(),
        annotations: new Map(),
        ownerReferences: [],
        finalizers: [],
        ownedFields: [],
    };
}

;// CONCATENATED MODULE: ./lib/src/wiring/ports.js







/** Asks nothing of vault or cluster yet. Rejects with a PortError where the cluster cannot be opened. */
async function portsOf(settings, outside, reading = {}) {
    const opened = await openCluster(settings, outside, reading);
    const { cluster, state, publisher } = opened;
    return { ...readPortsAround(settings, outside, { ...reading, opened, cluster }), cluster, state, publisher };
}
/** The same for a plan that reads at another level. */
async function readPortsOf(settings, outside, { cluster, openVault, ...reading }) {
    const opened = await openCluster(settings, outside, reading);
    return readPortsAround(settings, outside, { ...reading, opened, cluster: await cluster(opened), openVault });
}
function readPortsAround(settings, outside, around) {
    const { environment, logger, masker, stop } = outside;
    const { opened, cluster, openVault } = around;
    const clock = node_clock/* systemClock */.m;
    const { source, files } = sourcesOf(settings, around.manifests, opened.manifests);
    return {
        manifests: source,
        cluster,
        state: opened.state,
        providers: createProviders({
            cluster: files === undefined ? cluster : withGivenObjects(cluster, files, settings.namespace),
            clock,
            masker,
            logger,
            environment,
            settings: azureSettingsOf(settings),
            ...(openVault === undefined ? {} : { openVault }),
        }),
        clock,
        random: random/* systemRandom */.v,
        logger,
        redact: (text) => masker.redact(text),
        spare: (names) => {
            masker.spare(names);
        },
        stop,
    };
}
/** Intents that come from the cluster have nothing beside them, and the job asks their source for its digest. */
function sourcesOf(settings, given, inCluster) {
    if (given === undefined && inCluster !== undefined)
        return { source: inCluster };
    const files = readOnce(given ?? (0,wiring_manifests/* deployedManifestsOf */.aN)(settings));
    return { source: files, files };
}

;// CONCATENATED MODULE: ./lib/src/wiring/metadata-ports.js
/** Settings → the ports of a plan without values: what they bring holds none. Not for the job, which needs them all. */



/** A real cluster is asked for metadata only; a folder is read whole, and its values are dropped at once. */
async function metadataPortsOf(settings, outside, reading) {
    return await readPortsOf(settings, outside, {
        ...reading,
        cluster: async ({ cluster, real }) => {
            if (real === undefined)
                return withoutValues(cluster);
            const { secretMetadata } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 17730));
            return withoutValues(cluster, secretMetadata(real.connection));
        },
        openVault: openVaultMetadata,
    });
}

;// CONCATENATED MODULE: ./lib/src/wiring/version.js
/** The version of this program; a test compares it with package.json. */
const VERSION = '0.1.0';
/** One line, or what a report of a fault wants to hold. */
function versionText(output) {
    if (output === 'text')
        return `${VERSION}\n`;
    const { version: node, platform, arch } = process;
    return `${JSON.stringify({ version: VERSION, node: node.slice(1), platform: `${platform}-${arch}` })}\n`;
}

// EXTERNAL MODULE: ./lib/src/engine/sync/settings.js
var sync_settings = __webpack_require__(96480);
;// CONCATENATED MODULE: ./lib/src/wiring/run-settings.js




/** `namespace` is that of the cluster's context. */
function runSettingsOf(settings, namespace) {
    return {
        ...sync_settings/* DEFAULT_SETTINGS */.a,
        ...(0,wiring_manifests/* readingOf */.MU)(settings, namespace),
        only: settings.only,
        mode: settings.due ? 'due' : 'always',
        controllerClass: settings.controllerClass,
        logins: (0,allowed_logins/* allowedLoginsOf */.q)(settings),
        engineVersion: VERSION,
        deletionLimits: settings.force ? undefined : { count: settings.maxDeletes, share: settings.maxDeleteShare / 100 },
        updateLimits: settings.force ? undefined : { count: settings.maxUpdates, share: settings.maxUpdateShare / 100 },
        prune: settings.prune,
        // Whoever reads the text of a report reads the log beside it: each problem is told once.
        problemsInLog: settings.output !== 'text' || settings.logFormat !== 'text',
        // Only custom resources have a status and Events of their own.
        home: settings.home === 'custom-resources' ? 'custom-resources' : 'files',
    };
}

;// CONCATENATED MODULE: ./lib/src/wiring/plan-and-sync.js









/** Rejects with a PortError or RunStopped where there is no report. */
async function planWithCluster(request) {
    const { settings, outside, inPhase } = request;
    const connection = request.connection ?? (await connectionOf(settings, outside, waysOfARun(settings)));
    const reading = { ...readingGiven(request), connection };
    const runSettings = runSettingsOf(settings, connection?.contextNamespace);
    return settings.planLevel === 'metadata'
        ? await plan(await metadataPortsOf(settings, outside, reading), runSettings, { level: metadataLevel(), inPhase })
        : await plan(await portsOf(settings, outside, reading), runSettings, { inPhase });
}
/**
 * An approved plan is made once more at its own level, and compared; nothing is written before. All of it looks at the
 * cluster through one connection. Rejects with a PortError or RunStopped where there is no report.
 */
async function syncWithCluster(request) {
    const { settings, outside, base, manifests, inPhase } = request;
    const connection = request.connection ?? (await connectionOf(settings, outside, waysOfARun(settings)));
    const runSettings = runSettingsOf(settings, connection?.contextNamespace);
    const reading = { ...readingGiven(request), connection };
    const planNow = async () => await plan(await metadataPortsOf(settings, outside, reading), runSettings, { level: metadataLevel() });
    const approval = approvalOf({ settings, base, manifests, stop: outside.stop, planNow });
    const onlyAsPlanned = approval !== undefined;
    await refuseLiveOperator(settings, outside, connection);
    const ports = await portsOf(settings, outside, reading);
    return await sync(ports, { ...runSettings, onlyAsPlanned }, inPhase, approval?.refusal);
}
function readingGiven({ manifests, connection }) {
    return { connection, ...(manifests === undefined ? {} : { manifests }) };
}

;// CONCATENATED MODULE: ./lib/src/wiring/deployment-plan.js














/** Rejects with a PortError where deploy would not know where to install, or the cluster refuses. */
async function runDeploymentPlan(request) {
    const { settings, deployment, outside, version, ...rest } = request;
    const manifests = (0,wiring_manifests/* deployedManifestsOf */.aN)(settings);
    const connection = request.connection ?? (await connectionOf(settings, outside));
    const context = connection?.contextNamespace;
    const reading = (0,wiring_manifests/* readingOf */.MU)(settings, context);
    const placed = await withInstallationNamespace(settings, manifests, context);
    const given = connection === undefined ? {} : { connection };
    const report = await planWithCluster({ settings: placed, outside, manifests, ...rest, ...given });
    if (deployment.settings === undefined)
        return report;
    const source = await deploymentSourceOf(deployment.settings, outside.environment, version);
    const { objects, stateOf } = await openRealCluster(settings, outside, connection);
    const ports = { manifests: source.manifests, objects, stateOf };
    const { installation, problems } = await (0,engine_stop/* unlessStopped */.OO)(outside, () => planDeployment(ports, { ...source.request, reading, repository: repositoryOfRun(outside.environment) }));
    const told = new Set((0,build_report/* problemsOf */.GW)(report).map(model_problem/* problemText */.fI));
    const found = problems.map((problem) => filteredProblem(problem, (text) => outside.masker.redact(text)));
    const all = (0,build_report/* withProblems */.rB)(report, found.filter((problem) => !told.has((0,model_problem/* problemText */.fI)(problem))));
    if (installation === undefined)
        return all;
    return { ...all, installation, fingerprint: (0,fingerprint/* ofDeployment */.Zp)(report.fingerprint, installation.digest) };
}
/** Settings whose state is where `deploy` would keep it.  */
async function withInstallationNamespace(settings, manifests, context) {
    const { installation: name, installationNamespace, namespace, controllerClass } = settings;
    if (installationNamespace !== undefined)
        return settings;
    const given = namespace === undefined ? {} : { namespace };
    const { intents } = await (0,load/* load */.H)(manifests, { only: [], controllerClass, ...(0,wiring_manifests/* readingOf */.MU)(settings, context) });
    const found = findInstallation({ installation: { name }, ...given }, intents);
    if ('installation' in found)
        return { ...settings, installationNamespace: found.installation.namespace };
    refuse_refuse(found.problems);
    return settings;
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/deployment-problems.js




/** No pass is started over half an installation; what was there before goes on with what was applied. */
function halfApplied({ applied }) {
    const missing = applied
        .filter(({ outcome }) => outcome === 'left' || outcome === 'failed')
        .map(({ ref }) => (0,object_ref/* refText */.d0)(ref));
    return {
        severity: 'error',
        code: 'half-applied',
        what: `the installation is half applied, and no pass was started. Not applied: ${missing.join(', ')}`,
        fix: 'Mend what is told above, and deploy again: what is done stays done.',
    };
}
/** Where everything was applied: of the pass, of what was to go, and of a stop. */
function afterApplied(installation, { applied }, { followed, pruned, problems }) {
    const left = { unapplied: countLeft(applied), undeleted: countLeft(pruned) };
    return [...followProblems(followed, installation), ...problems, ...stopProblems(followed, left)];
}
function countLeft(handled) {
    return handled.filter(({ outcome }) => outcome === 'left').length;
}
function stopProblems(followed, { unapplied, undeleted }) {
    const gone = `${(0,plural/* plural */.L)(undeleted, 'object')} no longer part of the deployment`;
    if (!('stopped' in followed)) {
        if (undeleted === 0)
            return [];
        return [
            (0,engine_stop/* runStopped */.TC)(`everything was applied, but not deleted yet: ${gone}`, 'Run it again: it deletes what is left.'),
        ];
    }
    if (followed.stopped === 'under-way') {
        const done = 'everything was applied, and the pass that was started goes on in the cluster';
        const rest = undeleted === 0 ? '' : ` The next deployment deletes ${gone}.`;
        return [(0,engine_stop/* runStopped */.TC)(done, `See how it ended with the command status.${rest}`)];
    }
    const done = unapplied === 0 ? 'everything was applied' : `not applied yet: ${(0,plural/* plural */.L)(unapplied, 'object')}`;
    const what = `${done}; no pass was started, what was begun was finished`;
    return [(0,engine_stop/* runStopped */.TC)(what, 'Run it again: what is done stays done.')];
}
function followProblems(followed, installation) {
    const at = { kind: 'CronJob', ...installation };
    if ('pass' in followed)
        return besideProblems(followed.beside ?? [], at);
    if (!('explanation' in followed))
        return [];
    const { explanation, log } = followed;
    const end = log === '' ? {} : { fix: `${explanation.fix} The end of its log:`, quoted: log.split('\n') };
    return [
        {
            severity: 'error',
            code: 'pass-missing',
            at,
            what: explanation.what,
            fix: explanation.fix,
            ...end,
        },
    ];
}
/** The pass came to its end, but the Job that made it may not. */
function besideProblems(beside, at) {
    return beside.map((name) => ({
        severity: 'warning',
        code: 'container-beside',
        at,
        what: `its pods also hold container ${name}: unless that ends when the pass does, each Job runs until its deadline and fails (DeadlineExceeded)`,
        fix: keepOut(name),
    }));
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/downgrade.js
/** A running engine that is newer is not replaced unasked: it may have written state that this version cannot read. */



/** Rejects with a PortError where the installation runs a newer version. */
async function refuseDowngrade(objects, installation, version) {
    const cronJob = await findCronJob(objects, installation);
    const live = cronJob?.metadata.annotations?.[VERSION_ANNOTATION];
    if (live === undefined || !isNewer(live, version))
        return;
    const { namespace, name } = installation;
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

;// CONCATENATED MODULE: ./lib/src/core/deploy/pod-status.js

function statusOf(pod) {
    return pod['status'] ?? {};
}
/** Keyferry's own: kubelets sort containers by name, so that the first may be anybody's. */
function ownStatus({ containerStatuses = [] }) {
    return containerStatuses.find(pod_status_isOwn);
}
function pod_status_isOwn({ name = CONTAINER }) {
    return name === CONTAINER;
}
/** Those that others put into the pod, init containers first, as they start. */
function otherStatuses({ initContainerStatuses = [], containerStatuses = [], }) {
    return [
        ...initContainerStatuses.map((status) => ({ ...status, isInit: true })),
        ...containerStatuses.filter((one) => !pod_status_isOwn(one)).map((status) => ({ ...status, isInit: false })),
    ];
}
/** As it stands in the spec, or as the kubelet has it. */
function imageOf(pod, { name = CONTAINER, image = '' } = {}) {
    const { containers = [], initContainers = [] } = (pod['spec'] ?? {});
    return [...containers, ...initContainers].find((one) => (one.name ?? CONTAINER) === name)?.image ?? image;
}
/** The newest of several; `undefined` where there is none. */
function newestOf(pods) {
    return pods.toSorted((a, b) => createdAt(b) - createdAt(a))[0];
}
function createdAt({ metadata }) {
    return Date.parse(metadata.creationTimestamp ?? '') || 0;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/explain-end.js

/** Kubernetes: SIGKILL, SIGTERM (also where the job says what it has left), and a container that went with its machine. */
const ENDED_FROM_OUTSIDE = [137, 143, 255];
const ANOTHER = 'Kubernetes starts another one.';
/** Of a pod that has failed, or whose own container has ended; `undefined` where that ended well. */
function explainEnd(pod) {
    const status = statusOf(pod);
    const terminated = ownStatus(status)?.state?.terminated;
    if (terminated?.exitCode === 0)
        return undefined;
    const ofContainer = terminated === undefined ? undefined : explainContainer(terminated, pod);
    if (ofContainer !== undefined)
        return ofContainer;
    return explainWholePod(status) ?? (terminated === undefined ? undefined : endedFromOutside(terminated));
}
/** What the container alone explains; `undefined` where something ended it. */
function explainContainer(terminated, pod) {
    const { reason = '', exitCode, message = '' } = terminated;
    if (reason === 'OOMKilled' || /heap out of memory|Reached heap limit/u.test(message))
        return outOfMemory(reason);
    const ofImage = explainProgram(message, imageOf(pod));
    if (ofImage !== undefined)
        return ofImage;
    if (ENDED_FROM_OUTSIDE.includes(exitCode ?? 0))
        return undefined;
    const code = exitCode ?? 'unknown';
    const words = message.trim() === '' ? `exit code ${code}` : message.trim();
    return {
        what: `the pass ended with exit code ${code}: ${words}`,
        fix: 'Mend what it names, and deploy again.',
        mayPass: false,
    };
}
function outOfMemory(reason) {
    return {
        what: `the pod needed more memory than it may have (${reason === 'OOMKilled' ? reason : 'heap out of memory'})`,
        fix: 'Give it more with --memory.',
        mayPass: false,
    };
}
/** The words of the kernel and the runtime where `node` could not be started. */
function explainProgram(message, image) {
    if (/exec format error/iu.test(message)) {
        return {
            what: `the image ${image} is made for another processor than that of its node (exec format error)`,
            fix: 'Take an image that is made for it (--image), or another node (--node-selector kubernetes.io/arch=amd64).',
            mayPass: false,
        };
    }
    if (/"?node"?: executable file not found|exec: "node"|stat node: no such file/iu.test(message)) {
        return {
            what: `the image ${image} has no program called node`,
            fix: 'Give --image one with Node 24, as node:24-slim.',
            mayPass: false,
        };
    }
    if (/^node: bad option|is not allowed in NODE_OPTIONS/mu.test(message)) {
        return {
            what: `the Node in the image ${image} does not take its options: ${message.trim()}`,
            fix: 'Give --image one with Node 24, and mend NODE_OPTIONS in --pod-env if it is there.',
            mayPass: false,
        };
    }
    return undefined;
}
const ROOM = 'See that its nodes have room; give less --cpu-request or --memory-request if they never do.';
/** `status.reason` of a pod, from kubelets and controllers → what happened, and what to look at if it goes on. */
const BY_REASON = {
    Evicted: ['the pod was evicted', 'If that goes on, look at the node; --memory-request keeps room for it.'],
    Preempting: ['the pod had to make room for a more important one', ROOM],
    OutOfcpu: ['the node had no room for the pod after all', ROOM],
    OutOfmemory: ['the node had no room for the pod after all', ROOM],
    OutOfpods: ['the node had no room for the pod after all', ROOM],
    NodeAffinity: ['the node does not match what the pod asks for any more', 'See --node-selector.'],
    NodeLost: ['the node of the pod was lost', 'If that goes on, look at the node.'],
    NodeShutdown: ['the node of the pod was shut down', 'If that goes on, look at the node.'],
    Shutdown: ['the node of the pod was shut down', 'If that goes on, look at the node.'],
    Terminated: ['the node of the pod was shut down', 'If that goes on, look at the node.'],
    // Conditions of type DisruptionTarget.
    PreemptionByScheduler: ['the pod had to make room for a more important one', ROOM],
    DeletionByTaintManager: ['the node of the pod was lost or tainted', 'If that goes on, look at the node.'],
    DeletionByPodGC: ['the node of the pod was lost', 'If that goes on, look at the node.'],
    EvictionByEvictionAPI: ['the pod was evicted', 'Somebody empties its node, as for an upgrade.'],
    TerminationByKubelet: ['the kubelet ended the pod', 'If that goes on, look at the node.'],
};
/** What the kubelet or a controller does to the pod, also while its container still runs; `undefined` = nothing. */
function explainWholePod(status) {
    const disruption = status.conditions?.find((one) => one.type === 'DisruptionTarget' && one.status === 'True');
    const { reason, message = '' } = status.reason === undefined ? (disruption ?? {}) : status;
    if (reason === undefined)
        return undefined;
    const [what, look] = (Object.hasOwn(BY_REASON, reason) ? BY_REASON[reason] : undefined) ?? [
        'the kubelet did not keep the pod',
        'If that goes on, look at the node.',
    ];
    const words = message.trim();
    return { what: `${what} (${reason})${words === '' ? '' : `: ${words}`}`, fix: `${ANOTHER} ${look}`, mayPass: true };
}
function endedFromOutside({ exitCode, message = '' }) {
    const words = message.trim();
    return {
        what: `a pod was ended from outside before its pass was done (exit code ${exitCode ?? 'unknown'})${words === '' ? '' : `: ${words}`}`,
        fix: `${ANOTHER} If that goes on, look at the node, and at the Events of the pod.`,
        mayPass: true,
    };
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/explain-image.js
function isImageReason(reason) {
    return /^(?:ErrImage|ImagePull|InvalidImageName|RegistryUnavailable|ImageInspectError|SignatureValidationFailed)/u.test(reason);
}
const explain_image_HOPELESS = ['InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError'];
const OTHER_PLATFORM = /no match for platform|no matching manifest for|does not match the specified platform/iu;
const TOO_MANY = /toomanyrequests|too many requests|\b429\b|rate limit/iu;
const NOT_NOW = /timeout|timed out|deadline exceeded|connection re(?:fused|set)|no route to host|network is unreachable|no such host|temporary failure|TLS handshake|unexpected EOF|\bEOF$|\b50[0234]\b|server misbehaving|QPS exceeded/iu;
const NOT_THERE = /not found|manifest unknown|name unknown|does not exist/iu;
const explain_image_NOT_ALLOWED = /unauthorized|denied|forbidden|authentication required|\b40[13]\b|no basic auth/iu;
const ANY_CAUSE = 'Check --image, and --image-pull-secret for a private registry; nodes without internet need an image from your own.';
function explainImage({ reason, message }, { image, other }) {
    const words = ownWords(message, image);
    const whose = other === undefined ? '' : ` of container ${other.container}, which is not Keyferry's,`;
    const what = `the image ${image}${whose} cannot be had (${reason})${words === '' ? '' : `: ${words}`}`;
    return { what, fix: other?.fix ?? fixOf(words), mayPass: mayPass(reason, words) };
}
function mayPass(reason, words) {
    if (explain_image_HOPELESS.includes(reason) || OTHER_PLATFORM.test(words))
        return false;
    return reason === 'ErrImagePull' || TOO_MANY.test(words) || (NOT_NOW.test(words) && !NOT_THERE.test(words));
}
function fixOf(words) {
    if (OTHER_PLATFORM.test(words)) {
        return 'It is not made for the processor of that node: take an image that is (--image), or another node (--node-selector kubernetes.io/arch=amd64).';
    }
    if (TOO_MANY.test(words)) {
        return 'The registry limits how often it gives images: take the image from your own registry (--image), or log in to that one (--image-pull-secret).';
    }
    if (explain_image_NOT_ALLOWED.test(words)) {
        return 'The registry wants a login: give --image-pull-secret, or let the nodes pull (az aks update --attach-acr). Check --image too.';
    }
    if (NOT_THERE.test(words))
        return 'Check --image: the registry has no image of that name and tag.';
    if (NOT_NOW.test(words)) {
        return 'The node does not reach that registry: check its network and proxy, or take an image from your own registry (--image).';
    }
    return ANY_CAUSE;
}
/** The last cause, without what the kubelet says around it; '' where it says nothing of its own. */
function ownWords(message, image) {
    const text = message
        .trim()
        .replace(/^Back-off pulling image(?: "[^"]*")?(?:: )?/u, '')
        .replace(/^(?:ErrImagePull|ImagePullBackOff): /u, '')
        .replace(/^Failed to pull image "[^"]*": /u, '')
        .replace(/^rpc error: code = \w+ desc = /u, '')
        .replace(/^failed to pull and unpack image "[^"]*": /u, '')
        .replace(/\s+/gu, ' ');
    return text === image ? '' : text;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/explain-refusal.js


/** The first that knows the words decides. */
const RULES = [
    webhookDown,
    webhookDenies,
    policyDenies,
    podSecurity,
    unspecified,
    outOfRange,
    ratio,
    overQuota,
    noServiceAccount,
    terminating,
    explain_refusal_invalid,
];
/** `undefined` where the words are none that are known. */
function explainRefusal(refusal) {
    // Policies write whole paragraphs.
    const line = refusal.replace(/\s*\n\s*/gu, ' ');
    for (const rule of RULES) {
        const explanation = rule(line);
        if (explanation !== undefined)
            return explanation;
    }
    return undefined;
}
/** What the API server said, without whom it said it of. */
function withoutPrefix(refusal) {
    return refusal.replace(/^Error creating: /u, '').replace(/^pods? "[^"]*" is forbidden: /iu, '');
}
/** Controllers try again after seconds; what a minute does not bring is not on its way. */
const SOON_MS = 60_000;
const WORKLOAD_IDENTITY = 'mutation.azure-workload-identity.io';
function webhookDown(refusal) {
    const match = /failed calling (?:admission )?webhook "(?<name>[^"]+)"(?:: (?<why>.*))?$/su.exec(refusal);
    const { name, why } = match?.groups ?? {};
    if (name === undefined)
        return undefined;
    return {
        what: `the admission webhook ${name} does not answer${why === undefined ? '' : `: ${why.trim()}`}`,
        fix: name === WORKLOAD_IDENTITY
            ? 'It gives the pods their identity: see that azure-wi-webhook-controller-manager runs in kube-system.'
            : 'See that it runs, or ask who runs it: until then no pod of this namespace starts.',
        mayPass: true,
        withinMs: SOON_MS,
    };
}
function webhookDenies(refusal) {
    const { name, why = '' } = /admission webhook "(?<name>[^"]+)" denied the request(?:: (?<why>.*))?$/su.exec(refusal)?.groups ?? {};
    if (name === undefined)
        return undefined;
    return { what: `the admission webhook ${name} refuses the pod${explain_refusal_after(why)}`, fix: policyFix(why), mayPass: false };
}
function policyDenies(refusal) {
    const match = /ValidatingAdmissionPolicy '(?<name>[^']+)'(?: with binding '[^']*')? denied request(?:: (?<why>.*))?$/su;
    const { name, why = '' } = match.exec(refusal)?.groups ?? {};
    if (name === undefined)
        return undefined;
    return {
        what: `the ValidatingAdmissionPolicy ${name} refuses the pod${explain_refusal_after(why)}`,
        fix: policyFix(why),
        mayPass: false,
    };
}
function explain_refusal_after(words) {
    return words.trim() === '' ? '' : `: ${words.trim()}`;
}
/** What a policy speaks of → the settings that meet it. */
const OF_POLICIES = [
    { words: /\bcpu\b/iu, options: ['--cpu-limit', '--cpu-request'] },
    { words: /\bmemory\b/iu, options: ['--memory', '--memory-request'] },
    { words: /\bresource limits?\b|\blimits\b/iu, options: ['--cpu-limit', '--memory'] },
    { words: /\blabels?\b/iu, options: ['--pod-label'] },
    { words: /\bannotations?\b/iu, options: ['--pod-annotation'] },
    { words: /\bimages?\b|\bregistr(?:y|ies)\b|\bdigest\b/iu, options: ['--image'] },
    { words: /\btolerations?\b/iu, options: ['--toleration'] },
    { words: /\bnode ?selector\b/iu, options: ['--node-selector'] },
];
function policyFix(words) {
    const options = [...new Set(OF_POLICIES.filter((one) => one.words.test(words)).flatMap((one) => one.options))];
    const asked = 'ask who runs that policy';
    return options.length === 0
        ? `Meet it with the options for the pods (--cpu-limit, --pod-label and so on), or ${asked}.`
        : `Meet it with ${explain_refusal_listed(options)}, or ${asked}.`;
}
function podSecurity(refusal) {
    const place = refusal.indexOf('violates PodSecurity');
    if (place === -1)
        return undefined;
    return {
        what: `the pod ${refusal.slice(place)}`,
        fix: 'Admit it in the namespace, or report it: the pod asks for nothing beyond "restricted".',
        mayPass: false,
    };
}
/** What says how much the container may have, and asks for. */
const OPTIONS = {
    cpu: { limit: '--cpu-limit', request: '--cpu-request' },
    memory: { limit: '--memory', request: '--memory-request' },
};
/** ResourceQuota: `failed quota: compute: must specify limits.cpu for: keyferry; requests.cpu for: istio-proxy`. */
function unspecified(refusal) {
    const place = refusal.indexOf('must specify ');
    if (place === -1)
        return undefined;
    const wanted = [...refusal.slice(place).matchAll(/\b(limit|request)s\.([a-z-]+)\b/gu)];
    const options = wanted.flatMap(([, what = '', resource = '']) => OPTIONS[resource]?.[what] ?? []);
    const others = [...refusal.matchAll(/ for: ([^;]+)/gu)]
        .flatMap(([, names = '']) => names.split(',').map((one) => one.trim()))
        .filter((name) => name !== CONTAINER);
    const [other] = others;
    const own = options.length === 0 ? 'Give defaults with a LimitRange' : `Give ${explain_refusal_listed([...new Set(options)])}`;
    return {
        what: `no pod may be created: ${withoutPrefix(refusal)}`,
        fix: other === undefined
            ? `${own}, or ask who runs the ResourceQuota.`
            : `Container ${other} is not Keyferry's. ${keepOut(other)}`,
        mayPass: false,
    };
}
/** LimitRange: `minimum cpu usage per Container is 100m, but request is 50m`, `maximum … is 1.  No limit is specified`. */
const RANGE = /\b(?<bound>minimum|maximum) (?<resource>\S+) usage per (?<of>\w+) is (?<wanted>[^\s,]+?)(?:, but|\.\s+No) (?<what>request|limit) is/gu;
function outOfRange(refusal) {
    const found = [...refusal.matchAll(RANGE)].map(({ groups = {} }) => groups);
    if (found.length === 0)
        return undefined;
    const given = found.map(({ bound = '', resource = '', wanted = '', what = '' }) => {
        const option = OPTIONS[resource]?.[what];
        if (option === undefined)
            return undefined;
        return `${option} ${wanted}${bound === 'minimum' ? ' or more' : ' or less'}`;
    });
    return limitRange(refusal, given.filter((one) => one !== undefined));
}
/** LimitRange: `memory max limit to request ratio per Container is 1, but provided ratio is 2.000000`. */
function ratio(refusal) {
    const found = [...refusal.matchAll(/\b(\S+) max limit to request ratio per \w+ is ([^\s,]+), but/gu)];
    if (found.length === 0)
        return undefined;
    const given = found.flatMap(([, resource = '', most = '']) => {
        const { limit, request } = OPTIONS[resource] ?? {};
        if (limit === undefined || request === undefined)
            return [];
        return [
            `${request} and ${limit}${most === '1' ? ', both the same' : `, the limit at most ${most} times the request`}`,
        ];
    });
    return limitRange(refusal, given);
}
function limitRange(refusal, given) {
    const own = given.length === 0 ? '' : `Give ${explain_refusal_listed([...new Set(given)])}, or `;
    const ask = 'ask who runs the LimitRange.';
    return {
        what: `no pod may be created: ${withoutPrefix(refusal)}`,
        fix: own === '' ? `A${ask.slice(1)}` : `${own}${ask}`,
        mayPass: false,
    };
}
function overQuota(refusal) {
    const place = refusal.indexOf('exceeded quota');
    if (place === -1)
        return undefined;
    const what = `no pod may be created: ${refusal.slice(place)}`;
    const tooMuch = beyondAny(refusal.slice(place));
    if (tooMuch.length === 0) {
        return { what, fix: 'Raise the ResourceQuota, or free some of it.', mayPass: true, withinMs: SOON_MS };
    }
    const options = tooMuch.flatMap((name) => optionOf(name) ?? []);
    const less = options.length === 0 ? '' : `, or ask for less with ${explain_refusal_listed(options)}`;
    return { what, fix: `Raise the ResourceQuota${less}: one pod alone is over it.`, mayPass: false };
}
/** `requested: limits.memory=256Mi, used: …, limited: limits.memory=100Mi`: what one pod alone has too much of. */
function beyondAny(text) {
    const requested = amounts(text, 'requested');
    const limited = amounts(text, 'limited');
    return [...requested].flatMap(([name, amount]) => {
        const most = limited.get(name);
        return most !== undefined && amount > most ? [name] : [];
    });
}
function amounts(text, what) {
    const [, list = ''] = new RegExp(`${what}: ((?:[^\\s,=]+=[^\\s,=]+,?)+)`, 'u').exec(text) ?? [];
    const pairs = list.split(',').map((pair) => pair.split('='));
    return new Map(pairs.flatMap(([name = '', amount = '']) => {
        const value = (0,quantity/* readQuantity */.ae)(amount);
        return value === undefined ? [] : [[name, value]];
    }));
}
/** `limits.cpu`, `memory` (which is requests.memory). */
function optionOf(name) {
    const [what, resource] = name.includes('.') ? name.split('.') : ['requests', name];
    return OPTIONS[resource ?? '']?.[(what ?? '').replace(/s$/u, '')];
}
function noServiceAccount(refusal) {
    const [, name] = /error looking up service account (\S+?):/u.exec(refusal) ?? [];
    if (name === undefined)
        return undefined;
    return {
        what: `no pod may be created: ServiceAccount ${name} is not there`,
        fix: 'It was deleted: deploy again.',
        mayPass: true,
        withinMs: SOON_MS,
    };
}
function terminating(refusal) {
    if (!refusal.includes('because it is being terminated'))
        return undefined;
    return {
        what: `no pod may be created: ${withoutPrefix(refusal)}`,
        fix: 'Wait until the namespace is gone, create it anew, and deploy again.',
        mayPass: false,
    };
}
function explain_refusal_invalid(refusal) {
    const [, why] = /\bpods? "[^"]*" is invalid: (.*)$/isu.exec(refusal) ?? [];
    if (why === undefined)
        return undefined;
    return {
        what: `no pod may be created, for it is invalid: ${why}`,
        fix: 'Mend the option for the pods that it names; what was not given is what a webhook or a LimitRange put there.',
        mayPass: false,
    };
}
function explain_refusal_listed(items) {
    const [last = '', ...others] = items.toReversed();
    return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/explain-pod.js





/** `undefined` = nothing is wrong so far. */
function explainJob({ job, pods, events }) {
    const newest = newestOf(pods);
    const ofPod = newest === undefined ? explainMissingPod(events) : explainPod(newest, events);
    const ofJob = explainFailedJob(job, newest);
    if (ofPod === undefined)
        return ofJob;
    // A Job that has failed starts no other pod.
    return ofJob === undefined ? ofPod : { ...ofPod, mayPass: false };
}
function explainMissingPod(events) {
    const refusal = messageOf(events, 'FailedCreate');
    if (refusal === undefined)
        return undefined;
    return (explainRefusal(refusal) ?? {
        what: `no pod could be created: ${withoutPrefix(refusal)}`,
        fix: 'Mend what the API server names.',
        mayPass: true,
    });
}
function explainPod(pod, events) {
    const status = statusOf(pod);
    const { terminated, waiting, running } = ownStatus(status)?.state ?? {};
    if (terminated !== undefined || status.phase === 'Failed')
        return explainEnd(pod);
    if (running !== undefined)
        return explainWholePod(status);
    const unscheduled = conditionOf(status, 'PodScheduled', 'False');
    if (unscheduled !== undefined)
        return explainUnscheduled(unscheduled);
    return (explainWaiting(waiting, pod, events) ?? explainOthers(pod, status) ?? explainMount(messageOf(events, 'FailedMount')));
}
function conditionOf({ conditions = [] }, type, status) {
    return conditions.find((condition) => condition.type === type && condition.status === status);
}
function explainUnscheduled({ message, reason }) {
    const words = message ?? reason ?? 'Unschedulable';
    return { what: `the pod waits for a node: ${words}`, fix: unscheduledFix(words), mayPass: true };
}
function unscheduledFix(words) {
    const options = [
        ...(/taint/iu.test(words) ? ['--toleration for the taint'] : []),
        ...(/node affinity|node selector/iu.test(words) ? ['another --node-selector'] : []),
        ...(/insufficient cpu/iu.test(words) ? ['less --cpu-request'] : []),
        ...(/insufficient memory/iu.test(words) ? ['less --memory-request'] : []),
    ];
    if (options.length === 0)
        return 'See that a Linux node with room is there; give --toleration for tainted ones.';
    return `See that a Linux node with room is there, or give ${options.join(', ')}.`;
}
function explainWaiting(waiting, pod, events) {
    const { reason = '', message = '' } = waiting ?? {};
    if (isImageReason(reason)) {
        const words = saysWhy(message) ? message : (messageOf(events, 'Failed', /^Failed to pull image/u) ?? message);
        return explainImage({ reason, message: words }, { image: imageOf(pod) });
    }
    if (reason === 'CreateContainerConfigError' || reason === 'CreateContainerError' || reason === 'RunContainerError') {
        return {
            what: `the container cannot be made (${reason}): ${message}`,
            fix: 'Mend what the kubelet names; deploy again if a ConfigMap is missing.',
            mayPass: false,
        };
    }
    return undefined;
}
/** Kubelets before 1.31 say only that they are in back-off; the cause is in an Event then. */
function saysWhy(message) {
    return message !== '' && !/^Back-off pulling image(?: "[^"]*")?$/u.test(message);
}
/** What others put into the pod, where it stands in the way. */
function explainOthers(pod, status) {
    for (const other of otherStatuses(status)) {
        const explanation = explainOther(other, pod);
        if (explanation !== undefined)
            return explanation;
    }
    return undefined;
}
function explainOther(other, pod) {
    const { name = '', state, lastState, isInit } = other;
    const { waiting, terminated } = state ?? {};
    const fix = keepOut(name);
    const { reason = '', message = '' } = waiting ?? {};
    if (isImageReason(reason)) {
        const explanation = explainImage({ reason, message }, { image: imageOf(pod, other), other: { container: name, fix } });
        // A container beside Keyferry's does not keep it from starting.
        return isInit ? explanation : { ...explanation, mayPass: true };
    }
    const ended = terminated ?? lastState?.terminated;
    const hasFailed = reason === 'CrashLoopBackOff' || /^(?:Create|Run)Container/u.test(reason);
    if (!hasFailed && (!isInit || (terminated?.exitCode ?? 0) === 0))
        return undefined;
    const how = hasFailed ? reason : `exit code ${terminated?.exitCode ?? 'unknown'}`;
    const words = (message === '' || reason === 'CrashLoopBackOff' ? (ended?.message ?? message) : message).trim();
    return {
        what: `the ${isInit ? 'init ' : ''}container ${name}, which is not Keyferry's, does not get through (${how})${words === '' ? '' : `: ${words}`}`,
        fix: `Mend it where it comes from. ${fix}`,
        mayPass: true,
    };
}
function explainMount(message) {
    if (message === undefined)
        return undefined;
    return {
        what: `a volume of the pod cannot be mounted: ${message}`,
        fix: 'Deploy again if a ConfigMap is missing; the ConfigMap of --ca-config-map must be in the same namespace.',
        mayPass: true,
    };
}
function explainFailedJob(job, pod) {
    const failed = conditionOf(statusOf(job), 'Failed', 'True');
    if (failed === undefined)
        return undefined;
    if (failed.reason === 'DeadlineExceeded')
        return explainDeadline(pod);
    return {
        what: `the Job failed (${failed.reason ?? 'no reason'}): ${failed.message ?? ''}`,
        fix: 'Look at the log of its pod.',
        mayPass: false,
    };
}
function explainDeadline(pod) {
    const [sidecar] = pod === undefined ? [] : besideOurs(pod);
    const what = 'the Job took longer than it may (DeadlineExceeded)';
    if (sidecar === undefined) {
        return { what, fix: 'Look at the log of its pod: a vault or the API server may be slow.', mayPass: false };
    }
    return {
        what: `${what}: its pod also holds container ${sidecar}, and a Job ends only when every container has`,
        fix: keepOut(sidecar),
        mayPass: false,
    };
}
/** Of the newest Event of that reason. */
function messageOf(events, reason, words = /./u) {
    const found = events.flatMap((event) => {
        const message = event['message'];
        return event['reason'] === reason && typeof message === 'string' && words.test(message) ? [{ event, message }] : [];
    });
    return found.toSorted((a, b) => seenAt(a.event) - seenAt(b.event)).at(-1)?.message;
}
function seenAt(event) {
    const { lastTimestamp, eventTime, metadata } = event;
    const times = [lastTimestamp, eventTime, metadata.creationTimestamp];
    return Date.parse(times.find((time) => typeof time === 'string') ?? '') || 0;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/pass-report-config.js








const pass_report_config_SCHEMA_VERSION = 1;
const pass_report_config_KEY = 'report.json';
const pass_report_config_ROOM_BYTES = 800_000;
const MOST_PROBLEMS = 200;
const MOST_PRUNES = 200;
function passReport(facts, report) {
    const problems = problemsOf(report)
        .toSorted((a, b) => rank(a.severity) - rank(b.severity))
        .map(told);
    const { requests } = report.reads;
    const prunes = report.prunes.slice(0, MOST_PRUNES).map((change) => toldChange(change));
    return fitted({
        ...facts,
        counts: report.counts,
        ...(requests === undefined ? {} : { vaultRequests: requests }),
        problems,
        left: report.prunes.length - prunes.length,
        objects: report.objects.map(toldObject),
        prunes,
    });
}
function toldObject(object) {
    const { ref, target, targets, verdict, reason, nextDue, changes, sources } = object;
    return {
        object: refText(ref),
        target: targetText(target),
        ...(targets === undefined ? {} : { targets: targets.map(targetText) }),
        verdict,
        ...(reason === undefined ? {} : { reason }),
        ...(nextDue === undefined ? {} : { nextDue: wholeSeconds(nextDue) }),
        ...(changes.length === 0 ? {} : { changes: changes.map((change) => toldChange(change, object)) }),
        ...(sources === undefined ? {} : { sources }),
    };
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
    const cut = { ...report, problems, left: report.left + report.problems.length - problems.length };
    if (Buffer.byteLength(JSON.stringify(cut)) <= pass_report_config_ROOM_BYTES)
        return cut;
    const room = pass_report_config_ROOM_BYTES - Buffer.byteLength(JSON.stringify({ ...cut, objects: [] }));
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
        data: { [pass_report_config_KEY]: `${inJson(JSON.stringify({ schemaVersion: pass_report_config_SCHEMA_VERSION, ...report }))}\n` },
    };
}
/** `undefined` when it is not what this version writes. */
function readPassReport(configMap) {
    const text = configMap['data']?.[pass_report_config_KEY] ?? '';
    try {
        const value = JSON.parse(text);
        return isReport(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isReport(value) {
    return (typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === pass_report_config_SCHEMA_VERSION);
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/follow.js
/** Starts one Job of the CronJob now, and follows it until a pass has seen the intents, or something stands in the way. */








const ASK_EVERY_MS = 1_000;
async function startAndFollow(input) {
    const { installation, clock } = input;
    const before = await readReport(input);
    const stamp = clock.now().getTime().toString(36);
    const name = `${installation.name.slice(0, 63 - stamp.length - 1)}-${stamp}`;
    if ((0,engine_stop/* isStopping */.vH)(input))
        return { stopped: 'not-started' };
    const made = await create(input, onePass(jobOf(input.cronJob, name), input.force === true));
    if ('refused' in made)
        return { explanation: made.refused, timedOut: false, log: '' };
    const { job } = made;
    return await (0,engine_stop/* unlessStopped */.OO)(input, () => follow(input, job, before?.finishedAt)).catch(underWay);
}
/** A Job that is refused, as by a quota on Jobs, is told like one that gets nowhere: everything else was applied. */
async function create({ objects, installation }, job) {
    try {
        return { job: await objects.create(job, (0,deploy_installation/* managerOf */.dM)(installation)) };
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7) || error.whole)
            throw error;
        const { what, fix } = error;
        return { refused: { what: `no pass could be started: ${what}`, fix, mayPass: false } };
    }
}
/** Following only reads, so that it is left at once. */
function underWay(error) {
    if (error instanceof engine_stop/* RunStopped */.NL)
        return { stopped: 'under-way' };
    throw error;
}
/** A pass that somebody waits for starts at once and is the only one. */
const OF_THE_SCHEDULE = ['KEYFERRY_WINDOW', 'KEYFERRY_START_DELAY'];
/** The Job that is started by hand makes one pass over everything, due or not: whoever waits for it wants the values of now. */
function onePass(job, force) {
    const spec = job['spec'];
    const { template } = spec;
    const containers = template.spec.containers.map((container) => ({
        ...container,
        env: [
            ...(container.env ?? []).filter(({ name }) => !OF_THE_SCHEDULE.includes(name)),
            { name: 'KEYFERRY_DUE', value: 'false' },
            ...(force ? [{ name: 'KEYFERRY_FORCE', value: 'true' }] : []),
        ],
    }));
    return { ...job, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } } };
}
async function follow(input, job, lastSeen) {
    const { clock, timeoutMs } = input;
    const deadline = clock.now().getTime() + timeoutMs;
    const patience = new Patience(input);
    for (;;) {
        const pass = await newPass(input, lastSeen);
        if (pass !== undefined)
            return await withNeighbours(input, job, pass);
        const explanation = await follow_explain(input, job);
        const late = clock.now().getTime() >= deadline;
        if (late || patience.isOver(explanation)) {
            // The report may have been written between the two looks.
            const last = await newPass(input, lastSeen);
            if (last !== undefined)
                return await withNeighbours(input, job, last);
            return { explanation: explanation ?? nothingYet(timeoutMs), timedOut: late, log: await logOf(input, job) };
        }
        // Nobody waits for it any more.
        if ((0,engine_stop/* isStopping */.vH)(input))
            return { stopped: 'under-way' };
        await clock.sleep(ASK_EVERY_MS);
    }
}
/** What stands in the way is told when it is first seen, and is waited for as long as that makes sense. */
class Patience {
    #clock;
    #logger;
    #told = '';
    #since = 0;
    constructor({ clock, logger }) {
        this.#clock = clock;
        this.#logger = logger;
    }
    isOver(explanation) {
        const now = this.#clock.now().getTime();
        if (explanation === undefined) {
            this.#since = 0;
            return false;
        }
        const { what, fix, mayPass, withinMs } = explanation;
        if (!mayPass)
            return true;
        if (what !== this.#told)
            this.#logger.warn(`${what}. ${fix}`);
        // Numbers in the words may change from one attempt to the next.
        if (this.#since === 0 || withinMs === undefined)
            this.#since = now;
        this.#told = what;
        return withinMs !== undefined && now - this.#since >= withinMs;
    }
}
async function withNeighbours(input, job, pass) {
    const pod = newestOf(await podsOf(input, job).catch(() => []));
    const beside = pod === undefined ? [] : besideOurs(pod);
    return beside.length === 0 ? { pass } : { pass, beside };
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
async function podsOf({ objects }, { metadata: { namespace = '', name } }) {
    return await objects.list({ apiVersion: 'v1', kind: 'Pod', namespace }, { 'batch.kubernetes.io/job-name': name });
}
async function follow_explain(input, started) {
    const { objects } = input;
    const { namespace = '', name } = started.metadata;
    const job = await objects.read({ apiVersion: 'batch/v1', kind: 'Job', namespace, name });
    if (job === undefined)
        return { what: `Job ${namespace}/${name} was deleted`, fix: 'Deploy again.', mayPass: false };
    const pods = await podsOf(input, started);
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
/** The last lines of Keyferry's container in the newest pod; '' where there are none. */
async function logOf(input, job) {
    try {
        const pod = newestOf(await podsOf(input, job));
        if (pod === undefined)
            return '';
        const { namespace = '', name } = pod.metadata;
        const text = await input.objects.log(namespace, name, CONTAINER);
        return text.trimEnd().split('\n').slice(-10).join('\n');
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
    const wanted = new Set(intents.map((intent) => (0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(intent))));
    return secretNamesOf(externalSecret).filter((name) => wanted.has((0,object_ref/* refText */.d0)((0,model_secret/* secretRef */.C)(namespace, name))));
}
/** Would more Secrets go with their ExternalSecrets than the limits allow? */
function tooManyGone(gone, intents, limits) {
    const lost = gone.filter((one) => ownsItsSecret(one) && handedOver(one, intents).length === 0).length;
    return overLimits(lost, intents.length + lost, limits);
}
function ownsItsSecret({ kind, spec }) {
    const { target } = (spec ?? {});
    return (0,kinds/* roleOf */.kp)(kind) === 'pull' && (target?.creationPolicy ?? 'Owner') === 'Owner';
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/object-problem.js

/** The object is named once, before everything. */
function objectProblem(ref, { what, fix }) {
    const { kind, name, namespace } = ref;
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    return { severity: 'error', at, what: withoutObject(ref, what), fix };
}
/** `is refused by …` of `Secret shop/db is refused by …`. */
function withoutObject(ref, what) {
    return what.replace(`${(0,object_ref/* refText */.d0)(ref)} `, '');
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/leave.js
/**
 * Taking objects of an installation away without taking anything else along.
 *
 * The garbage collector deletes a Secret together with the custom resource that owns it, so a Secret that is to stay
 * loses its ownerReference first. A custom resource that another tool applies as well is left to that tool.
 */







/** ESO 2.9: a running operator sets it on every ExternalSecret; once that is gone, nobody takes it off. */
const OPERATOR_FINALIZER = 'externalsecrets.external-secrets.io/externalsecret-cleanup';
const leave_ATTEMPTS = 4;
/** Removes it, or says why it is still there: one refusal does not keep the others from going. */
async function tryRemove(objects, ref, installation) {
    try {
        return await removeObject(objects, ref, installation);
    }
    catch (error) {
        const failure = (0,errors/* failureOf */.g5)(error);
        const problem = { ...objectProblem(ref, failure), code: 'removal-failed' };
        return { outcome: 'failed', problem, ...(failure.whole ? { isOfAll: true } : {}) };
    }
}
async function removeObject(objects, ref, installation) {
    const live = await objects.read(ref);
    const ownership = live === undefined ? 'others' : ownershipOf(live, installation);
    if (ownership === 'others')
        return { outcome: 'absent' };
    if (ownership === 'shared')
        return { outcome: await giveUp(objects, ref, installation) };
    if (live !== undefined && isGivenAccount(live) && (await hasPods(objects, ref)))
        return { outcome: 'kept' };
    const finalizers = await objects.delete(ref);
    if (isCustomResource(ref))
        await dropFinalizer(objects, ref, installation);
    if (finalizers.length === 0)
        return { outcome: 'deleted' };
    const left = await objects.read(ref);
    const held = (left?.metadata['finalizers'] ?? []);
    if (left === undefined || held.length === 0)
        return { outcome: 'deleted' };
    return { outcome: 'held', problem: heldProblem(ref, held) };
}
/** Whoever may not see the pods of a namespace cannot know that there are none. */
async function hasPods(objects, { namespace = '', name }) {
    try {
        const pods = await objects.list({ apiVersion: 'v1', kind: 'Pod', namespace }, {});
        return pods.some(({ spec }) => (spec ?? {}).serviceAccountName === name);
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return true;
        throw error;
    }
}
/** An apply that names no field: what nobody else set goes, the rest is theirs. */
async function giveUp(objects, ref, installation) {
    const { apiVersion, kind, name, namespace } = ref;
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    try {
        await objects.apply({ apiVersion, kind, metadata }, managerFor(ref, installation), { yielding: true });
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
            await objects.patch((0,kubernetes_object/* typedRefOf */.Z)(live), { metadata: { ...metadata, resourceVersion } }, managerFor(ref, installation));
            return true;
        }
        catch (error) {
            const isMoved = error instanceof errors/* PortError */.U7 && (error.kind === 'Conflict' || error.kind === 'NotFound');
            if (!isMoved || attempt === leave_ATTEMPTS)
                throw error;
        }
    }
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/hand-over.js
/** Secrets that go on under another ExternalSecret must be free before the pass, and outlive their resource. */







/** Rejects with a PortError. Begins no other where it is asked to stop. */
async function hand_over_handOver(ports, { installation, intents, gone }) {
    const { objects, stateOf, logger } = ports;
    const { state } = stateOf(installation);
    const current = new Set(intents.map(({ ref }) => (0,object_ref/* refText */.d0)(ref)));
    const own = gone.filter((one) => (0,kinds/* roleOf */.kp)(one.kind) === 'pull' && ownershipOf(one, installation) === 'own');
    await (0,limits/* together */.b)(own, async (live) => {
        if ((0,engine_stop/* isStopping */.vH)(ports))
            return;
        const { namespace = '', name } = live.metadata;
        const ref = { kind: live.kind, namespace, name };
        const disowned = await disown(objects, live, handedOver(live, intents), installation);
        for (const secret of disowned)
            logger.info(`${(0,object_ref/* refText */.d0)(secret)}: taken off ${(0,object_ref/* refText */.d0)(ref)}`);
        if (!current.has((0,object_ref/* refText */.d0)(ref)) && (await state.read(ref)) !== undefined)
            await state.forget(ref);
    });
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/first-pass.js



/** Everything is applied by now, and that must be told: rejects for nothing that servers do. */
async function firstPass(ports, input) {
    const { installation, deployment, cronJob, deletionLimits, waitTimeoutMs: timeoutMs } = input;
    const { intentsDigest } = deployment;
    const force = deletionLimits === undefined;
    if (cronJob === undefined)
        return { stopped: 'not-started' };
    try {
        await hand_over_handOver(ports, input);
        return await startAndFollow({ ...ports, installation, cronJob, intentsDigest, force, timeoutMs });
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7))
            throw error;
        const { what, fix } = error;
        return { explanation: { what: `no pass was seen: ${what}`, fix, mayPass: false }, timedOut: false, log: '' };
    }
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/remake.js
/**
 * Making an object anew whose fields cannot change: it is deleted first, for two of one name cannot be.
 *
 * Only once the API server itself has said that a field is immutable. Where the second half does not work, what was there
 * is put back; where not even that works, it is said what is missing.
 */




/** Rejects with a PortError that says what is there now. */
async function remake(objects, object, making) {
    const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
    const before = await objects.read(ref);
    const finalizers = await objects.delete(ref);
    if (finalizers.length > 0)
        throw stillThere(ref, finalizers);
    try {
        return { ...(await objects.apply(object, making.manager, making.how)), outcome: 'changed' };
    }
    catch (error) {
        throw await afterPuttingBack(objects, before, { ref, error: (0,errors/* failureOf */.g5)(error), manager: making.manager });
    }
}
function stillThere(ref, finalizers) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'DeletionHeld',
        what: `${(0,object_ref/* refText */.d0)(ref)} has to be made anew, for a field of it cannot change, and ${heldText(finalizers)}`,
        fix: heldFix(ref),
    });
}
async function afterPuttingBack(objects, before, { ref, error, manager }) {
    const { kind, code, what, fix } = error;
    const words = { kind, cause: error, ...(code === undefined ? {} : { code }) };
    try {
        if (before !== undefined)
            await objects.apply(asItWas(before), manager);
        return new errors/* PortError */.U7({ ...words, what, fix: `What was there before is put back. ${fix}` });
    }
    catch (second) {
        const { what: why } = (0,errors/* asPortError */.Ux)(second);
        return new errors/* PortError */.U7({
            ...words,
            what: `${(0,object_ref/* refText */.d0)(ref)} is missing now: it was deleted to be made anew, and then ${what.replace(`${(0,object_ref/* refText */.d0)(ref)} `, 'it ')}`,
            fix: `It could not be put back either (${why}). ${fix} Then deploy again at once: the passes in the cluster need it.`,
        });
    }
}
/** What the API server keeps of an object by itself. */
const KEPT_BY_SERVER = ['uid', 'resourceVersion', 'creationTimestamp', 'managedFields', 'generation', 'selfLink'];
function asItWas(object) {
    const { name } = object.metadata;
    const own = Object.entries(object.metadata).filter(([field]) => !KEPT_BY_SERVER.includes(field));
    const fields = Object.entries(object).filter(([field]) => field !== 'status');
    const { apiVersion, kind } = object;
    return { ...Object.fromEntries(fields), apiVersion, kind, metadata: { ...Object.fromEntries(own), name } };
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/install.js
/**
 * Applies a deployment: inventory first, then every object in order. What is gone goes later, when a pass has run.
 */










/**
 * Rejects where not even the inventory could be written, and with RunStopped where it is asked to stop before anything
 * was; after that, what is begun is finished, and told.
 */
async function install(input) {
    (0,engine_stop/* beginUnlessStopping */.Qj)(input);
    await recordBeginning(input);
    const handled = [];
    for (const run of runsOfOneKind(input.deployment.objects)) {
        const isBroken = handled.some(({ outcome }) => outcome === 'failed');
        const one = async (object) => isBroken ? leave(object) : await applyUnlessStopping(object, input);
        handled.push(...(await (0,limits/* together */.b)(run, one)));
    }
    const problems = handled.flatMap((one) => ('problem' in one ? [one.problem] : []));
    const applied = handled.map(({ outcome, object }) => ({ ref: (0,kubernetes_object/* typedRefOf */.Z)(object), outcome }));
    if (applied.every(({ outcome }) => outcome !== 'left' && outcome !== 'failed'))
        await recordApplied(input);
    const cronJob = handled.find(({ object }) => object.kind === 'CronJob');
    if (cronJob === undefined)
        throw new Error('Bug: a deployment without a CronJob. Please report this.');
    const isThere = cronJob.outcome !== 'left' && cronJob.outcome !== 'failed';
    return { applied, problems, ...(isThere ? { cronJob: cronJob.object } : {}) };
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
function leave(object) {
    return { outcome: 'left', object };
}
async function applyUnlessStopping(object, input) {
    if ((0,engine_stop/* isStopping */.vH)(input))
        return leave(object);
    try {
        return await applyOne(object, input);
    }
    catch (error) {
        const problem = { ...objectProblem((0,kubernetes_object/* typedRefOf */.Z)(object), (0,errors/* failureOf */.g5)(error)), code: 'apply-failed' };
        return { outcome: 'failed', object, problem };
    }
}
/** An inventory may be edited by hand; only what is the installation's is ever deleted. */
async function install_isOwn(objects, ref, installation) {
    const live = await objects.read(ref);
    return live !== undefined && ownershipOf(live, installation) !== 'others';
}
/**
 * A ServiceAccount that somebody else made, perhaps for pods of their own, does not become the installation's: without
 * the label, uninstall and prune leave it alone.
 */
async function asFound(object, { objects, installation }) {
    const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
    if (object.kind !== 'ServiceAccount' || (await install_isOwn(objects, ref, installation)))
        return object;
    if ((await objects.read(ref)) === undefined)
        return object;
    return { ...object, metadata: { ...object.metadata, labels: {} } };
}
/** A ServiceAccount of the manifests that is there, and not ours; `undefined` = the object is to be applied. */
async function givenElsewhere(object, { objects, installation }) {
    if (!isGivenAccount(object))
        return undefined;
    const live = await objects.read((0,kubernetes_object/* typedRefOf */.Z)(object));
    return live !== undefined && ownershipOf(live, installation) === 'others' ? live : undefined;
}
async function applyOne(object, input) {
    const { objects, installation, logger, howFor } = input;
    const there = await givenElsewhere(object, input);
    if (there !== undefined)
        return { outcome: 'unchanged', object: there };
    const manager = managerFor(object, installation);
    const applied = await applyOrRemake(objects, await asFound(object, input), { manager, how: howFor(object) });
    const text = (0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object));
    if (applied.outcome === 'unchanged')
        logger.debug(`${text}: unchanged`);
    else
        logger.info(`${text}: ${applied.outcome}`);
    return applied;
}
/** An object whose immutable fields changed is made anew: a RoleBinding's role, a ConfigMap that is immutable. */
async function applyOrRemake(objects, object, making) {
    try {
        return await objects.apply(object, making.manager, making.how);
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7) || !mustBeRemade(error, object))
            throw error;
        return await remake(objects, object, making);
    }
}
/** Only the API server's word that a field is immutable is a reason to delete; a refusal never is. */
function mustBeRemade({ code }, { kind }) {
    return code === 'ImmutableField' && ['RoleBinding', 'ClusterRoleBinding', 'ConfigMap'].includes(kind);
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/installation-report.js

function installationReport({ command, objects, installation: { name, namespace } }, handled, problems) {
    return {
        command,
        installation: namespace === undefined ? name : `${namespace}/${name}`,
        cluster: objects.description,
        objects: handled.map(({ object, outcome }) => ({ object, outcome })),
        problems,
    };
}
/** As reports name objects. */
function handledObjects(handled) {
    return handled.map(({ ref, outcome }) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome }));
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/claims.js
/**
 * Two installations that write one Secret would undo each other's work, and each would prune what the other still wants.
 *
 * Seen are those whose ConfigMaps are in a namespace of this deployment and may be listed. Where both have their
 * ExternalSecrets as custom resources, the owner of the Secret tells the job.
 */









async function claimProblems(objects, installation, intents) {
    const namespaces = [...new Set([installation.namespace, ...intents.map(({ ref }) => ref.namespace)])];
    const configMaps = (await Promise.all(namespaces.map((namespace) => intentsIn(objects, namespace)))).flat();
    const found = await Promise.all(configMaps.map((one) => claims_claimsOf(one, installation, objects)));
    const claims = new Map(found.flat().map((claim) => [(0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(claim.intent)), claim]));
    return intents.flatMap((intent) => {
        const claim = claims.get((0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(intent)));
        return claim === undefined || !(claimsWhole(claim.intent) || claimsWhole(intent)) ? [] : [claimed(intent, claim)];
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
/** What an earlier deployment of it left, and what is not as it was deployed, claims nothing. */
async function claims_claimsOf(configMap, own, objects) {
    const { namespace = '', labels = {} } = configMap.metadata;
    const name = labels['app.kubernetes.io/instance'] ?? '';
    if (name === own.name && namespace === own.namespace)
        return [];
    const pin = (await pinsOfOther(objects, { name, namespace })).find((one) => one.name === configMap.metadata.name);
    const stored = pin === undefined ? undefined : readIntentsConfig(configMap, pin);
    if (stored === undefined || 'problem' in stored || stored.home === 'custom-resources')
        return [];
    const { intents } = (0,manifests/* checkManifests */.d)(stored.documents, namespace);
    return intents.map((intent) => ({ installation: `${namespace}/${name}`, intent }));
}
async function pinsOfOther(objects, other) {
    try {
        const cronJob = await findCronJob(objects, other);
        return cronJob === undefined ? [] : (0,intents_pins/* pinsOf */.cz)(cronJob);
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return [];
        throw error;
    }
}
function claimed(intent, { installation, intent: other }) {
    return {
        severity: 'error',
        code: 'target-claimed',
        at: intent.ref,
        ...(intent.origin === undefined ? {} : { origin: intent.origin }),
        field: 'spec.target.name',
        what: `is ${(0,object_ref/* refText */.d0)((0,model_target/* targetOf */.$r)(intent))}, which ${(0,object_ref/* refText */.d0)(other.ref)} of installation ${installation} writes`,
        fix: 'Choose another target.name, or take it out of one of the two installations.',
    };
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/quotas.js





/** Kubernetes: how quotas call the number of objects of a kind. */
const COUNTED_AS = {
    ConfigMap: ['configmaps', 'count/configmaps'],
    ServiceAccount: ['count/serviceaccounts'],
    Role: ['count/roles.rbac.authorization.k8s.io'],
    RoleBinding: ['count/rolebindings.rbac.authorization.k8s.io'],
    CronJob: ['count/cronjobs.batch'],
    Job: ['count/jobs.batch'],
    Lease: ['count/leases.coordination.k8s.io'],
    ...Object.fromEntries(kinds/* KINDS */.GW.filter(({ notBuilt, scope }) => notBuilt === undefined && scope === 'namespace').map((row) => [
        row.kind,
        [`count/${(0,kinds/* definitionOf */.Fg)(row)}`],
    ])),
};
/** One problem for each number that is too small, in the installation's own namespace. */
async function roomProblems(objects, installation, deployment) {
    const quotas = await quotasOf(objects, installation.namespace);
    const limits = quotas.flatMap((quota) => limitsOf(quota));
    if (limits.length === 0)
        return [];
    const needed = await missingByKind(objects, installation, deployment);
    return limits.flatMap((limit) => {
        const count = needed.get(limit.kind) ?? 0;
        return count > limit.hard - limit.used ? [noRoom(limit, count)] : [];
    });
}
async function quotasOf(objects, namespace) {
    try {
        return await objects.list({ apiVersion: 'v1', kind: 'ResourceQuota', namespace }, {});
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && !error.whole)
            return [];
        throw error;
    }
}
function limitsOf(quota) {
    const { hard = {}, used = {} } = (quota['status'] ?? {});
    return Object.entries(COUNTED_AS).flatMap(([kind, resources]) => resources.flatMap((resource) => {
        const [most, now] = [numberOf(hard[resource]), numberOf(used[resource])];
        return most === undefined || now === undefined ? [] : [{ quota, resource, kind, hard: most, used: now }];
    }));
}
/** Counts are written as plain numbers; what is written in another way is left to the API server. */
function numberOf(quantity) {
    return typeof quantity === 'string' && /^\d{1,9}$/u.test(quantity) ? Number(quantity) : undefined;
}
/** What is not there yet, with what the first pass makes: its Job, its Lease, its state and its report. */
async function missingByKind(objects, installation, deployment) {
    const { namespace, name } = installation;
    const configMap = (one) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: one });
    const made = [deploy_installation/* names */.Dy.inventory(installation), deploy_installation/* names */.Dy.state(installation, 0), deploy_installation/* names */.Dy.report(installation)].map(configMap);
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
    const own = deployment.objects.map(kubernetes_object/* typedRefOf */.Z).filter((ref) => ref.namespace === namespace);
    const absent = await (0,limits/* together */.b)([...own, ...made, lease], async (ref) => (await isAbsent(objects, ref)) ? [ref.kind] : []);
    const counts = new Map([['Job', 1]]);
    for (const kind of absent.flat())
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts;
}
/** What may not be read is taken to be there. */
async function isAbsent(objects, ref) {
    try {
        return (await objects.read(ref)) === undefined;
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && !error.whole)
            return false;
        throw error;
    }
}
function noRoom({ quota, resource, hard, used }, needed) {
    const { namespace, name } = quota.metadata;
    return {
        severity: 'error',
        code: 'no-room',
        at: { kind: 'ResourceQuota', name, ...(namespace === undefined ? {} : { namespace }) },
        what: `allows ${hard} ${resource}, of which ${used} are used, and the installation needs ${needed} more`,
        fix: 'Nothing was applied. Raise the quota, or remove something.',
    };
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/trial.js
/**
 * What the API server says to each object of a deployment before anything is applied, in a dry run of all of them.
 *
 * | it says | then |
 * | --- | --- |
 * | nothing | it can be applied |
 * | another field manager set a field to something else | that is told, and it is tried with force |
 * | a field is immutable, and the object is one that is made anew | it is tried under another name, for two of one cannot be |
 * | there is no such Role, of a binding | it comes with the deployment |
 * | a webhook takes no dry run | that is told: it is no refusal |
 * | anything else | nothing is applied |
 */









/** What the API server says no to: one problem for all objects of a kind that are refused for the same reason. */
class Refusals {
    #deployment;
    #refused = [];
    #told = [];
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
    /** Stands in no way. */
    tell(ref, error) {
        this.#told.push({ ref, error });
    }
    problems() {
        const refused = inGroups(this.#refused).map(({ ref, what, fix }) => ({
            ...trial_about(ref, this.#deployment),
            code: 'cannot-be-applied',
            what,
            fix: `Nothing was applied. ${fix}`,
        }));
        const told = inGroups(this.#told).map(({ ref, code, what, fix }) => ({
            ...trial_about(ref, this.#deployment),
            ...(code === 'FieldConflict' ? FIELDS_TAKEN : CANNOT_BE_TRIED),
            what,
            fix,
        }));
        return [...refused, ...told];
    }
}
const FIELDS_TAKEN = { severity: 'warning', code: 'fields-taken' };
const CANNOT_BE_TRIED = { severity: 'warning', code: 'cannot-be-tried' };
/** The first by name stands for the others, whichever was answered first. */
function inGroups(said) {
    const sorted = said.toSorted((a, b) => (0,object_ref/* compareRefs */.Iu)(a.ref, b.ref));
    const groups = groupBy(sorted, ({ ref, error }) => [ref.kind, ref.namespace, error.what.replaceAll(ref.name, '')].join(' '));
    return [...groups.values()].flatMap(([first, ...more]) => {
        if (first === undefined)
            return [];
        const { ref, error } = first;
        const what = withoutObject(ref, error.what);
        const all = more.length === 0 ? what : `${what}, and ${more.length} more of this kind and namespace`;
        return [{ ref, code: error.code, what: all, fix: error.fix }];
    });
}
/** Stores nothing. */
async function tryAll(trying, refusals) {
    await (0,limits/* together */.b)(trying.deployment.objects, async (object) => {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
        await refusals.unlessRefused(ref, async () => {
            try {
                await tryOne(object, trying, refusals);
            }
            catch (error) {
                if (!(error instanceof errors/* PortError */.U7))
                    throw error;
                if (error.code === 'NoDryRun')
                    refusals.tell(ref, error);
                else if (!isMissingRole(error, object))
                    throw error;
            }
        });
    });
}
async function tryOne(object, trying, refusals) {
    const { objects, installation, own } = trying;
    const manager = managerFor(object, installation);
    const { yielding } = yieldingFor(object, own);
    if ((await givenElsewhere(object, trying)) !== undefined)
        return;
    try {
        await objects.tryApply(object, manager, { yielding: true });
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7))
            throw error;
        if (mustBeRemade(error, object)) {
            await tryAnew(object, trying);
            return;
        }
        if (yielding || error.code !== 'FieldConflict')
            throw error;
        refusals.tell((0,kubernetes_object/* typedRefOf */.Z)(object), taking(error));
        await objects.tryApply(object, manager, { yielding }).catch(async (second) => {
            if (!(second instanceof errors/* PortError */.U7) || !mustBeRemade(second, object))
                throw second;
            await tryAnew(object, trying);
        });
    }
}
function taking({ kind, what }) {
    return new errors/* PortError */.U7({
        kind,
        code: 'FieldConflict',
        what: `${what}; they are taken over`,
        fix: 'Let both say the same, or take the object out of one of the two: else each undoes what the other did.',
    });
}
/** What admission says to it as a new object, before the one that is there is deleted for it. */
async function tryAnew(object, { objects, installation }) {
    const ref = (0,kubernetes_object/* typedRefOf */.Z)(object);
    const trial = { ...object, metadata: { ...object.metadata, name: `${ref.name}-anew` } };
    try {
        await objects.tryApply(trial, managerFor(object, installation));
    }
    catch (error) {
        if (!(error instanceof errors/* PortError */.U7))
            throw error;
        // The one that is there makes room.
        if (error.code === 'QuotaExceeded')
            return;
        const { kind, code, fix } = error;
        const what = error.what.replaceAll(trial.metadata.name, ref.name);
        throw new errors/* PortError */.U7({ kind, what, fix, ...(code === undefined ? {} : { code }), whole: error.whole, cause: error });
    }
}
/** A binding to a Role that comes with the deployment. */
function isMissingRole({ code }, { kind }) {
    return kind.endsWith('RoleBinding') && code === 'NotFound';
}
/** Fields that another tool set are taken only in what this installation alone applies. */
function yieldingFor(object, own) {
    return { yielding: isCustomResource(object) && !own.has((0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object))) };
}
/** With the place where it was written down. */
function trial_about({ kind, namespace, name }, { origins }) {
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    const origin = origins.get((0,object_ref/* refText */.d0)(at));
    return { severity: 'error', at, ...(origin === undefined ? {} : { origin }) };
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/try-pod.js
/**
 * A pod of the Job, tried before anything is applied. The API server looks at pods only when the Job makes one, minutes
 * after everything was applied; what a quota, a LimitRange or a policy says to it then can be known before.
 *
 * Whoever deploys need not be allowed to make pods: then nothing is known, and the Job's Events tell it later. What may
 * pass by itself, or is not understood, is left to them as well: the pod that is tried is not quite the Job's own.
 */


async function podRefusals(objects, installation, cronJob) {
    const { namespace, name } = installation;
    const account = await objects.read({ apiVersion: 'v1', kind: 'ServiceAccount', namespace, name });
    const pod = try_pod_podOf(cronJob, account === undefined ? 'default' : name);
    const refusal = await objects.refusalOf(pod, (0,deploy_installation/* managerOf */.dM)(installation));
    const explanation = refusal === undefined ? undefined : explainRefusal(refusal);
    if (explanation === undefined || explanation.mayPass)
        return [];
    const { what, fix } = explanation;
    const at = { kind: 'CronJob', namespace, name };
    return [{ severity: 'error', code: 'cannot-be-applied', at, what, fix: `Nothing was applied. ${fix}` }];
}
/** With a ServiceAccount that is there, since a pod of one that comes with the deployment would be refused. */
function try_pod_podOf(cronJob, serviceAccountName) {
    const { template } = cronJob['spec'].jobTemplate.spec;
    const { namespace, name } = cronJob.metadata;
    return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name: `${name}-tried`, ...(namespace === undefined ? {} : { namespace }) },
        spec: { ...template.spec, serviceAccountName },
    };
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/preflight.js
/**
 * Everything that could stand in the way of a deployment, looked at before anything is applied: whose the objects are,
 * who else writes what they make, what would go, and what the API server says to each of them in a dry run.
 */

















/** Rejects with a PortError for what concerns everything, as a login that is not accepted. */
async function preflight(input) {
    const { objects, installation, deployment, intents } = input;
    const refusals = new Refusals(deployment);
    const before = await knownObjects(objects, installation);
    const foreign = otherRepository(before.repository, input.repository, installation);
    if (foreign !== undefined)
        return { problems: [foreign], before, gone: [], own: new Set() };
    const found = await preflight_readAll(goneFrom(before.refs, deployment.objects), objects, refusals);
    const gone = found.filter((object) => ownershipOf(object, installation) !== 'others');
    const resources = deployment.objects.filter(isCustomResource);
    const live = byRef(await preflight_readAll(resources.map(kubernetes_object/* typedRefOf */.Z), objects, refusals));
    const own = new Set([...live].filter(([, one]) => ownershipOf(one, installation) === 'own').map(([text]) => text));
    const tooMany = tooManyGone(gone.filter(isOwnOf(installation)), intents, input.deletionLimits);
    const problems = [
        ...[...live.values()].flatMap((object) => takenProblem(object, input)),
        ...(resources.length === 0 ? [] : await operators(live, input)),
        ...(await claimProblems(objects, installation, intents)),
        ...(tooMany === undefined ? [] : [tooMany]),
        ...(await roomProblems(objects, installation, deployment)),
        ...(await suspended(input)),
    ];
    if (!(0,model_problem/* hasErrors */.Cs)(problems))
        await tryAll({ ...input, own }, refusals);
    const ofPod = (0,model_problem/* hasErrors */.Cs)(problems) ? [] : await podProblems(input);
    return { problems: [...problems, ...refusals.problems(), ...ofPod], before, gone, own };
}
async function podProblems({ objects, installation, deployment }) {
    const cronJob = deployment.objects.find(({ kind }) => kind === 'CronJob');
    return cronJob === undefined ? [] : await podRefusals(objects, installation, cronJob);
}
async function suspended({ objects, installation }) {
    return suspendedProblems(await findCronJob(objects, installation), installation);
}
function isOwnOf(installation) {
    return (object) => ownershipOf(object, installation) === 'own';
}
/** Those that exist, in the order of the refs. */
async function preflight_readAll(refs, objects, refusals) {
    const read = await (0,limits/* together */.b)(refs, (ref) => refusals.unlessRefused(ref, () => objects.read(ref)));
    return read.filter((object) => object !== undefined);
}
function byRef(objects) {
    return new Map(objects.map((object) => [(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object)), object]));
}
function takenProblem(live, { installation, deployment }) {
    const other = otherInstallation(live, installation);
    if (other === undefined)
        return [];
    return [
        {
            ...trial_about((0,kubernetes_object/* typedRefOf */.Z)(live), deployment),
            code: 'resource-taken',
            what: `belongs to installation ${other}`,
            fix: 'Leave it out here, or out of that one.',
        },
    ];
}
async function operators(live, input) {
    const problems = await findOperators(input.objects, { ...input, live });
    return problems.map((problem) => problem.at === undefined ? problem : { ...trial_about(problem.at, input.deployment), ...problem });
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/prune.js
/** Deletes what is no longer part of a deployment, or leaves it to who else applies it. */







/** What went away goes last: until the pass has run, a pod of before may still need it. */
async function pruneAfterPass(input, gone, followed) {
    if ('pass' in followed)
        return await prune(input, gone);
    const left = gone.map((object) => ({ ref: (0,kubernetes_object/* typedRefOf */.Z)(object), outcome: 'left' }));
    return { pruned: 'stopped' in followed ? left : [], problems: [] };
}
/** Then the inventory holds what is there. Where it is asked to stop before that, the inventory still holds all. */
async function prune(input, gone) {
    const removed = [];
    for (const run of runsOfOneKind(gone)) {
        removed.push(...(await (0,limits/* together */.b)(run, (object) => removeUnlessStopping((0,kubernetes_object/* typedRefOf */.Z)(object), input))));
    }
    const pruned = removed.flatMap(({ ref, outcome }) => (outcome === 'absent' ? [] : [{ ref, outcome }]));
    const problems = removed.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
    if (pruned.some(({ outcome }) => outcome === 'left'))
        return { pruned, problems };
    const there = pruned.filter(({ outcome }) => outcome === 'held' || outcome === 'failed').map(({ ref }) => ref);
    await recordPruned(input, there);
    return { pruned, problems };
}
async function removeUnlessStopping(ref, input) {
    const { objects, installation, logger } = input;
    if ((0,engine_stop/* isStopping */.vH)(input))
        return { ref, outcome: 'left' };
    const removal = await tryRemove(objects, ref, installation);
    if (removal.outcome === 'deleted')
        logger.info(`${(0,object_ref/* refText */.d0)(ref)}: deleted, no longer part of the deployment`);
    return { ref, ...removal };
}

;// CONCATENATED MODULE: ./lib/src/commands/deploy.js












/**
 * Applies nothing where anything stands in its way that can be seen before. Rejects with a PortError where the cluster
 * refuses, and with RunStopped where it is asked to stop before its first write; after that it reports.
 */
async function deploy(ports, request) {
    const looked = await (0,engine_stop/* unlessStopped */.OO)(ports, () => lookBefore(ports, request));
    return 'command' in looked ? looked : await carryOut(ports, request, looked);
}
/** The report of a deployment that is refused, or what is to be applied. Writes nothing. */
async function lookBefore(ports, request) {
    const { objects, clock } = ports;
    const reported = { command: 'deploy', objects };
    const rendered = await render(ports.manifests, request, clusterFacts(ports, request));
    const { deployment, installation, problems } = rendered;
    if (deployment === undefined || installation === undefined) {
        const { name, namespace = request.namespace } = request.installation;
        return installationReport({ ...reported, installation: installation ?? { name, namespace } }, [], problems);
    }
    if (!request.allowDowngrade)
        await refuseDowngrade(objects, installation, request.version);
    const { controllerClass, deletionLimits, repository } = request;
    const ready = { ...rendered, deployment, installation };
    const input = { ...ready, objects, controllerClass, deletionLimits, repository, now: clock.now() };
    const { problems: found, ...looked } = await preflight(input);
    const told = [...problems, ...found];
    if ((0,model_problem/* hasErrors */.Cs)(found))
        return installationReport({ ...reported, installation }, [], told);
    return { ...ready, ...looked, problems: told };
}
async function carryOut(ports, request, ready) {
    const { installation, gone, own, problems } = ready;
    const reported = { command: 'deploy', objects: ports.objects, installation };
    const howFor = (object) => yieldingFor(object, own);
    const input = { ...ports, ...ready, repository: request.repository, howFor };
    const installed = await install(input);
    const { applied, cronJob, problems: failed } = installed;
    if (failed.length > 0) {
        return installationReport(reported, handledObjects(applied), [...problems, ...failed, halfApplied(installed)]);
    }
    const followed = await firstPass(ports, { ...ready, ...request, installation, cronJob });
    const pruned = await pruneAfterPass(input, gone, followed);
    const told = [...problems, ...afterApplied(installation, installed, { followed, ...pruned })];
    const report = installationReport(reported, handledObjects([...applied, ...pruned.pruned]), told);
    return 'pass' in followed ? { ...report, pass: followed.pass } : report;
}

;// CONCATENATED MODULE: ./lib/src/core/deploy/live-cron-job.js

function lookOf(cronJob) {
    const { schedule = '', suspend = false } = cronJob['spec'];
    const { lastScheduleTime } = (cronJob['status'] ?? {});
    return {
        version: cronJob.metadata.annotations?.[VERSION_ANNOTATION] ?? 'unknown',
        schedule,
        suspended: suspend,
        ...(lastScheduleTime === undefined ? {} : { lastScheduled: lastScheduleTime }),
    };
}
/** Warnings: there was no pass yet, or none over the intents that were deployed last. */
function passProblems(pass, { metadata: { annotations } }, installation) {
    if (pass === undefined)
        return [noPass(installation)];
    return pass.intentsDigest === annotations?.[INTENTS_ANNOTATION] ? [] : [oldPass(installation)];
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

;// CONCATENATED MODULE: ./lib/src/engine/installation/live-keys.js
/** The keys of a Secret that is there, by their names, and whether it is being deleted. Its values go no further than here. */


async function keysOf(objects, { namespace = '', name }) {
    const ref = { apiVersion: 'v1', kind: 'Secret', namespace, name };
    try {
        const secret = await objects.read(ref);
        if (secret === undefined)
            return { keys: undefined };
        const keys = Object.keys(secret['data'] ?? {}).sort();
        if (secret.metadata['deletionTimestamp'] === undefined)
            return { keys };
        return { keys, held: heldProblem(ref, (secret.metadata['finalizers'] ?? [])) };
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return { keys: 'not readable' };
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/src/commands/status.js
/** `status`: the checklist of an installation: CronJob, last pass, stores, ExternalSecrets, Secrets, next due, problems. */










const PASS_GOES_ON = 'the run was asked to stop; the pass that it started in the cluster is not. See how it ends with the command status.';
/** Rejects with RunStopped as soon as it is asked to stop. */
async function status_status(ports, request) {
    const cronJob = await (0,engine_stop/* unlessStopped */.OO)(ports, () => readCronJob(ports.objects, request.installation));
    const refreshProblems = await refresh(ports, request, cronJob);
    const text = request.refreshWithinMs === undefined ? undefined : PASS_GOES_ON;
    return await (0,engine_stop/* unlessStopped */.OO)(ports, () => reportOf(ports, request, { cronJob, refreshProblems }), text);
}
async function reportOf(ports, request, { cronJob, refreshProblems }) {
    const { objects } = ports;
    const { installation } = request;
    const { namespace, name } = installation;
    const pass = await readReport({ objects, installation });
    const { rows, problems } = await rowsOf(ports, request, cronJob);
    return {
        installation: `${namespace}/${name}`,
        cluster: objects.description,
        ...lookOf(cronJob),
        ...(pass === undefined ? {} : { pass }),
        rows: rows.map((row) => withPass(row, pass?.objects.find(({ object }) => object === row.object))),
        problems: [...refreshProblems, ...problems, ...passProblems(pass, cronJob, installation)],
    };
}
async function refresh(ports, { installation, refreshWithinMs }, cronJob) {
    if (refreshWithinMs === undefined)
        return [];
    const followed = await startAndFollow({ ...ports, installation, cronJob, timeoutMs: refreshWithinMs });
    if ('pass' in followed)
        return [];
    if ('stopped' in followed)
        throw followed.stopped === 'under-way' ? new engine_stop/* RunStopped */.NL(PASS_GOES_ON) : new engine_stop/* RunStopped */.NL();
    const { what, fix } = followed.explanation;
    return [{ severity: 'error', code: 'pass-missing', at: { kind: 'CronJob', ...installation }, what, fix }];
}
/** Stores and ExternalSecrets as deployed, and whether each target is there. */
async function rowsOf({ objects }, { installation, controllerClass }, cronJob) {
    try {
        const pins = () => Promise.resolve(pinsOrRefusal(cronJob, installation));
        const source = new StoredIntentsSource(objects, new PinnedIntents(objects, installation, pins));
        const { namespace } = installation;
        const loaded = await (0,load/* load */.H)(source, { only: [], controllerClass, namespace, logins: 'unasked' });
        const stores = loaded.stores.map(({ ref, place }) => ({
            object: (0,object_ref/* refText */.d0)(ref),
            detail: place,
        }));
        const intents = await Promise.all(loaded.intents.map(async (intent) => {
            const target = (0,model_target/* targetOf */.$r)(intent);
            const { keys, held } = await keysOf(objects, target);
            return { row: { object: (0,object_ref/* refText */.d0)(intent.ref), secret: (0,object_ref/* refText */.d0)(target), keys }, held };
        }));
        const held = intents.flatMap((one) => (one.held === undefined ? [] : [one.held]));
        return { rows: [...stores, ...intents.map(({ row }) => row)], problems: [...loaded.problems, ...held] };
    }
    catch (error) {
        const { what, fix } = (0,errors/* failureOf */.g5)(error);
        return { rows: [], problems: [{ severity: 'error', code: 'unreadable-intents', what, fix }] };
    }
}
function withPass(row, seen) {
    if (seen === undefined)
        return row;
    return { ...row, verdict: seen.verdict, ...(seen.nextDue === undefined ? {} : { nextDue: seen.nextDue }) };
}

;// CONCATENATED MODULE: ./lib/src/commands/suspend.js
/** `suspend` and `resume`: whether the CronJob starts passes by itself. What is under way goes on. */




/** Rejects with RunStopped where it is asked to stop before its one write. */
async function suspend(ports, installation) {
    return await setSuspended(ports, installation, true);
}
/** The same. */
async function resume(ports, installation) {
    return await setSuspended(ports, installation, false);
}
async function setSuspended(ports, installation, suspended) {
    const { objects } = ports;
    const ref = cronJobRef(installation);
    const live = await (0,engine_stop/* unlessStopped */.OO)(ports, () => readCronJob(objects, installation));
    const before = live['spec'].suspend === true;
    if (before !== suspended)
        await objects.patch(ref, { spec: { suspend: suspended } }, (0,deploy_installation/* managerOf */.dM)(installation));
    const command = suspended ? 'suspend' : 'resume';
    const handled = handledObjects([{ ref, outcome: before === suspended ? 'unchanged' : 'changed' }]);
    return installationReport({ command, objects, installation }, handled, []);
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/belongings.js
/** What belongs to an installation, for whoever takes it away: as its inventory says, and what its job made beside that. */









/** Rejects with a PortError where nothing is known of it. */
async function belongingsOf(objects, { installation, repository: own }) {
    const { refs, repository } = await knownObjects(objects, installation);
    const problem = otherRepository(repository, own, installation);
    if (problem !== undefined)
        return { own: [], jobs: [], problem };
    if (refs.length === 0)
        throw await nothingKnown(objects, installation);
    return await readBelongings(objects, refs, installation);
}
/** Whoever may not read all of it may not delete it either: that shows before anything is gone. */
async function readBelongings(objects, refs, installation) {
    const live = await (0,limits/* together */.b)(refs, (ref) => objects.read(ref));
    const own = live.flatMap((object) => object === undefined || ownershipOf(object, installation) === 'others' ? [] : [object]);
    return { own, jobs: [...own.map(kubernetes_object/* typedRefOf */.Z).filter(isCronJob), ...(await leftJobs(objects, installation))] };
}
/** All but what starts passes, as it was applied backwards. */
function exceptJobs(own) {
    return own
        .map(kubernetes_object/* typedRefOf */.Z)
        .filter((ref) => !isCronJob(ref))
        .toReversed();
}
function isCronJob({ kind }) {
    return kind === 'CronJob';
}
/** What kubectl or a GitOps tool applied has no inventory; that tool would also bring back what is deleted here. */
async function nothingKnown(objects, installation) {
    const { namespace, name } = installation;
    if ((await findCronJob(objects, installation)) === undefined)
        return notInstalled(objects, installation);
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'NotDeployed',
        whole: true,
        what: `installation ${namespace}/${name} was not made by keyferry deploy, so it is not known what belongs to it`,
        fix: 'Take it away with what applied it, as kubectl delete -k.',
    });
}
/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects, { name, namespace }) {
    const jobs = await objects.list({ apiVersion: 'batch/v1', kind: 'Job', namespace }, { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' });
    return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
}
/**
 * What says what there is, in groups that go one after the other: the inventory last, so that a run that dies in between
 * can be repeated.
 */
async function recordsOf(ports, installation) {
    return [await jobsRecords(ports, installation), [inventoryRef(installation)]];
}
/** What the job itself wrote. */
async function jobsRecords(ports, installation) {
    // Which of them there are is not known without asking.
    if ((0,engine_stop/* isStopping */.vH)(ports))
        return [];
    const { namespace, name } = installation;
    const states = Array.from({ length: await ports.stateCount() }, (_, index) => deploy_installation/* names */.Dy.state(installation, index));
    return [
        { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name },
        ...[...states, deploy_installation/* names */.Dy.report(installation)].map((one) => belongings_configMap(one, installation)),
    ];
}
function belongings_configMap(name, { namespace }) {
    return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/leave-secrets.js
/**
 * The Secrets of an installation that is taken away: deleted, or kept, free of their owners. Only Secrets that its
 * ExternalSecrets made and wrote.
 */















/** One that is refused, or held, does not keep the others from being seen to. */
async function handleSecrets(ports, request, own) {
    if ((0,engine_stop/* isStopping */.vH)(ports))
        return { handled: [], areDone: false };
    const makers = await makersOf(ports, own);
    const handled = await (0,limits/* together */.b)(makers, async (maker) => (0,engine_stop/* isStopping */.vH)(ports) ? 'left' : await handleSecretsOf(maker, ports, request));
    return { handled: handled.flatMap((one) => (one === 'left' ? [] : one)), areDone: !handled.includes('left') };
}
async function handleSecretsOf(maker, { cluster, objects, logger }, { secrets, installation }) {
    const made = await madeBy(maker, cluster);
    if (secrets === 'delete')
        return await Promise.all(made.map((secret) => deleteSecret(secret, cluster, logger)));
    if (maker.resource !== undefined && ownershipOf(maker.resource, installation) === 'own') {
        const refused = await tryDisown(objects, maker.resource, { names: maker.secretNames, installation });
        if (refused !== undefined)
            return [refused];
    }
    for (const { ref } of made)
        logger.info(`${(0,object_ref/* refText */.d0)(ref)}: kept`);
    return made.map(({ ref }) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome: 'kept' }));
}
async function deleteSecret(secret, cluster, logger) {
    const { namespace, name } = secret.ref;
    const ref = { apiVersion: 'v1', kind: 'Secret', name, ...(namespace === undefined ? {} : { namespace }) };
    const object = (0,object_ref/* refText */.d0)(ref);
    try {
        const finalizers = await cluster.deleteSecret(secret);
        const isHeld = finalizers.length > 0;
        logger.info(`${object}: ${isHeld ? heldText(finalizers) : 'deleted'}`);
        return isHeld ? { object, outcome: 'held', problem: heldProblem(ref, finalizers) } : { object, outcome: 'deleted' };
    }
    catch (error) {
        return { object, outcome: 'failed', problem: { ...objectProblem(ref, (0,errors/* failureOf */.g5)(error)), code: 'removal-failed' } };
    }
}
/** What stands in the way, where the Secrets could not be taken off their owner. */
async function tryDisown(objects, resource, { names, installation }) {
    try {
        await disown(objects, resource, names, installation);
        return undefined;
    }
    catch (error) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(resource);
        const problem = { ...objectProblem(ref, (0,errors/* failureOf */.g5)(error)), code: 'removal-failed' };
        return { object: (0,object_ref/* refText */.d0)(ref), outcome: 'failed', problem };
    }
}
async function makersOf({ state }, own) {
    const resources = new Map(own
        .filter((object) => (0,kinds/* roleOf */.kp)(object.kind) === 'pull' && isCustomResource(object))
        .map((resource) => [(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(resource)), resource]));
    const remembered = new Map((await state.remembered('pull')).map((ref) => [(0,object_ref/* refText */.d0)(ref), ref]));
    const texts = [...new Set([...remembered.keys(), ...resources.keys()])];
    return await (0,limits/* together */.b)(texts, async (text) => {
        const resource = resources.get(text);
        const ref = remembered.get(text) ?? (0,kubernetes_object/* typedRefOf */.Z)(resource);
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const all = [lastTarget ?? binding, ...(resource === undefined ? [] : secretNamesOf(resource))];
        const secretNames = [...new Set(all.filter((name) => name !== ''))];
        return { ref, secretNames, ...(resource === undefined ? {} : { resource }) };
    });
}
/** Only Secrets that this ExternalSecret made and wrote. */
async function madeBy({ ref: { namespace = '', name: owner }, secretNames }, cluster) {
    const ref = { namespace, name: owner };
    const found = await Promise.all(secretNames.map((name) => cluster.getSecret((0,model_secret/* secretRef */.C)(namespace, name))));
    return found.flatMap((secret) => secret !== undefined && wasMadeBy(secret, ref) && systemKind(secret) === undefined ? [secret] : []);
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/take-away.js





/** One kind after the other, as they were applied backwards; within a kind several at once. */
async function removeAll(refs, ports, installation) {
    const { objects, logger } = ports;
    const handled = [];
    let isBroken = false;
    for (const kind of new Set(refs.map((ref) => ref.kind))) {
        const own = refs.filter((ref) => ref.kind === kind);
        const removed = await (0,limits/* together */.b)(own, async (ref) => {
            if (isBroken || (0,engine_stop/* isStopping */.vH)(ports))
                return leftAlone([ref]);
            const { outcome, problem, isOfAll } = await tryRemove(objects, ref, installation);
            isBroken ||= isOfAll === true;
            if (outcome === 'absent')
                return [];
            logger.info(`${(0,object_ref/* refText */.d0)(ref)}: ${outcome}`);
            return [{ object: (0,object_ref/* refText */.d0)(ref), outcome, ...(problem === undefined ? {} : { problem }) }];
        });
        handled.push(...removed.flat());
    }
    return handled;
}
function leftAlone(refs) {
    return refs.map((ref) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome: 'left' }));
}
function isStillThere({ outcome }) {
    return outcome === 'held' || outcome === 'failed';
}
/** Why things are still there, and whether the run was stopped before they went; `withSecrets` = Secrets that were to go. */
function removalProblems(ports, handled, withSecrets) {
    const left = handled.filter(({ outcome }) => outcome === 'left').length;
    const problems = handled.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
    return (0,engine_stop/* isStopping */.vH)(ports) && left > 0 ? [...problems, stopProblem(left, withSecrets)] : problems;
}
function stopProblem(left, withSecrets) {
    const secrets = withSecrets ? ', and Secrets that were to be deleted' : '';
    const what = `${(0,plural/* plural */.L)(left, 'object')} of the installation left${secrets}; what was begun was finished`;
    return (0,engine_stop/* runStopped */.TC)(what, 'Run it again: it goes on where this ended.');
}

;// CONCATENATED MODULE: ./lib/src/engine/installation/lease.js


const DURATION_SECONDS = 60;
const RENEW_EVERY_MS = 20_000;
const lease_ASK_EVERY_MS = 2_000;
/** In a run window, earlier passes of the same process may have written. */
const NOT_BEGUN = 'the pass was asked to stop before it began. It wrote nothing. Run it again.';
/** Waits until the Lease is free and takes it. PortError Conflict when somebody held it all the time, RunStopped when asked to stop. */
async function holdLease(request) {
    const { clock, patienceMs } = request;
    const deadline = clock.now().getTime() + patienceMs;
    let told = false;
    for (;;) {
        if ((0,engine_stop/* isStopping */.vH)(request))
            throw new engine_stop/* RunStopped */.NL(NOT_BEGUN);
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
    const live = await objects.read(lease_refOf(request));
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
                const live = await objects.read(lease_refOf(request));
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
function lease_refOf({ namespace, name }) {
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

;// CONCATENATED MODULE: ./lib/src/engine/installation/until-no-pass.js
/** Waits for the end of the pass that is under way: one that ends after its Secrets were seen to would undo that. */



/** A pass that was told to stop finishes one write; one whose pod is gone holds its Lease for a minute. */
const PATIENCE_MS = 120_000;
/** Waits for nothing where it is asked to stop. */
async function untilNoPass(ports, { name, namespace }) {
    if ((0,engine_stop/* isStopping */.vH)(ports))
        return;
    const lease = await holdLease({
        ...ports,
        namespace,
        name,
        holder: 'uninstall',
        labels: (0,deploy_installation/* labelsOf */.PC)({ name }, 'lease'),
        manager: (0,deploy_installation/* managerOf */.dM)({ name }),
        patienceMs: PATIENCE_MS,
    }).catch(unlessItStopped);
    await lease?.release();
}
function unlessItStopped(error) {
    if (!(error instanceof engine_stop/* RunStopped */.NL))
        throw error;
}

;// CONCATENATED MODULE: ./lib/src/commands/uninstall.js






/** Rejects with RunStopped where it is asked to stop before its first write; after that it reports what is left. */
async function uninstall(ports, request) {
    const { objects } = ports;
    const { installation } = request;
    const reported = { command: 'uninstall', objects, installation };
    const { own, jobs, problem } = await (0,engine_stop/* unlessStopped */.OO)(ports, () => belongingsOf(objects, request));
    if (problem !== undefined)
        return installationReport(reported, [], [problem]);
    (0,engine_stop/* beginUnlessStopping */.Qj)(ports);
    const jobsGone = await removeAll(jobs, ports, installation);
    // A CronJob that is still there goes on starting passes: they need what they have.
    const isRunning = jobsGone.some(({ outcome }) => outcome === 'failed');
    const rest = isRunning
        ? { handled: leftAlone(exceptJobs(own)), areDone: false }
        : await takeRest(ports, request, own);
    const handled = [...jobsGone, ...rest.handled];
    const problems = removalProblems(ports, handled, request.secrets === 'delete' && !rest.areDone);
    return installationReport(reported, handled, problems);
}
/** Everything but what starts passes, Secrets first, and the records last. */
async function takeRest(ports, request, own) {
    const { installation } = request;
    await untilNoPass(ports, installation);
    const secrets = await handleSecrets(ports, request, own);
    // A Secret that still has its owner would go with it.
    const isOwned = request.secrets === 'keep' && secrets.handled.some(({ outcome }) => outcome === 'failed');
    const objects = isOwned ? leftAlone(exceptJobs(own)) : await removeAll(exceptJobs(own), ports, installation);
    const handled = [...secrets.handled, ...objects];
    // Without its records nobody could be told any more what is still there.
    const records = handled.some(isStillThere) ? [] : await recordsOf(ports, installation);
    for (const group of records)
        handled.push(...(await removeAll(group, ports, installation)));
    return { handled, areDone: secrets.areDone };
}

;// CONCATENATED MODULE: ./lib/src/wiring/installation.js
















/** Everything that `deploy` would apply; the problems tell why there is nothing. */
async function renderInstallation(settings, environment, version) {
    const { manifests, request } = await deploymentSourceOf(settings, environment, version);
    return await render(manifests, request);
}
async function suspendInstallation(request) {
    const { objects, installation } = await installed(request);
    return await suspend({ objects, stop: request.outside.stop }, installation);
}
async function resumeInstallation(request) {
    const { objects, installation } = await installed(request);
    return await resume({ objects, stop: request.outside.stop }, installation);
}
async function uninstallInstallation(request) {
    const { settings, outside } = request;
    const { environment, logger, stop } = outside;
    const real = await installed(request);
    const { installation } = real;
    return await uninstall({ ...real, clock: node_clock/* systemClock */.m, logger, stop }, { installation, secrets: settings.secrets, repository: repositoryOfRun(environment) });
}
async function runStatus(request) {
    const { controllerClass, refresh, waitTimeout } = request.settings;
    const { logger, stop } = request.outside;
    const { objects, installation } = await installed(request);
    const wait = refresh ? { refreshWithinMs: waitTimeout * 1000 } : {};
    return await status_status({ objects, clock: node_clock/* systemClock */.m, logger, stop }, { installation, controllerClass, ...wait });
}
/** The cluster, and what the settings say is installed there. Rejects with a PortError where the cluster refuses. */
async function installed({ settings, outside }) {
    const real = await (0,engine_stop/* unlessStopped */.OO)(outside, () => openRealCluster(settings, outside));
    refuse_refuse((0,deploy_installation/* installationProblems */.nR)(real.installation));
    return real;
}
async function runDeploy(asked) {
    const { settings, outside, version } = asked;
    const connection = await approvedConnection(asked);
    const { environment, logger, stop } = outside;
    // The cluster first: where none is named, that is what has to be told, not what would be installed.
    const real = await (0,engine_stop/* unlessStopped */.OO)(outside, () => openRealCluster(settings, outside, connection));
    const { manifests, request } = await deploymentSourceOf(settings, environment, version);
    const reading = (0,wiring_manifests/* readingOf */.MU)(settings, real.connection.contextNamespace);
    const ports = {
        manifests,
        objects: real.objects,
        stateOf: real.stateOf,
        clock: node_clock/* systemClock */.m,
        logger,
        stop,
    };
    const { allowDowngrade, waitTimeout } = settings;
    const { deletionLimits } = runSettingsOf(settings);
    const repository = repositoryOfRun(environment);
    const waitTimeoutMs = waitTimeout * 1000;
    return await deploy(ports, { ...request, reading, allowDowngrade, deletionLimits, waitTimeoutMs, repository });
}
/**
 * Rejects with a PortError where the plan of this deployment is no longer the approved one. Its job plans once more.
 * Gives the connection that it made, if it had to.
 */
async function approvedConnection(request) {
    const { settings, outside, base } = request;
    let connection;
    const approval = approvalOf({
        settings,
        base,
        stop: outside.stop,
        planNow: async (planLevel) => {
            connection = await connectionOf(settings, outside);
            const pruning = { ...settings, planLevel, prune: true };
            const given = connection === undefined ? {} : { connection };
            return await runDeploymentPlan({ ...request, settings: pruning, deployment: { settings }, ...given });
        },
    });
    const refusal = await approval?.refusal();
    refuse_refuse(refusal === undefined ? [] : [refusal]);
    return connection;
}

;// CONCATENATED MODULE: ./lib/src/wiring/with-cluster.js
/**
 * The commands that need vault or cluster, and so the SDKs: settings → ports → command → outcome. Loaded as one, for a
 * bundle holds what two such parts share twice.
 */











function reachedBy({ settings, outside, base, inStage = (_stage, work) => work() }) {
    return { settings, outside: { ...outside, connectToAks: connectToAks }, base, inStage };
}
async function with_cluster_render(settings, environment) {
    const { deployment, problems } = await renderInstallation(settings, environment, VERSION);
    if (deployment === undefined)
        return renderOutcome({ problems }, '');
    return renderOutcome({ objects: deployment.objects, problems }, printObjects(deployment.objects));
}
async function with_cluster_plan({ inStage, ...request }) {
    return runOutcome(await planWithCluster({ ...request, inPhase: inStage }));
}
async function with_cluster_sync({ inStage, ...request }) {
    return runOutcome(await syncWithCluster({ ...request, inPhase: inStage }));
}
/** What the pass of a deployment would write and delete, and what would become of the installation's own objects. */
async function with_cluster_planDeployment({ inStage, ...request }) {
    return runOutcome(await runDeploymentPlan({ ...request, version: VERSION, inPhase: inStage }));
}
async function with_cluster_deploy(request) {
    const { settings, outside, base } = request;
    return await deployment('deploy', request, () => runDeploy({ settings, outside, base, version: VERSION }));
}
async function with_cluster_suspend(request) {
    return await deployment('suspend', request, () => suspendInstallation(request));
}
async function with_cluster_resume(request) {
    return await deployment('resume', request, () => resumeInstallation(request));
}
async function with_cluster_uninstall(request) {
    return await deployment('uninstall', request, () => uninstallInstallation(request));
}
async function with_cluster_status(request) {
    return await request.inStage('status', async () => statusOutcome(filteredInstallation(await runStatus(request), redactOf(request))));
}
async function deployment(command, request, work) {
    return await request.inStage(command, async () => deploymentOutcome(filteredInstallation(await work(), redactOf(request))));
}
function redactOf({ outside: { masker } }) {
    return (text) => masker.redact(text);
}
const CLUSTER_COMMANDS = { plan: with_cluster_plan, sync: with_cluster_sync, planDeployment: with_cluster_planDeployment, deploy: with_cluster_deploy, status: with_cluster_status, suspend: with_cluster_suspend, resume: with_cluster_resume, uninstall: with_cluster_uninstall };


/***/ })

};
