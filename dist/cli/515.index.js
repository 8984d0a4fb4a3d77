export const id = 515;
export const ids = [515];
export const modules = {

/***/ 71039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ createAssertions),
  X: () => (/* binding */ digestOf)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
// EXTERNAL MODULE: ./lib/src/adapters/azure/azure-pipelines.js
var azure_pipelines = __webpack_require__(30678);
// EXTERNAL MODULE: ./lib/src/adapters/azure/claims.js
var claims = __webpack_require__(7322);
// EXTERNAL MODULE: ./lib/src/adapters/azure/github.js + 2 modules
var github = __webpack_require__(79242);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/azure/vault-answer.js
var vault_answer = __webpack_require__(10874);
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
        const code = (0,vault_answer/* isRecord */.u4)(error) && typeof error['code'] === 'string' ? error['code'] : 'unknown';
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
    const end = (0,claims/* endOf */.pJ)(token);
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
            return (0,github/* askGitHub */.X)(context, source.audience);
        case 'azure-pipelines':
            return (0,azure_pipelines/* askAzurePipelines */.eY)(context, source.serviceConnectionId);
        case 'token-variable':
            return readTokenVariable(context, source.name);
        case 'token-file':
            return readTokenFile(context, source.path);
        case 'service-account':
            if (context.cluster === undefined)
                throw new Error('there is no cluster to ask for a token yet');
            return context.cluster.requestToken(source.namespace, source.name, source.audiences);
        default:
            return source;
    }
}
/** A token that does not say when it ends is used once. */
function goodUntil(token) {
    const end = (0,claims/* endOf */.pJ)(token);
    return end === undefined ? 0 : end - MARGIN_MS;
}


/***/ }),

/***/ 30678:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eY: () => (/* binding */ askAzurePipelines),
/* harmony export */   t3: () => (/* binding */ hasPipelinesToken),
/* harmony export */   t6: () => (/* binding */ serviceConnectionOf)
/* harmony export */ });
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);
/* harmony import */ var _plain_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(50599);
/* harmony import */ var _to_port_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(58259);
/* harmony import */ var _vault_answer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10874);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(29874);
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
    const answer = await answerOfPipelines(context, url, bearer);
    if (answer.status !== 200)
        throw refused(answer.status, serviceConnectionId);
    const token = (0,_vault_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .jsonObject */ .o$)(answer.body)?.['oidcToken'];
    if (typeof token === 'string' && token !== '')
        return token;
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
        kind: 'Malformed',
        what: 'Azure Pipelines answered the request for an ID token without a token',
        fix: 'Check that SYSTEM_ACCESSTOKEN is mapped from $(System.AccessToken), and run the job again.',
        whole: true,
    });
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
async function answerOfPipelines(context, url, bearer) {
    const headers = {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        // Otherwise a refusal is a redirection to a sign-in page.
        'x-tfs-fedauthredirect': 'Suppress',
    };
    try {
        return await (0,_plain_request_js__WEBPACK_IMPORTED_MODULE_1__/* .askPlainly */ .N)(context, { description: 'Azure Pipelines', method: 'POST', url, headers });
    }
    catch (error) {
        if (error instanceof _wire_js__WEBPACK_IMPORTED_MODULE_4__/* .WireFailure */ .wC)
            throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7((0,_to_port_error_js__WEBPACK_IMPORTED_MODULE_2__/* .wireWords */ .dO)(error.code, 'Azure Pipelines', url.host));
        throw error;
    }
}
function missing(reason, fix) {
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
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
    const what = `Azure Pipelines gave no ID token for the service connection "${shown(serviceConnectionId)}" (HTTP ${status})`;
    if (status >= 500 || status === 429) {
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({ kind: 'Unavailable', what, fix: 'Run the job again.', whole: true });
    }
    const fix = status === 401 || (status >= 300 && status < 400)
        ? `Check that SYSTEM_ACCESSTOKEN is that of this job: ${STEP_LINES}.`
        : 'Check its id, that it uses workload identity federation, and that this pipeline is authorised to use it.';
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({ kind: 'Unauthenticated', what, fix, whole: true });
}
function shown(text) {
    return text.replace(/[^\w-]/g, '?').slice(0, 64);
}


/***/ }),

/***/ 15600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ lastCertificate)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
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
    if (!parses(() => new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(certificate)))
        throw new Error('its certificate cannot be parsed');
    const type = keyType(key);
    if (type !== 'rsa')
        throw new Error(type === undefined ? 'its private key cannot be parsed' : 'its private key is not RSA');
    return `${certificate}\n${key}\n`;
}
function keyType(pem) {
    try {
        return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)(pem).asymmetricKeyType;
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


/***/ }),

/***/ 7322:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ds: () => (/* binding */ claimsOf),
/* harmony export */   pJ: () => (/* binding */ endOf),
/* harmony export */   s7: () => (/* binding */ presentedBy)
/* harmony export */ });
/* harmony import */ var _vault_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10874);
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
    const claims = (0,_vault_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonObject */ .o$)(Buffer.from(payload, 'base64url').toString('utf8'));
    return (0,_vault_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(claims) ? claims : undefined;
}
/** Claims go into messages: one line, printable, of a length that can be read. */
function line(claim) {
    if (typeof claim !== 'string')
        return '';
    return claim.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}


/***/ }),

/***/ 19814:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P9: () => (/* binding */ environmentOfVault),
/* harmony export */   fF: () => (/* binding */ knownCloud),
/* harmony export */   hH: () => (/* binding */ cloudOf)
/* harmony export */ });
/* harmony import */ var _core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76651);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);
/** The clouds: who issues tokens for a store, and which vaults belong there. Never asks the network. */


/** GermanCloud was closed in 2021; ESO's addresses are kept so that its manifests mean the same here. */
const KNOWN_CLOUDS = {
    PublicCloud: cloud('PublicCloud', 'https://login.microsoftonline.com', 'vault.azure.net'),
    USGovernmentCloud: cloud('USGovernmentCloud', 'https://login.microsoftonline.us', 'vault.usgovcloudapi.net'),
    ChinaCloud: cloud('ChinaCloud', 'https://login.chinacloudapi.cn', 'vault.azure.cn'),
    GermanCloud: cloud('GermanCloud', 'https://login.microsoftonline.de', 'vault.microsoftazure.de'),
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
/** The cloud of a store. `customCloudConfig` works with every environmentType, also without `useAzureSDK`. */
function cloudOf(store, provider) {
    const base = provider.environmentType === 'AzureStackCloud' ? undefined : KNOWN_CLOUDS[provider.environmentType];
    const custom = provider.customCloudConfig;
    if (custom !== undefined)
        return customCloud(store, provider.environmentType, custom, base);
    if (base !== undefined)
        return base;
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
        kind: 'Invalid',
        what: `${(0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_1__/* .refText */ .d0)(store.ref)} has environmentType AzureStackCloud, but no customCloudConfig`,
        fix: 'Set spec.provider.azurekv.customCloudConfig.activeDirectoryEndpoint to the sign-in address of that cloud.',
        whole: true,
    });
}
/** The environmentType that a vault's host name belongs to; undefined for custom names. */
function environmentOfVault(host) {
    return Object.values(KNOWN_CLOUDS).find((cloud) => host.endsWith(cloud.vaultDnsSuffix ?? '/'))?.environmentType;
}
function cloud(environmentType, authorityHost, vaultDomain) {
    return {
        environmentType,
        authorityHost,
        vaultResource: `https://${vaultDomain}`,
        vaultDnsSuffix: `.${vaultDomain}`,
    };
}
function customCloud(store, environmentType, custom, base) {
    const suffix = custom.keyVaultDNSSuffix?.replace(/^\.?/, '.');
    return {
        environmentType,
        authorityHost: customAuthority(store, custom.activeDirectoryEndpoint),
        vaultResource: suffix === undefined ? base?.vaultResource : `https://${suffix.slice(1)}`,
        vaultDnsSuffix: suffix ?? base?.vaultDnsSuffix,
    };
}
function customAuthority(store, endpoint) {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (url?.protocol === 'https:')
        return endpoint.replace(/\/+$/, '');
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
        kind: 'Invalid',
        what: `${(0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_1__/* .refText */ .d0)(store.ref)} has the customCloudConfig.activeDirectoryEndpoint "${endpoint}", which is no https address`,
        fix: 'Set it to the sign-in address of that cloud, as https://login.example.com/.',
        whole: true,
    });
}


/***/ }),

/***/ 26214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ createCredentials)
});

// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/azure/assertion.js + 1 modules
var assertion = __webpack_require__(71039);
// EXTERNAL MODULE: ./lib/src/adapters/azure/certificate.js
var azure_certificate = __webpack_require__(15600);
// EXTERNAL MODULE: ./lib/src/adapters/azure/claims.js
var claims = __webpack_require__(7322);
// EXTERNAL MODULE: ./lib/src/adapters/transport/retry.js
var retry = __webpack_require__(20175);
// EXTERNAL MODULE: ./lib/src/adapters/azure/to-port-error.js
var to_port_error = __webpack_require__(58259);
// EXTERNAL MODULE: ./lib/src/adapters/azure/vault-answer.js
var vault_answer = __webpack_require__(10874);
// EXTERNAL MODULE: ./lib/src/adapters/azure/wire.js
var wire = __webpack_require__(29874);
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
        `${credentialFix(presented)} Or set the audience of this program to the one that is configured there.`,
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
    const body = (0,vault_answer/* jsonObject */.o$)(response.bodyAsText ?? '');
    const description = typeof body?.['error_description'] === 'string' ? body['error_description'] : '';
    return {
        status: response.status,
        number: /AADSTS(\d+)/.exec(description)?.[1] ?? '',
        error: strict(body?.['error'], OAUTH_ERROR),
        correlationId: strict(body?.['correlation_id'], /^[0-9a-fA-F-]{36}$/),
        retryAfterMs: (0,retry/* retryAfterMs */.V)((name) => response.headers.get(name), now),
    };
}
/**
 * For managed identities MSAL keeps the first HTTP client of the process, so that later exchanges are not seen on the
 * wire; their status is in the cause of the error.
 */
function answerInError(error) {
    const cause = (0,vault_answer/* isRecord */.u4)(error) ? error['cause'] : undefined;
    if (!(0,vault_answer/* isRecord */.u4)(cause) || typeof cause['status'] !== 'number')
        return undefined;
    const word = strict(cause['errorCode'], OAUTH_ERROR);
    return { status: cause['status'], number: '', error: word, correlationId: '', retryAfterMs: undefined };
}
/** Whether another exchange may work. `forget` is called when that needs a fresh assertion. */
function judgeEntra(error, identity, forget) {
    if (!(error instanceof EntraFailure) || error.last === undefined)
        return undefined;
    const { last } = error;
    if (last instanceof wire/* WireFailure */.wC)
        return (0,wire/* judgeWireFailure */.P9)(last);
    if (last.number === STALE_ASSERTION)
        return forget() ? { reason: 'found the token too old', retryAfterMs: 0 } : undefined;
    if (!isTransient(last, identity))
        return undefined;
    const reason = last.status === 429 ? 'throttled' : `answered HTTP ${last.status}`;
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
    if (exchange.identity.type === 'managed-identity')
        return managedIdentityError(error.last);
    if (error.last instanceof wire/* WireFailure */.wC)
        return wireError(error.last.code, exchange.identity);
    return refusal(error.last, error.presented, exchange);
}
function isTransient(last, identity) {
    if (TRANSIENT.has(last.number) || (0,wire/* isRepeatableStatus */.es)(last.status))
        return true;
    return identity.type === 'managed-identity' && (last.status === 404 || last.status === 410);
}
function wireError(code, identity) {
    const { host } = new URL(identity.authorityHost);
    return new errors/* PortError */.U7((0,to_port_error/* wireWords */.dO)(code, `Entra (${host})`, host));
}
function refusal(last, presented, exchange) {
    const code = last === undefined || last.number === '' ? '' : `AADSTS${last.number}`;
    const advice = ADVICE[last?.number ?? '']?.(exchange, presented);
    const who = `Entra gave no token to ${clientText(exchange.identity)} in tenant ${exchange.tenantId}`;
    const [reason, fix] = advice ?? [unknownReason(last), unknownFix(last)];
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
function unknownFix(last) {
    if (last === undefined || last.status === 429 || last.status >= 500 || last.status < 400)
        return 'Run again later.';
    if (last.number === '')
        return 'Check that a proxy does not answer in place of Entra.';
    return `See https://login.microsoftonline.com/error?code=${last.number}.`;
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
function managedIdentityError(last) {
    if (last === undefined || last instanceof wire/* WireFailure */.wC) {
        return new errors/* PortError */.U7({
            kind: 'Unauthenticated',
            what: `this machine has no managed identity endpoint (${last === undefined ? 'no answer' : last.code})`,
            fix: 'Run on an Azure machine with a managed identity, or use authType WorkloadIdentity. Behind a proxy, name 169.254.169.254 in NO_PROXY.',
            whole: true,
        });
    }
    return new errors/* PortError */.U7({
        kind: (0,wire/* isRepeatableStatus */.es)(last.status) ? 'Unavailable' : 'Unauthenticated',
        what: `the managed identity endpoint gave no token (HTTP ${last.status}${last.error === '' ? '' : `, ${last.error}`})`,
        fix: 'Check that the identity in identityId is assigned to this machine; identityId is its client id.',
        whole: true,
    });
}
function azureCliError(error) {
    const text = error instanceof Error ? error.message : '';
    const missing = text.includes('could not be found');
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: missing ? 'the Azure CLI (az) is not installed' : 'the Azure CLI (az) gave no token',
        fix: missing
            ? 'Install it, or choose another identity setting.'
            : 'Run az login, with --tenant if the vault is in another tenant.',
        whole: true,
    });
}
function strict(value, form) {
    return typeof value === 'string' && form.test(value) ? value : '';
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/credential.js








/** A token is asked for again this long before its end; the clients themselves begin at two minutes. */
const MARGIN_MS = 5 * 60_000;
const TENANT = /^[0-9a-zA-Z.-]*$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function createCredentials(context) {
    const assertions = (0,assertion/* createAssertions */.o)(context);
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
    return now.getTime() < token.expiresOnTimestamp - MARGIN_MS;
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
    if (!GUID.test(own) || !GUID.test(challenged) || own.toLowerCase() === challenged.toLowerCase())
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
        fix: 'Set spec.provider.azurekv.tenantId of its store, or azure-tenant-id.',
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
        if (request.identity.type === 'azure-cli')
            throw error;
        if (request.identity.type === 'managed-identity')
            note.last ??= answerInError(error);
    }
    throw new EntraFailure(note.last, presentedOf(assertion));
}
function presentedOf(assertion) {
    return assertion === '' ? undefined : (0,claims/* presentedBy */.s7)(assertion);
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
            const certificate = (0,azure_certificate/* lastCertificate */.K)(materialText(opened));
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
    const httpClient = (0,wire/* createWire */.kP)({
        http: createDefaultHttpClient(),
        timeoutMs: context.settings.requestTimeoutMs,
        observe: (response) => (note.last = readEntraAnswer(response, context.clock.now())),
        observeFailure: (failure) => (note.last = failure),
    });
    return {
        authorityHost: identity.authorityHost,
        disableInstanceDiscovery: true,
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
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


/***/ }),

/***/ 79242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ askGitHub),
  P: () => (/* binding */ hasGitHubToken)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./lib/src/core/model/fields.js
/** The members of a JSON object; none of anything else. */
function fieldsOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

;// CONCATENATED MODULE: ./lib/src/core/model/pull-request.js
/** What GitHub's own JSON says about a pull request, for whoever must know how its runs are treated. */

/**
 * The fork that a pull request comes from, `OWNER/NAME`, '' where it was deleted since; `undefined` where it is none, or
 * the event does not say.
 *
 * GitHub takes a pull request for one of a fork where head and base are different repositories, and gives its runs a
 * token that may only read and no ID token. `head.repo.fork` says something else: it is true for a branch of a repository
 * that is itself a fork of another, and false for the original that a fork takes changes from.
 */
function forkOf(pullRequest) {
    const { head, base } = fieldsOf(pullRequest);
    const [from, to] = [fieldsOf(head)['repo'], fieldsOf(base)['repo']].map((repo) => fieldsOf(repo)['full_name']);
    if (!('repo' in fieldsOf(head)) || typeof to !== 'string' || from === to)
        return undefined;
    return typeof from === 'string' ? from : '';
}

// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/azure/plain-request.js
var plain_request = __webpack_require__(50599);
// EXTERNAL MODULE: ./lib/src/adapters/azure/to-port-error.js
var to_port_error = __webpack_require__(58259);
// EXTERNAL MODULE: ./lib/src/adapters/azure/vault-answer.js
var vault_answer = __webpack_require__(10874);
// EXTERNAL MODULE: ./lib/src/adapters/azure/wire.js
var wire = __webpack_require__(29874);
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
    const answer = await answerOfGitHub(context, address, bearer);
    if (answer.status !== 200)
        throw gitHubRefused(answer.status);
    const token = (0,vault_answer/* jsonObject */.o$)(answer.body)?.['value'];
    if (typeof token === 'string' && token !== '')
        return token;
    throw new errors/* PortError */.U7({
        kind: 'Malformed',
        what: 'GitHub answered the request for an ID token without a token',
        fix: 'Run the job again; see githubstatus.com if it lasts.',
        whole: true,
    });
}
async function answerOfGitHub(context, url, bearer) {
    const headers = { authorization: `bearer ${bearer}`, accept: 'application/json; api-version=2.0' };
    try {
        return await (0,plain_request/* askPlainly */.N)(context, { description: 'GitHub OIDC', method: 'GET', url, headers });
    }
    catch (error) {
        if (error instanceof wire/* WireFailure */.wC)
            throw new errors/* PortError */.U7((0,to_port_error/* wireWords */.dO)(error.code, "GitHub's OIDC service", url.host));
        throw error;
    }
}
function gitHubRefused(status) {
    return new errors/* PortError */.U7({
        kind: status >= 500 || status === 429 ? 'Unavailable' : 'Unauthenticated',
        what: `GitHub gave no ID token (HTTP ${status})`,
        fix: `Check that the job has ${PERMISSIONS}, and run it again; see githubstatus.com if it lasts.`,
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
    const event = (0,vault_answer/* jsonObject */.o$)(await (0,promises_.readFile)(path, 'utf8').catch(() => ''));
    const fork = forkOf(event?.['pull_request']);
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


/***/ }),

/***/ 5023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K8: () => (/* binding */ ownToken),
/* harmony export */   c2: () => (/* binding */ ownTokenHere),
/* harmony export */   qV: () => (/* binding */ fallbackTenantId),
/* harmony export */   y4: () => (/* binding */ lastResort),
/* harmony export */   zN: () => (/* binding */ fallbackClientId)
/* harmony export */ });
/* harmony import */ var _azure_pipelines_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30678);
/* harmony import */ var _github_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(79242);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(226);



/** What `auto` finds; undefined = nothing that is meant for this process alone. */
function ownTokenHere(context) {
    const { settings, environment } = context;
    if (settings.tokenVariable !== undefined)
        return 'token-variable';
    if (settings.tokenFile !== undefined)
        return 'token-file';
    if ((0,_github_js__WEBPACK_IMPORTED_MODULE_1__/* .hasGitHubToken */ .P)(environment))
        return 'github';
    return (0,_azure_pipelines_js__WEBPACK_IMPORTED_MODULE_0__/* .hasPipelinesToken */ .t3)(context) ? 'azure-pipelines' : undefined;
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
            return { from, serviceConnectionId: (0,_azure_pipelines_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceConnectionOf */ .t6)({ settings, environment }) };
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
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({
        kind: 'Invalid',
        what: '--identity token-variable does not say which variable holds the token',
        fix: 'Name it with --token-variable.',
        whole: true,
    });
}


/***/ }),

/***/ 50599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ askPlainly)
/* harmony export */ });
/* harmony import */ var _transport_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20175);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29874);


/** More than the largest honest answer by far; a longer one is cut off with `EMSGSIZE`. */
const LARGEST_BYTES = 4 * 1024 * 1024;
/** The last answer, whatever its status, after all repetitions. Throws a WireFailure where none came. */
async function askPlainly(context, request) {
    const send = await senderOf(context, request);
    try {
        return await (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .withRetry */ .b)(context, {
            description: request.description,
            deadlineMs: context.settings.deadlineMs,
            judge: (error) => judge(error, context),
            attempt: async () => {
                const answer = await send();
                if ((0,_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .isRepeatableStatus */ .es)(answer.status))
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
class Repeatable extends Error {
    answer;
    constructor(answer) {
        super(`HTTP ${answer.status}`);
        this.answer = answer;
    }
}
function judge(error, { clock }) {
    if (error instanceof _wire_js__WEBPACK_IMPORTED_MODULE_0__/* .WireFailure */ .wC)
        return (0,_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .judgeWireFailure */ .P9)(error);
    if (!(error instanceof Repeatable))
        return undefined;
    const { status, header } = error.answer;
    const reason = status === 429 ? 'throttled' : `answered HTTP ${status}`;
    const waitMs = (0,_transport_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterMs */ .V)(header, clock.now());
    return waitMs === undefined ? { reason } : { reason, retryAfterMs: waitMs };
}
async function senderOf({ settings }, { method, url, headers }) {
    const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 1818));
    const http = (0,_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .createWire */ .kP)({
        http: createDefaultHttpClient(),
        timeoutMs: settings.requestTimeoutMs,
        largestBytes: LARGEST_BYTES,
    });
    const pipeline = createPipelineFromOptions({
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
    });
    return async () => {
        const request = createPipelineRequest({
            url: url.href,
            method,
            headers: createHttpHeaders(headers),
            // A runner of one's own may give its token over plain http on the same machine.
            allowInsecureConnection: url.protocol === 'http:',
        });
        const response = await pipeline.sendRequest(http, request);
        return { status: response.status, body: response.bodyAsText ?? '', header: (name) => response.headers.get(name) };
    };
}


/***/ }),

/***/ 58259:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zq: () => (/* binding */ disabledError),
/* harmony export */   dO: () => (/* binding */ wireWords),
/* harmony export */   ni: () => (/* binding */ toPortError)
/* harmony export */ });
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);
/* harmony import */ var _cloud_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19814);
/* harmony import */ var _vault_answer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10874);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(29874);




const ROLES = {
    secret: 'Key Vault Secrets User',
    cert: 'Key Vault Certificate User',
    key: 'Key Vault Crypto User',
};
/** Metadata of secrets, keys and certificates; no values. */
const METADATA_ROLE = 'Key Vault Reader';
const COLLECTIONS = { secret: 'secret', cert: 'certificate', key: 'key' };
/** Any failure of a vault request as a PortError. */
function toPortError(error, request) {
    if (error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7)
        return error;
    if (error instanceof _vault_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .VaultRefusal */ .hw)
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7(refusalWords(error.answer, request));
    if (error instanceof _wire_js__WEBPACK_IMPORTED_MODULE_3__/* .WireFailure */ .wC) {
        const words = wireWords(error.code, request.vault, request.host);
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({ ...words, whole: (0,_wire_js__WEBPACK_IMPORTED_MODULE_3__/* .judgeWireFailure */ .P9)(error) === undefined });
    }
    if (error instanceof _vault_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .GarbledAnswer */ .mK)
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7(garbledWords(request));
    if (error instanceof Error && error.message.includes('challenge'))
        return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7(challengeWords(request));
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7(garbledWords(request));
}
/** A current version that is disabled: a read of its value would be refused like this. */
function disabledError(request) {
    const code = request.type === 'key' ? 'KeyDisabled' : 'SecretDisabled';
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({ code, ...disabledWords(request) });
}
/** Connection failures read the same for vaults and for the places that issue tokens. */
function wireWords(code, thing, host) {
    const words = { kind: 'Unavailable', code, whole: true };
    if (code === 'ENOTFOUND') {
        const fix = host.includes('.vault.')
            ? 'Check vaultUrl; a deleted vault loses its name, and a vault with private DNS is only found from inside its network.'
            : 'Check the address and the name servers of this machine.';
        return { ...words, what: `${thing} is not known: there is no host ${host} (${code})`, fix };
    }
    if (code === 'EMSGSIZE') {
        const fix = `Check that no proxy answers in place of ${host}.`;
        return { kind: 'Malformed', code, whole: true, what: `${thing} sent an answer that is far too large`, fix };
    }
    if (isTlsCode(code)) {
        const fix = `If a company proxy re-signs connections, set NODE_EXTRA_CA_CERTS to its certificate before the program starts; otherwise do not trust this connection.`;
        return { ...words, what: `${thing} showed a certificate that is not trusted (${code})`, fix };
    }
    const fix = `Check that this machine may connect to ${host}:443, and HTTPS_PROXY and NO_PROXY if there is a proxy.`;
    return { ...words, what: `${thing} did not answer (${code})`, fix };
}
function refusalWords(answer, request) {
    const code = answer.inner || answer.code || `HTTP${answer.status}`;
    return { code, ...wordsByStatus(answer, request) };
}
function wordsByStatus(answer, request) {
    if (answer.status === 429)
        return throttledWords(request);
    if (answer.status === 407)
        return proxyLoginWords(request);
    if (answer.status >= 500 || answer.status === 408)
        return serverWords(answer, request);
    if (!answer.fromVault)
        return notVaultWords(answer, request);
    if (answer.status === 401)
        return unauthenticatedWords(answer, request);
    if (answer.status === 403)
        return forbiddenWords(answer, request);
    if (answer.status === 404)
        return notFoundWords(answer, request);
    if (answer.status === 409)
        return conflictWords(request);
    return invalidWords(answer, request);
}
function throttledWords(request) {
    return {
        kind: 'Throttled',
        what: `${request.vault} refused ${asked(request)}: too many requests`,
        fix: 'Other clients use this vault too; run again later, or spread the schedules.',
    };
}
function proxyLoginWords(request) {
    return {
        kind: 'Unauthenticated',
        what: `the proxy before ${request.vault} asks for a login (HTTP 407)`,
        fix: 'Put user and password into HTTPS_PROXY, or name the vault in NO_PROXY.',
        whole: true,
    };
}
/** A proxy that finds no such host, or cannot connect to it, says so with a 5xx of its own. */
function serverWords(answer, request) {
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
function unauthenticatedWords(answer, request) {
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
    const right = (0,_cloud_js__WEBPACK_IMPORTED_MODULE_1__/* .environmentOfVault */ .P9)(request.host);
    if (right !== undefined && right !== request.cloud.environmentType)
        return `Set environmentType to ${right}.`;
    return `Check environmentType (${request.cloud.environmentType}) against the vault's address ${request.host}.`;
}
function forbiddenWords(answer, request) {
    if (/^(Secret|Key|Certificate)Disabled$/.test(answer.inner))
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
    const identity = answer.callerObjectId ?? 'OBJECT_ID';
    const needed = request.metadataOnly === true ? 'list' : 'get list';
    const flag = `--${COLLECTIONS[request.type]}-permissions ${needed}`;
    return {
        kind: 'Forbidden',
        what: `identity ${identity} may not read ${asked(request)} in ${request.vault}: its access policy does not allow it`,
        fix: `az keyvault set-policy --name ${request.vaultName} --object-id ${identity} ${flag}`,
    };
}
function rbacWords(answer, request) {
    const role = request.metadataOnly === true ? METADATA_ROLE : ROLES[request.type];
    const identity = answer.callerObjectId ?? 'OBJECT_ID';
    const action = answer.action === undefined ? '' : ` (${answer.action})`;
    const command = `az role assignment create --role "${role}" --assignee-object-id ${identity} --assignee-principal-type ServicePrincipal --scope "${answer.vaultId ?? 'VAULT_RESOURCE_ID'}"`;
    return {
        kind: 'Forbidden',
        what: `identity ${identity} may not read ${asked(request)} in ${request.vault}${action}`,
        fix: `Give it "${role}" on that vault: ${command}. A new assignment can take ten minutes.`,
    };
}
/** The three codes of a positive 404 never come here: they mean absent. */
function notFoundWords(answer, request) {
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
function invalidWords(answer, request) {
    if (answer.status < 400)
        return notVaultWords(answer, request);
    return {
        kind: 'Invalid',
        what: `${request.vault} does not understand the request for ${asked(request)} (${answer.code}, HTTP ${answer.status})`,
        fix: 'Check the key and the version: names have letters, digits and hyphens, 127 at most.',
    };
}
function garbledWords(request) {
    return {
        kind: 'Malformed',
        what: `${request.vault} answered ${asked(request)} with something that is not Key Vault's JSON`,
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
function isTlsCode(code) {
    return /CERT|^UNABLE_TO|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code);
}


/***/ }),

/***/ 10874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PZ: () => (/* binding */ readVaultAnswer),
/* harmony export */   hw: () => (/* binding */ VaultRefusal),
/* harmony export */   mK: () => (/* binding */ GarbledAnswer),
/* harmony export */   o$: () => (/* binding */ jsonObject),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Thrown inside the SDK's pipeline; its message names no more than status and codes. */
class VaultRefusal extends Error {
    answer;
    constructor(answer) {
        super(`HTTP ${answer.status} ${answer.code} ${answer.inner}`.trim());
        this.name = 'VaultRefusal';
        this.answer = answer;
    }
}
/** A 200 whose body is not a JSON object. */
class GarbledAnswer extends Error {
    constructor() {
        super('the answer is no JSON object');
        this.name = 'GarbledAnswer';
    }
}
function readVaultAnswer(response) {
    const error = errorOf(response.bodyAsText ?? '');
    const message = text(error?.['message']);
    const header = (name) => response.headers.get(name);
    return {
        status: response.status,
        fromVault: error !== undefined,
        code: word(error?.['code']),
        inner: innerCode(error) || word(/AKV\d+/.exec(message)?.[0]),
        callerObjectId: /oid=([0-9a-fA-F-]{36})/.exec(message)?.[1],
        action: /Action: '([A-Za-z./]+)'/.exec(message)?.[1],
        vaultId: /Resource: '(\/subscriptions\/[\w\-./()]*?\/vaults\/[\w-]+)/i.exec(message)?.[1],
        clientAddress: clientAddress(message, header('x-ms-keyvault-network-info')),
        header,
    };
}
/** The JSON object that a body holds; undefined for anything else. */
function jsonObject(body) {
    try {
        const value = JSON.parse(body);
        return isRecord(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function errorOf(body) {
    const error = jsonObject(body)?.['error'];
    return isRecord(error) && typeof error['code'] === 'string' ? error : undefined;
}
function innerCode(error) {
    const inner = error?.['innererror'] ?? error?.['innerError'];
    return isRecord(inner) ? word(inner['code']) : '';
}
function clientAddress(message, networkInfo) {
    const spoken = /Client address: ([0-9a-fA-F:.]*[0-9a-fA-F])/.exec(message)?.[1];
    return spoken ?? /(?:^|;)addr=([0-9a-fA-F:.]+)/.exec(networkInfo ?? '')?.[1];
}
function text(value) {
    return typeof value === 'string' ? value : '';
}
/** Codes are shown to users; anything that does not look like one is not a code. */
function word(value) {
    return typeof value === 'string' && /^[A-Za-z0-9_.]{1,64}$/.test(value) ? value : '';
}


/***/ }),

/***/ 29874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P9: () => (/* binding */ judgeWireFailure),
/* harmony export */   es: () => (/* binding */ isRepeatableStatus),
/* harmony export */   kP: () => (/* binding */ createWire),
/* harmony export */   wC: () => (/* binding */ WireFailure)
/* harmony export */ });
/* harmony import */ var _vault_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10874);

