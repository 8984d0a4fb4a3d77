export const id = 924;
export const ids = [924];
export const modules = {

/***/ 9924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAgainstCluster: () => (/* binding */ runAgainstCluster)
});

// EXTERNAL MODULE: ./lib/src/adapters/node/redacting.js
var redacting = __webpack_require__(5903);
;// CONCATENATED MODULE: ./lib/src/engine/phase.js
const silently = (_phase, work) => work();

// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(6651);
// EXTERNAL MODULE: ./lib/src/core/go/go-hash.js
var go_hash = __webpack_require__(1842);
;// CONCATENATED MODULE: ./lib/src/core/plan/fingerprint.js
/**
 * One short text that changes when a plan does: an apply compares it with the plan that was reviewed.
 * Made from names and versions only; no value takes part, not even hashed.
 */


/** 56 hex characters; people are shown the first eight. */
function fingerprintOf(items, prunes) {
    const lines = [
        ...items.map((item) => `${(0,object_ref/* refText */.d0)(item.intent.ref)} ${item.verdict} ${item.problems.map((p) => p.code).join(',')}`),
        ...items.flatMap((item) => item.changes.map(changeLine)),
        ...prunes.map(changeLine),
    ];
    return (0,go_hash/* hashText */.qj)(lines.join('\n'));
}
function changeLine(change) {
    const { added, updated, removed } = change.keys;
    const precondition = change.action === 'create' ? 'absent' : change.live.resourceVersion;
    const metadata = change.action === 'update' ? change.metadata.join(',') : '';
    const keys = `+${added.join(',')} ~${updated.join(',')} -${removed.join(',')}`;
    return [change.action, (0,object_ref/* refText */.d0)(change.target), (0,object_ref/* refText */.d0)(change.owner), precondition, keys, metadata].join(' ');
}

// EXTERNAL MODULE: ./lib/src/core/model/plan.js
var model_plan = __webpack_require__(5391);
// EXTERNAL MODULE: ./lib/src/core/plan/item.js
var plan_item = __webpack_require__(8911);
// EXTERNAL MODULE: ./lib/src/core/plan/pull.js + 1 modules
var plan_pull = __webpack_require__(2409);
;// CONCATENATED MODULE: ./lib/src/core/plan/guards.js




/** Below so many deletions a share says nothing: one of two is half of everything. */
const SHARE_FROM = 4;
/** Stops a plan that deletes more than the limits allow; `undefined` limits = no such guard. */
function tooManyDeletions(plan, limits) {
    if (limits === undefined)
        return undefined;
    const changes = (0,model_plan/* changesOf */.f)({ ...plan, problems: [], fingerprint: '' });
    const deletions = changes.filter((change) => change.action === 'delete').length;
    const concerned = Math.max(1, plan.items.length + plan.prunes.length);
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
    const target = (0,object_ref/* refText */.d0)((0,plan_pull/* targetOf */.$r)(intent));
    const holder = claims.get(target);
    const mayHold = item.verdict !== 'other-class' && item.verdict !== 'blocked';
    if (holder === undefined || holder === intent) {
        if (claimsWhole(intent) && mayHold)
            claims.set(target, intent);
        return item;
    }
    if (item.verdict !== 'change')
        return item;
    return (0,plan_item/* blocked */.Z5)({ intent, live }, 'target-contended', {
        field: ['spec', 'target', 'name'],
        what: `is ${target}, which ${(0,object_ref/* refText */.d0)(holder.ref)} writes as a whole`,
        fix: 'Choose another target.name, or creationPolicy Merge or CreateOrMerge for both.',
    });
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
    const world = { secrets: new Map(), claims: new Map() };
    const whole = pulls.filter(({ intent }) => claimsWhole(intent));
    const parts = pulls.filter(({ intent }) => !claimsWhole(intent));
    const items = [...whole, ...parts]
        .map((pull) => planIn(world, pull))
        .sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.intent.ref, b.intent.ref));
    const prunes = [...input.prunes].sort((a, b) => (0,object_ref/* compareRefs */.Iu)(a.target, b.target));
    const stopped = tooManyDeletions({ items, prunes }, input.deletionLimits);
    return {
        items,
        prunes,
        problems: input.problems,
        ...(stopped === undefined ? {} : { stopped }),
        fingerprint: fingerprintOf(items, prunes),
    };
}
/** Plans one intent on the world that earlier items leave behind, and leaves its own changes in it. */
function planIn({ secrets, claims }, pull) {
    const target = (0,object_ref/* refText */.d0)((0,plan_pull/* targetOf */.$r)(pull.intent));
    const live = secrets.has(target) ? secrets.get(target) : pull.live;
    const stale = pull.stale.filter((secret) => !secrets.has((0,object_ref/* refText */.d0)(secret.ref)));
    const item = refuseContended((0,plan_pull/* planPull */.ho)({ ...pull, live, stale }), live, claims);
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
var model_condition = __webpack_require__(2823);
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
    const { condition, refreshed, binding, templateMark } = item.result;
    if (condition === undefined)
        return undefined;
    const base = before ?? model_condition/* EMPTY_STATE */.W;
    const { templateMark: earlierMark, ...others } = base;
    const mark = refreshed ? templateMark : earlierMark;
    const { intent } = item;
    return {
        ...others,
        ...(mark === undefined ? {} : { templateMark: mark }),
        conditions: setCondition(base.conditions, { type: 'Ready', ...condition }, now),
        binding: binding ?? base.binding,
        ...lastTargetAfter(item, base),
        ...(refreshed
            ? {
                refreshTime: now,
                syncedResourceVersion: (0,go_hash/* syncedResourceVersion */.hE)(intent.generation, intent.annotations, intent.labels),
            }
            : {}),
    };
}

// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(8694);
// EXTERNAL MODULE: ./lib/src/core/resolve/refresh.js + 1 modules
var resolve_refresh = __webpack_require__(4761);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var model_secret = __webpack_require__(8260);
// EXTERNAL MODULE: ./lib/src/core/plan/desired-secret.js
var desired_secret = __webpack_require__(4293);
// EXTERNAL MODULE: ./lib/src/core/model/names.js
var names = __webpack_require__(6102);
// EXTERNAL MODULE: ./lib/src/core/plan/ownership.js
var ownership = __webpack_require__(5111);
// EXTERNAL MODULE: ./lib/src/core/resolve/stores.js
var resolve_stores = __webpack_require__(6469);
// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var model_problem = __webpack_require__(2833);
// EXTERNAL MODULE: ./lib/src/core/model/secret-value.js
var secret_value = __webpack_require__(5876);
// EXTERNAL MODULE: ./lib/src/core/transform/entry-outcome.js
var entry_outcome = __webpack_require__(5390);
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
var decode = __webpack_require__(3329);
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
var regexp = __webpack_require__(3116);
// EXTERNAL MODULE: ./lib/src/core/template/limits.js
var limits = __webpack_require__(9032);
// EXTERNAL MODULE: ./lib/src/core/template/runtime.js
var runtime = __webpack_require__(7383);
// EXTERNAL MODULE: ./lib/src/core/template/values.js
var template_values = __webpack_require__(1565);
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
var parse = __webpack_require__(2803);
// EXTERNAL MODULE: ./lib/src/core/template/functions/json/write.js
var write = __webpack_require__(3891);
// EXTERNAL MODULE: ./lib/src/core/template/strconv/format-float.js
var format_float = __webpack_require__(8517);
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
var functions = __webpack_require__(6067);
// EXTERNAL MODULE: ./lib/src/core/template/template.js + 21 modules
var template_template = __webpack_require__(7081);
// EXTERNAL MODULE: ./lib/src/core/template/template-problem.js
var template_problem = __webpack_require__(6559);
// EXTERNAL MODULE: ./lib/src/core/transform/template-finding.js + 1 modules
var template_finding = __webpack_require__(8063);
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
var vault = __webpack_require__(4514);
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
function objectKey(store, object) {
    return `${fetched_entries_storeKey(store)} ${(0,vault/* remoteObjectKey */.z)(object)}`;
}
function neverRead() {
    throw new Error('Bug: assemble asked for an object that neededObjects did not name. Please report this.');
}

// EXTERNAL MODULE: ./lib/src/engine/reads.js
var reads = __webpack_require__(9676);
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

// EXTERNAL MODULE: ./lib/src/engine/template-inputs.js
var template_inputs = __webpack_require__(1397);
;// CONCATENATED MODULE: ./lib/src/engine/gather.js
/**
 * Reads everything that planning needs: state, live Secrets, then only for what is due the vault objects.
 *
 * Nothing is written here. A failed read becomes data about one intent and never stops another.
 */

















async function gather(loaded, ports, settings) {
    const forgotten = await forgottenIntents(loaded, ports);
    const prunable = settings.prune ? forgotten.filter((ref) => isSurelyGone(ref, loaded)) : [];
    const context = {
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
        const source = await readSource(intent, state, live, context);
        ports.logger.debug(`${(0,object_ref/* refText */.d0)(intent.ref)}: ${source.kind === 'not-due' ? source.reason : 'read'}`);
        const stale = source.kind === 'data' ? await staleSecrets(intent, state, ports) : [];
        return { ...base, state, live, stale, source };
    }
    catch (error) {
        return { ...base, source: { kind: 'failed', problems: [clusterProblem(intent, (0,errors/* failureOf */.g5)(error))], missing: [] } };
    }
}
async function readSource(intent, state, live, context) {
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
    const assembled = await readAndAssemble(intent, context);
    if ('problems' in assembled)
        return { kind: 'failed', ...assembled };
    const rendered = await context.templates.render(intent, assembled.data);
    return { kind: 'data', ...assembled, ...(rendered === undefined ? {} : { rendered }) };
}
function dueAgain({ refresh }, state, now) {
    const due = (0,resolve_refresh/* nextDue */.m3)({ refresh, state, now });
    return due === undefined || due <= now ? '' : `, due again at ${timestamp(due)}`;
}
/**
 * A person wants every problem at once, so everything is read together. The job comes back every few minutes: there
 * entries are read in their order and, as in ESO 2.9, nothing more is asked once it is clear that nothing can be written.
 */