/** No answer, or one that was cut off. */
class WireFailure extends Error {
    /** Node's code, as `ECONNRESET`; `ETIMEDOUT` for our own time limit. */
    code;
    constructor(code) {
        super(`no answer (${code})`);
        this.name = 'WireFailure';
        this.code = code;
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
/** An HttpClient for the SDKs. `before` runs ahead of each request, `observe` sees each answer. */
function createWire(options) {
    return {
        sendRequest: async (request) => {
            await options.before?.();
            try {
                const response = await sendInTime(options.http, request, options);
                options.observe?.(response);
                return response;
            }
            catch (error) {
                const failure = error instanceof WireFailure ? error : new WireFailure(codeOf(error));
                options.observeFailure?.(failure);
                throw failure;
            }
        },
    };
}
function judgeWireFailure(failure) {
    return REPEATABLE_CODES.has(failure.code) ? { reason: `did not answer (${failure.code})` } : undefined;
}
/** Whether a status may be repeated at all: 501 and 505 say that it never will work. */
function isRepeatableStatus(status) {
    return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
/**
 * The SDK's own timeout ends with the headers, so that a stalled body would hang for ever, and after a failure its timer
 * keeps the process alive; ours covers the body and is always cleared.
 * Compression is refused because the SDK never notices when a compressed body is cut off.
 */
async function sendInTime(http, request, { timeoutMs, largestBytes = Infinity }) {
    const controller = new AbortController();
    const { promise: late, reject } = Promise.withResolvers();
    const asked = request.timeout;
    const limitMs = asked > 0 ? Math.min(asked, timeoutMs) : timeoutMs;
    const timer = setTimeout(() => {
        reject(new WireFailure('ETIMEDOUT'));
        controller.abort();
    }, limitMs);
    if (largestBytes < Infinity)
        request.streamResponseStatusCodes = new Set([Infinity]);
    request.timeout = 0;
    request.abortSignal = controller.signal;
    request.headers.delete('Accept-Encoding');
    try {
        const sent = http.sendRequest(request);
        const whole = largestBytes < Infinity ? sent.then((response) => withBody(response, largestBytes)) : sent;
        return await Promise.race([whole, late]);
    }
    finally {
        clearTimeout(timer);
        request.timeout = asked;
    }
}
/** Reads what the SDK left as a stream, so that no answer can fill the memory. */
async function withBody(response, largestBytes) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response.readableStreamBody ?? []) {
        bytes += chunk.length;
        // Leaving the loop ends the connection.
        if (bytes > largestBytes)
            throw new WireFailure('EMSGSIZE');
        chunks.push(Buffer.from(chunk));
    }
    return { ...response, bodyAsText: Buffer.concat(chunks).toString('utf8') };
}
/** Here PARSE_ERROR means that the body was cut off: nothing has been parsed yet. */
function codeOf(error) {
    if (!(0,_vault_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(error))
        return 'REQUEST_SEND_ERROR';
    if (error['name'] === 'AbortError')
        return 'ETIMEDOUT';
    if (error['code'] === 'PARSE_ERROR' || error['code'] === 'ERR_STREAM_PREMATURE_CLOSE')
        return 'ECONNRESET';
    return typeof error['code'] === 'string' ? error['code'] : 'REQUEST_SEND_ERROR';
}


/***/ }),

/***/ 78420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  db: () => (/* binding */ chooseContext),
  Ng: () => (/* binding */ connect),
  connectByKubeconfig: () => (/* binding */ connectByKubeconfig),
  connectInCluster: () => (/* binding */ connectInCluster),
  Bs: () => (/* binding */ maskCredentials),
  _P: () => (/* binding */ unusable)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/login.js
var kubernetes_login = __webpack_require__(50965);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js + 2 modules
var object_api = __webpack_require__(78574);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/pod-folder.js
var pod_folder = __webpack_require__(93180);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
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
        addKubeconfig(login, file, options.masker);
    const names = files.map(({ name }) => name).join(', ');
    if (context !== undefined)
        login.setCurrentContext(context);
    const chosen = chooseContext(login, names);
    if (options.allowExec === false)
        refuseLoginProgram(login, names);
    return connect(login, `cluster ${chosen}`, options);
}
/** Whoever writes the kubeconfig would choose what runs here: it is refused where nobody looks at what that is. */
function refuseLoginProgram(login, names) {
    const { name, exec, authProvider } = login.getCurrentUser();
    const field = exec ? 'exec' : authProvider ? 'auth-provider' : undefined;
    if (field === undefined)
        return;
    throw new errors/* PortError */.U7({
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
    return connect(login, 'this cluster', { ...options, isThere: true });
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
        api: new object_api/* ObjectApi */.wo(login, description, options, { contact: { isThere: options.isThere ?? false } }),
        description,
        server: new URL(server).origin,
        namespace: login.getContextObject(login.getCurrentContext())?.namespace,
    };
}
/** Its credentials are masked before anything else is done with it. */
function addKubeconfig(login, { text, name, folder }, masker) {
    const one = new kubernetes_login/* Login */.a();
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
                masker.mask(secret_value/* SecretValue */.i.ofText(text));
        for (const data of [user.certData, user.keyData]) {
            if (data !== undefined)
                masker.mask(secret_value/* SecretValue */.i.of(Buffer.from(data, 'base64')));
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

/***/ 59413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ KubernetesCluster)
/* harmony export */ });
/* harmony import */ var _core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76651);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);
/* harmony import */ var _secret_object_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14800);
/* harmony import */ var _to_port_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31250);
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
            await this.#ask(ref, [], () => this.#connection.api.delete(secretTarget(ref), { uid, resourceVersion }));
        }
        catch (error) {
            if (error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7 && error.kind === 'NotFound')
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
        if (token !== undefined && token !== '')
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
/* harmony export */   a: () => (/* binding */ Login),
/* harmony export */   k: () => (/* binding */ LoginFailure)
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

/***/ 48906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectToManagedCluster: () => (/* binding */ connectToManagedCluster)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(226);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78420);
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
    const login = new _login_js__WEBPACK_IMPORTED_MODULE_3__/* .Login */ .a();
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
    return entries.filter(isRecord).map((entry) => {
        const content = entry[key];
        return { name: textOf(entry, 'name') ?? '', content: isRecord(content) ? content : {} };
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
        ...(isRecord(content['exec']) ? { exec: content['exec'] } : {}),
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
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function textOf(value, key) {
    const text = value[key];
    return typeof text === 'string' && text !== '' ? text : undefined;
}


/***/ }),

/***/ 78574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n5: () => (/* reexport */ ApiRefusal),
  mK: () => (/* reexport */ GarbledAnswer),
  W_: () => (/* reexport */ NoAnswer),
  wo: () => (/* binding */ ObjectApi),
  ne: () => (/* reexport */ isTlsCode)
});

// EXTERNAL MODULE: ./lib/src/adapters/transport/retry.js
var retry = __webpack_require__(20175);
// EXTERNAL MODULE: ./node_modules/@kubernetes/client-node/dist/gen/http/isomorphic-fetch.js
var isomorphic_fetch = __webpack_require__(49957);
// EXTERNAL MODULE: ./node_modules/@kubernetes/client-node/dist/gen/http/http.js
var http = __webpack_require__(91561);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/login.js
var login = __webpack_require__(50965);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/api-requests.js
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
const NO_SUCH_PATH = '404 page not found';
class ApiRequests {
    #login;
    #server;
    #http = new isomorphic_fetch/* IsomorphicFetchHttpLibrary */.l();
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
            const wait = (0,retry/* retryAfterMs */.V)((name) => headers[name], this.#now());
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
            return { status: answer.httpStatusCode, headers: answer.headers, text: await answer.body.text() };
        }
        catch (error) {
            if (error instanceof login/* LoginFailure */.k || error instanceof errors/* PortError */.U7)
                throw error;
            throw new NoAnswer(codeOf(error));
        }
    }
    async #fetch({ method, path, query = {}, body, contentType }) {
        const context = new http/* RequestContext */.bb(`${this.#server}${path}`, method);
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
    const { name, code, cause, errors } = error;
    if (name === 'TimeoutError' || name === 'AbortError')
        return 'ETIMEDOUT';
    if (typeof code === 'string')
        return code;
    if (cause !== undefined)
        return codeOf(cause);
    return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : 'UNKNOWN';
}

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/patience.js

const REPEATABLE_CODES = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT', 'UND_ERR_SOCKET']);
/** Of a request to a server that was never reached. */
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
        if (retryable === undefined || !(error instanceof NoAnswer) || contact.isThere)
            return retryable;
        const waitedMs = clock.now().getTime() - began;
        return waitedMs > LONGEST_FIRST_WAIT_MS ? undefined : { ...retryable, attempts: FIRST_ATTEMPTS };
    };
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

;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/object-api.js




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
    'apps/v1 Deployment': { name: 'deployments', namespaced: true },
    'rbac.authorization.k8s.io/v1 Role': { name: 'roles', namespaced: true },
    'rbac.authorization.k8s.io/v1 RoleBinding': { name: 'rolebindings', namespaced: true },
    'rbac.authorization.k8s.io/v1 ClusterRole': { name: 'clusterroles', namespaced: false },
    'rbac.authorization.k8s.io/v1 ClusterRoleBinding': { name: 'clusterrolebindings', namespaced: false },
};
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
        this.#requests = new ApiRequests(login, () => retry.clock.now(), this.#contact, more.metadataOnly);
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
        return await this.#send(async () => ({ method: 'GET', path: await this.#path(target) }));
    }
    /** Is this kind served in this version? */
    async serves(apiVersion, kind) {
        return await this.#repeated(async () => (await this.#resource(apiVersion, kind)) !== undefined);
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
        return await this.#send(async () => ({
            method: 'POST',
            path: await this.#path(target.subresource === undefined ? withoutName(target) : target),
            query: { fieldManager: manager },
            body: named(target, object),
        }));
    }
    async replace(target, object, manager) {
        return await this.#send(async () => ({
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
    /** The last lines of the pod's log. */
    async log(pod) {
        const answer = await this.read({ ...pod, subresource: 'log' });
        return typeof answer['text'] === 'string' ? answer['text'] : '';
    }
    /** RFC 7386. */
    async mergePatch(target, patch, manager) {
        return await this.#send(async () => ({
            method: 'PATCH',
            path: await this.#path(target),
            query: { fieldManager: manager },
            body: named(target, patch),
            contentType: 'application/merge-patch+json',
        }));
    }
    /** With what it owns, in the background; without preconditions whatever has the name. */
    async delete(target, preconditions) {
        const insist = preconditions === undefined ? {} : { preconditions };
        await this.#send(async () => ({
            method: 'DELETE',
            path: await this.#path(target),
            body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', ...insist },
        }));
    }
    async #page(of, labelSelector, next) {
        return await this.#send(async () => ({
            method: 'GET',
            path: await this.#path(of),
            query: { labelSelector, limit: String(PAGE), continue: next },
        }));
    }
    async #apply(target, object, { manager, force, dryRun }) {
        return await this.#send(async () => ({
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
            throw new ApiRefusal(404, notServed(target), undefined);
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
            const { resources = [] } = (await this.#requests.send({ method: 'GET', path: versionPath(apiVersion) }));
            this.#discovered.set(apiVersion, resources);
            return resources;
        }
        catch (error) {
            if (error instanceof NoSuchPath)
                return [];
            throw error;
        }
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
            if (error instanceof NoAnswer && !isTlsCode(error.code)) {
                error.explanation = await this.#clusterLogin?.explainSilence(error.code);
            }
            if (error instanceof ApiRefusal)
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
function versionPath(apiVersion) {
    return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
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


/***/ }),

/***/ 88781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openKubernetes: () => (/* binding */ openKubernetes)
});

// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/secret-object.js
var secret_object = __webpack_require__(14800);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/to-port-error.js + 1 modules
var to_port_error = __webpack_require__(31250);
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
        const lists = await Promise.all(KINDS.map((kind) => this.#list(kind)));
        if ((await this.#served.get('ExternalSecret')) === undefined)
            throw this.#notServed();
        const objects = lists.flatMap((list) => ('unlisted' in list ? [] : list));
        for (const object of objects)
            this.remember(object);
        const documents = objects.map((value) => ({ value, locate: () => undefined, home: 'cluster' }));
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
        return [...this.#objects.values()].filter(({ kind }) => kind === 'ExternalSecret');
    }
    remember(object) {
        const { name = '', namespace } = (0,secret_object/* metadataOf */.Nk)(object);
        const ref = { kind: String(object['kind']), name, ...(namespace === undefined ? {} : { namespace }) };
        if ((0,secret_object/* isSameRef */.MP)(object, ref))
            this.#objects.set((0,object_ref/* refText */.d0)(ref), object);
    }
    /** Where to send requests about an object; `undefined` = its kind is not served. */
    async target(ref) {
        const kind = KINDS.find((one) => one.kind === ref.kind);
        const apiVersion = kind === undefined ? undefined : await this.#version(kind);
        return apiVersion === undefined ? undefined : { apiVersion, ...ref };
    }
    async #list(kind) {
        const apiVersion = await this.#version(kind);
        if (apiVersion === undefined)
            return [];
        const namespace = typeof this.#reach === 'object' ? this.#reach.namespace : undefined;
        const scope = kind.namespaced && namespace !== undefined ? { namespace } : {};
        try {
            const found = await this.#ask(`${kind.kind}s`, () => this.#connection.api.list({ apiVersion, kind: kind.kind, ...scope }));
            return found.map((object) => ({ ...object, apiVersion, kind: kind.kind }));
        }
        catch (error) {
            const isBeyond = error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden';
            if (!isBeyond || kind.namespaced || namespace === undefined)
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
    async #findVersion({ kind, versions }) {
        for (const version of versions) {
            const apiVersion = `${GROUP}/${version}`;
            if (await this.#connection.api.serves(apiVersion, kind))
                return apiVersion;
        }
        return undefined;
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
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js + 2 modules
var object_api = __webpack_require__(78574);
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
            throw (0,to_port_error/* toPortError */.n)(error, { cluster, server, object: (0,object_ref/* refText */.d0)(ref), names: [ref.name] });
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
    async remembered() {
        const listed = (await this.#parts.resources.externalSecrets())
            .filter((object) => Object.keys(statusOf(object)).length > 0)
            .map((object) => {
            const { namespace = '', name = '' } = (0,secret_object/* metadataOf */.Nk)(object);
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

/***/ 31250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ toPortError)
});

// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/login.js
var login = __webpack_require__(50965);
;// CONCATENATED MODULE: ./lib/src/adapters/kubernetes/missing-rule.js
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

// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/object-api.js + 2 modules
var object_api = __webpack_require__(78574);
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
        return error.explanation ?? silenceWords(error.code, request);
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
    if ((0,object_api/* isTlsCode */.ne)(code)) {
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
    const { httpStatus, status, loggedIn } = refusal;
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
    const rule = missingRule(message);
    if (rule !== undefined) {
        return {
            kind: 'Forbidden',
            code: 'Forbidden',
            what: `${request.cluster} does not let "${rule.user}" ${ruleText(rule)}`,
            fix: isOfAzure(message)
                ? `Azure RBAC decides in this cluster: ${azureRoleForRule(rule, loggedIn?.clusterId)}. A new assignment can take five minutes.`
                : `Add that rule to a role that is bound to it: ${kubectlForRule(rule)}.`,
        };
    }
    return { kind: 'Forbidden', code: 'Forbidden', ...otherForbidden(message, status, request) };
}
function otherForbidden(message, status, { object, cluster }) {
    const grants = missingGrants(message);
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


/***/ }),

/***/ 5903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ RedactingMasker)
/* harmony export */ });
/* harmony import */ var _core_model_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86102);
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

/***/ 20175:
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
            if (retryable === undefined || attempt >= (retryable.attempts ?? ATTEMPTS))
                throw error;
            const waitMs = waitAfter(attempt, retryable, context.random);
            if (context.clock.now().getTime() + waitMs >= deadline)
                throw error;
            logWait(context.logger, options.description, retryable, { waitMs, attempt: attempt + 1 });
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
function logWait(logger, description, { reason, attempts = ATTEMPTS }, wait) {
    const seconds = Math.ceil(wait.waitMs / 1000);
    logger.warn(`${description} ${reason}, waiting ${seconds} s (attempt ${wait.attempt} of ${attempts})`, wait);
}


/***/ }),

/***/ 76101:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ loggerFor)
});

// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(40390);
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
var terminal = __webpack_require__(39567);
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

/***/ 99999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ clusterOf),
  g: () => (/* binding */ deploy)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./lib/src/core/deploy/custom-resources.js
var custom_resources = __webpack_require__(47039);
// EXTERNAL MODULE: ./lib/src/core/deploy/gone-intents.js
var gone_intents = __webpack_require__(44869);
// EXTERNAL MODULE: ./lib/src/core/deploy/ownership.js
var ownership = __webpack_require__(20771);
// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var problem = __webpack_require__(32833);
// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var secret = __webpack_require__(18260);
// EXTERNAL MODULE: ./lib/src/core/plan/pull.js + 2 modules
var pull = __webpack_require__(62637);
// EXTERNAL MODULE: ./lib/src/core/report/text-table.js
var text_table = __webpack_require__(1609);
// EXTERNAL MODULE: ./lib/src/engine/follow.js + 2 modules
var follow = __webpack_require__(21002);
// EXTERNAL MODULE: ./lib/src/engine/install.js
var install = __webpack_require__(95782);
// EXTERNAL MODULE: ./lib/src/engine/leave.js
var leave = __webpack_require__(37102);
// EXTERNAL MODULE: ./lib/src/core/deploy/deployment.js + 1 modules
var deploy_deployment = __webpack_require__(73075);
// EXTERNAL MODULE: ./lib/src/core/deploy/repository.js
var repository = __webpack_require__(75820);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/core/api/manifests.js + 25 modules
var manifests = __webpack_require__(4091);
// EXTERNAL MODULE: ./lib/src/core/deploy/intents-config.js
var intents_config = __webpack_require__(99376);
// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var installation = __webpack_require__(83096);
// EXTERNAL MODULE: ./lib/src/core/plan/guards.js
var guards = __webpack_require__(84422);
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
    const all = Object.entries((0,installation/* labelsOf */.PC)({ name: '' }, 'intents'));
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
const CONCURRENCY = 16;
/** Rejects with a PortError for what concerns everything, as a login that is not accepted. */
async function preflight(input) {
    const { objects, installation, deployment, intents } = input;
    const refusals = new Refusals(deployment);
    const before = await (0,install/* knownObjects */.wd)(objects, installation);
    const foreign = (0,repository/* otherRepository */.j5)(before.repository, input.repository, installation);
    if (foreign !== undefined)
        return { problems: [foreign], before, gone: [], own: new Set() };
    const found = await readAll((0,deploy_deployment/* goneFrom */.O5)(before.refs, deployment.objects), objects, refusals);
    const gone = found.filter((object) => (0,ownership/* ownershipOf */.VL)(object, installation) !== 'others');
    const resources = deployment.objects.filter(custom_resources/* isCustomResource */.iN);
    const live = byRef(await readAll(resources.map(kubernetes_object/* typedRefOf */.Z), objects, refusals));
    const own = new Set([...live].filter(([, one]) => (0,ownership/* ownershipOf */.VL)(one, installation) === 'own').map(([text]) => text));
    const tooMany = (0,gone_intents/* tooManyGone */.vz)(gone.filter(isOwnOf(installation)), intents, input.deletionLimits);
    const problems = [
        ...[...live.values()].flatMap((object) => takenProblem(object, input)),
        ...(resources.length === 0 ? [] : await preflight_operators(live, input)),
        ...(await claimProblems(objects, installation, intents)),
        ...(tooMany === undefined ? [] : [tooMany]),
    ];
    if (!(0,problem/* hasErrors */.C)(problems))
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
    return (object) => (0,ownership/* ownershipOf */.VL)(object, installation) === 'own';
}
/** Those that exist, in the order of the refs. */
async function readAll(refs, objects, refusals) {
    const read = await (0,p_limit/* default */.A)(CONCURRENCY).map(refs, (ref) => refusals.unlessRefused(ref, () => objects.read(ref)));
    return read.filter((object) => object !== undefined);
}
function byRef(objects) {
    return new Map(objects.map((object) => [(0,object_ref/* refText */.d0)((0,kubernetes_object/* typedRefOf */.Z)(object)), object]));
}
function takenProblem(live, { installation, deployment }) {
    const other = (0,ownership/* otherInstallation */.pS)(live, installation);
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
    await (0,p_limit/* default */.A)(CONCURRENCY).map(deployment.objects, async (object) => {
        const manager = (0,ownership/* managerFor */.Vh)(object, installation);
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
    return (isBinding && code === 'NotFound') || (kind === 'Invalid' && (0,install/* canBeRemade */.eu)(object));
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

// EXTERNAL MODULE: ./lib/src/engine/stop.js
var stop = __webpack_require__(78009);
;// CONCATENATED MODULE: ./lib/src/commands/deployer-rights.js
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

// EXTERNAL MODULE: ./lib/src/commands/render.js
var render = __webpack_require__(30097);
;// CONCATENATED MODULE: ./lib/src/commands/deploy.js
/** `deploy`: render → look before → apply → run one Job now → follow it to its end → prune → report. */

















/** ExternalSecrets that are seen to at once. */
const deploy_CONCURRENCY = 16;
/**
 * Applies nothing where anything stands in its way that can be seen before. Rejects with a PortError where the cluster
 * refuses, and with RunStopped where it is asked to stop before its first write; after that it reports.
 */
async function deploy(ports, request) {
    const looked = await (0,stop/* unlessStopped */.OO)(ports, () => lookBefore(ports, request));
    return 'command' in looked ? looked : await carryOut(ports, request, looked);
}
/** The report of a deployment that is refused, or what is to be applied. Writes nothing. */
async function lookBefore(ports, request) {
    const rendered = await (0,render/* render */.X)(ports.manifests, request, clusterOf(ports, request));
    const { deployment, installation, intents, problems } = rendered;
    if (deployment === undefined || installation === undefined) {
        const { name, namespace = request.namespace } = request.installation;
        return refused(ports, installation ?? { name, namespace }, problems);
    }
    const { objects, clock } = ports;
    if (!request.allowDowngrade)
        await (0,install/* refuseDowngrade */.Km)(objects, installation, request.version);
    const { controllerClass, deletionLimits, repository } = request;
    const told = { controllerClass, deletionLimits, repository, now: clock.now() };
    const looked = await preflight({ objects, installation, deployment, intents, ...told });
    const all = [...problems, ...looked.problems];
    if ((0,problem/* hasErrors */.C)(looked.problems))
        return refused(ports, installation, all);
    return { ...rendered, deployment, installation, problems: all, looked };
}
async function carryOut(ports, request, ready) {
    const { objects, logger, stop } = ports;
    const { installation, deployment, looked, problems } = ready;
    const howFor = (object) => yieldingFor(object, looked.own);
    const { repository } = request;
    const stoppable = stop === undefined ? {} : { stop };
    const before = looked.before;
    const input = { objects, logger, installation, deployment, before, repository, howFor, ...stoppable };
    const { applied, cronJob } = await (0,install/* install */.ai)(input);
    const followed = await runOnce(ports, request, { ready, cronJob });
    // What went away goes last: until the pass has run, a pod of before may still need it.
    const pruned = 'pass' in followed ? await (0,install/* prune */.R3)(input, looked.gone) : leftWhereStopped(followed, looked.gone);
    return {
        command: 'deploy',
        installation: `${installation.namespace}/${installation.name}`,
        cluster: objects.description,
        objects: [...applied, ...pruned].map(({ ref, outcome }) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome })),
        problems: [
            ...problems,
            ...followProblems(followed, installation),
            ...stopProblems(followed, { unapplied: countLeft(applied), undeleted: countLeft(pruned) }),
        ],
        ...('pass' in followed ? { pass: followed.pass } : {}),
    };
}
async function runOnce(ports, request, { ready, cronJob }) {
    if (cronJob === undefined)
        return { stopped: 'not-started' };
    await handOver(ports, ready);
    const { objects, clock, logger, stop } = ports;
    return await (0,follow/* startAndFollow */.j)({
        objects,
        clock,
        logger,
        installation: ready.installation,
        cronJob,
        intentsDigest: ready.deployment.intentsDigest,
        force: request.deletionLimits === undefined,
        timeoutMs: request.waitTimeoutMs,
        ...(stop === undefined ? {} : { stop }),
    });
}
function leftWhereStopped(followed, gone) {
    return 'stopped' in followed ? gone.map((object) => ({ ref: (0,kubernetes_object/* typedRefOf */.Z)(object), outcome: 'left' })) : [];
}
function countLeft(handled) {
    return handled.filter(({ outcome }) => outcome === 'left').length;
}
function stopProblems(followed, { unapplied, undeleted }) {
    const gone = `${(0,text_table/* plural */.LS)(undeleted, 'object')} no longer part of the deployment`;
    if (!('stopped' in followed)) {
        if (undeleted === 0)
            return [];
        return [
            (0,stop/* runStopped */.TC)(`everything was applied, but not deleted yet: ${gone}`, 'Run it again: it deletes what is left.'),
        ];
    }
    if (followed.stopped === 'under-way') {
        const done = 'everything was applied, and the pass that was started goes on in the cluster';
        const rest = undeleted === 0 ? '' : ` The next deployment deletes ${gone}.`;
        return [(0,stop/* runStopped */.TC)(done, `See how it ended with the command status.${rest}`)];
    }
    const done = unapplied === 0 ? 'everything was applied' : `not applied yet: ${(0,text_table/* plural */.LS)(unapplied, 'object')}`;
    const what = `${done}; no pass was started, what was begun was finished`;
    return [(0,stop/* runStopped */.TC)(what, 'Run it again: what is done stays done.')];
}
/** Secrets that go on under another ExternalSecret must be free before the pass, and outlive their resource. */
async function handOver(ports, { installation, intents, looked }) {
    const { objects, stateOf, logger } = ports;
    const { state } = stateOf(installation);
    const current = new Set(intents.map(({ ref }) => (0,object_ref/* refText */.d0)(ref)));
    const gone = looked.gone.filter((one) => one.kind === 'ExternalSecret' && (0,ownership/* ownershipOf */.VL)(one, installation) === 'own');
    await (0,p_limit/* default */.A)(deploy_CONCURRENCY).map(gone, async (live) => {
        if ((0,stop/* isStopping */.vH)(ports))
            return;
        const { namespace = '', name } = live.metadata;
        const ref = { kind: 'ExternalSecret', namespace, name };
        const disowned = await (0,leave/* disown */.d)(objects, live, (0,gone_intents/* handedOver */.$_)(live, intents), installation);
        for (const secret of disowned)
            logger.info(`${(0,object_ref/* refText */.d0)(secret)}: taken off ${(0,object_ref/* refText */.d0)(ref)}`);
        if (!current.has((0,object_ref/* refText */.d0)(ref)) && (await state.read(ref)) !== undefined)
            await state.forget(ref);
    });
}
/** What rendering asks of the cluster that is deployed to. */
function clusterOf(ports, { home }) {
    return {
        served: () => servedBy(ports.objects),
        remembered: (installation, intents) => asDeployer(installation.namespace, () => rememberedBy(ports, { installation, intents, home })),
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
    if (!('explanation' in followed))
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
    const { state, stateCount } = stateOf(installation);
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
    return { leftBehind, stateCount: Math.max(1, await stateCount()) };
}


/***/ }),

/***/ 30097:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ findInstallation),
/* harmony export */   X: () => (/* binding */ render)
/* harmony export */ });
/* harmony import */ var _core_deploy_cluster_rights_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67010);
/* harmony import */ var _core_deploy_custom_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(47039);
/* harmony import */ var _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(83096);
/* harmony import */ var _core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(73075);
/* harmony import */ var _core_model_problem_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(32833);
/* harmony import */ var _engine_load_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(19193);
/** `render`: checked manifests → every object that `deploy` would apply. Asks no cluster. */






const OFFLINE = {
    served: () => Promise.resolve(_core_deploy_custom_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .NEWEST */ .RX),
    remembered: () => Promise.resolve({ leftBehind: [], stateCount: 1 }),
};
async function render(source, request, cluster = OFFLINE) {
    const { documents, sorted, problems } = await check(source, request, cluster);
    const { intents } = sorted;
    const found = findInstallation(request, intents);
    const all = [...problems, ...('problems' in found ? found.problems : []), ...emptyProblems(intents, problems)];
    if ((0,_core_model_problem_js__WEBPACK_IMPORTED_MODULE_5__/* .hasErrors */ .C)(all) || 'problems' in found)
        return { intents, problems: all };
    const { installation } = found;
    const deployment = (0,_core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_3__/* .deploymentOf */ .PE)({
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
        ? (0,_core_deploy_custom_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .inServedVersion */ .xk)(given.documents, await cluster.served())
        : { documents: given.documents, problems: [] };
    const checked = await (0,_engine_load_js__WEBPACK_IMPORTED_MODULE_4__/* .load */ .H)({ load: () => Promise.resolve({ documents, problems: given.problems }) }, { only: [], controllerClass, ...namespaceOf(request) });
    const sorted = sortedFor(request, checked);
    const needs = clusterRights ? [] : (0,_core_deploy_cluster_rights_js__WEBPACK_IMPORTED_MODULE_0__/* .clusterRightsProblems */ .O)({ ...sorted, home });
    return { documents, sorted, problems: [...unserved, ...checked.problems, ...sorted.problems, ...needs] };
}
/** In ConfigMaps the intents of others stay, and the job passes them over. */
function sortedFor({ home, controllerClass }, { intents, stores, foreignStores }) {
    if (home === 'config-maps')
        return { intents, stores, problems: [] };
    return (0,_core_deploy_custom_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .oursOf */ .nO)({ intents, stores, foreignStores }, controllerClass);
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
    const problems = (0,_core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_2__/* .installationProblems */ .nR)(found);
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
    if (intents.length > 0 || (0,_core_model_problem_js__WEBPACK_IMPORTED_MODULE_5__/* .hasErrors */ .C)(problems))
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
function isIntent(value) {
    const { apiVersion } = (value ?? {});
    return typeof apiVersion === 'string' && /^([^/]*\.)?external-secrets\.io\//u.test(apiVersion);
}


/***/ }),

/***/ 67010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ clusterRightsProblems),
/* harmony export */   P: () => (/* binding */ clusterRolesOf)
/* harmony export */ });
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83096);
/* harmony import */ var _rights_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99979);


/** A ClusterRole and its binding; nothing where nothing is needed. */
function clusterRolesOf(needs, installation) {
    const rights = needs.stores.filter(isClusterWide).flatMap((store) => rightsFor(store, needs));
    return rights.length === 0 ? [] : [clusterRole(rights, installation), clusterRoleBinding(installation)];
}
function rightsFor(store, { intents, home }) {
    const onStore = home === 'custom-resources' ? (0,_rights_js__WEBPACK_IMPORTED_MODULE_1__/* .rightsOnResource */ .Vb)('', store.ref.kind, store.ref.name) : [];
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
    return [...new Set(intents.filter((intent) => (0,_rights_js__WEBPACK_IMPORTED_MODULE_1__/* .uses */ .r9)(intent, store)).map(({ ref }) => ref.namespace))].sort();
}
const GROUP = 'rbac.authorization.k8s.io';
function clusterRole(rights, installation) {
    return {
        apiVersion: `${GROUP}/v1`,
        kind: 'ClusterRole',
        metadata: { name: _installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.clusterRole(installation), labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .labelsOf */ .PC)(installation, 'rights') },
        rules: (0,_rights_js__WEBPACK_IMPORTED_MODULE_1__/* .rulesOf */ .fD)(rights),
    };
}
function clusterRoleBinding(installation) {
    const name = _installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.clusterRole(installation);
    return {
        apiVersion: `${GROUP}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name, labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .labelsOf */ .PC)(installation, 'rights') },
        roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name: installation.name, namespace: installation.namespace }],
    };
}


/***/ }),

/***/ 18634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F8: () => (/* binding */ VERSION_ANNOTATION),
/* harmony export */   Hd: () => (/* binding */ cronJobOf),
/* harmony export */   Oy: () => (/* binding */ INTENTS_ANNOTATION),
/* harmony export */   Zw: () => (/* binding */ jobOf),
/* harmony export */   gw: () => (/* binding */ serviceAccountOf)
/* harmony export */ });
/* harmony import */ var _engine_config_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61273);
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83096);


const VERSION_ANNOTATION = 'keyferry.dev/version';
const INTENTS_ANNOTATION = 'keyferry.dev/intents-digest';
const USER = 65532;
/** Exit codes of the job and its loader after which another attempt cannot help. */
const HOPELESS = [3, _engine_config_js__WEBPACK_IMPORTED_MODULE_0__/* .TAMPERED_EXIT_CODE */ .Kn];
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
            labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, 'identity'),
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
            labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, 'job'),
            annotations: { [VERSION_ANNOTATION]: version, [INTENTS_ANNOTATION]: intentsDigest },
        },
        spec: {
            schedule: schedule.cron,
            concurrencyPolicy: 'Forbid',
            startingDeadlineSeconds: 300,
            successfulJobsHistoryLimit: 1,
            failedJobsHistoryLimit: 3,
            jobTemplate: { metadata: { labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, 'job') }, spec: jobSpec(input) },
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
    const labels = (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, 'job');
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
                ...(engine === undefined ? {} : { command: (0,_engine_config_js__WEBPACK_IMPORTED_MODULE_0__/* .engineCommand */ .KU)(engine) }),
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
                    volume: { name: 'engine', configMap: { name: _installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.engine(installation, (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(engine.gzipped)) } },
                    mount: { name: 'engine', mountPath: _engine_config_js__WEBPACK_IMPORTED_MODULE_0__/* .ENGINE_FOLDER */ .EN, readOnly: true },
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


/***/ }),

/***/ 47039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bo: () => (/* binding */ API_VERSIONS),
/* harmony export */   F3: () => (/* binding */ resourcesOf),
/* harmony export */   GW: () => (/* binding */ KINDS),
/* harmony export */   KU: () => (/* binding */ resourceOf),
/* harmony export */   RX: () => (/* binding */ NEWEST),
/* harmony export */   Uo: () => (/* binding */ headOf),
/* harmony export */   iN: () => (/* binding */ isCustomResource),
/* harmony export */   nO: () => (/* binding */ oursOf),
/* harmony export */   xk: () => (/* binding */ inServedVersion)
/* harmony export */ });
/* harmony import */ var _model_object_ref_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76651);
/* harmony import */ var _resolve_stores_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46469);


/** Newest first. */
const API_VERSIONS = ['external-secrets.io/v1', 'external-secrets.io/v1beta1'];
/** Kind → its resource, in the order in which they are applied: a store must be there before who names it. */
const RESOURCES = {
    ClusterSecretStore: 'clustersecretstores',
    SecretStore: 'secretstores',
    ExternalSecret: 'externalsecrets',
};
const KINDS = Object.keys(RESOURCES);
/** Offline it is not known what a cluster serves. */
const NEWEST = () => API_VERSIONS[0];
function isCustomResource({ apiVersion, kind }) {
    return apiVersion.startsWith('external-secrets.io/') && kind in RESOURCES;
}
/** `externalsecrets`, as RBAC names the kind. */
function resourceOf(kind) {
    return RESOURCES[kind] ?? '';
}
/** Each document in the version that is served; one of a kind that is not stays as it is, and is a problem. */
function inServedVersion(documents, served) {
    const missing = new Set();
    const versioned = documents.map((document) => {
        const { apiVersion, kind } = fieldsOf(document.value);
        const isKnown = typeof kind === 'string' && kind in RESOURCES && API_VERSIONS.some((one) => one === apiVersion);
        if (!isKnown)
            return document;
        const version = served(kind);
        if (version === undefined)
            missing.add(kind);
        return version === undefined
            ? document
            : { ...document, value: { ...fieldsOf(document.value), apiVersion: version } };
    });
    return { documents: versioned, problems: [...missing].map(notServed) };
}
function notServed(kind) {
    return {
        severity: 'error',
        code: 'kind-not-served',
        what: `the cluster serves no ${kind}: CustomResourceDefinition ${resourceOf(kind)}.external-secrets.io is not there, or has neither v1 nor v1beta1`,
        fix: 'Nothing was applied. Have it installed, as the chart of External Secrets Operator does, or leave out --home custom-resources.',
    };
}
/** What another controller would see to is left to it: no resource of it is applied. */
function oursOf({ intents, stores, foreignStores }, controllerClass) {
    const world = {
        stores: new Map(stores.map((store) => [(0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .refText */ .d0)(store.ref), store])),
        refused: new Set(),
        foreign: foreignStores,
        controllerClass,
        namespaceLabels: () => undefined,
    };
    const others = new Set(intents.filter((intent) => (0,_resolve_stores_js__WEBPACK_IMPORTED_MODULE_1__/* .belongsToOtherClass */ .eE)(intent, world)));
    return {
        intents: intents.filter((intent) => !others.has(intent)),
        stores: stores.filter((store) => (0,_resolve_stores_js__WEBPACK_IMPORTED_MODULE_1__/* .isManaged */ .yF)(store, { controllerClass })),
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
    const wanted = new Set([...input.stores, ...input.intents].map(({ ref }) => (0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .refText */ .d0)(ref)));
    const resources = input.documents.flatMap((document) => {
        const object = resource(document, input);
        return object !== undefined && wanted.has((0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .refText */ .d0)(refOf(object))) ? [{ document, object }] : [];
    });
    return resources.toSorted((a, b) => KINDS.indexOf(a.object.kind) - KINDS.indexOf(b.object.kind));
}
/** Whatever a pasted manifest has beside these (status, uid, managedFields) is the API server's to write. */
function resource({ value }, { controllerClass, namespace }) {
    const { apiVersion, kind, metadata, spec } = fieldsOf(value);
    const { name, namespace: own = namespace, labels, annotations } = fieldsOf(metadata);
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string')
        return undefined;
    if (!isCustomResource({ apiVersion, kind }))
        return undefined;
    const scope = kind === 'ClusterSecretStore' || typeof own !== 'string' ? {} : { namespace: own };
    return {
        apiVersion,
        kind,
        metadata: { name, ...scope, ...texts('labels', labels), ...texts('annotations', annotations) },
        spec: kind === 'ExternalSecret' ? spec : { ...fieldsOf(spec), controller: controllerClass },
    };
}
/** What kubectl notes for itself is of no use to anybody else, and would end on the Secret. */
function texts(field, value) {
    const kept = Object.entries(fieldsOf(value)).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration');
    return kept.length === 0 ? {} : { [field]: Object.fromEntries(kept) };
}
function refOf({ kind, metadata: { name, namespace } }) {
    return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
/** What the index holds of a resource: which one it is; the rest is in the cluster. */
function headOf({ document, object: { apiVersion, kind, metadata } }) {
    const { name, namespace } = metadata;
    const value = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
    return { ...document, value };
}
function fieldsOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}


/***/ }),

/***/ 73075:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PE: () => (/* binding */ deploymentOf),
  O5: () => (/* binding */ goneFrom),
  o8: () => (/* binding */ inventoryOf),
  oR: () => (/* binding */ joined),
  zw: () => (/* binding */ readInventory)
});

// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/deploy/cluster-rights.js
var cluster_rights = __webpack_require__(67010);
// EXTERNAL MODULE: ./lib/src/core/deploy/cron-job.js
var cron_job = __webpack_require__(18634);
// EXTERNAL MODULE: ./lib/src/core/deploy/custom-resources.js
var custom_resources = __webpack_require__(47039);
// EXTERNAL MODULE: ./lib/src/core/deploy/engine-config.js
var engine_config = __webpack_require__(61273);
// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var deploy_installation = __webpack_require__(83096);
// EXTERNAL MODULE: ./lib/src/core/deploy/intents-config.js
var intents_config = __webpack_require__(99376);
// EXTERNAL MODULE: ./lib/src/core/deploy/repository.js
var deploy_repository = __webpack_require__(75820);
// EXTERNAL MODULE: ./lib/src/core/deploy/rights.js
var rights = __webpack_require__(99979);
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
    const roles = (0,rights/* rolesOf */.R7)({
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
            (0,cron_job/* serviceAccountOf */.gw)(cronJob),
            ...input.extras.map((extra) => labelled(extra, installation)),
            ...applied,
            ...configMaps,
            ...(input.engine === undefined ? [] : [(0,engine_config/* engineConfig */.d0)(input.engine, installation)]),
            ...roles,
            ...(input.clusterRights ? (0,cluster_rights/* clusterRolesOf */.P)(input, installation) : []),
            (0,cron_job/* cronJobOf */.Hd)(cronJob),
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
const KEY = 'objects.json';
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
            ...(repository === undefined ? {} : { annotations: (0,deploy_repository/* repositoryAnnotations */.JO)(repository) }),
        },
        data: { [KEY]: `[\n${lines.join(',\n')}\n]\n` },
    };
}
/** The refs of an inventory; `undefined` when it is not what Keyferry writes there. */
function readInventory(configMap) {
    const text = configMap['data']?.[KEY] ?? '';
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


/***/ }),

/***/ 61273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EN: () => (/* binding */ ENGINE_FOLDER),
/* harmony export */   KU: () => (/* binding */ engineCommand),
/* harmony export */   Kn: () => (/* binding */ TAMPERED_EXIT_CODE),
/* harmony export */   d0: () => (/* binding */ engineConfig)
/* harmony export */ });
/* unused harmony export ENGINE_FILE */
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83096);

const ENGINE_FOLDER = '/engine';
const ENGINE_FILE = 'engine.js.gz';
/** What the loader ends with when the engine is not the one that was deployed. */
const TAMPERED_EXIT_CODE = 4;
function engineConfig({ gzipped }, installation) {
    const digest = (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(gzipped);
    return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
            name: _installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.engine(installation, digest),
            namespace: installation.namespace,
            labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .labelsOf */ .PC)(installation, 'engine'),
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
    return ['node', '-e', LOADER, (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(gzipped)];
}


/***/ }),

/***/ 44869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $_: () => (/* binding */ handedOver),
/* harmony export */   Gx: () => (/* binding */ secretNamesOf),
/* harmony export */   vz: () => (/* binding */ tooManyGone)
/* harmony export */ });
/* harmony import */ var _model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76651);
/* harmony import */ var _model_secret_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18260);
/* harmony import */ var _plan_guards_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(84422);
/* harmony import */ var _plan_pull_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62637);




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
    const wanted = new Set(intents.map((intent) => (0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .refText */ .d0)((0,_plan_pull_js__WEBPACK_IMPORTED_MODULE_1__/* .targetOf */ .$r)(intent))));
    return secretNamesOf(externalSecret).filter((name) => wanted.has((0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .refText */ .d0)((0,_model_secret_js__WEBPACK_IMPORTED_MODULE_3__/* .secretRef */ .C)(namespace, name))));
}
/** Would more Secrets go with their ExternalSecrets than the limits allow? */
function tooManyGone(gone, intents, limits) {
    const lost = gone.filter((one) => ownsItsSecret(one) && handedOver(one, intents).length === 0).length;
    return (0,_plan_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .overLimits */ .NN)(lost, intents.length + lost, limits);
}
function ownsItsSecret({ kind, spec }) {
    const { target } = (spec ?? {});
    return kind === 'ExternalSecret' && (target?.creationPolicy ?? 'Owner') === 'Owner';
}


/***/ }),

/***/ 83096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ names),
/* harmony export */   PC: () => (/* binding */ labelsOf),
/* harmony export */   dM: () => (/* binding */ managerOf),
/* harmony export */   nR: () => (/* binding */ installationProblems),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   r5: () => (/* binding */ resourceManagerOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
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
/**
 * The field manager of custom resources. They carry no label of ours, so that this tells whose they are; installations
 * of one name in several namespaces may apply into the same one.
 */
function resourceManagerOf({ name, namespace }) {
    return `keyferry-${name}.${namespace}`;
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
    clusterRole: ({ name, namespace }) => `${name}.${namespace}`,
};
/** SHA-256, hex. */
function digestOf(content) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex');
}


/***/ }),

/***/ 99376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ intentsConfig),
/* harmony export */   u: () => (/* binding */ readIntentsConfig)
/* harmony export */ });
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83096);

/** Raised when older programs would misread the ConfigMaps. */
const SCHEMA_VERSION = 1;
/** A ConfigMap takes 1 MiB with its metadata. */
const ROOM_BYTES = 900_000;
const KEY = 'intents.json';
/** With `resources` the documents are only their heads, and these are what was applied. */
function intentsConfig(documents, installation, resources) {
    const entries = documents.map(({ origin, value }) => JSON.stringify({ ...(origin === undefined ? {} : { origin }), value }));
    const contents = (resources ?? []).map((object) => JSON.stringify(object));
    const digest = (0,_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)([...entries, ...contents].join('\n'));
    const chunks = inChunks(entries);
    const home = resources === undefined ? 'config-maps' : 'custom-resources';
    const configMaps = chunks.map((lines, index) => configMap(lines, { installation, digest, index, count: chunks.length, home }));
    return { configMaps, digest };
}
function configMap(lines, place) {
    const { installation, digest, index, count } = place;
    const home = place.home === 'config-maps' ? '' : `"home": "${place.home}", `;
    const head = `"schemaVersion": ${SCHEMA_VERSION}, ${home}"digest": "${digest}", "count": ${count}`;
    const text = `{${head}, "documents": [\n${lines.join(',\n')}\n]}\n`;
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
    const { home = 'config-maps', digest = '', count = 1 } = stored;
    return { home, documents, digest, count };
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

/***/ 20771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D9: () => (/* binding */ statusWriters),
/* harmony export */   VL: () => (/* binding */ ownershipOf),
/* harmony export */   Vh: () => (/* binding */ managerFor),
/* harmony export */   pS: () => (/* binding */ otherInstallation)
/* harmony export */ });
/* harmony import */ var _custom_resources_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47039);
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83096);


const INSTANCE = 'app.kubernetes.io/instance';
/** As `resourceManagerOf` makes them. */
const INSTALLATION_MANAGER = /^keyferry-(?<name>[^.]+)\.(?<namespace>[^.]+)$/u;
function ownershipOf(live, installation) {
    if (!(0,_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .isCustomResource */ .iN)(live)) {
        return live.metadata.labels?.[INSTANCE] === (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, '')[INSTANCE] ? 'own' : 'others';
    }
    const appliers = appliersOf(live);
    if (!appliers.includes((0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .resourceManagerOf */ .r5)(installation)))
        return 'others';
    return appliers.length === 1 ? 'own' : 'shared';
}
/** `namespace/name` of another installation that applies this custom resource. */
function otherInstallation(live, installation) {
    const own = (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .resourceManagerOf */ .r5)(installation);
    const other = appliersOf(live).find((manager) => manager !== own && INSTALLATION_MANAGER.test(manager));
    const { name = '', namespace = '' } = INSTALLATION_MANAGER.exec(other ?? '')?.groups ?? {};
    return other === undefined ? undefined : `${namespace}/${name}`;
}
/** The field manager with which the installation applies this object. */
function managerFor(object, installation) {
    return (0,_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .isCustomResource */ .iN)(object) ? (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .resourceManagerOf */ .r5)(installation) : (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .managerOf */ .dM)(installation);
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
function managedFieldsOf({ metadata }) {
    return (metadata['managedFields'] ?? []);
}


/***/ }),

/***/ 80085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ printObjects)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/** Objects as YAML, for `kubectl apply --server-side -f -`, GitOps tools and review. */

function printObjects(objects) {
    return objects.map((object) => `---\n${(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .stringify */ .As)(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
}


/***/ }),

/***/ 75820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JO: () => (/* binding */ repositoryAnnotations),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   j5: () => (/* binding */ otherRepository)
/* harmony export */ });
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83096);

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
    const release = `kubectl annotate configmap ${_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.inventory(installation)} --namespace ${namespace} ${URL_ANNOTATION}- ${ID_ANNOTATION}-`;
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


/***/ }),

/***/ 99979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R7: () => (/* binding */ rolesOf),
/* harmony export */   Vb: () => (/* binding */ rightsOnResource),
/* harmony export */   fD: () => (/* binding */ rulesOf),
/* harmony export */   r9: () => (/* binding */ uses)
/* harmony export */ });
/* harmony import */ var _model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76651);
/* harmony import */ var _custom_resources_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47039);
/* harmony import */ var _installation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83096);



const GROUP = 'external-secrets.io';
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
    const namespaces = [...new Set(rights.map(({ namespace }) => namespace))].sort(_model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .compareText */ .n6);
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
        ...counted(intentsCount).map((index) => configMap(_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.intents(installation, index), ['get'])),
        ...counted(stateCount).map((index) => configMap(_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.state(installation, index), WRITE)),
        configMap(_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.report(installation), APPLY),
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
    const resource = `${(0,_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .resourceOf */ .KU)(ref.kind)}/finalizers`;
    return [
        { namespace: ref.namespace, apiGroup: GROUP, resource, name: ref.name, verbs: ['update'] },
        right(ref.namespace, 'secrets', target.name, ['delete']),
    ];
}
/** Read, and its status written; nothing else of it. */
function rightsOnResource(namespace, kind, name) {
    const own = { namespace, apiGroup: GROUP, name };
    return [
        { ...own, resource: (0,_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .resourceOf */ .KU)(kind), verbs: ['get'] },
        { ...own, resource: `${(0,_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .resourceOf */ .KU)(kind)}/status`, verbs: ['patch'] },
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
            name: _installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.role(installation, namespace),
            namespace,
            labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, 'rights'),
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
        .sort(([a], [b]) => (0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .compareText */ .n6)(a, b))
        .map(([, rule]) => ({
        apiGroups: [rule.apiGroup],
        resources: [rule.resource],
        ...(rule.names.includes('') ? {} : { resourceNames: rule.names.sort(_model_object_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .compareText */ .n6) }),
        verbs: rule.verbs,
    }));
}
function roleBinding(namespace, installation) {
    const name = _installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.role(installation, namespace);
    return {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name, namespace, labels: (0,_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .labelsOf */ .PC)(installation, 'rights') },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name: installation.name, namespace: installation.namespace }],
    };
}


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