async function readAndAssemble(intent, context) {
    const fetched = new FetchedEntries(await openAll(intent, context.stores), context.reads);
    const environment = (0,template_inputs/* templateEnvironment */.a)(context.ports);
    if (context.settings.mode === 'always') {
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
async function openAll(intent, stores) {
    const refs = new Map(intent.entries.filter((entry) => entry.kind !== 'empty').map((e) => [fetched_entries_storeKey(e.store), e.store]));
    const opened = await Promise.all([...refs].map(async ([key, ref]) => [key, await stores.open(ref, intent.ref.namespace)]));
    return new Map(opened);
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
    const found = await Promise.all(names.map((name) => readNamespace(name, ports)));
    return new Map(found.flatMap((entry) => (entry === undefined ? [] : [entry])));
}
async function readNamespace(name, ports) {
    try {
        const namespace = await ports.cluster.getNamespace(name);
        return namespace === undefined ? undefined : [name, namespace.labels];
    }
    catch (error) {
        ports.logger.warn(`namespace ${name} could not be read: ${(0,errors/* asPortError */.Ux)(error).message}`);
        return undefined;
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
var engine_stop = __webpack_require__(8009);
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
    const applied = await limit.map(groups, (group) => applyGroup(group, gathered, ports, announce));
    await Promise.all(published);
    const byRef = new Map(applied.flat().map((one) => [(0,object_ref/* refText */.d0)(one.item.intent.ref), one]));
    const items = plan.items.flatMap((item) => byRef.get((0,object_ref/* refText */.d0)(item.intent.ref)) ?? []);
    const prunes = await applyPrunes(plan.prunes, ports);
    const left = [...items, ...prunes].filter((one) => one.left === true).length;
    if (left > 0)
        return { items, prunes, stopped: (0,engine_stop/* stoppedProblem */.he)(left) };
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
async function applyGroup(items, gathered, ports, announce) {
    const applied = [];
    for (const item of items) {
        const moved = applied.some((earlier) => earlier.done.length > 0);
        const again = moved && item.changes.length > 0 && !(0,engine_stop/* isStopping */.vH)(ports);
        const fresh = again ? (0,plan_pull/* planPull */.ho)(await gathered.again(item.intent)) : item;
        const one = (0,engine_stop/* isStopping */.vH)(ports) ? { item, done: [], left: true } : await applyItem(fresh, gathered, ports);
        announce(one);
        applied.push(one);
    }
    return applied;
}
async function applyItem(first, gathered, ports) {
    const done = [];
    let item = first;
    for (let attempt = 1;; attempt++) {
        const error = await writeAll(item, done, ports);
        if (error === 'stopping')
            return { item, done, left: true };
        if (error === undefined)
            return { item, done };
        if (error.kind !== 'Conflict' || attempt === MAX_ATTEMPTS)
            return { item: writeFailed(item, error), done };
        ports.logger.debug(`${(0,object_ref/* refText */.d0)(item.intent.ref)}: changed in between, planned again`, { attempt });
        item = (0,plan_pull/* planPull */.ho)(await gathered.afresh(item.intent));
        const unseen = item.changes.find((change) => change.action === 'delete' && !isPlanned(first, change));
        if (unseen !== undefined)
            return { item: writeFailed({ ...item, changes: [] }, unseenDeletion(unseen)), done };
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
            await cluster.updateSecret(change.desired, change.live.resourceVersion, manager);
            return;
        case 'delete':
            await cluster.deleteSecret(change.live);
    }
}
function writeFailed(item, error) {
    const { intent } = item;
    const finding = error.kind === 'Conflict' ? endlessConflict(item, error) : clusterProblem(intent, error);
    const refused = (0,plan_item/* failed */.gz)(intent, [...item.problems, finding], []);
    const isUpdate = item.changes.some((change) => change.action === 'update');
    return {
        ...refused,
        changes: item.changes,
        result: { ...refused.result, ...(isUpdate ? { binding: intent.target.name } : {}) },
    };
}
function endlessConflict({ intent, changes }, error) {
    const target = changes[0]?.target ?? (0,plan_pull/* targetOf */.$r)(intent);
    const show = `kubectl get secret ${target.name} -n ${target.namespace ?? ''} --show-managed-fields -o yaml`;
    return {
        ...clusterProblem(intent, error),
        what: `somebody else changed ${(0,object_ref/* refText */.d0)(target)} ${MAX_ATTEMPTS} times in a row while it was being written`,
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

// EXTERNAL MODULE: ./lib/src/engine/load.js + 27 modules
var load = __webpack_require__(9262);
;// CONCATENATED MODULE: ./lib/src/engine/run.js
/** The run itself: load → gather → plan → guard → apply → publish. Commands choose how far it goes. */











/** Reads everything and decides everything. Writes nothing. Rejects with RunStopped where it is asked to stop. */
async function planRun(ports, settings) {
    return await (0,engine_stop/* unlessStopped */.OO)(ports, () => readAndPlan(ports, settings));
}
async function readAndPlan(ports, settings) {
    const loaded = await (0,load/* load */.H)(ports.manifests, settings);
    const gathered = await gather(loaded, ports, settings);
    const plan = makePlan({
        pulls: gathered.pulls,
        prunes: gathered.prunes,
        problems: [...loaded.problems, ...gathered.problems],
        deletionLimits: settings.deletionLimits,
    });
    return { loaded, gathered, plan };
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
/** `now` is when the run ended: the next due times are counted from it. */
function reportRun(command, planned, applied, now) {
    const { plan, loaded, gathered } = planned;
    const states = new Map(gathered.pulls.map(({ intent, state }) => [(0,object_ref/* refText */.d0)(intent.ref), state]));
    return (0,build_report/* buildReport */.FK)({
        command,
        plan,
        applied,
        foreign: loaded.foreign,
        others: loaded.others.filter(({ kind }) => kind === 'ExternalSecret').length,
        leftBehind: gathered.leftBehind,
        manifestErrors: loaded.problems.filter(({ severity }) => severity === 'error').length,
        reads: gathered.reads.counts,
        nextDue: (item) => {
            const before = states.get((0,object_ref/* refText */.d0)(item.intent.ref));
            const state = applied === undefined ? before : (nextState(item, before, now) ?? before);
            return (0,resolve_refresh/* nextDue */.m3)({ refresh: item.intent.refresh, state, now });
        },
    });
}

;// CONCATENATED MODULE: ./lib/src/commands/plan.js


async function plan(ports, settings, inPhase = silently) {
    const planned = await inPhase('read', () => planRun(ports, settings));
    return reportRun('plan', planned, undefined, ports.clock.now());
}

;// CONCATENATED MODULE: ./lib/src/commands/sync.js


async function sync(ports, settings, inPhase = silently) {
    const planned = await inPhase('read', () => planRun(ports, settings));
    const applied = await inPhase('write', () => applyRun(planned, ports, settings));
    return reportRun('sync', planned, applied, ports.clock.now());
}

// EXTERNAL MODULE: ./lib/src/core/report/as-json.js
var as_json = __webpack_require__(7722);
// EXTERNAL MODULE: ./lib/src/core/report/as-markdown.js
var as_markdown = __webpack_require__(9873);
// EXTERNAL MODULE: ./lib/src/core/report/as-text.js
var as_text = __webpack_require__(419);
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

// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var node_clock = __webpack_require__(390);
// EXTERNAL MODULE: ./lib/src/adapters/node/random.js
var random = __webpack_require__(3269);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/vault-answer.js
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
    const message = vault_answer_text(error?.['message']);
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
function vault_answer_text(value) {
    return typeof value === 'string' ? value : '';
}
/** Codes are shown to users; anything that does not look like one is not a code. */
function word(value) {
    return typeof value === 'string' && /^[A-Za-z0-9_.]{1,64}$/.test(value) ? value : '';
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/wire.js

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
                const response = await sendInTime(options.http, request, options.timeoutMs);
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
async function sendInTime(http, request, timeoutMs) {
    const controller = new AbortController();
    const { promise: late, reject } = Promise.withResolvers();
    const asked = request.timeout;
    const limitMs = asked > 0 ? Math.min(asked, timeoutMs) : timeoutMs;
    const timer = setTimeout(() => {
        reject(new WireFailure('ETIMEDOUT'));
        controller.abort();
    }, limitMs);
    request.timeout = 0;
    request.abortSignal = controller.signal;
    request.headers.delete('Accept-Encoding');
    try {
        return await Promise.race([http.sendRequest(request), late]);
    }
    finally {
        clearTimeout(timer);
        request.timeout = asked;
    }
}
/** Here PARSE_ERROR means that the body was cut off: nothing has been parsed yet. */
function codeOf(error) {
    if (!isRecord(error))
        return 'REQUEST_SEND_ERROR';
    if (error['name'] === 'AbortError')
        return 'ETIMEDOUT';
    if (error['code'] === 'PARSE_ERROR')
        return 'ECONNRESET';
    return typeof error['code'] === 'string' ? error['code'] : 'REQUEST_SEND_ERROR';
}

// EXTERNAL MODULE: ./lib/src/adapters/transport/retry.js
var retry = __webpack_require__(175);
;// CONCATENATED MODULE: ./lib/src/adapters/azure/cloud.js
/** The clouds: who issues tokens for a store, and which vaults belong there. Never asks the network. */


/** GermanCloud was closed in 2021; ESO's addresses are kept so that its manifests mean the same here. */
const KNOWN_CLOUDS = {
    PublicCloud: knownCloud('PublicCloud', 'https://login.microsoftonline.com', 'vault.azure.net'),
    USGovernmentCloud: knownCloud('USGovernmentCloud', 'https://login.microsoftonline.us', 'vault.usgovcloudapi.net'),
    ChinaCloud: knownCloud('ChinaCloud', 'https://login.chinacloudapi.cn', 'vault.azure.cn'),
    GermanCloud: knownCloud('GermanCloud', 'https://login.microsoftonline.de', 'vault.microsoftazure.de'),
};
/** The cloud of a store. `customCloudConfig` works with every environmentType, also without `useAzureSDK`. */
function cloudOf(store, provider) {
    const base = provider.environmentType === 'AzureStackCloud' ? undefined : KNOWN_CLOUDS[provider.environmentType];
    const custom = provider.customCloudConfig;
    if (custom !== undefined)
        return customCloud(store, provider.environmentType, custom, base);
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
function knownCloud(environmentType, authorityHost, vaultDomain) {
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
    throw new errors/* PortError */.U7({
        kind: 'Invalid',
        what: `${(0,object_ref/* refText */.d0)(store.ref)} has the customCloudConfig.activeDirectoryEndpoint "${endpoint}", which is no https address`,
        fix: 'Set it to the sign-in address of that cloud, as https://login.example.com/.',
        whole: true,
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/azure/to-port-error.js




const ROLES = {
    secret: 'Key Vault Secrets User',
    cert: 'Key Vault Certificate User',
    key: 'Key Vault Crypto User',
};
const COLLECTIONS = { secret: 'secret', cert: 'certificate', key: 'key' };
/** Any failure of a vault request as a PortError. */
function toPortError(error, request) {
    if (error instanceof errors/* PortError */.U7)
        return error;
    if (error instanceof VaultRefusal)
        return new errors/* PortError */.U7(refusalWords(error.answer, request));
    if (error instanceof WireFailure) {
        const words = wireWords(error.code, request.vault, request.host);
        return new errors/* PortError */.U7({ ...words, whole: judgeWireFailure(error) === undefined });
    }
    if (error instanceof GarbledAnswer)
        return new errors/* PortError */.U7(garbledWords(request));
    if (error instanceof Error && error.message.includes('challenge'))
        return new errors/* PortError */.U7(challengeWords(request));
    return new errors/* PortError */.U7(garbledWords(request));
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
function serverWords(answer, request) {
    return {
        kind: 'Unavailable',
        what: `${request.vault} failed to answer ${asked(request)} (HTTP ${answer.status})`,
        fix: 'Run again later; see the status page of Azure if it lasts.',
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
    const right = environmentOfVault(request.host);
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
    const flag = `--${COLLECTIONS[request.type]}-permissions get list`;
    return {
        kind: 'Forbidden',
        what: `identity ${identity} may not read ${asked(request)} in ${request.vault}: its access policy does not allow it`,
        fix: `az keyvault set-policy --name ${request.vaultName} --object-id ${identity} ${flag}`,
    };
}
function rbacWords(answer, request) {
    const role = ROLES[request.type];
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

;// CONCATENATED MODULE: ./lib/src/adapters/azure/assertion.js
/**
 * Where a workload proves who it is: GitHub, the cluster, or a file that the cluster wrote.
 *
 * A proof is short-lived (GitHub's five minutes). It is kept in memory until a minute before its end and never longer,
 * because MSAL and several identities ask for the same one within seconds. It is masked the moment it arrives.
 */








const MARGIN_MS = 60_000;
function createAssertions(context) {
    const remembered = new Map();
    return {
        get: async (source) => {
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
/** What a token claims, unchecked; for messages only. Undefined when it is no JSON Web Token. */
function presentedBy(token) {
    const claims = claimsOf(token);
    if (claims === undefined)
        return undefined;
    const audience = Array.isArray(claims['aud']) ? claims['aud'].join(', ') : claims['aud'];
    return { issuer: line(claims['iss']), subject: line(claims['sub']), audience: line(audience) };
}
function hasGitHubToken(environment) {
    return isSet(environment['ACTIONS_ID_TOKEN_REQUEST_URL']) && isSet(environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
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
            return requestGitHubToken(context, source.audience);
        case 'token-file':
            return readTokenFile(source.path);
        case 'service-account':
            return context.cluster.requestToken(source.namespace, source.name, source.audiences);
        default:
            return source;
    }
}
async function readTokenFile(path) {
    try {
        return (await (0,promises_.readFile)(path, 'utf8')).trim();
    }
    catch (error) {
        const code = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'unknown';
        throw new errors/* PortError */.U7({
            kind: 'Unauthenticated',
            what: `the token file ${path} (AZURE_FEDERATED_TOKEN_FILE) cannot be read (${code})`,
            fix: 'Check that the workload identity webhook mounted it and that this user may read it.',
            code,
            whole: true,
        });
    }
}
async function requestGitHubToken(context, audience) {
    const url = context.environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
    const bearer = context.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    if (url === '' || bearer === '')
        throw noGitHubToken();
    if (!URL.canParse(url))
        throw badGitHubUrl();
    const address = new URL(url);
    address.searchParams.set('audience', audience);
    const body = await askGitHub(context, address, bearer);
    const token = jsonObject(body)?.['value'];
    if (typeof token === 'string' && token !== '')
        return token;
    throw new errors/* PortError */.U7({
        kind: 'Malformed',
        what: 'GitHub answered the request for an ID token without a token',
        fix: 'Run the job again; see githubstatus.com if it lasts.',
        whole: true,
    });
}
class GitHubRefusal extends Error {
    status;
    retryAfterMs;
    constructor(status, waitMs) {
        super(`HTTP ${status}`);
        this.status = status;
        this.retryAfterMs = waitMs;
    }
}
async function askGitHub(context, address, bearer) {
    const send = await gitHubSender(context, address, bearer);
    try {
        return await (0,retry/* withRetry */.b)(context, {
            description: 'GitHub OIDC',
            deadlineMs: context.settings.deadlineMs,
            judge: judgeGitHub,
            attempt: send,
        });
    }
    catch (error) {
        if (error instanceof GitHubRefusal)
            throw gitHubRefused(error.status);
        if (error instanceof WireFailure)
            throw new errors/* PortError */.U7(wireWords(error.code, "GitHub's OIDC service", address.host));
        throw error;
    }
}
/** The SDK's pipeline rather than fetch, because it goes through HTTPS_PROXY as everything else here does. */
async function gitHubSender(context, address, bearer) {
    const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 1818));
    const http = createWire({ http: createDefaultHttpClient(), timeoutMs: context.settings.requestTimeoutMs });
    const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } });
    const headers = { authorization: `bearer ${bearer}`, accept: 'application/json; api-version=2.0' };
    return async () => {
        const request = createPipelineRequest({
            url: address.href,
            headers: createHttpHeaders(headers),
            allowInsecureConnection: address.protocol === 'http:',
        });
        const response = await pipeline.sendRequest(http, request);
        if (response.status === 200)
            return response.bodyAsText ?? '';
        const waitMs = (0,retry/* retryAfterMs */.V)((name) => response.headers.get(name), context.clock.now());
        throw new GitHubRefusal(response.status, waitMs);
    };
}
function judgeGitHub(error) {
    if (error instanceof WireFailure)
        return judgeWireFailure(error);
    if (!(error instanceof GitHubRefusal) || !isRepeatableStatus(error.status))
        return undefined;
    const reason = `answered HTTP ${error.status}`;
    return error.retryAfterMs === undefined ? { reason } : { reason, retryAfterMs: error.retryAfterMs };
}
function gitHubRefused(status) {
    return new errors/* PortError */.U7({
        kind: status >= 500 || status === 429 ? 'Unavailable' : 'Unauthenticated',
        what: `GitHub gave no ID token (HTTP ${status})`,
        fix: 'Check that the job has permissions: id-token: write, and run it again; see githubstatus.com if it lasts.',
        whole: true,
    });
}
function noGitHubToken() {
    return new errors/* PortError */.U7({
        kind: 'Unauthenticated',
        what: 'this job may not ask GitHub for an ID token (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set)',
        fix: 'Add permissions: id-token: write to the job. Workflows of forks never get it.',
        whole: true,
    });
}
function badGitHubUrl() {
    return new errors/* PortError */.U7({
        kind: 'Invalid',
        what: 'ACTIONS_ID_TOKEN_REQUEST_URL is no address',
        fix: 'Leave the variable as the runner sets it.',
        whole: true,
    });
}
/** A token that does not say when it ends is used once. */
function goodUntil(token) {
    const end = claimsOf(token)?.['exp'];
    return typeof end === 'number' ? end * 1000 - MARGIN_MS : 0;
}
function claimsOf(token) {
    const payload = token.split('.')[1];
    if (payload === undefined)
        return undefined;
    const claims = jsonObject(Buffer.from(payload, 'base64url').toString('utf8'));
    return isRecord(claims) ? claims : undefined;
}
/** Claims go into messages: one line, printable, of a length that can be read. */
function line(claim) {
    if (typeof claim !== 'string')
        return '';
    return claim.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}
function isSet(text) {
    return text !== undefined && text !== '';
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
        'Check the tenant id, and environmentType if the tenant is in another cloud.',
    ],
    '90038': ({ tenantId }) => [`tenant ${tenantId} is in another cloud`, 'Set environmentType to that cloud.'],
    '900432': ({ tenantId }) => [`tenant ${tenantId} is in another cloud`, 'Set environmentType to that cloud.'],
    '500011': ({ scope, tenantId }) => [
        `tenant ${tenantId} knows no resource for the scope ${scope}`,
        'Set environmentType to the cloud that the vault is in.',
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
function readEntraAnswer(response, now) {
    const body = jsonObject(response.bodyAsText ?? '');
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
    const cause = isRecord(error) ? error['cause'] : undefined;
    if (!isRecord(cause) || typeof cause['status'] !== 'number')
        return undefined;
    const word = strict(cause['errorCode'], OAUTH_ERROR);
    return { status: cause['status'], number: '', error: word, correlationId: '', retryAfterMs: undefined };
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
    if (error.last instanceof WireFailure)
        return wireError(error.last.code, exchange.identity);
    return refusal(error.last, error.presented, exchange);
}
function isTransient(last, identity) {
    if (TRANSIENT.has(last.number) || isRepeatableStatus(last.status))
        return true;
    return identity.type === 'managed-identity' && (last.status === 404 || last.status === 410);
}
function wireError(code, identity) {
    const { host } = new URL(identity.authorityHost);
    return new errors/* PortError */.U7(wireWords(code, `Entra (${host})`, host));
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
    if (last === undefined || last instanceof WireFailure) {
        return new errors/* PortError */.U7({
            kind: 'Unauthenticated',
            what: `this machine has no managed identity endpoint (${last === undefined ? 'no answer' : last.code})`,
            fix: 'Run on an Azure machine with a managed identity, or use authType WorkloadIdentity. Behind a proxy, name 169.254.169.254 in NO_PROXY.',
            whole: true,
        });
    }
    return new errors/* PortError */.U7({
        kind: isRepeatableStatus(last.status) ? 'Unavailable' : 'Unauthenticated',
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
const credential_MARGIN_MS = 5 * 60_000;
const TENANT = /^[0-9a-zA-Z.-]*$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
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
    return assertion === '' ? undefined : presentedBy(assertion);
}
async function createCredential(context, request, assertion, note) {
    const { identity, tenantId, opened } = request;
    const azure = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 5563));
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
    const httpClient = createWire({
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
 * | WorkloadIdentity, serviceAccountRef | service-account, token-file | storeIdentities, authSecretRef or annotation, azureClientId | authSecretRef, tenantId, annotation, azureTenantId, AZURE_TENANT_ID |
 * | WorkloadIdentity, mounted | token-file | azureClientId, AZURE_CLIENT_ID | azureTenantId, AZURE_TENANT_ID |
 * | WorkloadIdentity | github | as with serviceAccountRef, then AZURE_CLIENT_ID | as above, then the vault's challenge |
 * | WorkloadIdentity | azure-cli | who is logged in | tenantId, azureTenantId, then the vault's challenge |
 */






const CLIENT_ID_ANNOTATION = 'azure.workload.identity/client-id';
const TENANT_ID_ANNOTATION = 'azure.workload.identity/tenant-id';
/** Throws PortError Invalid or NotFound when the store names no usable identity. */
async function resolveIdentity(context, store, provider, namespace) {
    const opening = { context, store, provider, namespace, cloud: cloudOf(store, provider) };
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
    switch (effectiveSetting(opening)) {
        case 'github':
            return gitHubIdentity(opening);
        case 'azure-cli':
            return azureCliIdentity(opening);
        case 'service-account':
            return serviceAccountIdentity(opening);
        case 'token-file':
            return tokenFileIdentity(opening);
    }
}
function effectiveSetting({ context, provider }) {
    const { identity } = context.settings;
    if (identity !== 'auto')
        return identity;
    if (hasGitHubToken(context.environment))
        return 'github';
    return provider.serviceAccountRef === undefined ? 'token-file' : 'service-account';
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
async function tokenFileIdentity(opening) {
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
    throw invalid(opening, 'uses the identity of this machine, but AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set', 'In a pod, add the label azure.workload.identity/use: "true"; in a GitHub job, add permissions: id-token: write.');
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
    throw invalid(opening, 'has no tenantId', `Set spec.provider.azurekv.tenantId, the annotation ${TENANT_ID_ANNOTATION} of its ServiceAccount, azure-tenant-id or AZURE_TENANT_ID.`);
}
async function gitHubIdentity(opening) {
    const { context, store, cloud } = opening;
    const assigned = assignedClientId(context.settings.storeIdentities, store);
    const annotations = assigned === undefined ? await readableAnnotations(opening) : {};
    const written = assigned ?? (await gitHubClientId(opening, annotations));
    const clientId = written || fallbackClientId(context);
    if (clientId === '')
        throw noGitHubClientId(opening);
    const tenantId = (await gitHubTenantId(opening, annotations)) || fallbackTenantId(context);
    const source = { from: 'github', audience: context.settings.audience };
    const identity = { type: 'assertion', authorityHost: cloud.authorityHost, clientId, source };
    return tenantId === '' ? identity : { ...identity, tenantId };
}
/** A store without serviceAccountRef means the machine's own identity; its authSecretRef is not looked at. */
async function gitHubClientId(opening, annotations) {
    return opening.provider.serviceAccountRef === undefined ? '' : writtenClientId(opening, annotations);
}
async function gitHubTenantId(opening, annotations) {
    if (opening.provider.serviceAccountRef === undefined)
        return opening.provider.tenantId ?? '';
    return writtenTenantId(opening, annotations);
}
function assignedClientId(identities, store) {
    const { namespace, name } = store.ref;
    return identities[namespace === undefined ? name : `${namespace}/${name}`];
}
function fallbackClientId({ settings, environment }) {
    return settings.azureClientId ?? environment['AZURE_CLIENT_ID'] ?? '';
}
function fallbackTenantId({ settings, environment }) {
    return settings.azureTenantId ?? environment['AZURE_TENANT_ID'] ?? '';
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
/** GitHub's token does not need the ServiceAccount: one that cannot be read is only missed where nothing else helps. */
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
function noGitHubClientId(opening) {
    return invalid(opening, 'has no client id', `Set azure-client-id, name this store in store-identities, or annotate its ServiceAccount with ${CLIENT_ID_ANNOTATION}.`);
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
                throw remember(toPortError(error, request));
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
        throw new VaultRefusal(readVaultAnswer(response));
    if (jsonObject(response.bodyAsText ?? '') === undefined)
        throw new GarbledAnswer();
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
function isAbsence(error) {
    return error instanceof VaultRefusal && error.answer.status === 404 && ABSENT_CODES.has(error.answer.code);
}
const readers = {
    secret: async (context, clients, name, version) => {
        const client = await clients.secrets();
        const body = await rawBody((onResponse) => client.getSecret(name, { version, onResponse }));
        const value = arrived(context, body['value'], (text) => secret_value/* SecretValue */.i.ofText(text));
        if (value === undefined)
            throw new GarbledAnswer();
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
        if (!isRecord(key))
            throw new GarbledAnswer();
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
        throw new GarbledAnswer();
    const version = id.split('/')[5];
    const read = { value, tags: key_vault_tagsOf(body['tags']), attributes: attributesOf(body['attributes']) };
    return version === undefined ? read : { ...read, version };
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
        throw new GarbledAnswer();
    return seen.body;
}
async function list(clients) {
    const client = await clients.secrets();
    const objects = [];
    let pages = 0;
    for await (const page of client.listPropertiesOfSecrets().byPage()) {
        pages += 1;
        if (pages > MOST_PAGES)
            throw new GarbledAnswer();
        objects.push(...page.map(listed));
    }
    return objects;
}
function listed(secret) {
    return {
        name: secret.name,
        enabled: secret.enabled,
        tags: key_vault_tagsOf(secret.tags),
        attributes: definedTimes({
            created: seconds(secret.createdOn),
            updated: seconds(secret.updatedOn),
            expires: seconds(secret.expiresOn),
            notBefore: seconds(secret.notBefore),
        }),
    };
}
function key_vault_tagsOf(tags) {
    if (!isRecord(tags))
        return new Map();
    return new Map(Object.entries(tags).map(([name, value]) => [name, typeof value === 'string' ? value : null]));
}
function attributesOf(attributes) {
    if (!isRecord(attributes))
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
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 6009)),
                clientOptions(),
            ]);
            return new sdk.SecretClient(url, credential, settings);
        }),
        keys: once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 5732)),
                clientOptions(),
            ]);
            return new sdk.KeyClient(url, credential, settings);
        }),
        certificates: once(async () => {
            const [sdk, settings] = await Promise.all([
                Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 4177)),
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
    const lanes = new Map();
    const providers = new Map();
    return {
        open: async (store, namespace) => {
            if (store.provider.type !== 'azurekv')
                throw new Error(`not an azurekv store: ${(0,object_ref/* refText */.d0)(store.ref)}`);
            const vaultUrl = parseVaultUrl(store, store.provider.vaultUrl);
            const opened = await login.identityOf(store, store.provider, namespace);
            const key = providerKey(vaultUrl, opened);
            return remember(providers, key, () => openVault(context, login, lanes, { key, vaultUrl, opened }));
        },
    };
}
function createLogin(context) {
    return {
        ...createCredentials(context),
        identityOf: (store, provider, namespace) => resolveIdentity(context, store, provider, namespace),
    };
}
function openVault(context, credentials, lanes, target) {
    const { key, vaultUrl, opened } = target;
    return openKeyVault(context, {
        key,
        vaultUrl,
        cloud: opened.cloud,
        lane: remember(lanes, vaultUrl.host, () => createLane(context.clock, context.settings.concurrency)),
        credential: credentials.credentialFor(opened, vaultDescription(vaultUrl)),
    });
}
function providerKey(vaultUrl, opened) {
    return `${vaultUrl.host}${vaultUrl.pathname}#${digestOf(new TextEncoder().encode(JSON.stringify(opened.identity)))}`;
}
function parseVaultUrl(store, text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.protocol === 'https:' && url.username === '' && url.search === '' && url.hash === '')
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
                list: () => Promise.resolve(namesOf(data)),
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
function namesOf(data) {
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

// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 1 modules
var wiring_manifests = __webpack_require__(1345);
// EXTERNAL MODULE: ./lib/src/wiring/open-cluster.js + 12 modules
var open_cluster = __webpack_require__(219);
;// CONCATENATED MODULE: ./lib/src/wiring/ports.js
/** Settings → everything a run needs from outside. The entries differ in the logger and the masker they bring. */






const STOPPING = 'asked to stop: what is being written is finished, nothing else is begun';
/** Asks nothing of vault or cluster yet. Rejects with a PortError where the cluster cannot be opened. */
async function portsOf(settings, outside) {
    const { environment, logger, masker, stop } = outside;
    const { cluster, state, publisher, manifests } = await (0,open_cluster/* openCluster */.D)(settings, outside);
    const clock = node_clock/* systemClock */.m;
    stop.addEventListener('abort', () => logger.warn(STOPPING));
    return {
        manifests: manifests ?? (0,wiring_manifests/* manifestsOf */.oF)(settings),
        cluster,
        state,
        providers: createProviders({ cluster, clock, masker, logger, environment, settings: azureSettingsOf(settings) }),
        publisher,
        clock,
        random: random/* systemRandom */.v,
        logger,
        stop,
    };
}
function azureSettingsOf(settings) {
    const { azureClientId, azureTenantId, keyVaultApiVersion } = settings;
    return {
        ...DEFAULT_AZURE_SETTINGS,
        identity: settings.identity,
        audience: settings.tokenAudience,
        storeIdentities: settings.storeIdentities,
        ...(azureClientId === undefined ? {} : { azureClientId }),
        ...(azureTenantId === undefined ? {} : { azureTenantId }),
        ...(keyVaultApiVersion === undefined ? {} : { serviceVersion: keyVaultApiVersion }),
    };
}

// EXTERNAL MODULE: ./lib/src/engine/settings.js
var engine_settings = __webpack_require__(9520);
;// CONCATENATED MODULE: ./lib/src/wiring/run-settings.js

function runSettingsOf(settings) {
    return {
        ...engine_settings/* DEFAULT_SETTINGS */.a,
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

// EXTERNAL MODULE: ./lib/src/cli/logger.js + 3 modules
var cli_logger = __webpack_require__(6101);
// EXTERNAL MODULE: ./lib/src/cli/terminal.js
var terminal = __webpack_require__(9567);
;// CONCATENATED MODULE: ./lib/src/cli/run.js
/** `plan` and `sync` of the command line: what needs vault and cluster, and so the SDKs. */











/** Prints the report and gives the exit code. Rejects with a PortError or RunStopped where there is no report. */
async function runAgainstCluster(command, settings, { environment, stdout, stderr, stop }) {
    const masker = new redacting/* RedactingMasker */.R();
    const logger = (0,cli_logger/* loggerFor */.W)(settings, masker, stderr, (environment['CI'] ?? '') !== '');
    try {
        const ports = await portsOf(settings, { environment, logger, masker, stop: stop.signal });
        const report = await { plan: plan, sync: sync }[command](ports, runSettingsOf(settings));
        if (logger instanceof terminal/* LiveLine */.D)
            logger.clear();
        stdout.write(render(report, settings.output, (0,terminal/* paintFor */.e)(settings.color, stdout, environment)));
        return (0,build_report/* wasStopped */.th)(report) ? (stop.exitCode() ?? 1) : (0,build_report/* exitCode */.I$)(report, settings.detailedExitcode);
    }
    finally {
        if (logger instanceof terminal/* LiveLine */.D)
            logger.clear();
    }
}
function render(report, output, paint) {
    switch (output) {
        case 'json':
            return (0,as_json/* reportAsJson */.T)(report);
        case 'markdown':
            return (0,as_markdown/* reportAsMarkdown */.W)(report);
        case 'text':
            return (0,as_text/* reportAsText */.wF)(report, paint);
    }
}


/***/ })

};