/***/ 90987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ readFingerprint),
/* harmony export */   c: () => (/* binding */ planNotApproved)
/* harmony export */ });
/* harmony import */ var _model_plan_level_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68388);
/**
 * Is the plan that is about to be carried out the one that somebody approved?
 *
 * A fingerprint names its level, and equals are compared. Nothing of a plan but its counts can be read from one, so that
 * is all that can be told of a difference.
 */

/** `undefined` for a text that is no whole fingerprint: the short form of the reports proves nothing. */
function readFingerprint(text) {
    const match = /^([a-z]+)(-deploy)?-(\d+)c(\d+)u(\d+)d-[0-9a-f]{56}$/u.exec(text);
    const level = _model_plan_level_js__WEBPACK_IMPORTED_MODULE_0__/* .PLAN_LEVELS */ .i.find((one) => one === match?.[1]);
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
        what: `the plan that was approved is not the plan now: ${differences(approved, now)}`,
        fix: isOtherKind(approved, now)
            ? 'Nothing was written. Plan what is to be applied: with --engine runner for sync, without it for deploy.'
            : 'Nothing was written. Read the plan as it is now (plan), approve it, and run again with its fingerprint as --plan-fingerprint.',
    };
}
function isOtherKind(approved, now) {
    return readFingerprint(approved)?.deploys !== readFingerprint(now)?.deploys;
}
function differences(approved, now) {
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


/***/ }),

/***/ 84422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $T: () => (/* binding */ tooManyDeletions),
/* harmony export */   DK: () => (/* binding */ claimsWhole),
/* harmony export */   LU: () => (/* binding */ refuseContended),
/* harmony export */   NN: () => (/* binding */ overLimits)
/* harmony export */ });
/* harmony import */ var _model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76651);
/* harmony import */ var _model_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75391);
/* harmony import */ var _item_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98911);
/* harmony import */ var _pull_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62637);




/** Below so many deletions a share says nothing: one of two is half of everything. */
const SHARE_FROM = 4;
/** Stops a plan that deletes more than the limits allow; `undefined` limits = no such guard. */
function tooManyDeletions(plan, limits) {
    const changes = (0,_model_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .changesOf */ .f)({ ...plan, problems: [], fingerprint: '' });
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
    const target = (0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__/* .refText */ .d0)((0,_pull_js__WEBPACK_IMPORTED_MODULE_2__/* .targetOf */ .$r)(intent));
    const holder = claims.get(target);
    const mayHold = item.verdict !== 'other-class' && item.verdict !== 'blocked';
    if (holder === undefined || holder === intent) {
        if (claimsWhole(intent) && mayHold)
            claims.set(target, intent);
        return item;
    }
    if (item.verdict !== 'change')
        return item;
    return (0,_item_js__WEBPACK_IMPORTED_MODULE_1__/* .blocked */ .Z5)({ intent, live }, 'target-contended', {
        field: ['spec', 'target', 'name'],
        what: `is ${target}, which ${(0,_model_object_ref_js__WEBPACK_IMPORTED_MODULE_3__/* .refText */ .d0)(holder.ref)} writes as a whole`,
        fix: 'Choose another target.name, or creationPolicy Merge or CreateOrMerge for both.',
    });
}


/***/ }),

/***/ 21002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  t: () => (/* binding */ readReport),
  j: () => (/* binding */ startAndFollow)
});

// EXTERNAL MODULE: ./lib/src/core/deploy/cron-job.js
var cron_job = __webpack_require__(18634);
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

// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var deploy_installation = __webpack_require__(83096);
// EXTERNAL MODULE: ./lib/src/core/model/sync-record.js
var sync_record = __webpack_require__(20697);
// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(68694);
// EXTERNAL MODULE: ./lib/src/core/report/change.js
var change = __webpack_require__(41243);
;// CONCATENATED MODULE: ./lib/src/core/deploy/pass-report-config.js






const SCHEMA_VERSION = 1;
const KEY = 'report.json';
const ROOM_BYTES = 800_000;
const MOST_PROBLEMS = 200;
const MOST_PRUNES = 200;
function passReport(facts, report) {
    const problems = problemsOf(report)
        .toSorted((a, b) => rank(a.severity) - rank(b.severity))
        .map(toldProblem);
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
    const { ref, target, verdict, reason, nextDue, changes, sources } = object;
    return {
        object: refText(ref),
        target: refText(target),
        verdict,
        ...(reason === undefined ? {} : { reason }),
        ...(nextDue === undefined ? {} : { nextDue: wholeSeconds(nextDue) }),
        ...(changes.length === 0 ? {} : { changes: changes.map((change) => toldChange(change, object)) }),
        ...(sources === undefined ? {} : { sources }),
    };
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
    const cut = { ...report, problems, left: report.left + report.problems.length - problems.length };
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
    if ((0,stop/* isStopping */.vH)(input))
        return { stopped: 'not-started' };
    const job = await objects.create(onePass((0,cron_job/* jobOf */.Zw)(input.cronJob, name), input.force === true), (0,deploy_installation/* managerOf */.dM)(installation));
    return await (0,stop/* unlessStopped */.OO)(input, () => follow(input, job, before?.finishedAt)).catch(underWay);
}
/** Following only reads, so that it is left at once. */
function underWay(error) {
    if (error instanceof stop/* RunStopped */.NL)
        return { stopped: 'under-way' };
    throw error;
}
/** The Job that is started by hand makes one pass over everything, due or not: whoever waits for it wants the values of now. */
function onePass(job, force) {
    const spec = job['spec'];
    const { template } = spec;
    const containers = template.spec.containers.map((container) => ({
        ...container,
        env: [
            ...(container.env ?? []).filter(({ name }) => name !== 'KEYFERRY_WINDOW'),
            { name: 'KEYFERRY_DUE', value: 'false' },
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
        // Nobody waits for it any more.
        if ((0,stop/* isStopping */.vH)(input))
            return { stopped: 'under-way' };
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


/***/ }),

/***/ 95782:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Km: () => (/* binding */ refuseDowngrade),
/* harmony export */   R3: () => (/* binding */ prune),
/* harmony export */   ai: () => (/* binding */ install),
/* harmony export */   eu: () => (/* binding */ canBeRemade),
/* harmony export */   wd: () => (/* binding */ knownObjects)
/* harmony export */ });
/* unused harmony export isOwn */
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(70370);
/* harmony import */ var _core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73075);
/* harmony import */ var _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83096);
/* harmony import */ var _core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20771);
/* harmony import */ var _core_deploy_repository_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75820);
/* harmony import */ var _core_deploy_cron_job_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(18634);
/* harmony import */ var _core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(16618);
/* harmony import */ var _core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(76651);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(226);
/* harmony import */ var _leave_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(37102);
/* harmony import */ var _stop_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(78009);
/**
 * Applies a deployment: inventory first, then every object in order, then what is gone.
 *
 * The inventory holds old and new until everything is applied, so that a run that dies in between forgets nothing.
 */











/** Objects of one kind that are applied, or deleted, at once. */
const CONCURRENCY = 16;
/** Rejects with RunStopped where it is asked to stop before anything was written; after that, what is begun is finished. */
async function install(input) {
    const { objects, installation, deployment, before } = input;
    const now = deployment.objects.map(_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z);
    (0,_stop_js__WEBPACK_IMPORTED_MODULE_7__/* .beginUnlessStopping */ .Qj)(input);
    await objects.apply((0,_core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .inventoryOf */ .o8)((0,_core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .joined */ .oR)(before.refs, now), installation, belongsTo(input)), (0,_core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .managerOf */ .dM)(installation));
    const handled = [];
    for (const run of runsOfOneKind(deployment.objects)) {
        handled.push(...(await (0,p_limit__WEBPACK_IMPORTED_MODULE_9__/* ["default"] */ .A)(CONCURRENCY).map(run, (object) => applyUnlessStopping(object, input))));
    }
    const applied = handled.map(({ outcome, object }) => ({ ref: (0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z)(object), outcome }));
    const cronJob = handled.find(({ object }) => object.kind === 'CronJob');
    if (cronJob === undefined)
        throw new Error('Bug: a deployment without a CronJob. Please report this.');
    return cronJob.outcome === 'left' ? { applied } : { applied, cronJob: cronJob.object };
}
async function applyUnlessStopping(object, input) {
    return (0,_stop_js__WEBPACK_IMPORTED_MODULE_7__/* .isStopping */ .vH)(input) ? { outcome: 'left', object } : await applyOne(object, input);
}
/**
 * Deletes what went away, or leaves it to who else applies it; then the inventory holds what is there. Where it is asked
 * to stop before that, the inventory still holds all.
 */
async function prune(input, gone) {
    const { objects, installation, deployment, logger } = input;
    const pruned = [];
    for (const run of runsOfOneKind(gone)) {
        const handled = await (0,p_limit__WEBPACK_IMPORTED_MODULE_9__/* ["default"] */ .A)(CONCURRENCY).map(run, async (object) => {
            const ref = (0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z)(object);
            const outcome = (0,_stop_js__WEBPACK_IMPORTED_MODULE_7__/* .isStopping */ .vH)(input) ? 'left' : await (0,_leave_js__WEBPACK_IMPORTED_MODULE_6__/* .removeObject */ .G)(objects, ref, installation);
            if (outcome === 'deleted')
                logger.info(`${(0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_10__/* .refText */ .d0)(ref)}: deleted, no longer part of the deployment`);
            return { ref, outcome };
        });
        pruned.push(...handled.flatMap(({ ref, outcome }) => (outcome === undefined ? [] : [{ ref, outcome }])));
    }
    if (pruned.some(({ outcome }) => outcome === 'left'))
        return pruned;
    const refs = deployment.objects.map(_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z);
    await objects.apply((0,_core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .inventoryOf */ .o8)(refs, installation, belongsTo(input)), (0,_core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .managerOf */ .dM)(installation));
    return pruned;
}
/** A deployment from a laptop in between does not make it nobody's: what is applied without the annotation loses it. */
function belongsTo({ repository, before }) {
    return repository ?? before.repository;
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
    const name = _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy.inventory(installation);
    const inventory = await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
    if (inventory === undefined)
        return { refs: [] };
    const refs = (0,_core_deploy_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .readInventory */ .zw)(inventory);
    const repository = (0,_core_deploy_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .repositoryOf */ ._M)(inventory);
    if (refs !== undefined)
        return { refs, ...(repository === undefined ? {} : { repository }) };
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PortError */ .U7({
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
    return live !== undefined && (0,_core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_2__/* .ownershipOf */ .VL)(live, installation) !== 'others';
}
/** A running engine that is newer is not replaced unasked: it may have written state that this version cannot read. */
async function refuseDowngrade(objects, { namespace, name }, version) {
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
    const live = cronJob?.metadata.annotations?.[_core_deploy_cron_job_js__WEBPACK_IMPORTED_MODULE_4__/* .VERSION_ANNOTATION */ .F8];
    if (live === undefined || !isNewer(live, version))
        return;
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PortError */ .U7({
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
    const ref = (0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z)(object);
    if (object.kind !== 'ServiceAccount' || (await isOwn(objects, ref, installation)))
        return object;
    if ((await objects.read(ref)) === undefined)
        return object;
    return { ...object, metadata: { ...object.metadata, labels: {} } };
}
async function applyOne(object, input) {
    const { objects, installation, logger, howFor } = input;
    const manager = (0,_core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_2__/* .managerFor */ .Vh)(object, installation);
    const applied = await applyOrRemake(objects, await asFound(object, input), { manager, how: howFor(object) });
    const text = (0,_core_model_object_ref_js__WEBPACK_IMPORTED_MODULE_10__/* .refText */ .d0)((0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z)(object));
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
        if (!(error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .PortError */ .U7) || error.kind !== 'Invalid' || !canBeRemade(object))
            throw error;
        await objects.delete((0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_8__/* .typedRefOf */ .Z)(object));
        return { ...(await objects.apply(object, manager, how)), outcome: 'changed' };
    }
}
function canBeRemade({ kind }) {
    return ['RoleBinding', 'ClusterRoleBinding', 'ConfigMap'].includes(kind);
}


/***/ }),

/***/ 37102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ removeObject),
/* harmony export */   d: () => (/* binding */ disown)
/* harmony export */ });
/* harmony import */ var _core_deploy_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47039);
/* harmony import */ var _core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20771);
/* harmony import */ var _core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16618);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(226);
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
    const ownership = live === undefined ? 'others' : (0,_core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_1__/* .ownershipOf */ .VL)(live, installation);
    if (ownership === 'others')
        return undefined;
    if (ownership === 'shared')
        return await giveUp(objects, ref, installation);
    await objects.delete(ref);
    if ((0,_core_deploy_custom_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .isCustomResource */ .iN)(ref))
        await dropFinalizer(objects, ref, installation);
    return 'deleted';
}
/** An apply that names no field: what nobody else set goes, the rest is theirs. */
async function giveUp(objects, ref, installation) {
    const { apiVersion, kind, name, namespace } = ref;
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    try {
        await objects.apply({ apiVersion, kind, metadata }, (0,_core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_1__/* .managerFor */ .Vh)(ref, installation), { yielding: true });
    }
    catch (error) {
        // The other tool has not set every field that must be there; then it stays as it is.
        if (!(error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7) || error.kind !== 'Invalid')
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
            await objects.patch((0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_3__/* .typedRefOf */ .Z)(live), { metadata: { ...metadata, resourceVersion } }, (0,_core_deploy_ownership_js__WEBPACK_IMPORTED_MODULE_1__/* .managerFor */ .Vh)(ref, installation));
            return true;
        }
        catch (error) {
            const isMoved = error instanceof _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7 && (error.kind === 'Conflict' || error.kind === 'NotFound');
            if (!isMoved || attempt === ATTEMPTS)
                throw error;
        }
    }
}


/***/ }),

/***/ 135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ findOperators),
  q: () => (/* binding */ operatorsBeside)
});

// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/resolve/stores.js
var resolve_stores = __webpack_require__(46469);
// EXTERNAL MODULE: ./lib/src/core/deploy/ownership.js
var ownership = __webpack_require__(20771);
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
    if (kind === 'ExternalSecret')
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
        .map((store) => refusal(store, `is synced by External Secrets Operator (${name})`, handOver(store, facts)));
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
        ...(0,ownership/* statusWriters */.D9)(resource).filter(({ manager }) => manager !== OWN_MANAGER),
        ...facts.events.filter((event) => isAbout(event, resource)).map(eventTime),
    ].filter(({ time }) => facts.now.getTime() - time.getTime() < LATELY_MS);
    const last = seen.toSorted((a, b) => b.time.getTime() - a.time.getTime())[0];
    if (last === undefined)
        return [];
    const wait = new Date(last.time.getTime() + LATELY_MS).toISOString();
    const what = `is synced by another controller: "${last.manager}" was at it at ${last.time.toISOString()}`;
    const store = resource.kind === 'ExternalSecret' ? undefined : resource;
    const fix = `${handOver(store, facts)} If that was done a moment ago, deploy after ${wait}.`;
    return [refusal(resource, what, fix)];
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
function refusal({ kind, metadata: { namespace, name } }, what, fix) {
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
    const stores = contestedResources(facts).filter(({ kind }) => kind !== 'ExternalSecret');
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
// EXTERNAL MODULE: ./lib/src/core/api/manifests.js + 25 modules
var manifests = __webpack_require__(4091);
// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
;// CONCATENATED MODULE: ./lib/src/engine/operators.js
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
        .map(({ value }) => value)
        .filter(({ kind, spec }) => kind.endsWith('SecretStore') && classOf(spec) === '');
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


/***/ }),

/***/ 24896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ StoredIntentsSource)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70370);
/* harmony import */ var _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83096);
/* harmony import */ var _core_deploy_intents_config_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99376);
/* harmony import */ var _core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(16618);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(226);
/* harmony import */ var _core_model_problem_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(32833);
/**
 * Intents that a deployment put into ConfigMaps: read through the API, never from a mount, so that they are the newest.
 *
 * Where they are custom resources, the ConfigMaps say which ones, and each is read by its name: a team's rights may not
 * reach further. One that cannot be read is a problem of its own, and stops no other.
 */






/** Custom resources that are read at once. */
const CONCURRENCY = 16;
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
        if (first.home === 'config-maps')
            return { documents, problems: [] };
        const read = await (0,p_limit__WEBPACK_IMPORTED_MODULE_3__/* ["default"] */ .A)(CONCURRENCY).map(documents, (document) => this.#resource(document));
        return {
            documents: read.flatMap((one) => ('document' in one ? [one.document] : [])),
            problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
        };
    }
    /** Messages still name the line of the manifest. */
    async #resource(head) {
        const ref = (0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_4__/* .typedRefOf */ .Z)(head.value);
        try {
            const value = await this.#objects.read(ref);
            return value === undefined ? { problem: gone(head) } : { document: { ...head, value, home: 'cluster' } };
        }
        catch (error) {
            const failure = (0,_ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .asPortError */ .Ux)(error);
            if (failure.whole)
                throw failure;
            return { problem: unreadable(head, failure) };
        }
    }
    async #read(index) {
        const { namespace } = this.#installation;
        const name = _core_deploy_installation_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy.intents(this.#installation, index);
        const configMap = await this.#objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
        if (configMap === undefined)
            throw this.#absent(name);
        const stored = (0,_core_deploy_intents_config_js__WEBPACK_IMPORTED_MODULE_1__/* .readIntentsConfig */ .u)(configMap);
        if ('problem' in stored)
            throw refused((0,_core_model_problem_js__WEBPACK_IMPORTED_MODULE_5__/* .problemText */ .f)(stored.problem));
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
function gone(head) {
    return {
        ...about(head),
        code: 'resource-gone',
        what: 'was deleted from the cluster, and the deployment still has it',
        fix: 'Deploy again, with it or without it.',
    };
}
function unreadable(head, { what, fix }) {
    return { ...about(head), code: 'resource-unreadable', what, fix };
}
function about({ value, origin }) {
    const { kind, namespace, name } = (0,_core_model_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_4__/* .typedRefOf */ .Z)(value);
    const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
    return { severity: 'error', at, ...(origin === undefined ? {} : { origin }) };
}
function refused(text) {
    const [what = '', ...fix] = text.split('. ');
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .PortError */ .U7({ kind: 'Invalid', code: 'UnreadableIntents', whole: true, what, fix: fix.join('. ') });
}


/***/ }),

/***/ 70633:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ connectToAks)
});

// EXTERNAL MODULE: ./lib/src/core/model/managed-cluster.js
var managed_cluster = __webpack_require__(48080);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/adapters/azure/claims.js
var azure_claims = __webpack_require__(7322);
// EXTERNAL MODULE: ./lib/src/adapters/azure/cloud.js
var azure_cloud = __webpack_require__(19814);
// EXTERNAL MODULE: ./lib/src/adapters/azure/credential.js + 1 modules
var credential = __webpack_require__(26214);
// EXTERNAL MODULE: ./lib/src/adapters/azure/own-token.js
var own_token = __webpack_require__(5023);
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
    const tenantId = (0,own_token/* fallbackTenantId */.qV)(context);
    if (context.settings.identity === 'azure-cli') {
        return { type: 'azure-cli', authorityHost, ...(tenantId === '' ? {} : { tenantId }) };
    }
    const source = (0,own_token/* ownToken */.K8)(context, tokenOf(context, thing));
    const clientId = (0,own_token/* fallbackClientId */.zN)(context);
    if (clientId === '')
        throw missing(thing, 'azure-client-id', 'AZURE_CLIENT_ID');
    if (tenantId === '')
        throw missing(thing, 'azure-tenant-id', 'AZURE_TENANT_ID');
    return { type: 'assertion', authorityHost, tenantId, clientId, source };
}
function tokenOf(context, thing) {
    const { identity } = context.settings;
    if (identity === 'service-account')
        throw noProof(thing);
    if (identity !== 'auto' && identity !== 'azure-cli')
        return identity;
    const from = (0,own_token/* ownTokenHere */.c2)(context) ?? (0,own_token/* lastResort */.y4)(context);
    const isMissing = from === 'token-file' && (0,own_token/* ownToken */.K8)(context, from).path === '';
    if (isMissing)
        throw noProof(thing);
    return from;
}
function missing(thing, setting, variable) {
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

// EXTERNAL MODULE: ./lib/src/adapters/azure/plain-request.js
var plain_request = __webpack_require__(50599);
// EXTERNAL MODULE: ./lib/src/adapters/azure/to-port-error.js
var to_port_error = __webpack_require__(58259);
// EXTERNAL MODULE: ./lib/src/adapters/azure/vault-answer.js
var vault_answer = __webpack_require__(10874);
// EXTERNAL MODULE: ./lib/src/adapters/azure/wire.js
var wire = __webpack_require__(29874);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/arm-answer.js

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
function readRefusal({ status, body, header }) {
    const error = errorIn(body);
    const message = typeof error?.['message'] === 'string' ? error['message'] : '';
    const code = error?.['code'];
    return {
        status,
        code: typeof code === 'string' && /^[A-Za-z]{1,64}$/.test(code) ? code : '',
        objectId: new RegExp(`object id '(${GUID})'`).exec(message)?.[1],
        action: /perform action '([A-Za-z./]{1,200})'/.exec(message)?.[1],
        tenantId: new RegExp(`authorization_uri="https://[^/"]+/(${GUID})"`).exec(header('www-authenticate') ?? '')?.[1],
        correlationId: new RegExp(`^${GUID}$`).exec(header('x-ms-correlation-request-id') ?? '')?.[0],
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
    const whole = (0,vault_answer/* jsonObject */.o$)(body);
    return (0,vault_answer/* isRecord */.u4)(whole?.['error']) ? whole['error'] : whole;
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
    const words = wordsOf(refusal, request);
    const trace = correlationId === undefined ? '' : ` Correlation id ${correlationId}.`;
    return new errors/* PortError */.U7({ ...words, fix: `${words.fix}${trace}`, code: code || `HTTP${status}`, whole: true });
}
function wordsOf(refusal, request) {
    const { status, code } = refusal;
    if (status === 429)
        return throttledWords(request);
    if (status === 407)
        return proxyWords(request);
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
function proxyWords({ host }) {
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
function forbiddenWords({ code, objectId = 'OBJECT_ID', action }, { cluster }) {
    if (code !== 'AuthorizationFailed') {
        return {
            kind: 'Forbidden',
            what: `Azure Resource Manager does not let this identity reach ${nameOf(cluster)} (${code})`,
            fix: 'A policy, a lock or a deny assignment of the subscription forbids it: ask its administrator.',
        };
    }
    const did = action === undefined ? '' : ` (${action})`;
    const command = `az role assignment create --role "${CLUSTER_USER}" --assignee-object-id ${objectId} --assignee-principal-type ServicePrincipal --scope "${(0,managed_cluster/* managedClusterPath */.B)(cluster)}"`;
    return {
        kind: 'Forbidden',
        what: `identity ${objectId} may not fetch the kubeconfig of ${nameOf(cluster)}${did}`,
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
    throw unusable(cluster, `belongs to the cloud "${shown(name)}", which is not known here`);
}
function otherProgram(cluster, program) {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        code: 'LoginProgram',
        what: `the kubeconfig of ${cluster} wants the login program "${shown(program)}" to be run, and only kubelogin is understood here`,
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
function shown(text) {
    return text.replace(/[^\w. -]/g, '?').slice(0, 60);
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/resource-manager/reachability.js

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
    return (0,vault_answer/* isRecord */.u4)(member) ? member : {};
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
const API_VERSION = '2025-10-01';
const managed_cluster_GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Throws PortError where nothing says who logs in. Asks nobody yet. */
function openManagedCluster(context, id, environment) {
    const cloud = (0,azure_cloud/* knownCloud */.fF)(environment);
    const identity = machineIdentity(context, cloud.authorityHost, thingOf(id));
    const reached = { context, id, cloud, identity, credentials: (0,credential/* createCredentials */.z)(context) };
    return { kubeconfig: () => fetchKubeconfig(reached), login: createLogin(reached) };
}
function thingOf({ name }) {
    return `AKS cluster ${name}`;
}
async function fetchKubeconfig(reached) {
    const body = await askArm(reached, 'POST', '/listClusterUserCredential');
    const list = body['kubeconfigs'];
    const first = Array.isArray(list) ? list[0] : undefined;
    const value = (0,vault_answer/* isRecord */.u4)(first) ? first['value'] : undefined;
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
    url.searchParams.set('api-version', API_VERSION);
    const first = await send(reached, method, url);
    const claims = claimsDemanded(first);
    const answer = claims === undefined ? first : await send(reached, method, url, claims);
    const tenantId = 'tenantId' in identity ? (identity.tenantId ?? '') : '';
    if (answer.status !== 200)
        throw armError(readRefusal(answer), { cluster: id, host: url.host, tenantId });
    const body = (0,vault_answer/* jsonObject */.o$)(answer.body);
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
        return await (0,plain_request/* askPlainly */.N)(context, { description: 'Azure Resource Manager', method, url, headers });
    }
    catch (error) {
        if (error instanceof wire/* WireFailure */.wC)
            throw new errors/* PortError */.U7((0,to_port_error/* wireWords */.dO)(error.code, 'Azure Resource Manager', url.host));
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
        ...(environment === undefined ? {} : { authorityHost: (0,azure_cloud/* knownCloud */.fF)(environment).authorityHost }),
    };
}
function loggedInWith(token, id) {
    const claims = (0,azure_claims/* claimsOf */.ds)(token);
    return { objectId: guid(claims?.['oid']), tenantId: guid(claims?.['tid']), clusterId: (0,managed_cluster/* managedClusterPath */.B)(id) };
}
function guid(claim) {
    return typeof claim === 'string' && managed_cluster_GUID.test(claim) ? claim : 'unknown';
}
/** Whatever goes wrong here, the failure that is to be explained is the one to tell. */
async function explain(reached, code) {
    try {
        const { properties } = await askArm(reached, 'GET', '');
        return (0,vault_answer/* isRecord */.u4)(properties) ? silenceWords(properties, reached.id, code) : undefined;
    }
    catch (error) {
        const reason = error instanceof errors/* PortError */.U7 ? error.what : 'the answer makes no sense';
        reached.context.logger.debug(`why ${thingOf(reached.id)} does not answer could not be found out: ${reason}`);
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(40390);
// EXTERNAL MODULE: ./lib/src/wiring/azure-settings.js + 1 modules
var azure_settings = __webpack_require__(40590);
;// CONCATENATED MODULE: ./lib/src/wiring/aks-cluster.js
/**
 * Settings → an AKS cluster, reached with an identity alone: Azure's kubeconfig and tokens, Kubernetes' client.
 *
 * Entries that may reach one hand it down; the job, which is inside its cluster, does not, and so does not carry it.
 */



/** Asks Entra and Resource Manager; nothing of the cluster yet. Rejects with a PortError. */
const connectToAks = async (id, settings, { environment, logger, masker }) => {
    const { aksClientId = settings.azureClientId } = settings;
    const shared = { environment, logger, masker, clock: clock/* systemClock */.m, random: Math.random };
    const azureSettings = {
        ...(0,azure_settings/* azureSettingsOf */.c)(settings),
        ...(aksClientId === undefined ? {} : { azureClientId: aksClientId }),
    };
    const cluster = openManagedCluster({ ...shared, settings: azureSettings }, id, settings.azureEnvironment);
    const text = await cluster.kubeconfig();
    const { connectToManagedCluster } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 48906));
    const { resourceGroup, name } = id;
    const integrate = `az aks update --resource-group ${resourceGroup} --name ${name} --enable-aad --enable-azure-rbac`;
    return connectToManagedCluster({ text, name: `the kubeconfig of AKS cluster ${name}`, integrate }, cluster.login, shared);
};


/***/ }),

/***/ 66074:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ levelOfApproved),
/* harmony export */   x: () => (/* binding */ approvalOf)
/* harmony export */ });
/* harmony import */ var _core_plan_approval_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90987);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);


/** `undefined` = nobody asked for an approved plan. Rejects with a PortError for a fingerprint that is none. */
function approvalOf({ planFingerprint }, now) {
    if (planFingerprint === undefined)
        return undefined;
    const level = levelOfApproved(planFingerprint);
    return async ({ fingerprint }) => (0,_core_plan_approval_js__WEBPACK_IMPORTED_MODULE_1__/* .planNotApproved */ .c)(planFingerprint, level === 'full' ? fingerprint : await now(level));
}
/** Rejects with a PortError for a fingerprint that is none. */
function levelOfApproved(fingerprint) {
    const level = (0,_core_plan_approval_js__WEBPACK_IMPORTED_MODULE_1__/* .readFingerprint */ .b)(fingerprint)?.level;
    if (level === undefined)
        throw noFingerprint(fingerprint);
    return level;
}
function noFingerprint(given) {
    return new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({
        kind: 'Invalid',
        code: 'Setting',
        whole: true,
        what: `--plan-fingerprint "${given}" is not a whole fingerprint`,
        fix: 'Give that of the output fingerprint, of the JSON or of the Markdown: level, counts and 56 digits, as full-1c0u0d-….',
    });
}


/***/ }),

/***/ 40590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ azureSettingsOf)
});

;// CONCATENATED MODULE: ./lib/src/adapters/azure/settings.js
const DEFAULT_AZURE_SETTINGS = {
    identity: 'auto',
    audience: 'api://AzureADTokenExchange',
    storeIdentities: {},
    serviceVersion: '7.4',
    concurrency: 16,
    requestTimeoutMs: 30_000,
    deadlineMs: 120_000,
};

;// CONCATENATED MODULE: ./lib/src/wiring/azure-settings.js
/** Settings → what the Azure adapter is told. */

function azureSettingsOf(settings) {
    const { azureClientId, azureTenantId, tokenVariable, tokenFile, serviceConnectionId } = settings;
    return {
        ...DEFAULT_AZURE_SETTINGS,
        identity: settings.identity,
        audience: settings.tokenAudience,
        storeIdentities: settings.storeIdentities,
        serviceVersion: settings.keyVaultApiVersion,
        ...(azureClientId === undefined ? {} : { azureClientId }),
        ...(azureTenantId === undefined ? {} : { azureTenantId }),
        ...(tokenVariable === undefined ? {} : { tokenVariable }),
        ...(tokenFile === undefined ? {} : { tokenFile }),
        ...(serviceConnectionId === undefined ? {} : { serviceConnectionId }),
    };
}


/***/ }),

/***/ 35669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ runDeploymentPlan)
});

// EXTERNAL MODULE: ./lib/src/commands/render.js
var render = __webpack_require__(30097);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./lib/src/core/deploy/deployment.js + 1 modules
var deploy_deployment = __webpack_require__(73075);
// EXTERNAL MODULE: ./lib/src/core/preview/field-changes.js
var field_changes = __webpack_require__(91571);
// EXTERNAL MODULE: ./lib/src/core/model/origin.js
var origin = __webpack_require__(76234);
;// CONCATENATED MODULE: ./lib/src/core/deploy/live-changes.js
/**
 * What applying an object would change of the one that is there, as paths of fields; never what stands in them.
 *
 * What the API server or others added to it stays, and is no change. What this manager wrote and no longer writes goes:
 * the API server's own record says what that is.
 */


/** Fields by name; empty where everything is as it would be applied. */
function liveChanges(wanted, live, manager) {
    const missing = differences(wanted, live, []);
    const owned = ownedBy(live, manager);
    const gone = owned === undefined ? [] : leftovers(owned, wanted, []);
    return [...new Set([...missing, ...gone].map(origin/* fieldText */.gF))].sort();
}
/** What is wanted and is not so. Lists must be of one length: nobody adds to those of ours. */
function differences(wanted, live, path) {
    if (isRecord(wanted) && isRecord(live)) {
        return Object.entries(wanted)
            .filter(([, value]) => value !== undefined)
            .flatMap(([name, value]) => differences(value, live[name], [...path, name]));
    }
    if (Array.isArray(wanted) && Array.isArray(live) && wanted.length === live.length) {
        return wanted.flatMap((value, place) => differences(value, live[place], [...path, place]));
    }
    // The API server leaves out what is empty.
    if (live === undefined && isEmpty(wanted))
        return [];
    return (0,field_changes/* canonicalText */.A)(wanted) === (0,field_changes/* canonicalText */.A)(live) ? [] : [path];
}
/** What the manager once wrote, and what is no longer wanted. */
function leftovers(owned, wanted, path) {
    return Object.entries(owned).flatMap(([key, below]) => {
        const [sort, text] = [key.slice(0, 2), key.slice(2)];
        if (sort === 'f:' && isRecord(wanted)) {
            const field = [...path, text];
            if (wanted[text] === undefined)
                return [field];
            return isRecord(below) ? leftovers(below, wanted[text], field) : [];
        }
        if (sort !== 'k:' || !Array.isArray(wanted) || !isRecord(below))
            return [];
        const place = placeOf(wanted, JSON.parse(text));
        // An item that is not wanted any more shows in the length of the list.
        return place === -1 ? [] : leftovers(below, wanted[place], [...path, place]);
    });
}
function placeOf(items, keys) {
    return items.findIndex((item) => isRecord(item) && Object.entries(keys).every(([key, value]) => item[key] === value));
}
function ownedBy(live, manager) {
    const entries = (live.metadata['managedFields'] ?? []);
    return entries.find((entry) => entry.manager === manager && entry.operation === 'Apply')?.fieldsV1;
}
function isEmpty(value) {
    if (Array.isArray(value))
        return value.length === 0;
    return isRecord(value) && Object.values(value).every((one) => one === undefined || isEmpty(one));
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./lib/src/core/deploy/ownership.js
var ownership = __webpack_require__(20771);
// EXTERNAL MODULE: ./lib/src/core/deploy/print.js
var print = __webpack_require__(80085);
// EXTERNAL MODULE: ./lib/src/core/go/go-hash.js
var go_hash = __webpack_require__(11842);
// EXTERNAL MODULE: ./lib/src/core/deploy/repository.js
var repository = __webpack_require__(75820);
// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/engine/install.js
var install = __webpack_require__(95782);
;// CONCATENATED MODULE: ./lib/src/engine/plan-installation.js
/** What `deploy` would do to the objects of an installation, from reading alone: whoever plans needs no right to write. */











/** Requests that may be under way at once. */
const CONCURRENCY = 16;
/** What may not be read is unknown; rejects with a PortError for anything else. */
async function planInstallation(input) {
    const { objects, installation, deployment } = input;
    const planned = await (0,p_limit/* default */.A)(CONCURRENCY).map(deployment.objects, (object) => planObject(object, input));
    const before = await unlessForbidden(() => (0,install/* knownObjects */.wd)(objects, installation));
    const known = (0,deploy_deployment/* goneFrom */.O5)(before?.refs ?? [], deployment.objects);
    const gone = await (0,p_limit/* default */.A)(CONCURRENCY).map(known, (ref) => planGone(ref, input));
    const plan = {
        installation: `${installation.namespace}/${installation.name}`,
        objects: [...planned, ...gone.flat()],
        digest: (0,go_hash/* hashText */.qj)((0,print/* printObjects */.M)(deployment.objects)),
    };
    const foreign = (0,repository/* otherRepository */.j5)(before?.repository, input.repository, installation);
    return { plan, problems: foreign === undefined ? [] : [foreign] };
}
async function planObject(wanted, { objects, installation }) {
    const ref = (0,kubernetes_object/* typedRefOf */.Z)(wanted);
    const read = await unlessForbidden(async () => ({ live: await objects.read(ref) }));
    const object = (0,object_ref/* refText */.d0)(ref);
    if (read === undefined)
        return { object, action: 'unknown', fields: [] };
    if (read.live === undefined)
        return { object, action: 'create', fields: [] };
    const fields = liveChanges(asApplied(wanted, read.live, installation), read.live, (0,ownership/* managerFor */.Vh)(wanted, installation));
    return { object, action: fields.length === 0 ? 'unchanged' : 'change', fields };
}
/** A ServiceAccount that somebody else made does not become the installation's: engine/install.ts. */
function asApplied(wanted, live, installation) {
    if (wanted.kind !== 'ServiceAccount' || (0,ownership/* ownershipOf */.VL)(live, installation) !== 'others')
        return wanted;
    return { ...wanted, metadata: { ...wanted.metadata, labels: {} } };
}
async function planGone(ref, { objects, installation }) {
    const read = await unlessForbidden(async () => ({ live: await objects.read(ref) }));
    const object = (0,object_ref/* refText */.d0)(ref);
    if (read === undefined)
        return [{ object, action: 'unknown', fields: [] }];
    if (read.live === undefined || (0,ownership/* ownershipOf */.VL)(read.live, installation) !== 'own')
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

// EXTERNAL MODULE: ./lib/src/commands/deploy.js + 3 modules
var deploy = __webpack_require__(99999);
;// CONCATENATED MODULE: ./lib/src/commands/plan-deployment.js



/** Reads only. Rejects with a PortError where the cluster refuses more than single objects. */
async function planDeployment(ports, request) {
    const { deployment, installation, problems } = await (0,render/* render */.X)(ports.manifests, request, (0,deploy/* clusterOf */.e)(ports, request));
    if (deployment === undefined || installation === undefined)
        return { problems };
    const { objects } = ports;
    const { repository } = request;
    const planned = await planInstallation({ objects, installation, deployment, repository });
    return { installation: planned.plan, problems: [...problems, ...planned.problems] };
}

// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var model_problem = __webpack_require__(32833);
// EXTERNAL MODULE: ./lib/src/core/plan/fingerprint.js
var fingerprint = __webpack_require__(32778);
// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(68694);
// EXTERNAL MODULE: ./lib/src/engine/load.js
var load = __webpack_require__(19193);
// EXTERNAL MODULE: ./lib/src/engine/stop.js
var stop = __webpack_require__(78009);
// EXTERNAL MODULE: ./lib/src/wiring/deployment.js
var wiring_deployment = __webpack_require__(33354);
// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 3 modules
var wiring_manifests = __webpack_require__(53404);
// EXTERNAL MODULE: ./lib/src/wiring/open-cluster.js + 14 modules
var open_cluster = __webpack_require__(11005);
// EXTERNAL MODULE: ./lib/src/wiring/refuse.js
var refuse = __webpack_require__(47125);
// EXTERNAL MODULE: ./lib/src/wiring/repository.js
var wiring_repository = __webpack_require__(81309);
// EXTERNAL MODULE: ./lib/src/wiring/run-command.js + 67 modules
var run_command = __webpack_require__(39878);
;// CONCATENATED MODULE: ./lib/src/wiring/deployment-plan.js













/** Rejects with a PortError where deploy would not know where to install, or the cluster refuses. */
async function runDeploymentPlan(request) {
    const { settings, deployment, outside, version, ...rest } = request;
    const manifests = (0,wiring_manifests/* deployedManifestsOf */.aN)(settings);
    const placed = await withInstallationNamespace(settings, manifests);
    const connection = request.connection ?? (await (0,open_cluster/* connectionOf */.ao)(settings, outside));
    const given = connection === undefined ? {} : { connection };
    const report = await (0,run_command/* runWithCluster */.A)({ command: 'plan', settings: placed, outside, manifests, ...rest, ...given });
    if (deployment.settings === undefined)
        return report;
    const source = await (0,wiring_deployment/* deploymentSourceOf */.o)(deployment.settings, outside.environment, version);
    const { objects, stateOf } = await (0,open_cluster/* openRealCluster */.vL)(settings, outside, connection);
    const ports = { manifests: source.manifests, objects, stateOf };
    const { installation, problems } = await (0,stop/* unlessStopped */.OO)(outside, () => planDeployment(ports, { ...source.request, repository: (0,wiring_repository/* repositoryOfRun */.z)(outside.environment) }));
    const told = new Set((0,build_report/* problemsOf */.GW)(report).map(model_problem/* problemText */.f));
    const all = (0,build_report/* withProblems */.rB)(report, problems.filter((problem) => !told.has((0,model_problem/* problemText */.f)(problem))));
    if (installation === undefined)
        return all;
    return { ...all, installation, fingerprint: (0,fingerprint/* ofDeployment */.Zp)(report.fingerprint, installation.digest) };
}
/** Settings whose state is where `deploy` would keep it.  */
async function withInstallationNamespace(settings, manifests) {
    const { installation: name, installationNamespace, namespace, controllerClass } = settings;
    if (installationNamespace !== undefined)
        return settings;
    const given = namespace === undefined ? {} : { namespace };
    const { intents } = await (0,load/* load */.H)(manifests, { only: [], controllerClass, ...given });
    const found = (0,render/* findInstallation */.Q)({ installation: { name }, ...given }, intents);
    if ('installation' in found)
        return { ...settings, installationNamespace: found.installation.namespace };
    (0,refuse/* refuse */.T)(found.problems);
    return settings;
}


/***/ }),

/***/ 33354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ deploymentSourceOf)
/* harmony export */ });
/* unused harmony export asOnLinux */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(38522);
/* harmony import */ var _core_settings_setting_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(30096);
/* harmony import */ var _core_settings_table_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(30578);
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(226);
/* harmony import */ var _manifests_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(53404);
/** Settings → what `render` and `deploy` are asked for. */







/** Reads the engine; the manifests are read when they are loaded. Rejects with a PortError for what cannot be. */
async function deploymentSourceOf(settings, environment, version) {
    const { engineImage, installationNamespace, namespace } = settings;
    return {
        manifests: (0,_manifests_js__WEBPACK_IMPORTED_MODULE_5__/* .deployedManifestsOf */ .aN)(settings),
        request: {
            installation: {
                name: settings.installation,
                ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }),
            },
            ...(namespace === undefined ? {} : { namespace }),
            home: settings.home === 'custom-resources' ? settings.home : 'config-maps',
            clusterRights: settings.clusterRights,
            controllerClass: settings.controllerClass,
            extras: (0,_manifests_js__WEBPACK_IMPORTED_MODULE_5__/* .plainIntentsOf */ .XW)(settings)?.extras ?? [],
            pod: podOf(settings),
            ...(engineImage === undefined ? { engine: await readEngine(environment) } : {}),
            version,
            jobVariables: jobVariablesOf(settings),
        },
    };
}
function podOf(settings) {
    const { jobClientId = settings.azureClientId, azureTenantId, caConfigMap } = settings;
    return {
        image: settings.engineImage ?? settings.image,
        imagePullSecrets: settings.imagePullSecret,
        environment: Object.fromEntries(settings.podEnv.map((pair) => splitAt(pair, '=', 'pod-env', 'NAME=VALUE'))),
        ...(caConfigMap === undefined ? {} : { caConfigMap }),
        tolerations: settings.toleration.map(tolerationOf),
        memory: settings.memory,
        ...(jobClientId === undefined ? {} : { azureClientId: jobClientId }),
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
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .PortError */ .U7({
        kind: 'Invalid',
        code: 'Setting',
        whole: true,
        what: `--${setting} "${text}" is not ${form}`,
        fix: `Write it as ${form}.`,
    });
}
/** What a deployment is told about its job, in the order of the variables of its pods. */
const OF_THE_JOB = [
    'log-level',
    'token-audience',
    'key-vault-api-version',
    'controller-class',
    'store-identities',
    'max-deletes',
    'max-delete-share',
];
/** Only what differs from the default, so that pods of different versions take their own. */
function jobVariablesOf(settings) {
    const storeIdentities = Object.entries(settings.storeIdentities).map(([store, clientId]) => `${store}=${clientId}`);
    const values = { ...settings, storeIdentities };
    return Object.fromEntries(OF_THE_JOB.flatMap((name) => (0,_core_settings_table_js__WEBPACK_IMPORTED_MODULE_3__/* .settingsOf */ .f)('job').filter((setting) => setting.name === name))
        .filter((setting) => (0,_core_settings_setting_js__WEBPACK_IMPORTED_MODULE_6__/* .differsFromDefault */ .$_)(setting, values[(0,_core_settings_setting_js__WEBPACK_IMPORTED_MODULE_6__/* .propertyOf */ .$r)(setting)]))
        .map((setting) => [(0,_core_settings_setting_js__WEBPACK_IMPORTED_MODULE_6__/* .variableOf */ .Qn)(setting), String(values[(0,_core_settings_setting_js__WEBPACK_IMPORTED_MODULE_6__/* .propertyOf */ .$r)(setting)])]));
}
/**
 * The job's bundle beside the running one (`dist/cli/index.js` → `dist/job/index.js`), or in `build/` where the sources
 * run. Gzipped without a time and a system, so that the same engine has the same digest.
 *
 * The place is that of the program that was started: a path made from `import.meta.url` is one that bundlers rewrite.
 */
async function readEngine(environment) {
    const program = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(process.argv[1] ?? '.'));
    const places = [
        environment['KEYFERRY_ENGINE'],
        (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(program, '../job/index.js'),
        (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(program, '../../build/job/index.js'),
    ];
    for (const place of places) {
        const content = place === undefined || place === '' ? undefined : await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(place).catch(() => undefined);
        if (content !== undefined)
            return { gzipped: asOnLinux((0,node_zlib__WEBPACK_IMPORTED_MODULE_2__.gzipSync)(content, { level: 9 })) };
    }
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .PortError */ .U7({
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


/***/ }),

/***/ 11005:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ao: () => (/* binding */ connectionOf),
  DT: () => (/* binding */ openCluster),
  vL: () => (/* binding */ openRealCluster),
  CC: () => (/* binding */ waysOfARun)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
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
        return await untilFree(() => (0,promises_.readFile)(path, 'utf8'));
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
        await untilFree(() => (0,promises_.rename)(temporary, path));
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
var names = __webpack_require__(86102);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
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

// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var secret = __webpack_require__(18260);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
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

// EXTERNAL MODULE: ./lib/src/core/model/origin.js
var origin = __webpack_require__(76234);
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
            if (isSame(secretOf(document), ref))
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
        const refs = documents.map(secretOf).filter((ref) => ref?.namespace === namespace);
        return [...new Map(refs.map((ref) => [(0,object_ref/* refText */.d0)(ref), ref])).values()];
    }
    /** An object that is not a Secret. */
    async find(ref) {
        const documents = await this.#files.readAll();
        const [found, second] = documents.filter((document) => isSame(refOfDocument(document), ref));
        if (found !== undefined && second !== undefined)
            throw this.#twice(ref, found, second);
        if (found === undefined)
            this.#assertNoneIsHidden(documents);
        return found;
    }
    /** What the file that is named after the Secret holds first, and whether that is the Secret and nothing else. */
    async ownFile(ref) {
        const [document] = await this.#files.read(fileOf(ref));
        return { document, holds: document?.alone === true && isSame(secretOf(document), ref) };
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
        return `${(0,origin/* withSlashes */.sq)((0,external_node_path_.join)(this.#folder, document.file), external_node_path_.sep)}:${line}`;
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
            what: `file ${this.place(document, document.line)} is not valid YAML (${document.syntaxError ?? ''})`,
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
    #objects;
    #state;
    #codec;
    constructor(options, state) {
        this.description = `folder ${options.folder}`;
        this.#folder = options.folder;
        this.#objects = new FolderObjects(options.folder);
        this.#state = state;
        const fingerprints = new Fingerprints((0,external_node_path_.join)(options.folder, '.keyferry'));
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
            return;
        if (found.live.uid !== secret.uid || found.live.resourceVersion !== secret.resourceVersion) {
            throw conflict(ref, 'was changed since it was read');
        }
        await this.#objects.assertNotMadeByHand(ref);
        if (!(await removeFile(this.#path(ref), found.document.hash)))
            throw conflict(ref, 'was changed since it was read');
        await this.#state.update(({ fieldOwners }) => Reflect.deleteProperty(fieldOwners, (0,object_ref/* refText */.d0)(ref)));
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
        const { content, deleting, faults } = readSecretDocument(ref, fieldsOf(document.value), this.#codec);
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
        const hide = (key, value) => fingerprints.forgotten(placeOf(ref, key), fingerprints.redact(placeOf(ref, key), value));
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
        return (0,external_node_path_.join)(this.#folder, fileOf(ref));
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
var sync_record = __webpack_require__(20697);
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
var clock = __webpack_require__(40390);
// EXTERNAL MODULE: ./lib/src/engine/stored-intents.js
var stored_intents = __webpack_require__(24896);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./lib/src/adapters/kubernetes/pod-folder.js
var pod_folder = __webpack_require__(93180);
;// CONCATENATED MODULE: ./lib/src/wiring/kubeconfig-text.js
/**
 * A kubeconfig as people hand it over: a path, or the text itself, whole, in base64, or with its line breaks lost.
 *
 * Whatever is no path may hold a token, so it is told by what is in it, and never shown.
 */
/** Words that begin a field of every kubeconfig. */
const FIELD = /(?:^|[\s{,"'-])(?:apiVersion|clusters|contexts|current-context|users)["']?\s*:/u;
const LONGEST_PATH = 200;
const LONGEST_NAME = 64;
/** `isFile` says whether there is something of this name; what is there is a path, whatever it looks like. */
function readGiven(given, isFile) {
    if (isFile(given))
        return { kind: 'path', path: given };
    const text = decoded(given) ?? given;
    if (isWhole(text))
        return { kind: 'text', text };
    if (FIELD.test(text))
        return { kind: 'folded' };
    return isPathLike(given) ? { kind: 'path', path: given } : { kind: 'unknown' };
}
function isWhole(text) {
    return /[\r\n]/u.test(text.trim()) || text.trimStart().startsWith('{');
}
/** Base64 of a kubeconfig has one meaning only; undefined = it is none. */
function decoded(given) {
    if (!isBase64(given))
        return undefined;
    const text = Buffer.from(given, 'base64').toString('utf8');
    return FIELD.test(text) ? text : undefined;
}
function isBase64(given) {
    return /^[\w+/\-\s]{16,}=*\s*$/u.test(given);
}
/** Tokens have neither a root nor an ending, and one long name; such a text is not shown, for it may be one. */
function isPathLike(given) {
    if (given.length > LONGEST_PATH || /[{}\r\n]|: /u.test(given))
        return false;
    const names = given.split(/[\\/]/u);
    const isRooted = /^(?:[.~]{0,2}[\\/]|[a-z]:[\\/])/iu.test(given);
    return (names.every((name) => name.length <= LONGEST_NAME) &&
        (isRooted || /(?:^|[./\\-])(?:ya?ml|json|conf|(?:kube)?config)$/iu.test(given)));
}
const SHORTEST_SECRET = 8;
/**
 * What must not be printed of a text that may be a kubeconfig, before anybody knows whether it can be read. Its lines
 * are no secrets as long as it is YAML: a runner that masked `kind: Config` would black out half of every log.
 */
function secretsIn(given, isFile) {
    const read = readGiven(given, isFile);
    if (read.kind === 'path')
        return [];
    const lines = isBase64(given) || !/[\r\n]/u.test(given) ? given.split(/[\r\n]+/u) : [];
    const held = credentialsIn(read.kind === 'text' ? read.text : given);
    return [...lines, ...held].filter((text) => text.length >= SHORTEST_SECRET);
}
const CREDENTIAL = /(?:[\w-]*(?:token|password|secret)|client-(?:key|certificate)-data)["']?\s*[:=]\s*["']?([^\s"',}]+)/giu;
function credentialsIn(text) {
    return [...text.matchAll(CREDENTIAL)].map(([, value = '']) => value);
}

;// CONCATENATED MODULE: ./lib/src/wiring/kubeconfig.js
/**
 * Which cluster is meant: what the user gave, else what is lying around, in the order that kubectl's users expect.
 *
 * | given | the cluster is |
 * | --- | --- |
 * | `--kubeconfig` with the text of one, also in base64 | the one of this text |
 * | `--kubeconfig PATH` | the one of this file |
 * | KUBECONFIG, one path or several | the one of these files together |
 * | KUBERNETES_SERVICE_HOST and a mounted token | the one that this pod runs in |
 * | ~/.kube/config is there | the one of this file |
 */







/** `undefined` = no cluster was named, and none is lying around. Rejects with a PortError for a file that is not there. */
async function findKubeconfig({ kubeconfig }, environment) {
    if (kubeconfig !== undefined) {
        return [await fromGiven(kubeconfig)];
    }
    const paths = (environment['KUBECONFIG'] ?? '').split(external_node_path_.delimiter).filter((path) => path !== '');
    if (paths.length > 0)
        return await Promise.all(paths.map(readKubeconfig));
    if ((environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(pod_folder/* POD_FOLDER */.J, 'token')))
        return 'pod';
    const standard = (0,external_node_path_.join)(homeOf(environment), '.kube', 'config');
    return (0,external_node_fs_.existsSync)(standard) ? [await readKubeconfig(standard)] : undefined;
}
/** Windows has no HOME, but shells of it do. An empty one would mean the working directory: other people's files. */
function homeOf({ HOME = '' }) {
    return HOME === '' ? (0,external_node_os_.homedir)() : HOME;
}
async function fromGiven(given) {
    const read = readGiven(given, external_node_fs_.existsSync);
    switch (read.kind) {
        case 'text':
            return { text: read.text, name: 'the kubeconfig' };
        case 'path':
            return await readKubeconfig(read.path);
        case 'folded':
            throw refused('the kubeconfig is on one line: it lost its line breaks on the way', 'In a workflow write kubeconfig: ${{ secrets.NAME }}, or a block that begins with | and not with >. Its base64 is taken too.');
        case 'unknown':
            throw refused(`the kubeconfig is neither a file that is there nor the text of one, nor base64 of it (${given.length} characters; not shown, for it may be secret)`, 'Give the path of a kubeconfig, or its text.');
    }
}
async function readKubeconfig(path) {
    try {
        return { text: await (0,promises_.readFile)(path, 'utf8'), name: `the file ${path}`, folder: (0,external_node_path_.dirname)((0,external_node_path_.resolve)(path)) };
    }
    catch (error) {
        const code = error.code ?? 'unreadable';
        const isPath = (0,external_node_fs_.existsSync)(path) || readGiven(path, external_node_fs_.existsSync).kind === 'path';
        throw refused(isPath
            ? `the kubeconfig ${path} cannot be read (${code})`
            : `KUBECONFIG has something that is no path of a file that is there (${code}; not shown, for it may be secret)`, 'Check the path that --kubeconfig or KUBECONFIG gives.');
    }
}
function refused(what, fix) {
    return new errors/* PortError */.U7({ kind: 'Invalid', code: 'Kubeconfig', whole: true, what, fix });
}

;// CONCATENATED MODULE: ./lib/src/wiring/open-cluster.js
/** Settings → the cluster a run writes to, where it remembers its outcomes, and where the intents are if not in files. */








/**
 * Rejects with a PortError of kind `Invalid` where no cluster is named, or its kubeconfig is of no use. Without a
 * connection it makes one.
 */
async function openCluster(settings, outside, connection) {
    if (settings.directory !== undefined) {
        const { cluster, state } = openDirectory({ folder: settings.directory, showValues: settings.showValues });
        return { cluster, state, publisher: { event: () => Promise.resolve() } };
    }
    const real = await open_cluster_open(settings, connection ?? (await connect(settings, outside, waysOfARun(settings))));
    const { cluster, state, publisher } = real;
    const manifests = manifestsIn(real, settings);
    return { cluster, state, publisher, real, ...(manifests === undefined ? {} : { manifests }) };
}
/** `undefined` = they are in files. */
function manifestsIn({ objects, installation, manifests, findResource }, { home, deployed }) {
    if (home === 'config-maps')
        return new stored_intents/* StoredIntentsSource */._(objects, installation);
    if (!deployed || findResource === undefined)
        return manifests;
    const read = (ref) => (ref.kind === 'ConfigMap' ? objects.read(ref) : findResource(ref));
    return new stored_intents/* StoredIntentsSource */._({ read }, installation);
}
/** The real cluster that the settings name. */
async function openRealCluster(settings, outside, known) {
    return await open_cluster_open(settings, known ?? (await connect(settings, outside, [])));
}
async function open_cluster_open(settings, connection) {
    const { openKubernetes } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 88781));
    const { namespace, installation: name, installationNamespace, home, deployed } = settings;
    return openKubernetes(connection, {
        clock: clock/* systemClock */.m,
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
    for (const secret of secretsIn(settings.kubeconfig ?? '', external_node_fs_.existsSync))
        masker.mask(secret_value/* SecretValue */.i.ofText(secret));
    const found = await findKubeconfig(settings, environment);
    if (found === undefined)
        throw noCluster(outside, others);
    const { connectByKubeconfig, connectInCluster } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 78420));
    const { allowExec = true } = outside;
    const options = {
        environment,
        logger,
        masker,
        clock: clock/* systemClock */.m,
        random: Math.random,
        allowExec,
    };
    return found === 'pod' ? connectInCluster(options) : connectByKubeconfig(found, settings.context, options);
}
const FOLDER = '--directory FOLDER: a folder that holds Secrets as YAML files';
/** In a workflow a variable that is not set is an empty text, and nothing can tell that from an input that is absent. */
function noCluster({ connectToAks, environment }, others) {
    const isWorkflow = environment['GITHUB_ACTIONS'] === 'true';
    const ways = ['--kubeconfig PATH', ...(connectToAks === undefined ? [] : ['--aks-cluster ID']), ...others];
    const last = ways.at(-1) ?? '';
    const all = ways.length === 1 ? last : `${ways.slice(0, -1).join(', ')}, or ${last}`;
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `no cluster was named${isWorkflow ? ': --aks-cluster and --kubeconfig are absent, or empty' : ''}`,
        fix: `Give ${all}.${isWorkflow ? ' A variable that is not set is empty: look for vars.AKS_CLUSTER, or what it is called, in the repository and in the environment of this job.' : ''}`,
    });
}


/***/ }),

/***/ 47125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ refuse)
/* harmony export */ });
/* harmony import */ var _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(226);

/** Does nothing without problems. A PortError has one fix, so that those of the others stand before. */
function refuse(problems) {
    const last = problems.at(-1);
    if (last === undefined)
        return;
    const what = [...problems.slice(0, -1).map((problem) => `${problem.what}. ${problem.fix}`), last.what].join(' ');
    throw new _ports_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .PortError */ .U7({ kind: 'Invalid', code: 'Setting', whole: true, what, fix: last.fix });
}


/***/ }),

/***/ 81309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ repositoryOfRun)
/* harmony export */ });
/** `undefined` = a laptop, or a CI that does not say. */
function repositoryOfRun(environment) {
    const { GITHUB_REPOSITORY: name = '', GITHUB_REPOSITORY_ID: id = '' } = environment;
    if (!/^[\w.-]+\/[\w.-]+$/u.test(name))
        return undefined;
    const server = environment['GITHUB_SERVER_URL'] ?? '';
    const url = `${server === '' ? 'https://github.com' : server.replace(/\/+$/u, '')}/${name}`;
    return { url, ...(/^\d+$/u.test(id) ? { id } : {}) };
}


/***/ }),

/***/ 39878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ runWithCluster)
});

;// CONCATENATED MODULE: ./lib/src/engine/phase.js
const silently = (_phase, work) => work();

// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/plan/fingerprint.js
var fingerprint = __webpack_require__(32778);
// EXTERNAL MODULE: ./lib/src/core/plan/guards.js
var guards = __webpack_require__(84422);
// EXTERNAL MODULE: ./lib/src/core/plan/pull.js + 2 modules
var plan_pull = __webpack_require__(62637);
;// CONCATENATED MODULE: ./lib/src/core/plan/make-plan.js
/**
 * All intents and all that was observed → one plan. Pure: same input, same plan, in whatever order the input comes.
 *
 * Where several intents write one Secret (Merge), each is planned on what the ones before it leave there. Those that
 * want a Secret as a whole come first, so that a refused one leaves nothing behind for the next.
 */




function makePlan(input) {
    const pulls = [...input.pulls].sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.intent.ref, b.intent.ref));
    const world = { secrets: new Map(), claims: new Map() };
    const whole = pulls.filter(({ intent }) => (0,guards/* claimsWhole */.DK)(intent));
    const parts = pulls.filter(({ intent }) => !(0,guards/* claimsWhole */.DK)(intent));
    const items = [...whole, ...parts]
        .map((pull) => planIn(world, pull))
        .sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.intent.ref, b.intent.ref));
    const prunes = [...input.prunes].sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.target, b.target));
    const stopped = (0,guards/* tooManyDeletions */.$T)({ items, prunes }, input.deletionLimits);
    return {
        items,
        prunes,
        problems: input.problems,
        ...(stopped === undefined ? {} : { stopped }),
        fingerprint: (0,fingerprint/* fingerprintOf */.ax)('full', items, prunes),
    };
}
/** Plans one intent on the world that earlier items leave behind, and leaves its own changes in it. */
function planIn({ secrets, claims }, pull) {
    const target = (0,object_ref/* refText */.d0)((0,plan_pull/* targetOf */.$r)(pull.intent));
    const live = secrets.has(target) ? secrets.get(target) : pull.live;
    const stale = pull.stale.filter((secret) => !secrets.has((0,object_ref/* refText */.d0)(secret.ref)));
    const item = (0,guards/* refuseContended */.LU)((0,plan_pull/* planPull */.ho)({ ...pull, live, stale }), live, claims);
    for (const change of item.changes)
        secrets.set((0,object_ref/* refText */.d0)(change.target), after(change));
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

// EXTERNAL MODULE: ./lib/src/core/model/condition.js
var model_condition = __webpack_require__(42823);
// EXTERNAL MODULE: ./lib/src/core/go/go-hash.js
var go_hash = __webpack_require__(11842);
;// CONCATENATED MODULE: ./lib/src/core/plan/status.js
/** ESO's status after a pass: which condition, since when, and what is remembered for the next one. */


/** RFC 3339 in UTC, whole seconds, as Kubernetes writes times. */
function timestamp(now) {
    return `${now.toISOString().slice(0, 19)}Z`;
}
/**
 * ESO 2.9, 4.1: an identical condition is left untouched; the same status with another text keeps its time;
 * a replaced one moves to the end.
 */
function setCondition(conditions, next, now) {
    const current = conditions.find((condition) => condition.type === next.type);
    if (current?.status === next.status && current.reason === next.reason && current.message === next.message) {
        return conditions;
    }
    const lastTransitionTime = current?.status === next.status ? current.lastTransitionTime : timestamp(now);
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

// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(68694);
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
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./lib/src/core/plan/item.js
var plan_item = __webpack_require__(98911);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var model_secret = __webpack_require__(18260);
// EXTERNAL MODULE: ./lib/src/core/plan/desired-secret.js
var desired_secret = __webpack_require__(64293);
// EXTERNAL MODULE: ./lib/src/core/model/names.js
var names = __webpack_require__(86102);
// EXTERNAL MODULE: ./lib/src/core/plan/ownership.js
var ownership = __webpack_require__(85111);
// EXTERNAL MODULE: ./lib/src/core/resolve/stores.js
var resolve_stores = __webpack_require__(46469);
// EXTERNAL MODULE: ./lib/src/engine/reads.js
var reads = __webpack_require__(29676);
// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var model_problem = __webpack_require__(32833);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(35876);
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
const SHOWN = 60;
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
        return `has the key "${key.slice(0, SHOWN)}…" of ${length} bytes, and ${LONGEST} are allowed`;
    const sign = NOT_ALLOWED.exec(key)?.[0];
    if (sign === undefined)
        return undefined;
    return `has the key ${JSON.stringify(key)} with ${JSON.stringify(sign)}, which a Secret key cannot hold`;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/convert-keys.js
const convert_keys_NOT_ALLOWED = /[^\p{L}\p{N}\-._]/gu;
/** Converts all names. Two that turn into the same key are an error and not a choice. */
function convertKeys(values, strategy) {
    const byKey = Map.groupBy(values, ([name]) => convertKey(name, strategy));
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

// EXTERNAL MODULE: ./lib/src/core/template/functions/regex/regexp.js
var regexp = __webpack_require__(43116);
// EXTERNAL MODULE: ./lib/src/core/template/limits.js
var limits = __webpack_require__(86651);
// EXTERNAL MODULE: ./lib/src/core/template/runtime.js
var runtime = __webpack_require__(47383);
// EXTERNAL MODULE: ./lib/src/core/template/values.js
var template_values = __webpack_require__(51565);
;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite-regexp.js
/** `rewrite[].regexp`: every match in a name is replaced, by Go's rules of RE2 and of `$1`. */





/** ESO 2.9: names without a match stay. */
function rewriteByPattern(names, { source, target }) {
    const regexp = compiled(source);
    if (regexp === undefined) {
        const fix = 'Correct it; look-around and back-references do not exist in RE2.';
        return { problem: (0,entry_outcome/* errorOf */.Mz)('regexp', 'has a source that is not a regular expression (RE2)', fix) };
    }
    return replaceIn(names, regexp, (0,template_values/* fromUtf8 */.ar)(target));
}
function replaceIn(names, regexp, target) {
    const { spend } = new limits/* Account */.gD(limits/* DEFAULT_LIMITS */.dR);
    try {
        return { names: names.map((name) => (0,template_values/* toUtf8Text */.m4)(regexp.replaceAll((0,template_values/* fromUtf8 */.ar)(name), target, spend))) };
    }
    catch (error) {
        if (!(error instanceof runtime/* LimitError */.o))
            throw error;
        return { problem: (0,entry_outcome/* errorOf */.Mz)('template-limit', 'makes names of more than 128 MiB', 'Shorten the target.') };
    }
}
function compiled(source) {
    try {
        return (0,regexp/* compile */.wE)((0,template_values/* fromUtf8 */.ar)(source));
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
function mergeValues(values, operation) {
    const sources = inOrder(values, operation);
    if ('problem' in sources)
        return sources;
    const merged = mergeObjects(values, sources.names);
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
function mergeObjects(values, names) {
    const members = new Map();
    const conflicts = [];
    for (const name of names) {
        const object = objectOf(values.get(name));
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
function objectOf(value) {
    try {
        const parsed = (0,parse/* parseJson */.q)((0,template_values/* fromBytes */.uK)(value?.reveal() ?? new Uint8Array()));
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
    return new Map([...members].map(([key, value]) => [(0,template_values/* toUtf8Text */.m4)(key), secret_value/* SecretValue */.i.of((0,template_values/* toBytes */.ZJ)(textOf(value)))]));
}
function textOf(value) {
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

// EXTERNAL MODULE: ./lib/src/core/template/functions/index.js + 63 modules
var functions = __webpack_require__(86067);
// EXTERNAL MODULE: ./lib/src/core/template/template.js + 21 modules
var template_template = __webpack_require__(37081);
// EXTERNAL MODULE: ./lib/src/core/template/template-problem.js
var template_problem = __webpack_require__(66559);
// EXTERNAL MODULE: ./lib/src/core/transform/template-finding.js + 1 modules
var template_finding = __webpack_require__(48063);
;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite-transform.js
/** `rewrite[].transform`: a template that is given each name as `.value`. */





/** ESO 2.9: the name of such templates in errors. */
const NAME = 'transform';
const KEYS = ['value'];
/** ESO 2.9: there is no missingkey here, so what is missing prints `<no value>`. */
function rewriteByTemplate(names, text, environment) {
    const template = (0,template_template/* parseTemplate */.Q)(NAME, (0,template_values/* fromUtf8 */.ar)(text), functions/* FUNCTIONS */.A);
    if (template instanceof template_problem/* TemplateProblem */.s)
        return { problem: (0,template_finding/* templateFinding */.K)(template, KEYS) };
    const results = [];
    for (const name of names) {
        const result = rename(template, name, environment);
        if (result instanceof template_problem/* TemplateProblem */.s)
            return { problem: (0,template_finding/* templateFinding */.K)(result, KEYS) };
        results.push(result);
    }
    return { names: results };
}
function rename(template, name, environment) {
    const data = (0,template_values/* stringMapOf */.pn)([['value', (0,template_values/* fromUtf8 */.ar)(name)]]);
    const result = template.execute(data, { environment, missingKey: 'invalid' });
    return typeof result === 'string' ? (0,template_values/* toUtf8Text */.m4)(result) : result;
}

;// CONCATENATED MODULE: ./lib/src/core/transform/rewrite.js




/** Applies all steps in order, each to what the one before it gave. */
function rewrite(values, operations, environment) {
    let current = values;
    for (const [step, operation] of operations.entries()) {
        const result = applyStep(current, operation, environment);
        if ('problem' in result)
            return { kind: 'refused', step, problem: result.problem };
        current = result.values;
    }
    return { kind: 'rewritten', values: current };
}
function applyStep(values, operation, environment) {
    switch (operation.kind) {
        case 'regexp':
            return renamed(values, rewriteByPattern([...values.keys()], operation));
        case 'transform':
            return renamed(values, rewriteByTemplate([...values.keys()], operation.template, environment));
        case 'merge':
            return mergeValues(values, operation);
        default:
            return operation;
    }
}
/** A name that becomes empty is dropped later, so any number of names may. */
function renamed(values, result) {
    if ('problem' in result)
        return result;
    const pairs = [...values].map(([old, value], index) => ({ old, name: result.names[index] ?? '', value }));
    for (const [name, members] of Map.groupBy(pairs, (pair) => pair.name)) {
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
        return refused(collisionProblem(converted.key, converted.names));
    return { kind: 'finished', values: converted.values };
}
/** ESO 2.9: as soon as there is a `rewrite`, nothing is converted. */
function rewriteNames(values, { rewrite: operations, environment }) {
    const result = rewrite(values, operations, environment);
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
function refused(problem) {
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
function readValue(json, index, start) {
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
        return readValue(json, index, start)?.result ?? ABSENT;
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
            const read = readValue(json, index, 'text');
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
            return readValue(json, index, start);
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
const KINDS = ['null', 'false', 'number', 'text', 'true', 'json'];
/** By name; members of equal names by their values: sort of value, then number, then text. */
function compareMembers(a, b) {
    return ((0,go_hash/* compareBytes */.Xo)(a.key.text, b.key.text) ||
        KINDS.indexOf(a.value.kind) - KINDS.indexOf(b.value.kind) ||
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
const NOTHING = Symbol('\\');
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
            parts.push(signs[++index] ?? NOTHING);
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
    return holds(operator, (0,go_hash/* compareBytes */.Xo)(text, operand));
}
function compareNumbers(operator, number, operand) {
    if (Number.isNaN(number) || Number.isNaN(operand))
        return operator === '!=';
    return holds(operator, number === operand ? 0 : number < operand ? -1 : 1);
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
function holds(operator, order) {
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

;// CONCATENATED MODULE: ./lib/src/core/transform/gjson/get.js
/**
 * Looks a gjson path up in a text.
 *
 * ESO 2.9: `remoteRef.property` is a gjson 1.18.0 path (`get` is its `Get`). The text is searched as it is: it need
 * not be valid JSON, the search begins at its first bracket, and of equal names the first that leads on is taken.
 * Nothing in here throws for any text or path.
 */









/** What a path selects from a text; ABSENT when it selects nothing. */
function get(json, path) {
    if (path.length < 2)
        return search(json, path);
    switch (path[0]) {
        case '@':
            return modified(json, path) ?? search(json, path);
        case '!':
            return staticValue(path) ?? search(json, path);
        case '{':
        case '[':
            return collected(json, path);
        default:
            return search(json, path);
    }
}
/** Goes on with the rest of a path after a whole value, or reads that value. */
function followed(raw, rest, read) {
    return rest.startsWith('|') || rest.startsWith('.') ? get(raw, rest.slice(1)) : read(raw);
}
/** `@name`, `@name:argument`, and what follows. The argument is JSON, or a text up to the next pipe. */
function modified(json, path) {
    const name = /^[^:.|]*/.exec(path.slice(1))?.[0] ?? '';
    if (!isModifier(name))
        return undefined;
    const after = path.slice(1 + name.length);
    const argument = after.startsWith(':') ? modifierArgument(after.slice(1)) : '';
    const rest = after.startsWith(':') ? after.slice(1 + argument.length) : after;
    return followed(applyModifier(name, json, argument, get), rest, parseResult);
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
function staticValue(path) {
    const text = path.slice(1);
    if (/^[{["+\-\d]/.test(text)) {
        const end = endOfBrackets(text, 0);
        return followed(text.slice(0, end), text.slice(end), parseResult);
    }
    const word = /^[^|.]*/.exec(text)?.[0] ?? '';
    if (!STATIC_WORDS.has(word.toLowerCase()))
        return undefined;
    return followed(word, text.slice(word.length), parseResult);
}
/** A multipath that never closes counts as an empty path; one with text after it, as that text. */
function collected(json, path) {
    const multipath = splitMultipath(path);
    if (multipath === undefined)
        return search(json, '');
    if (!/^(?:$|[.|])/.test(multipath.rest))
        return search(json, multipath.rest);
    return followed(collect(json, multipath), multipath.rest, jsonResult);
}
function collect(json, multipath) {
    const parts = multipath.selectors.flatMap((selector) => {
        const result = get(json, selector.path);
        if (!exists(result))
            return [];
        const raw = rawOrText(result) || 'null';
        return [multipath.kind === 'object' ? `${selector.label}:${raw}` : raw];
    });
    return multipath.kind === 'object' ? `{${parts.join(',')}}` : `[${parts.join(',')}]`;
}
function search(json, path) {
    const state = { json, found: ABSENT };
    if (path.startsWith('..'))
        searchArray(state, 0, path.slice(2));
    else
        searchFirstBracket(state, path);
    return state.pipe === undefined ? state.found : get(state.found.raw, state.pipe);
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
    const read = readValue(json, index, start);
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
        const result = get(element.result.raw, split?.path ?? path);
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
        if (!isMatch(query, element.result))
            continue;
        if (split !== undefined)
            state.pipe = split.pipe;
        const result = rest === undefined ? element.result : get(element.result.raw, rest);
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
function isMatch(query, element) {
    if (element.kind === 'json')
        return satisfies(query, get(element.raw, query.path));
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

// EXTERNAL MODULE: ./lib/src/core/model/vault.js
var vault = __webpack_require__(44514);
// EXTERNAL MODULE: ./lib/src/core/go/regexp.js
var go_regexp = __webpack_require__(1706);
;// CONCATENATED MODULE: ./lib/src/core/transform/find.js

/**
 * The names to read, in the order of the list. A pattern that does not compile was refused with its manifest.
 *
 * ESO 2.9: enabled must be true; every tag of the find must be there with an equal value; the pattern (RE2) is searched
 * anywhere in the name, and an empty one matches all. Expired and certificate-backed secrets are taken.
 */
function matchFind(listed, find) {
    const regexp = (0,go_regexp/* compileRegexp */.N)(find.nameRegexp);
    if (regexp === undefined)
        return [];
    const wanted = Object.entries(find.tags);
    return listed
        .filter((item) => item.enabled === true)
        .filter((item) => wanted.every(([tag, value]) => item.tags.get(tag) === value))
        .filter((item) => regexp.matches(item.name))
        .map((item) => item.name);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/parse-key.js
const TYPES = { secret: true, cert: true, key: true };
/** The object that a key names, or the type that it gives and that does not exist. */
function parseKey(key) {
    const [first = '', name] = key.split('/');
    if (name === undefined)
        return { type: 'secret', name: first };
    return isRemoteType(first) ? { type: first, name } : { unknownType: first };
}
function isRemoteType(text) {
    return Object.hasOwn(TYPES, text);
}

;// CONCATENATED MODULE: ./lib/src/core/transform/remote-object.js



/** The object that a key names by the syntax of its store. */
function parseStoreKey(key, syntax) {
    return syntax === 'literal' ? { type: 'secret', name: key } : parseKey(key);
}
/** The object of a `remoteRef`; an empty version means the latest. */
function remoteObject(parsed, remoteRef) {
    return remoteRef.version === '' ? parsed : { ...parsed, version: remoteRef.version };
}
/**
 * Which objects and lists entries need. Asked twice: first without lists, then with them, when what the finds match
 * is added. Keys that name nothing, and extracts of certificates and keys, need nothing: they fail without a request.
 */
function neededObjects(entries, listOf = () => undefined, keySyntax = () => 'azurekv') {
    const objects = new Map();
    const lists = new Map();
    for (const entry of entries) {
        if (entry.kind === 'find')
            lists.set(storeKey(entry.store), entry.store);
        for (const object of objectsOf(entry, listOf, keySyntax)) {
            objects.set(`${storeKey(entry.store)} ${(0,vault/* remoteObjectKey */.z)(object)}`, { store: entry.store, object });
        }
    }
    return { objects: [...objects.values()], lists: [...lists.values()] };
}
function storeKey(store) {
    return `${store.kind}/${store.name}`;
}
function objectsOf(entry, listOf, keySyntax) {
    switch (entry.kind) {
        case 'empty':
            return [];
        case 'find': {
            const list = listOf(entry.store);
            return list?.kind === 'listed' ? matchFind(list.items, entry.find).map(latestSecret) : [];
        }
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







const KEY = ['remoteRef', 'key'];
/** Reads, selects, decodes. ESO 2.9: `conversionStrategy` has no effect here. */
function assembleData(context) {
    const { entry, fetched } = context;
    const { remoteRef } = entry;
    const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
    if ('unknownType' in parsed)
        return (0,entry_outcome/* failedAt */.JG)(context, KEY, (0,entry_outcome/* unknownTypeProblem */.QH)(remoteRef.key, parsed.unknownType));
    const read = fetched.get(entry.store, remoteObject(parsed, remoteRef));
    if (read.kind === 'failed')
        return (0,entry_outcome/* unreadableAt */.V$)(context, KEY, read.problem);
    if (read.kind === 'absent')
        return absentAt(context);
    const selected = selectValue(context, parsed, read.object);
    return 'kind' in selected ? selected : finished(context, selected.value);
}
function absentAt(context) {
    const { entry, fetched } = context;
    return {
        kind: 'absent',
        problem: (0,entry_outcome/* problemAt */.l4)(context, KEY, (0,entry_outcome/* absentProblem */.lZ)(entry.remoteRef, fetched.describe(entry.store))),
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
        return (0,entry_outcome/* failedAt */.JG)(context, KEY, noValueProblem(context, parsed));
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
    if (selected.kind === 'missing')
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
    const { entry, environment } = context;
    const result = finishMap(values, entry.remoteRef, { rewrite: entry.rewrite, environment });
    if (result.kind === 'finished')
        return (0,entry_outcome/* valuesOf */.sm)(result.values);
    const { problems, path = ['extract'] } = result;
    return { kind: 'failed', problems: problems.map((problem) => (0,entry_outcome/* problemAt */.l4)(context, path, problem)) };
}

;// CONCATENATED MODULE: ./lib/src/core/transform/assemble-find.js




const FIND = ['find'];
/**
 * Lists, reads each match, converts, checks, decodes.
 *
 * ESO 2.9: a match that is gone when it is read makes the whole entry count as absent; any other failure fails it.
 */
function assembleFind(context) {
    const { entry, fetched } = context;
    const listed = fetched.list(entry.store);
    if (listed.kind === 'failed')
        return (0,entry_outcome/* unreadableAt */.V$)(context, FIND, listed.problem);
    const read = readAll(context, matchFind(listed.items, entry.find));
    if (read.kind !== 'read')
        return read;
    const result = finishMap(read.values, entry.find, { rewrite: entry.rewrite, environment: context.environment });
    if (result.kind === 'refused') {
        const { problems, path = FIND } = result;
        return { kind: 'failed', problems: problems.map((problem) => (0,entry_outcome/* problemAt */.l4)(context, path, problem)) };
    }
    return { kind: 'values', values: result.values, warnings: [] };
}
/** A secret without a value is passed over. ESO 2.9's default engine would panic over it. */
function readAll(context, names) {
    const { entry, fetched } = context;
    const values = new Map();
    const problems = [];
    let gone;
    for (const name of names) {
        const read = fetched.get(entry.store, latestSecret(name));
        if (read.kind === 'failed')
            problems.push((0,entry_outcome/* problemAt */.l4)(context, FIND, read.problem));
        else if (read.kind === 'absent')
            gone ??= name;
        else if (read.object.value !== undefined)
            values.set(name, read.object.value);
    }
    if (problems.length > 0)
        return { kind: 'unreadable', problems };
    return gone === undefined ? { kind: 'read', values } : { kind: 'absent', problem: goneProblem(context, gone) };
}
function goneProblem(context, name) {
    const place = context.fetched.describe(context.entry.store);
    const what = `matched "${name}", which was deleted from ${place} before it could be read`;
    const fix = 'Run again; set target.deletionPolicy to Merge if secrets come and go.';
    return (0,entry_outcome/* problemAt */.l4)(context, FIND, (0,entry_outcome/* errorOf */.Mz)('remote-object-absent', what, fix));
}

;// CONCATENATED MODULE: ./lib/src/core/transform/assemble.js






/** The data, or every reason why there is none. `environment` is for the templates of `rewrite`. */
function assemble(intent, fetched, environment) {
    const data = new Map();
    const missing = [];
    const problems = [];
    for (const entry of intent.entries) {
        const outcome = assembleEntry({ intent, fetched, environment, entry });
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
    return (0,model_problem/* hasErrors */.C)(problems) ? { problems, missing } : { data, missing, warnings: problems };
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

;// CONCATENATED MODULE: ./lib/src/engine/fetched-entries.js
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
    #lists = new Map();
    #objects = new Map();
    constructor(opened, reads) {
        this.#opened = opened;
        this.#reads = reads;
    }
    /** Reads what these entries need: their lists first, then every object they name or match. */
    async read(entries) {
        const { lists } = neededObjects(entries);
        await Promise.all(lists.map((ref) => this.#readList(ref)));
        const listOf = (ref) => this.#lists.get(fetched_entries_storeKey(ref));
        const { objects } = neededObjects(entries, listOf, (ref) => this.keySyntax(ref));
        await Promise.all(objects.map(({ store, object }) => this.#readObject(store, object)));
    }
    get(store, object) {
        return this.#objects.get(objectKey(store, object)) ?? neverRead();
    }
    list(store) {
        return this.#lists.get(fetched_entries_storeKey(store)) ?? neverRead();
    }
    /** Of the versions that were read, in whatever order; absent where an object has none, as those of the fake provider. */
    versionsMark() {
        const lines = [...this.#objects].map(([key, result]) => versionLine(key, result));
        if (lines.length === 0 || lines.includes(undefined))
            return undefined;
        return (0,go_hash/* hashText */.qj)(lines.sort().join('\n')).slice(0, MARK_LENGTH);
    }
    storeProblem(store) {
        const opened = this.#opened.get(fetched_entries_storeKey(store));
        return opened !== undefined && 'finding' in opened ? { severity: 'error', ...opened.finding } : undefined;
    }
    keySyntax(store) {
        const opened = this.#opened.get(fetched_entries_storeKey(store));
        const isFake = opened !== undefined && 'store' in opened && opened.store.provider.type === 'fake';
        return isFake ? 'literal' : 'azurekv';
    }
    describe(store) {
        return this.#provider(store)?.description ?? `store ${store.name}`;
    }
    async #readList(ref) {
        const provider = this.#provider(ref);
        if (provider !== undefined)
            this.#lists.set(fetched_entries_storeKey(ref), await this.#reads.list(provider));
    }
    async #readObject(ref, object) {
        const provider = this.#provider(ref);
        if (provider !== undefined)
            this.#objects.set(objectKey(ref, object), await this.#reads.get(provider, object));
    }
    #provider(ref) {
        const opened = this.#opened.get(fetched_entries_storeKey(ref));
        return opened !== undefined && 'provider' in opened ? opened.provider : undefined;
    }
}
function versionLine(key, result) {
    if (result.kind !== 'found')
        return `${key} ${result.kind}`;
    return result.object.version === undefined ? undefined : `${key} ${result.object.version}`;
}
function objectKey(store, object) {
    return `${fetched_entries_storeKey(store)} ${(0,vault/* remoteObjectKey */.z)(object)}`;
}
function neverRead() {
    throw new Error('Bug: assemble asked for an object that neededObjects did not name. Please report this.');
}

// EXTERNAL MODULE: ./lib/src/engine/template-inputs.js
var template_inputs = __webpack_require__(91397);
;// CONCATENATED MODULE: ./lib/src/engine/read-source.js



/** With values, as a sync needs them. */
async function readValues(intent, reading) {
    const fetched = new FetchedEntries(await openAll(intent, reading.stores), reading.reads);
    const assembled = await readAndAssemble(intent, fetched, reading);
    if ('problems' in assembled)
        return { kind: 'failed', ...assembled };
    const rendered = await reading.templates.render(intent, assembled.data);
    const versionsMark = fetched.versionsMark();
    return {
        kind: 'data',
        ...assembled,
        ...(rendered === undefined ? {} : { rendered }),
        ...(versionsMark === undefined ? {} : { versionsMark }),
    };
}
/**
 * A person wants every problem at once, so everything is read together. The job comes back every few minutes: there
 * entries are read in their order and, as in ESO 2.9, nothing more is asked once it is clear that nothing can be written.
 */
async function readAndAssemble(intent, fetched, reading) {
    const environment = (0,template_inputs/* templateEnvironment */.a)(reading.ports);
    if (reading.settings.mode === 'always') {
        await fetched.read(intent.entries);
        return assemble(intent, fetched, environment);
    }
    for (const [index, entry] of intent.entries.entries()) {
        await fetched.read([entry]);
        const sofar = assemble({ ...intent, entries: [entry] }, fetched, environment);
        if (!('problems' in sofar))
            continue;
        return assemble({ ...intent, entries: intent.entries.slice(0, index + 1) }, fetched, environment);
    }
    return assemble(intent, fetched, environment);
}
/** Every store that the entries name, by its text. */
async function openAll(intent, stores) {
    const refs = new Map(intent.entries.filter((entry) => entry.kind !== 'empty').map((e) => [fetched_entries_storeKey(e.store), e.store]));
    const opened = await Promise.all([...refs].map(async ([key, ref]) => [key, await stores.open(ref, intent.ref.namespace)]));
    return new Map(opened);
}

;// CONCATENATED MODULE: ./lib/src/engine/publish.js
/** Tells the outcome of one item: log line, state (status), Events. A failure here never undoes a sync. */





async function publish(applied, ports) {
    log(applied, ports);
    if (applied.left === true)
        return;
    const { intent, result } = applied.item;
    await record(intent.ref, ports, async () => {
        await writeState(applied, ports);
        for (const event of result.events)
            await ports.publisher.event(intent.ref, event);
    });
}
/** What cannot be recorded is told, and stops nothing: what was done stays done. */
async function record(ref, { logger }, act) {
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
    for (const ref of loaded.refused.filter(({ kind }) => kind === 'ExternalSecret')) {
        await record(ref, ports, () => publishRefusal(ref, loaded, ports));
    }
}
async function publishRefusal(ref, loaded, { state, publisher, clock }) {
    const own = loaded.problems.filter(({ at, severity }) => at !== undefined && (0,object_ref/* refText */.d0)(at) === (0,object_ref/* refText */.d0)(ref) && severity === 'error');
    const message = own.map(model_problem/* problemText */.f).join('\n');
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
function log({ item, done, left }, { logger }) {
    for (const change of done)
        logger.info(changeText(change), changeFields(change));
    for (const problem of item.problems) {
        if (problem.severity === 'error')
            logger.error((0,model_problem/* problemText */.f)(problem), { code: problem.code });
        else
            logger.warn((0,model_problem/* problemText */.f)(problem), { code: problem.code });
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

;// CONCATENATED MODULE: ./lib/src/engine/stores.js






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
        const { code, what, fix } = (0,reads/* findingOf */.h)(result.error);
        return { finding: { code, what: `names ${(0,object_ref/* refText */.d0)(store.ref)}, which cannot be used: ${what}`, fix } };
    }
    openStore(store, namespace) {
        const key = `${(0,object_ref/* refText */.d0)(store.ref)} ${store.ref.kind === 'ClusterSecretStore' ? namespace : ''}`;
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
            await record(store.ref, ports, () => reportStore(store, stores, ports));
    }
}
async function reportStore(store, stores, ports) {
    const before = await ports.state.readStore(store.ref);
    const result = isReferent(store) ? undefined : await stores.openStore(store, store.ref.namespace ?? '');
    const error = result !== undefined && 'error' in result ? result.error : undefined;
    const status = storeStatus(before, error, ports.clock.now());
    if (error !== undefined) {
        const message = `${error.what}. ${error.fix}`;
        await ports.publisher.event(store.ref, { type: 'Warning', reason: 'InvalidProviderConfig', message });
    }
    else if (status.conditions !== before?.conditions) {
        await ports.publisher.event(store.ref, { type: 'Normal', reason: 'Valid', message: 'store validated' });
    }
    if (status.conditions !== before?.conditions)
        await ports.state.writeStore(store.ref, status);
}
function storeStatus(before, error, now) {
    const conditions = before?.conditions ?? [];
    if (error === undefined) {
        const valid = { type: 'Ready', status: 'True', reason: 'Valid', message: 'store validated' };
        return { conditions: setCondition(conditions, valid, now), capabilities: 'ReadWrite' };
    }
    const message = `${error.what}. ${error.fix}`;
    const invalid = { type: 'Ready', status: 'False', reason: 'InvalidProviderConfig', message };
    return { ...before, conditions: setCondition(conditions, invalid, now) };
}
/** ESO 2.9: a cluster store whose references take the namespace of whoever uses it cannot be judged on its own. */
function isReferent(store) {
    if (store.ref.kind !== 'ClusterSecretStore' || store.provider.type !== 'azurekv')
        return false;
    const { authSecretRef, serviceAccountRef } = store.provider;
    const references = [authSecretRef?.clientId, authSecretRef?.clientSecret, serviceAccountRef];
    return references.some((reference) => reference !== undefined && reference.namespace === undefined);
}

;// CONCATENATED MODULE: ./lib/src/engine/gather.js
/**
 * Reads everything that planning needs: state, live Secrets, then only for what is due the vault objects.
 *
 * Nothing is written here. A failed read becomes data about one intent and never stops another.
 */
















/** `readSource` is another one for plans that read no value. */
async function gather(loaded, ports, settings, readSource = readValues) {
    const forgotten = await forgottenIntents(loaded, ports);
    const prunable = settings.prune ? forgotten.filter((ref) => isSurelyGone(ref, loaded)) : [];
    const context = {
        readSource,
        ports,
        settings,
        stores: new OpenStores(await storeWorld(loaded, ports, settings), ports.providers),
        reads: new reads/* VaultReads */.e(),
        templates: new template_inputs/* TemplateInputs */.O(ports),
        gone: new Set(prunable.map(ownership/* createdBy */.uf)),
        known: new Map(loaded.known.map(({ ref }) => [(0,ownership/* createdBy */.uf)(ref), `${ref.namespace}/${ref.name}`])),
    };
    const limit = (0,p_limit/* default */.A)(settings.concurrency);
    const pulls = await limit.map(loaded.intents, (intent) => gatherPull(intent, context));
    const { prunes, forgets, problems } = await gatherPrunes(prunable, loaded, ports);
    const withheld = settings.prune ? pruneWithheld(forgotten.length - prunable.length) : [];
    return {
        pulls,
        prunes,
        forgets,
        problems: [...problems, ...withheld],
        leftBehind: settings.prune ? 0 : forgotten.length,
        stores: context.stores,
        reads: context.reads,
        again: (intent) => gatherPull(intent, context),
        afresh: (intent) => gatherPull(intent, { ...context, reads: context.reads.afresh() }),
    };
}
async function gatherPull(intent, context) {
    const { ports, gone, known } = context;
    const base = { intent, state: undefined, live: undefined, stale: [], gone, known };
    if ((0,resolve_stores/* belongsToOtherClass */.eE)(intent, context.stores.world)) {
        return { ...base, source: { kind: 'other-class', reason: 'its store belongs to another controller' } };
    }
    try {
        const [state, live] = await Promise.all([ports.state.read(intent.ref), ports.cluster.getSecret((0,plan_pull/* targetOf */.$r)(intent))]);
        const source = await readIfDue(intent, state, live, context);
        ports.logger.debug(`${(0,object_ref/* refText */.d0)(intent.ref)}: ${source.kind === 'not-due' ? source.reason : 'read'}`);
        const stale = source.kind === 'data' ? await staleSecrets(intent, state, ports) : [];
        return { ...base, state, live, stale, source };
    }
    catch (error) {
        return { ...base, source: { kind: 'failed', problems: [clusterProblem(intent, (0,errors/* failureOf */.g5)(error))], missing: [] } };
    }
}
async function readIfDue(intent, state, live, context) {
    const now = context.ports.clock.now();
    const target = live === undefined ? undefined : (0,desired_secret/* withManagedLabel */.U7)(live);
    const decision = (0,resolve_refresh/* decideRefresh */.Cg)({
        refresh: intent.refresh,
        state,
        resourceVersion: (0,go_hash/* syncedResourceVersion */.hE)(intent.generation, intent.annotations, intent.labels),
        now,
        targetValid: (0,resolve_refresh/* isTargetValid */._N)({ creationPolicy: intent.target.creationPolicy, target }),
        mode: context.settings.mode,
    });
    if (!decision.due)
        return { kind: 'not-due', reason: `${decision.reason}${dueAgain(intent, state, now)}` };
    return await context.readSource(intent, context);
}
function dueAgain({ refresh }, state, now) {
    const due = (0,resolve_refresh/* nextDue */.m3)({ refresh, state, now });
    return due === undefined || due <= now ? '' : `, due again at ${timestamp(due)}`;
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
            key: names/* CREATED_BY_LABEL */.op,
            value: (0,ownership/* createdBy */.uf)(intent.ref),
        });
    }
    catch (error) {
        if ((0,errors/* asPortError */.Ux)(error).kind !== 'Forbidden')
            throw error;
        const secret = await ports.cluster.getSecret((0,model_secret/* secretRef */.C)(intent.ref.namespace, previous));
        return secret === undefined ? [] : [secret];
    }
}
/** Remembered ExternalSecrets that no manifest holds any more. Ones that are merely refused are not gone. */
async function forgottenIntents(loaded, ports) {
    const seen = [...loaded.known.map(({ ref }) => ref), ...loaded.refused, ...loaded.others];
    const present = new Set(seen.map(object_ref/* refText */.d0));
    const remembered = await ports.state.remembered();
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
    const refusedHere = loaded.refused.some(({ kind, namespace }) => kind === 'ExternalSecret' && namespace === ref.namespace);
    return loaded.complete && !refusedHere;
}
/** Whoever asks to prune is told why it did not happen. */
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
async function gatherPrunes(gone, loaded, ports) {
    const wanted = new Set(loaded.known.map((intent) => (0,object_ref/* refText */.d0)((0,plan_pull/* targetOf */.$r)(intent))));
    const prunes = [];
    const forgets = [];
    const problems = [];
    for (const ref of gone) {
        try {
            const own = await secretOfForgotten(ref, ports);
            if (own === undefined || wanted.has((0,object_ref/* refText */.d0)(own.ref)))
                forgets.push(ref);
            else
                prunes.push((0,plan_pull/* deletion */.jo)(ref, own, 'no longer in the manifests'));
        }
        catch (error) {
            problems.push({ ...(0,reads/* findingOf */.h)((0,errors/* asPortError */.Ux)(error)), code: 'prune-read', at: ref });
        }
    }
    return { prunes, forgets, problems };
}
async function secretOfForgotten(ref, ports) {
    const state = await ports.state.read(ref);
    const name = state?.lastTarget ?? state?.binding ?? '';
    if (name === '')
        return undefined;
    const secret = await ports.cluster.getSecret((0,model_secret/* secretRef */.C)(ref.namespace, name));
    const isOwn = secret?.labels.get(names/* CREATED_BY_LABEL */.op) === (0,ownership/* createdBy */.uf)(ref) && (0,ownership/* wasWrittenBy */.ox)(secret, ref.name);
    return isOwn ? secret : undefined;
}
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
    const asking = loaded.intents.filter((intent) => intent.entries.some(({ store }) => store.kind === 'ClusterSecretStore' && conditioned.has(store.name)));
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
/** What went wrong with the cluster while reading for one intent. */
function clusterProblem(intent, error) {
    return {
        ...(0,reads/* findingOf */.h)(error),
        code: `cluster-${(0,reads/* findingOf */.h)(error).code.replace('provider-', '')}`,
        at: intent.ref,
        ...(intent.origin === undefined ? {} : { origin: intent.origin }),
    };
}

// EXTERNAL MODULE: ./lib/src/engine/stop.js
var stop = __webpack_require__(78009);
;// CONCATENATED MODULE: ./lib/src/engine/apply.js
/**
 * Carries a plan out. Each write insists on what was read; a conflict is planned again, never sent again.
 *
 * One object's failure is its own: the others go on. A stopped plan writes nothing.
 */










/** Outcomes are recorded beside the writes, more of them at once: a state that is one file takes many in one go. */
const RECORDS_PER_WRITE = 8;
/** After so many conflicts in a row somebody else is writing all the time; that is for people to solve. */
const MAX_ATTEMPTS = 4;
async function apply(plan, gathered, ports, settings) {
    const limit = (0,p_limit/* default */.A)(settings.concurrency);
    const groups = groupsOf(plan.items);
    const records = (0,p_limit/* default */.A)(settings.concurrency * RECORDS_PER_WRITE);
    const published = [];
    const announce = (one) => void published.push(records(() => publish(one, ports)));
    const attempts = settings.onlyAsPlanned === true ? 1 : MAX_ATTEMPTS;
    const writing = { gathered, ports, attempts, announce };
    const applied = await limit.map(groups, (group) => applyGroup(group, writing));
    await Promise.all(published);
    const byRef = new Map(applied.flat().map((one) => [(0,object_ref/* refText */.d0)(one.item.intent.ref), one]));
    const items = plan.items.flatMap((item) => byRef.get((0,object_ref/* refText */.d0)(item.intent.ref)) ?? []);
    const prunes = await applyPrunes(plan.prunes, ports);
    const left = [...items, ...prunes].filter((one) => one.left === true).length;
    if (left > 0)
        return { items, prunes, stopped: (0,stop/* stoppedProblem */.he)(left) };
    for (const ref of gathered.forgets)
        await record(ref, ports, () => ports.state.forget(ref));
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
    return [(0,plan_pull/* targetOf */.$r)(item.intent), ...item.changes.map((change) => change.target)].map(object_ref/* refText */.d0);
}
/** One group, one after another; once one has written, the next is planned on what it left. */
async function applyGroup(items, writing) {
    const { gathered, ports, announce } = writing;
    const applied = [];
    for (const item of items) {
        const moved = applied.some((earlier) => earlier.done.length > 0);
        const again = moved && item.changes.length > 0 && !(0,stop/* isStopping */.vH)(ports);
        const fresh = again ? (0,plan_pull/* planPull */.ho)(await gathered.again(item.intent)) : item;
        const one = (0,stop/* isStopping */.vH)(ports) ? { item, done: [], left: true } : await applyItem(fresh, writing);
        announce(one);
        applied.push(one);
    }
    return applied;
}
async function applyItem(first, { gathered, ports, attempts }) {
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
        item = (0,plan_pull/* planPull */.ho)(await gathered.afresh(item.intent));
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
            if ((0,stop/* isStopping */.vH)(ports))
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
            await cluster.updateSecret(change.desired, change.live.resourceVersion, manager);
            return;
        case 'delete':
            await cluster.deleteSecret(change.live);
    }
}
function writeFailed(item, error, attempts) {
    const { intent } = item;
    const finding = error.kind === 'Conflict' ? endlessConflict(item, error, attempts) : clusterProblem(intent, error);
    const refused = (0,plan_item/* failed */.gz)(intent, [...item.problems, finding], []);
    const isUpdate = item.changes.some((change) => change.action === 'update');
    return {
        ...refused,
        changes: item.changes,
        result: { ...refused.result, ...(isUpdate ? { binding: intent.target.name } : {}) },
    };
}
function endlessConflict({ intent, changes }, error, attempts) {
    const target = changes[0]?.target ?? (0,plan_pull/* targetOf */.$r)(intent);
    const show = `kubectl get secret ${target.name} -n ${target.namespace ?? ''} --show-managed-fields -o yaml`;
    const times = attempts === 1 ? 'after the plan was approved' : `${attempts} times in a row while it was being written`;
    return {
        ...clusterProblem(intent, error),
        what: `somebody else changed ${(0,object_ref/* refText */.d0)(target)} ${times}`,
        fix: `It was left as it is. Find out who writes it (${show}) and run again.`,
    };
}
async function applyPrunes(prunes, ports) {
    const results = [];
    for (const change of prunes) {
        if ((0,stop/* isStopping */.vH)(ports)) {
            results.push({ change, left: true });
            continue;
        }
        try {
            await ports.cluster.deleteSecret(change.live);
            await ports.state.forget(change.owner);
            results.push({ change });
        }
        catch (error) {
            results.push({ change, problem: { ...(0,reads/* findingOf */.h)((0,errors/* asPortError */.Ux)(error)), code: 'prune-failed', at: change.owner } });
        }
    }
    return results;
}

// EXTERNAL MODULE: ./lib/src/engine/load.js
var load = __webpack_require__(19193);
;// CONCATENATED MODULE: ./lib/src/engine/run.js
/** The run itself: load → gather → plan → guard → apply → publish. Commands choose how far it goes. */












/** Reads everything and decides everything. Writes nothing. Rejects with RunStopped where it is asked to stop. */
async function planRun(ports, settings) {
    return await (0,stop/* unlessStopped */.OO)(ports, () => readAndPlan(ports, settings));
}
async function readAndPlan(ports, settings) {
    const began = ports.clock.now();
    const loaded = await (0,load/* load */.H)(ports.manifests, settings);
    const gathered = await gather(loaded, ports, settings);
    const plan = makePlan({
        pulls: gathered.pulls,
        prunes: gathered.prunes,
        problems: [...loaded.problems, ...gathered.problems],
        deletionLimits: settings.deletionLimits,
    });
    return { level: 'full', began, loaded, gathered, plan };
}
/** Carries out what `planRun` decided, unless a guard stopped it. */
async function applyRun(planned, ports, settings) {
    if (planned.plan.stopped !== undefined)
        return undefined;
    const applied = await apply(planned.plan, planned.gathered, ports, settings);
    if (settings.home === 'custom-resources' && applied.stopped === undefined) {
        await reportStores(planned.gathered.stores, ports);
        await publishRefused(planned.loaded, ports);
    }
    return applied;
}
/** The run ends with this: the next due times are counted from now. */
function reportRun(command, planned, applied, { clock, cluster, providers: { requestCount: requests } }) {
    const { level, began, plan, loaded, gathered } = planned;
    const now = clock.now();
    const states = new Map(gathered.pulls.map(({ intent, state }) => [(0,object_ref/* refText */.d0)(intent.ref), state]));
    const report = (0,build_report/* buildReport */.FK)({
        command,
        level,
        cluster: cluster.description,
        plan,
        applied,
        foreign: loaded.foreign,
        others: loaded.others.filter(({ kind }) => kind === 'ExternalSecret').length,
        leftBehind: gathered.leftBehind,
        manifestErrors: loaded.problems.filter(({ severity }) => severity === 'error').length,
        reads: { ...gathered.reads.counts, ...(requests === undefined ? {} : { requests }) },
        durationMs: now.getTime() - began.getTime(),
        nextDue: (item) => {
            const before = states.get((0,object_ref/* refText */.d0)(item.intent.ref));
            const state = applied === undefined ? before : (nextState(item, before, now) ?? before);
            return (0,resolve_refresh/* nextDue */.m3)({ refresh: item.intent.refresh, state, now });
        },
    });
    return withSources(report, loaded);
}

;// CONCATENATED MODULE: ./lib/src/commands/plan.js


async function plan(ports, settings, inPhase = silently) {
    const planned = await inPhase('read', () => planRun(ports, settings));
    return reportRun('plan', planned, undefined, ports);
}

;// CONCATENATED MODULE: ./lib/src/core/preview/metadata-entries.js







/** What all entries contribute, or every reason why a sync would fail. */
function metadataOfEntries(intent, fetched, environment) {
    const outcomes = intent.entries.map((entry) => metadata_entries_metadataOf({ intent, fetched, environment, entry }));
    const absent = outcomes.filter((outcome) => outcome.kind === 'absent');
    const isRetained = intent.target.deletionPolicy === 'Retain';
    const problems = [
        ...(isRetained ? absent.map(({ problem }) => problem) : []),
        ...outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? outcome.problems : [])),
    ];
    const missing = isRetained ? [] : absent.map((outcome) => outcome.missing);
    if ((0,model_problem/* hasErrors */.C)(problems))
        return { problems: unrepeated(problems), missing };
    return { entries: outcomes.flatMap((outcome) => (outcome.kind === 'seen' ? outcome.metadata : [])), missing };
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
        return failed((0,entry_outcome/* problemAt */.l4)(context, [], problem));
    return entry.kind === 'find' ? metadataOfFind({ ...context, entry }) : metadataOfObject({ ...context, entry });
}
function metadataOfObject(context) {
    const { entry, fetched } = context;
    const { remoteRef } = entry;
    const field = entry.kind === 'data' ? ['remoteRef', 'key'] : ['extract', 'key'];
    const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
    if ('unknownType' in parsed)
        return failed((0,entry_outcome/* problemAt */.l4)(context, field, (0,entry_outcome/* unknownTypeProblem */.QH)(remoteRef.key, parsed.unknownType)));
    if (entry.kind === 'extract' && parsed.type !== 'secret') {
        return failed((0,entry_outcome/* problemAt */.l4)(context, field, wrongTypeProblem(remoteRef.key, parsed.type)));
    }
    const read = fetched.get(entry.store, remoteObject(parsed, remoteRef));
    if (read.kind === 'failed')
        return failed((0,entry_outcome/* problemAt */.l4)(context, field, read.problem));
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
        return failed((0,entry_outcome/* problemAt */.l4)(context, ['find'], listed.problem));
    const names = matchFind(listed.items, entry.find);
    const reads = names.map((name) => ({ name, read: fetched.get(entry.store, latestSecret(name)) }));
    const problems = reads.flatMap(({ read }) => read.kind === 'failed' ? [(0,entry_outcome/* problemAt */.l4)(context, ['find'], read.problem)] : []);
    if (problems.length > 0)
        return failed(...problems);
    const objects = reads.flatMap(({ name, read }) => read.kind === 'found' ? [{ name, object: read.object, isPinned: false, readsTags: false }] : []);
    const named = namedKeys(context, objects);
    return 'problems' in named ? failed(...named.problems) : seen({ keys: named.keys, objects });
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
function finishedNames({ entry, environment }, objects) {
    const nothing = new Map(objects.map(({ name }) => [name, secret_value/* SecretValue */.i.ofText('')]));
    const strategies = { ...entry.find, decodingStrategy: 'None', nullBytePolicy: 'Ignore' };
    return finishMap(nothing, strategies, { rewrite: entry.rewrite, environment });
}
function seen(metadata) {
    return { kind: 'seen', metadata };
}
function failed(...problems) {
    return { kind: 'failed', problems };
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





/** Stands for keys that only values tell, so that a Secret of nothing else is still created. No key can be named so. */
const UNTOLD_KEY = '\u0000';
/** More names than this are counted. */
const MOST_NAMES = 5;
/** `pull` was read without values: its source holds no data yet. Other sources are planned as they are. */
function metadataPull(pull, entries) {
    if (pull.source.kind !== 'data')
        return { pull };
    const view = viewOf(pull, entries);
    const keys = wantedKeys(pull.intent, entries, view);
    const live = pull.live === undefined ? undefined : completed(pull.live, pull.intent, [...keys.keys(), ...untoldKeys(view)]);
    const data = dataOf(keys, live, view);
    const rendered = renderedOf(pull.intent.target.template, data, live);
    const source = { ...pull.source, data, ...(rendered === undefined ? {} : { rendered }) };
    return { pull: { ...pull, live, source }, ...wordsOf(view) };
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
        newer: namesOf(objects.filter(isNew)),
        untold: namesOf(closed.flatMap((entry) => entry.objects).filter(isNew)),
        isManifestChanged,
        isFirst: live !== undefined && state?.refreshTime === undefined,
        isOpen: entries.some(({ keys }) => keys === undefined) || template?.templateFrom.some(isOfData) === true,
    };
}
function namesOf(objects) {
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
    return new Map([...((0,render_target/* includesFetched */.$)(template) ? fetched : []), ...rendered]);
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
    const type = live.type ?? target.template?.type;
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
    if (!annotations.has(names/* DATA_HASH_ANNOTATION */.Es))
        return annotations;
    return new Map(annotations).set(names/* DATA_HASH_ANNOTATION */.Es, names/* REDACTED */.XF);
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
function wordsOf({ newer, untold, isManifestChanged, isFirst, isOpen }) {
    const changed = isManifestChanged ? ['the manifest changed since the last sync'] : [];
    const reasons = isFirst
        ? ['first sync of a Secret that is there already']
        : [...changed, ...(newer.length === 0 ? [] : [`newer than the last sync: ${listOf(newer)}`])];
    const doubts = [
        ...changed,
        ...(untold.length === 0 ? [] : [`newer than the last sync: ${listOf(untold)}`]),
        ...(isFirst && isOpen ? ['first sync of a Secret that is there already'] : []),
    ];
    return {
        ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
        ...(doubts.length === 0 ? {} : { unknown: `${doubts.join('; ')}; only values tell what changes` }),
    };
}
function listOf(names) {
    const more = names.length - MOST_NAMES;
    return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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

;// CONCATENATED MODULE: ./lib/src/engine/metadata-run.js










/** Writes nothing, and the plan cannot be carried out. Rejects with RunStopped where it is asked to stop. */
async function planMetadataRun(ports, settings) {
    return await (0,stop/* unlessStopped */.OO)(ports, () => metadata_run_readAndPlan(ports, settings));
}
async function metadata_run_readAndPlan(ports, settings) {
    const began = ports.clock.now();
    const loaded = await (0,load/* load */.H)(ports.manifests, settings);
    const seen = new Map();
    const gathered = await gather(loaded, ports, settings, readMetadata(seen));
    const plan = metadataPlan({
        pulls: gathered.pulls.map((pull) => metadataPull(pull, seen.get((0,object_ref/* refText */.d0)(pull.intent.ref)) ?? [])),
        prunes: gathered.prunes,
        problems: [...loaded.problems, ...gathered.problems],
        deletionLimits: settings.deletionLimits,
    });
    return { level: 'metadata', began, loaded, gathered, plan };
}
/** What it sees of each ExternalSecret goes into the map; the source itself stays empty. */
function readMetadata(seen) {
    return async (intent, reading) => {
        const fetched = new FetchedEntries(await openAll(intent, reading.stores), reading.reads);
        await fetched.read(intent.entries);
        const result = metadataOfEntries(intent, fetched, (0,template_inputs/* templateEnvironment */.a)(reading.ports));
        if ('problems' in result)
            return { kind: 'failed', ...result };
        seen.set((0,object_ref/* refText */.d0)(intent.ref), result.entries);
        const versionsMark = fetched.versionsMark();
        const mark = versionsMark === undefined ? {} : { versionsMark };
        return { kind: 'data', data: new Map(), missing: result.missing, warnings: [], ...mark };
    };
}

;// CONCATENATED MODULE: ./lib/src/commands/plan-metadata.js



/** The ports bring no value: a cluster without values, providers of metadata. */
async function planMetadata(ports, settings, inPhase = silently) {
    const planned = await inPhase('read', () => planMetadataRun(ports, settings));
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

// EXTERNAL MODULE: ./lib/src/wiring/approval.js
var approval = __webpack_require__(66074);
// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var node_clock = __webpack_require__(40390);
// EXTERNAL MODULE: ./lib/src/engine/operators.js + 1 modules
var operators = __webpack_require__(135);
// EXTERNAL MODULE: ./lib/src/wiring/open-cluster.js + 14 modules
var open_cluster = __webpack_require__(11005);
;// CONCATENATED MODULE: ./lib/src/wiring/live-operator.js






/** Rejects with a PortError where one is; one that cannot be seen is a warning. */
async function refuseLiveOperator(settings, outside, connection) {
    if (settings.home !== 'custom-resources')
        return;
    const { objects, manifests } = await (0,open_cluster/* openRealCluster */.vL)(settings, outside, connection);
    const { documents } = (await manifests?.load()) ?? { documents: [] };
    const { controllerClass } = settings;
    const problems = await (0,operators/* operatorsBeside */.q)(objects, documents, { controllerClass, now: node_clock/* systemClock */.m.now() });
    const [first] = problems.filter(({ severity }) => severity === 'error');
    if (first !== undefined)
        throw refusal(first);
    for (const problem of problems)
        outside.logger.warn((0,model_problem/* problemText */.f)(problem));
}
function refusal({ at, what, fix }) {
    const object = at === undefined ? '' : `${(0,object_ref/* refText */.d0)(at)} `;
    return new errors/* PortError */.U7({ kind: 'Conflict', code: 'OperatorLive', whole: true, what: `${object}${what}`, fix });
}

// EXTERNAL MODULE: ./lib/src/adapters/azure/to-port-error.js
var to_port_error = __webpack_require__(58259);
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
                throw remember((0,to_port_error/* toPortError */.ni)(error, request));
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
    const members = MEMBERS.filter((name) => !isEmpty(key[name])).map((name) => [name, key[name]]);
    const json = JSON.stringify(Object.fromEntries(members));
    return json.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] ?? character);
}
function isEmpty(value) {
    return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

// EXTERNAL MODULE: ./lib/src/adapters/azure/vault-answer.js
var vault_answer = __webpack_require__(10874);
// EXTERNAL MODULE: ./lib/src/adapters/transport/retry.js
var retry = __webpack_require__(20175);
// EXTERNAL MODULE: ./lib/src/adapters/azure/wire.js
var wire = __webpack_require__(29874);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-pipeline.js




/** One policy per client: it remembers whether that client has authenticated yet. */
function vaultPolicy(context, vault, host) {
    const firstAlone = createFirstAlone();
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
            return firstAlone(request, send);
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
        const { promise, resolve, reject } = Promise.withResolvers();
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
        throw new vault_answer/* VaultRefusal */.hw((0,vault_answer/* readVaultAnswer */.PZ)(response));
    if ((0,vault_answer/* jsonObject */.o$)(response.bodyAsText ?? '') === undefined)
        throw new vault_answer/* GarbledAnswer */.mK();
    return response;
}
function judgeVault(error, now) {
    if (error instanceof wire/* WireFailure */.wC)
        return (0,wire/* judgeWireFailure */.P9)(error);
    if (!(error instanceof vault_answer/* VaultRefusal */.hw) || !(0,wire/* isRepeatableStatus */.es)(error.answer.status))
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







/** Vaults have no such number of pages; a list that never ends is a loop. */
const MOST_PAGES = 10_000;
const ABSENT_CODES = new Set(['SecretNotFound', 'KeyNotFound', 'CertificateNotFound']);
function openKeyVault(context, options) {
    const description = vaultDescription(options.vaultUrl);
    const clients = createClients(context, options, description);
    const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
    return {
        key: options.key,
        description,
        get: (object) => guarded(() => key_vault_get(context, clients, object), requestFor(options, description, object)),
        list: () => guarded(() => list(clients), requestFor(options, description)),
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
    const { vaultUrl, cloud } = options;
    const request = { vault, vaultName: vaultName(vaultUrl), host: vaultUrl.host, cloud };
    return object === undefined ? { ...request, type: 'secret' } : { ...request, type: object.type, name: object.name };
}
async function key_vault_get(context, clients, object) {
    refuseUnsendable(object.name);
    try {
        return await readers[object.type](context, clients, object.name, object.version ?? '');
    }
    catch (error) {
        if (isAbsence(error))
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
/** Did Key Vault itself say that there is no such object? */
function isAbsence(error) {
    return error instanceof vault_answer/* VaultRefusal */.hw && error.answer.status === 404 && ABSENT_CODES.has(error.answer.code);
}
const readers = {
    secret: async (context, clients, name, version) => {
        const client = await clients.secrets();
        const body = await rawBody((onResponse) => client.getSecret(name, { version, onResponse }));
        const value = arrived(context, body['value'], (text) => secret_value/* SecretValue */.i.ofText(text));
        if (value === undefined)
            throw new vault_answer/* GarbledAnswer */.mK();
        return fetched(value, body, body['id']);
    },
    cert: async (context, clients, name, version) => {
        const client = await clients.certificates();
        const body = await rawBody((onResponse) => version === ''
            ? client.getCertificate(name, { onResponse })
            : client.getCertificateVersion(name, version, { onResponse }));
        const value = arrived(context, body['cer'], (text) => secret_value/* SecretValue */.i.of(Buffer.from(text, 'base64')));
        return fetched(value, body, body['id']);
    },
    key: async (context, clients, name, version) => {
        const client = await clients.keys();
        const body = await rawBody((onResponse) => client.getKey(name, { version, onResponse }));
        const key = body['key'];
        if (!(0,vault_answer/* isRecord */.u4)(key))
            throw new vault_answer/* GarbledAnswer */.mK();
        return fetched(arrived(context, publicKeyJson(key), (text) => secret_value/* SecretValue */.i.ofText(text)), body, key['kid']);
    },
};
function arrived(context, text, toValue) {
    if (typeof text !== 'string')
        return undefined;
    const value = toValue(text);
    context.masker.mask(value);
    return value;
}
/** Without an id it is no object: an empty name may be taken for the list. */
function fetched(value, body, id) {
    if (typeof id !== 'string')
        throw new vault_answer/* GarbledAnswer */.mK();
    const version = id.split('/')[5];
    const read = { value, tags: key_vault_tagsOf(body['tags']), attributes: attributesOf(body['attributes']) };
    return version === undefined ? read : { ...read, version };
}
/** The body of a good answer. What the SDK makes of it afterwards does not matter, not even when that fails. */
async function rawBody(send) {
    const seen = {};
    try {
        await send((response) => {
            const body = (0,vault_answer/* jsonObject */.o$)(response.bodyAsText ?? '');
            if (body !== undefined)
                seen.body = body;
        });
    }
    catch (error) {
        if (seen.body === undefined)
            throw error;
    }
    if (seen.body === undefined)
        throw new vault_answer/* GarbledAnswer */.mK();
    return seen.body;
}
/** All secrets, without values. */
async function list(clients) {
    const client = await clients.secrets();
    const objects = [];
    let pages = 0;
    for await (const page of client.listPropertiesOfSecrets().byPage()) {
        pages += 1;
        if (pages > MOST_PAGES)
            throw new vault_answer/* GarbledAnswer */.mK();
        objects.push(...page.map(listed));
    }
    return objects;
}
function listed(secret) {
    return { name: secret.name, enabled: secret.enabled, tags: key_vault_tagsOf(secret.tags), attributes: timesOf(secret) };
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
function key_vault_tagsOf(tags) {
    if (!(0,vault_answer/* isRecord */.u4)(tags))
        return new Map();
    return new Map(Object.entries(tags).map(([name, value]) => [name, typeof value === 'string' ? value : null]));
}
function attributesOf(attributes) {
    if (!(0,vault_answer/* isRecord */.u4)(attributes))
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
/** Each SDK is loaded when it is first needed: a job that reads secrets only does not pay for the others. */
function createClients(context, options, vault) {
    const url = options.vaultUrl.href.replace(/\/+$/, '');
    const { credential } = options;
    const clientOptions = () => createClientOptions(context, options, vault);
    return {
        secrets: once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 16009)),
                clientOptions(),
            ]);
            return new sdk.SecretClient(url, credential, settings);
        }),
        keys: once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 95732)),
                clientOptions(),
            ]);
            return new sdk.KeyClient(url, credential, settings);
        }),
        certificates: once(async () => {
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
    const httpClient = (0,wire/* createWire */.kP)({
        http: createDefaultHttpClient(),
        timeoutMs: context.settings.requestTimeoutMs,
        before: options.lane.pace,
    });
    return {
        serviceVersion: context.settings.serviceVersion,
        httpClient,
        additionalPolicies: [{ policy: vaultPolicy(context, vault, options.vaultUrl.host), position: 'perCall' }],
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
    };
}
function once(create) {
    let created;
    return () => (created ??= create());
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-metadata.js




/** A Provider whose objects have a version and no value. */
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
        get: (object) => guarded(() => describe(clients, object, request(object)), request(object)),
        list: () => guarded(() => list(clients), request()),
    };
}
async function describe(clients, object, request) {
    refuseUnsendable(object.name);
    const version = wantedVersion(await versionsOf(clients, object), object.version);
    if (version === undefined)
        return undefined;
    // Key Vault: a disabled certificate can still be read.
    if (version.enabled === false && object.type !== 'cert')
        throw (0,to_port_error/* disabledError */.Zq)(request);
    const described = { value: undefined, tags: key_vault_tagsOf(version.tags), attributes: timesOf(version) };
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
async function versionsOf(clients, { type, name }) {
    try {
        return await allPages((await listers[type](clients, name)).byPage());
    }
    catch (error) {
        if (isAbsence(error))
            return [];
        throw error;
    }
}
const listers = {
    secret: async (clients, name) => (await clients.secrets()).listPropertiesOfSecretVersions(name),
    cert: async (clients, name) => (await clients.certificates()).listPropertiesOfCertificateVersions(name),
    key: async (clients, name) => (await clients.keys()).listPropertiesOfKeyVersions(name),
};
async function allPages(pages) {
    const items = [];
    let count = 0;
    for await (const page of pages) {
        count += 1;
        if (count > MOST_PAGES)
            throw new vault_answer/* GarbledAnswer */.mK();
        items.push(...page);
    }
    return items;
}

;// CONCATENATED MODULE: ./lib/src/engine/without-values.js
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
        createSecret: neverWritten,
        updateSecret: neverWritten,
        deleteSecret: neverWritten,
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
    const hash = annotations.get(names/* DATA_HASH_ANNOTATION */.Es);
    if (hash !== undefined && hash !== HASH_OF_NOTHING)
        annotations.set(names/* DATA_HASH_ANNOTATION */.Es, names/* REDACTED */.XF);
    return { ...secret, annotations, data: new Map([...keys].map((key) => [key, secret_value/* SecretValue */.i.fingerprint(() => false)])) };
}
/** Tells nothing, and says that a Secret without keys is as it was written. */
const HASH_OF_NOTHING = (0,go_hash/* hashData */.dW)(new Map());
function neverWritten() {
    throw new Error('Bug: a plan without values must not write. Please report this.');
}

// EXTERNAL MODULE: ./lib/src/adapters/node/random.js
var random = __webpack_require__(63269);
// EXTERNAL MODULE: ./lib/src/core/model/host-name.js
var host_name = __webpack_require__(92884);
// EXTERNAL MODULE: ./lib/src/adapters/azure/assertion.js + 1 modules
var assertion = __webpack_require__(71039);
// EXTERNAL MODULE: ./lib/src/adapters/azure/credential.js + 1 modules
var credential = __webpack_require__(26214);
// EXTERNAL MODULE: ./lib/src/adapters/azure/cloud.js
var cloud = __webpack_require__(19814);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/opening.js
/** A store that is being opened, and what its references hold. The only file of this folder that reads Secrets. */



function invalid({ store }, what, fix) {
    return new errors/* PortError */.U7({ kind: 'Invalid', what: `${(0,object_ref/* refText */.d0)(store.ref)} ${what}`, fix, whole: true });
}
async function readText(opening, field, selector) {
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
    if (store.ref.kind === 'ClusterSecretStore')
        return selector.namespace ?? namespace;
    return store.ref.namespace ?? namespace;
}

// EXTERNAL MODULE: ./lib/src/adapters/azure/own-token.js
var own_token = __webpack_require__(5023);
// EXTERNAL MODULE: ./lib/src/adapters/azure/certificate.js
var certificate = __webpack_require__(15600);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/service-principal.js



/** Client secret or certificate from Secrets. The client id is read first, as External Secrets Operator does. */
async function servicePrincipal(opening) {
    const selectors = selectorsOf(opening);
    const clientId = await readText(opening, 'clientId', selectors.clientId);
    const material = await readKey(opening, selectors.field, selectors.material);
    if (clientId === '')
        throw emptyKey(opening, 'clientId', selectors.clientId);
    if (material.size === 0)
        throw emptyKey(opening, selectors.field, selectors.material);
    const type = selectors.field === 'clientSecret' ? 'client-secret' : 'client-certificate';
    const { authorityHost } = opening.cloud;
    const digest = (0,assertion/* digestOf */.X)(material.reveal());
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
        throw missing(opening, 'tenantId');
    if (auth === undefined)
        throw missing(opening, 'authSecretRef');
    if (auth.clientId === undefined)
        throw missing(opening, 'authSecretRef.clientId');
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
function missing(opening, field) {
    return invalid(opening, `has no ${field}`, FIXES[field]);
}
function checkCertificate(opening, material) {
    try {
        (0,certificate/* lastCertificate */.K)(new TextDecoder().decode(material.reveal()));
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
    const opening = { context, store, provider, namespace, cloud: (0,cloud/* cloudOf */.hH)(store, provider) };
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
function managedIdentity({ provider, cloud }) {
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
                : ownTokenIdentity(opening, (0,own_token/* ownToken */.K8)(opening.context, setting));
        default:
            return ownTokenIdentity(opening, (0,own_token/* ownToken */.K8)(opening.context, setting));
    }
}
/** A token that is there only for this process comes first; then what the store asks for. */
function effectiveSetting({ context, provider }) {
    const { identity } = context.settings;
    if (identity !== 'auto')
        return identity;
    return (0,own_token/* ownTokenHere */.c2)(context) ?? (provider.serviceAccountRef === undefined ? (0,own_token/* lastResort */.y4)(context) : 'service-account');
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
    const source = { from: 'service-account', namespace, name: reference.name, audiences };
    return referencedIdentity(opening, source);
}
async function mountedTokenIdentity(opening) {
    const { environment } = opening.context;
    const path = environment['AZURE_FEDERATED_TOKEN_FILE'] ?? '';
    const clientId = (0,own_token/* fallbackClientId */.zN)(opening.context);
    const tenantId = (0,own_token/* fallbackTenantId */.qV)(opening.context);
    const source = { from: 'token-file', path };
    if (path !== '' && opening.provider.serviceAccountRef !== undefined)
        return referencedIdentity(opening, source);
    if (path !== '' && clientId !== '' && tenantId !== '') {
        return { type: 'assertion', authorityHost: opening.cloud.authorityHost, tenantId, clientId, source };
    }
    throw invalid(opening, 'uses the identity of this machine, but AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set', 'In a pod, add the label azure.workload.identity/use: "true"; in a GitHub job, add permissions: id-token: write; elsewhere, choose with --identity.');
}
/** External Secrets Operator's rules for a store that names a ServiceAccount. */
async function referencedIdentity(opening, source) {
    const { settings } = opening.context;
    const annotations = await serviceAccountAnnotations(opening);
    const assigned = assignedClientId(settings.storeIdentities, opening.store);
    const clientId = assigned ?? ((await writtenClientId(opening, annotations)) || (settings.azureClientId ?? ''));
    if (clientId === '')
        throw noClientId(opening);
    const tenantId = (await writtenTenantId(opening, annotations)) || (0,own_token/* fallbackTenantId */.qV)(opening.context);
    if (tenantId !== '')
        return { type: 'assertion', authorityHost: opening.cloud.authorityHost, tenantId, clientId, source };
    throw invalid(opening, 'has no tenantId', `Set spec.provider.azurekv.tenantId, the annotation ${TENANT_ID_ANNOTATION} of its ServiceAccount, azure-tenant-id or AZURE_TENANT_ID.`);
}
/** The token does not depend on the store, so that its ServiceAccount is only asked for the client id. */
async function ownTokenIdentity(opening, source) {
    const { context, store, cloud } = opening;
    const assigned = assignedClientId(context.settings.storeIdentities, store);
    const annotations = assigned === undefined ? await readableAnnotations(opening) : {};
    const written = assigned ?? (await ownTokenClientId(opening, annotations));
    const clientId = written || (0,own_token/* fallbackClientId */.zN)(context);
    if (clientId === '')
        throw noOwnClientId(opening);
    const tenantId = (await ownTokenTenantId(opening, annotations)) || (0,own_token/* fallbackTenantId */.qV)(context);
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
        if (error instanceof errors/* PortError */.U7 && (0,own_token/* fallbackClientId */.zN)(opening.context) !== '')
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
        return readText(opening, 'clientId', selector);
    throw invalid(opening, 'has an authSecretRef without clientId', 'Set authSecretRef.clientId, or remove authSecretRef.');
}
/** From authSecretRef, tenantId or the annotation; '' when none has it. */
async function writtenTenantId(opening, annotations) {
    const selector = opening.provider.authSecretRef?.tenantId;
    const fromSecret = selector === undefined ? '' : await readText(opening, 'tenantId', selector);
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
    return invalid(opening, `has no client id: ServiceAccount ${name} has no annotation ${CLIENT_ID_ANNOTATION}, and there is no authSecretRef.clientId`, `Annotate the ServiceAccount with ${CLIENT_ID_ANNOTATION}, or set azure-client-id or store-identities.`);
}
function noOwnClientId(opening) {
    return invalid(opening, 'has no client id', `Set azure-client-id, name this store in store-identities, or annotate its ServiceAccount with ${CLIENT_ID_ANNOTATION}.`);
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
    const login = options.login ?? createLogin(context);
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
            return remember(providers, key, () => openVault(opener, { key, vaultUrl, opened }));
        },
    };
}
function createLogin(context) {
    return {
        ...(0,credential/* createCredentials */.z)(context),
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
        lane: counted(opener, remember(lanes, vaultUrl.host, () => createLane(clock, settings.concurrency))),
        credential: login.credentialFor(opened, vaultDescription(vaultUrl)),
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
    return `${vaultUrl.host}${vaultUrl.pathname}#${(0,assertion/* digestOf */.X)(new TextEncoder().encode(JSON.stringify(opened.identity)))}`;
}
function parseVaultUrl(store, text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
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
/** Somebody may have put a password into the address. */
function withoutLogin(url, text) {
    if (url === undefined)
        return text.includes('@') ? '…' : text;
    return `${url.protocol}//${url.host}${url.pathname}`;
}
function remember(known, key, create) {
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

// EXTERNAL MODULE: ./lib/src/wiring/azure-settings.js + 1 modules
var azure_settings = __webpack_require__(40590);
// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 3 modules
var wiring_manifests = __webpack_require__(53404);
;// CONCATENATED MODULE: ./lib/src/wiring/ports.js






/** Asks nothing of vault or cluster yet. Rejects with a PortError where the cluster cannot be opened. */
async function portsOf(settings, outside, reading = {}) {
    const { environment, logger, masker, stop } = outside;
    const opened = await (0,open_cluster/* openCluster */.DT)(settings, outside, reading.connection);
    const { state, publisher, manifests } = opened;
    const cluster = (await reading.cluster?.(opened)) ?? opened.cluster;
    const { openVault } = reading;
    const clock = node_clock/* systemClock */.m;
    return {
        manifests: reading.manifests ?? manifests ?? (0,wiring_manifests/* deployedManifestsOf */.aN)(settings),
        cluster,
        state,
        providers: createProviders({
            cluster,
            clock,
            masker,
            logger,
            environment,
            settings: (0,azure_settings/* azureSettingsOf */.c)(settings),
            ...(openVault === undefined ? {} : { openVault }),
        }),
        publisher,
        clock,
        random: random/* systemRandom */.v,
        logger,
        stop,
    };
}

;// CONCATENATED MODULE: ./lib/src/wiring/metadata-ports.js
/** Settings → the ports of a plan without values: what they bring holds none. Not for the job, which needs them all. */



/** A real cluster is asked for metadata only; a folder is read whole, and its values are dropped at once. */
async function metadataPortsOf(settings, outside, reading) {
    return await portsOf(settings, outside, {
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

// EXTERNAL MODULE: ./lib/src/wiring/offline.js + 5 modules
var offline = __webpack_require__(14168);
// EXTERNAL MODULE: ./lib/src/wiring/run-settings.js
var run_settings = __webpack_require__(97556);
;// CONCATENATED MODULE: ./lib/src/wiring/run-command.js










/** Rejects with a PortError or RunStopped where there is no report. */
async function runWithCluster(request) {
    const { command, settings, outside, inPhase } = request;
    if (command === 'sync')
        return await runSync(request);
    const reading = readingOf(request);
    return settings.planLevel === 'metadata'
        ? await planMetadata(await metadataPortsOf(settings, outside, reading), (0,run_settings/* runSettingsOf */.a)(settings), inPhase)
        : await plan(await portsOf(settings, outside, reading), (0,run_settings/* runSettingsOf */.a)(settings), inPhase);
}
/**
 * An approved plan is made once more at its own level, and compared; nothing is written before. All of it looks at the
 * cluster through one connection.
 */
async function runSync(request) {
    const { settings, outside, base, manifests, inPhase } = request;
    const runSettings = (0,run_settings/* runSettingsOf */.a)(settings);
    const approve = (0,approval/* approvalOf */.x)(settings, async (level) => {
        if (level === 'offline')
            return (await (0,offline/* runOffline */.J)(settings, await base(), manifests)).fingerprint;
        return (await planMetadata(await metadataPortsOf(settings, outside, reading), runSettings)).fingerprint;
    });
    const onlyAsPlanned = approve !== undefined;
    const connection = request.connection ?? (await (0,open_cluster/* connectionOf */.ao)(settings, outside, (0,open_cluster/* waysOfARun */.CC)(settings)));
    const reading = { ...readingOf(request), connection };
    await refuseLiveOperator(settings, outside, connection);
    const ports = await portsOf(settings, outside, reading);
    return await sync(ports, { ...runSettings, onlyAsPlanned }, inPhase, approve);
}
function readingOf({ manifests, connection }) {
    return { connection, ...(manifests === undefined ? {} : { manifests }) };
}


/***/ }),

/***/ 97556:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ runSettingsOf)
/* harmony export */ });
/* harmony import */ var _engine_settings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59520);

function runSettingsOf(settings) {
    return {
        ..._engine_settings_js__WEBPACK_IMPORTED_MODULE_0__/* .DEFAULT_SETTINGS */ .a,
        ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
        only: settings.only,
        mode: settings.due ? 'due' : 'always',
        controllerClass: settings.controllerClass,
        deletionLimits: settings.force ? undefined : { count: settings.maxDeletes, share: settings.maxDeleteShare / 100 },
        prune: settings.prune,
        // Only custom resources have a status and Events of their own.
        home: settings.home === 'custom-resources' ? 'custom-resources' : 'files',
    };
}


/***/ })

};
