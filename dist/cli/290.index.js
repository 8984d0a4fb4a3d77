export const id = 290;
export const ids = [290];
export const modules = {

/***/ 88290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runInstallation: () => (/* binding */ runInstallation)
});

// EXTERNAL MODULE: ./lib/src/adapters/node/redacting.js + 1 modules
var redacting = __webpack_require__(39840);
// EXTERNAL MODULE: ./lib/src/core/deploy/print.js
var print = __webpack_require__(80085);
// EXTERNAL MODULE: ./lib/src/wiring/aks-cluster.js + 6 modules
var aks_cluster = __webpack_require__(70633);
// EXTERNAL MODULE: ./lib/src/engine/stop.js
var engine_stop = __webpack_require__(78009);
// EXTERNAL MODULE: ./lib/src/adapters/node/clock.js
var clock = __webpack_require__(40390);
// EXTERNAL MODULE: ./lib/src/commands/deploy.js + 6 modules
var deploy = __webpack_require__(31976);
// EXTERNAL MODULE: ./lib/src/commands/render.js + 1 modules
var render = __webpack_require__(55446);
// EXTERNAL MODULE: ./lib/src/core/deploy/cron-job.js
var cron_job = __webpack_require__(18634);
// EXTERNAL MODULE: ./lib/src/core/model/held.js
var held = __webpack_require__(76991);
// EXTERNAL MODULE: ./lib/src/core/model/object-ref.js
var object_ref = __webpack_require__(76651);
// EXTERNAL MODULE: ./lib/src/core/plan/pull.js + 1 modules
var pull = __webpack_require__(90542);
// EXTERNAL MODULE: ./lib/src/engine/follow.js + 5 modules
var follow = __webpack_require__(15876);
// EXTERNAL MODULE: ./lib/src/engine/load.js + 3 modules
var load = __webpack_require__(4514);
// EXTERNAL MODULE: ./lib/src/engine/stored-intents.js
var stored_intents = __webpack_require__(24896);
// EXTERNAL MODULE: ./lib/src/ports/errors.js
var errors = __webpack_require__(226);
// EXTERNAL MODULE: ./lib/src/core/deploy/installation.js
var deploy_installation = __webpack_require__(83096);
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
    const { namespace, name } = installation;
    const ref = { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name };
    const live = await (0,engine_stop/* unlessStopped */.OO)(ports, () => objects.read(ref));
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










const PASS_GOES_ON = 'the run was asked to stop; the pass that it started in the cluster is not. See how it ends with the command status.';
/** Rejects with RunStopped as soon as it is asked to stop. */
async function status_status(ports, request) {
    const cronJob = await (0,engine_stop/* unlessStopped */.OO)(ports, () => cronJobOf(ports, request));
    const refreshProblems = await refresh(ports, request, cronJob);
    const text = request.refreshWithinMs === undefined ? undefined : PASS_GOES_ON;
    return await (0,engine_stop/* unlessStopped */.OO)(ports, () => reportOf(ports, request, { cronJob, refreshProblems }), text);
}
async function cronJobOf({ objects }, { installation }) {
    const { namespace, name } = installation;
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name });
    if (cronJob === undefined)
        throw notInstalled(objects, installation);
    return cronJob;
}
async function reportOf(ports, request, { cronJob, refreshProblems }) {
    const { objects } = ports;
    const { installation } = request;
    const { namespace, name } = installation;
    const pass = await (0,follow/* readReport */.t)({ objects, installation });
    const { rows, problems } = await rowsOf(ports, request, cronJob);
    const outdated = pass !== undefined && pass.intentsDigest !== cronJob.metadata.annotations?.[cron_job/* INTENTS_ANNOTATION */.Oy];
    return {
        installation: `${namespace}/${name}`,
        cluster: objects.description,
        version: cronJob.metadata.annotations?.[cron_job/* VERSION_ANNOTATION */.F8] ?? 'unknown',
        ...scheduleOf(cronJob),
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
async function refresh(ports, { installation, refreshWithinMs }, cronJob) {
    if (refreshWithinMs === undefined)
        return [];
    const followed = await (0,follow/* startAndFollow */.j)({ ...ports, installation, cronJob, timeoutMs: refreshWithinMs });
    if ('pass' in followed)
        return [];
    if ('stopped' in followed)
        throw followed.stopped === 'under-way' ? new engine_stop/* RunStopped */.NL(PASS_GOES_ON) : new engine_stop/* RunStopped */.NL();
    const { what, fix } = followed.explanation;
    return [{ severity: 'error', code: 'pass-missing', at: { kind: 'CronJob', ...installation }, what, fix }];
}
function scheduleOf(cronJob) {
    const { schedule = '', suspend = false } = cronJob['spec'];
    const { lastScheduleTime } = (cronJob['status'] ?? {});
    return {
        schedule,
        suspended: suspend,
        ...(lastScheduleTime === undefined ? {} : { lastScheduled: lastScheduleTime }),
    };
}
/** Stores and ExternalSecrets as deployed, and whether each target is there. */
async function rowsOf({ objects }, { installation, controllerClass }, cronJob) {
    try {
        const pins = () => Promise.resolve((0,stored_intents/* pinsOrRefusal */.w$)(cronJob, installation));
        const source = new stored_intents/* StoredIntentsSource */._c(objects, new stored_intents/* PinnedIntents */.OD(objects, installation, pins));
        const { namespace } = installation;
        const loaded = await (0,load/* load */.H)(source, { only: [], controllerClass, namespace, logins: 'unasked' });
        const stores = loaded.stores.map(({ ref, provider }) => ({
            object: (0,object_ref/* refText */.d0)(ref),
            detail: provider.type === 'azurekv' ? provider.vaultUrl : provider.type,
        }));
        const intents = await Promise.all(loaded.intents.map(async (intent) => {
            const target = (0,pull/* targetOf */.$r)(intent);
            const { keys, held } = await secretOf(objects, target);
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
async function secretOf(objects, { namespace = '', name }) {
    const ref = { apiVersion: 'v1', kind: 'Secret', namespace, name };
    try {
        const secret = await objects.read(ref);
        if (secret === undefined)
            return { keys: undefined };
        const keys = Object.keys(secret['data'] ?? {}).sort();
        if (secret.metadata['deletionTimestamp'] === undefined)
            return { keys };
        return { keys, held: (0,held/* heldProblem */.VG)(ref, (secret.metadata['finalizers'] ?? [])) };
    }
    catch (error) {
        if (error instanceof errors/* PortError */.U7 && error.kind === 'Forbidden')
            return { keys: 'not readable' };
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

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./lib/src/core/deploy/ownership.js
var ownership = __webpack_require__(20771);
// EXTERNAL MODULE: ./lib/src/core/deploy/repository.js
var deploy_repository = __webpack_require__(75820);
// EXTERNAL MODULE: ./lib/src/core/model/kubernetes-object.js
var kubernetes_object = __webpack_require__(16618);
// EXTERNAL MODULE: ./lib/src/core/report/text-table.js
var text_table = __webpack_require__(1609);
// EXTERNAL MODULE: ./lib/src/engine/install.js + 1 modules
var install = __webpack_require__(88261);
// EXTERNAL MODULE: ./lib/src/engine/leave.js
var leave = __webpack_require__(37102);
// EXTERNAL MODULE: ./lib/src/core/deploy/custom-resources.js
var custom_resources = __webpack_require__(47039);
// EXTERNAL MODULE: ./lib/src/core/deploy/gone-intents.js
var gone_intents = __webpack_require__(44869);
// EXTERNAL MODULE: ./lib/src/core/model/names.js
var names = __webpack_require__(86102);
// EXTERNAL MODULE: ./lib/src/core/model/secret.js
var secret = __webpack_require__(18260);
// EXTERNAL MODULE: ./lib/src/core/plan/ownership.js
var plan_ownership = __webpack_require__(85111);
// EXTERNAL MODULE: ./lib/src/core/plan/system-secret.js
var system_secret = __webpack_require__(51294);
// EXTERNAL MODULE: ./lib/src/engine/object-problem.js
var object_problem = __webpack_require__(84172);
;// CONCATENATED MODULE: ./lib/src/engine/leave-secrets.js
/**
 * The Secrets of an installation that is taken away: deleted, or kept, free of their owners. Only Secrets that its
 * ExternalSecrets made and wrote.
 */















/** Secrets that are seen to at once. */
const CONCURRENCY = 16;
/** One that is refused, or held, does not keep the others from being seen to. */
async function handleSecrets(ports, request, own) {
    if ((0,engine_stop/* isStopping */.vH)(ports))
        return { handled: [], areDone: false };
    const makers = await makersOf(ports, own);
    const handled = await (0,p_limit/* default */.A)(CONCURRENCY).map(makers, async (maker) => (0,engine_stop/* isStopping */.vH)(ports) ? 'left' : await handleSecretsOf(maker, ports, request));
    return { handled: handled.flatMap((one) => (one === 'left' ? [] : one)), areDone: !handled.includes('left') };
}
async function handleSecretsOf(maker, { cluster, objects, logger }, { secrets, installation }) {
    const made = await madeBy(maker, cluster);
    if (secrets === 'delete')
        return await Promise.all(made.map((secret) => deleteSecret(secret, cluster, logger)));
    if (maker.resource !== undefined && (0,ownership/* ownershipOf */.VL)(maker.resource, installation) === 'own') {
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
        logger.info(`${object}: ${isHeld ? (0,held/* heldText */.Dx)(finalizers) : 'deleted'}`);
        return isHeld ? { object, outcome: 'held', problem: (0,held/* heldProblem */.VG)(ref, finalizers) } : { object, outcome: 'deleted' };
    }
    catch (error) {
        return { object, outcome: 'failed', problem: { ...(0,object_problem/* objectProblem */.r)(ref, (0,errors/* failureOf */.g5)(error)), code: 'removal-failed' } };
    }
}
/** What stands in the way, where the Secrets could not be taken off their owner. */
async function tryDisown(objects, resource, { names, installation }) {
    try {
        await (0,leave/* disown */.d)(objects, resource, names, installation);
        return undefined;
    }
    catch (error) {
        const ref = (0,kubernetes_object/* typedRefOf */.Z)(resource);
        const problem = { ...(0,object_problem/* objectProblem */.r)(ref, (0,errors/* failureOf */.g5)(error)), code: 'removal-failed' };
        return { object: (0,object_ref/* refText */.d0)(ref), outcome: 'failed', problem };
    }
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
    return await (0,p_limit/* default */.A)(CONCURRENCY).map(texts, async (text) => {
        const resource = resources.get(text);
        const ref = remembered.get(text) ?? (0,kubernetes_object/* typedRefOf */.Z)(resource);
        const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
        const all = [lastTarget ?? binding, ...(resource === undefined ? [] : (0,gone_intents/* secretNamesOf */.Gx)(resource))];
        const secretNames = [...new Set(all.filter((name) => name !== ''))];
        return { ref, secretNames, ...(resource === undefined ? {} : { resource }) };
    });
}
/** Only Secrets that this ExternalSecret made and wrote. */
async function madeBy({ ref: { kind, namespace = '', name: owner }, secretNames }, cluster) {
    const ref = { kind, namespace, name: owner };
    const found = await Promise.all(secretNames.map((name) => cluster.getSecret((0,secret/* secretRef */.C)(namespace, name))));
    return found.flatMap((secret) => {
        const isOwn = secret?.labels.get(names/* CREATED_BY_LABEL */.op) === (0,plan_ownership/* createdBy */.uf)(ref) && (0,plan_ownership/* wasWrittenBy */.ox)(secret, ref.name);
        return isOwn && (0,system_secret/* systemKind */.ap)(secret) === undefined ? [secret] : [];
    });
}

;// CONCATENATED MODULE: ./lib/src/engine/lease.js


const DURATION_SECONDS = 60;
const RENEW_EVERY_MS = 20_000;
const ASK_EVERY_MS = 2_000;
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
            return lease_held(request);
        if (clock.now().getTime() >= deadline)
            throw stillHeld(request, other);
        if (!told)
            request.logger.info(`another pass is under way (${other}), waiting for its end`);
        told = true;
        await clock.sleep(ASK_EVERY_MS);
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
function lease_held(request) {
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
/** Rejects with RunStopped where it is asked to stop before its first write; after that it reports what is left. */
async function uninstall(ports, request) {
    const { installation } = request;
    const { own, jobs, problem } = await (0,engine_stop/* unlessStopped */.OO)(ports, () => lookBefore(ports, request));
    if (problem !== undefined)
        return uninstall_reportOf(ports, request, [], [problem]);
    (0,engine_stop/* beginUnlessStopping */.Qj)(ports);
    const jobsGone = await removeAll(jobs, ports, installation);
    // A CronJob that is still there goes on starting passes: they need what they have.
    const isRunning = jobsGone.some(({ outcome }) => outcome === 'failed');
    const rest = isRunning ? { handled: leftOf(own), areDone: false } : await takeAway(ports, request, own);
    const handled = [...jobsGone, ...rest.handled];
    const left = handled.filter(({ outcome }) => outcome === 'left').length;
    const problems = handled.flatMap(({ problem: one }) => (one === undefined ? [] : [one]));
    const isCut = (0,engine_stop/* isStopping */.vH)(ports) && left > 0;
    const stop = isCut ? [stopProblem(left, request.secrets === 'delete' && !rest.areDone)] : [];
    return uninstall_reportOf(ports, request, handled, [...problems, ...stop]);
}
/** Everything but what starts passes, Secrets first, and the records last. */
async function takeAway(ports, request, own) {
    const { installation } = request;
    await untilNoPass(ports, installation);
    const secrets = await handleSecrets(ports, request, own);
    // A Secret that still has its owner would go with it.
    const isOwned = request.secrets === 'keep' && secrets.handled.some(({ outcome }) => outcome === 'failed');
    const objects = isOwned ? leftOf(own) : await removeAll(restOf(own), ports, installation);
    const handled = [...secrets.handled, ...objects];
    // Without its records nobody could be told any more what is still there.
    const isOver = handled.every(({ outcome }) => outcome !== 'held' && outcome !== 'failed');
    for (const records of isOver ? [await jobsRecords(ports, installation), [inventory(installation)]] : [])
        handled.push(...(await removeAll(records, ports, installation)));
    return { handled, areDone: secrets.areDone };
}
function restOf(own) {
    return own
        .map(kubernetes_object/* typedRefOf */.Z)
        .filter((ref) => !isJob(ref))
        .toReversed();
}
function leftOf(own) {
    return restOf(own).map((ref) => ({ object: (0,object_ref/* refText */.d0)(ref), outcome: 'left' }));
}
function stopProblem(left, withSecrets) {
    const secrets = withSecrets ? ', and Secrets that were to be deleted' : '';
    const what = `${(0,text_table/* plural */.LS)(left, 'object')} of the installation left${secrets}; what was begun was finished`;
    return (0,engine_stop/* runStopped */.TC)(what, 'Run it again: it goes on where this ended.');
}
async function lookBefore({ objects }, request) {
    const { installation } = request;
    const { refs: known, repository } = await (0,install/* knownObjects */.wd)(objects, installation);
    const problem = (0,deploy_repository/* otherRepository */.j5)(repository, request.repository, installation);
    if (problem !== undefined)
        return { own: [], jobs: [], problem };
    if (known.length === 0)
        throw await nothingKnown(objects, installation);
    // Whoever may not read all of it may not delete it either: that shows before anything is gone.
    const live = await (0,p_limit/* default */.A)(uninstall_CONCURRENCY).map(known, (ref) => objects.read(ref));
    const own = live.flatMap((object) => object === undefined || (0,ownership/* ownershipOf */.VL)(object, installation) === 'others' ? [] : [object]);
    return { own, jobs: [...own.map(kubernetes_object/* typedRefOf */.Z).filter(isJob), ...(await leftJobs(objects, installation))] };
}
function isJob({ kind }) {
    return kind === 'CronJob';
}
function uninstall_reportOf({ objects: { description } }, { installation: { namespace, name } }, handled, problems = []) {
    const objects = handled.map(({ object, outcome }) => ({ object, outcome }));
    return { command: 'uninstall', installation: `${namespace}/${name}`, cluster: description, objects, problems };
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
async function removeAll(refs, ports, installation) {
    const { objects, logger } = ports;
    const handled = [];
    let isBroken = false;
    for (const kind of new Set(refs.map((ref) => ref.kind))) {
        const own = refs.filter((ref) => ref.kind === kind);
        const removed = await (0,p_limit/* default */.A)(uninstall_CONCURRENCY).map(own, async (ref) => {
            if (isBroken || (0,engine_stop/* isStopping */.vH)(ports))
                return [{ object: (0,object_ref/* refText */.d0)(ref), outcome: 'left' }];
            const { outcome, problem, isOfAll } = await (0,leave/* tryRemove */.M)(objects, ref, installation);
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
/** A pass that ends after its Secrets were seen to would undo that. Waits for nothing where it is asked to stop. */
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
/** Jobs that were started by hand belong to the CronJob; a cluster without a garbage collector keeps them. */
async function leftJobs(objects, { name, namespace }) {
    const jobs = await objects.list({ apiVersion: 'batch/v1', kind: 'Job', namespace }, { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keyferry' });
    return jobs.map(({ metadata }) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name: metadata.name }));
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
        ...[...states, deploy_installation/* names */.Dy.report(installation)].map((one) => configMap(one, installation)),
    ];
}
function inventory(installation) {
    return configMap(deploy_installation/* names */.Dy.inventory(installation), installation);
}
function configMap(name, { namespace }) {
    return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}

// EXTERNAL MODULE: ./lib/src/core/model/problem.js
var problem = __webpack_require__(32833);
// EXTERNAL MODULE: ./lib/src/core/report/as-json.js
var as_json = __webpack_require__(87722);
// EXTERNAL MODULE: ./lib/src/core/report/causes.js
var causes = __webpack_require__(44379);
// EXTERNAL MODULE: ./lib/src/core/report/markdown.js + 2 modules
var markdown = __webpack_require__(98166);
// EXTERNAL MODULE: ./lib/src/core/report/as-text.js
var as_text = __webpack_require__(40419);
// EXTERNAL MODULE: ./lib/src/core/report/change-table.js
var change_table = __webpack_require__(57486);
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
    return counts === undefined ? 'No report.' : (0,as_text/* countsText */.WN)({ counts });
}
function costs({ startedAt, finishedAt, vaultRequests }) {
    return (0,as_text/* costsText */.Um)(Date.parse(finishedAt) - Date.parse(startedAt), vaultRequests);
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
    return (0,change_table/* changeTable */.H)([
        ...objects.flatMap(({ object, changes = [] }) => changes.map((change) => (0,change_table/* changeRow */.L)(change, object))),
        ...prunes.map((change) => (0,change_table/* changeRow */.L)(change, '')),
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






function deploymentExitCode({ problems, pass }) {
    return (0,problem/* hasErrors */.Cs)(problems) || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
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
    const problems = (0,causes/* causesAsText */.cU)(report.problems.map(causes/* told */.Ev), look);
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
    const refused = (0,problem/* hasErrors */.Cs)(problems) ? 'Not uninstalled:' : 'Uninstalled';
    const uninstalled = some ? 'Not wholly uninstalled:' : refused;
    const done = { deploy: deployed, uninstall: uninstalled, suspend: 'Suspended', resume: 'Resumed' }[command];
    return paint('strong', `${done} ${installation} in ${cluster}`);
}
function painted(outcome, paint) {
    return paint(STYLES[outcome], `${MARKS[outcome]} ${outcome.padEnd(7)}`);
}
function deploymentAsJson(report) {
    const json = { format: 1, ...report, problems: report.problems.map(as_json/* problemJson */.o) };
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

// EXTERNAL MODULE: ./lib/src/core/report/filtered.js
var filtered = __webpack_require__(71116);
// EXTERNAL MODULE: ./lib/src/core/report/forms.js
var report_forms = __webpack_require__(27952);
// EXTERNAL MODULE: ./lib/src/core/plan/approval.js
var approval = __webpack_require__(90987);
;// CONCATENATED MODULE: ./lib/src/core/report/status.js






/** 1 where something is wrong now: an error, a failed last pass, a Secret that is missing after it. */
function statusExitCode({ problems, pass, rows }) {
    const missing = pass !== undefined && rows.some(({ secret, keys }) => secret !== undefined && keys === undefined);
    return (0,problem/* hasErrors */.Cs)(problems) || missing || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}
function statusAsText(report, look) {
    const { installation, cluster, version } = report;
    const tables = [storesTable(report, look), secretsTable(report, look)].filter((table) => table !== '');
    const problems = (0,causes/* causesAsText */.cU)(report.problems.map(causes/* told */.Ev), look);
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
function statusAsJson(report) {
    return `${JSON.stringify({ format: 1, ...report, problems: report.problems.map(as_json/* problemJson */.o) }, null, 2)}\n`;
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

// EXTERNAL MODULE: ./lib/src/core/report/build-report.js
var build_report = __webpack_require__(68694);
// EXTERNAL MODULE: ./lib/src/wiring/deployment.js
var deployment = __webpack_require__(33354);
// EXTERNAL MODULE: ./lib/src/wiring/deployment-plan.js + 3 modules
var deployment_plan = __webpack_require__(35669);
// EXTERNAL MODULE: ./lib/src/wiring/approval.js
var wiring_approval = __webpack_require__(66074);
// EXTERNAL MODULE: ./lib/src/wiring/manifests.js + 11 modules
var wiring_manifests = __webpack_require__(98271);
// EXTERNAL MODULE: ./lib/src/wiring/offline.js + 5 modules
var offline = __webpack_require__(14168);
// EXTERNAL MODULE: ./lib/src/wiring/open-cluster.js + 16 modules
var open_cluster = __webpack_require__(23749);
// EXTERNAL MODULE: ./lib/src/wiring/refuse.js
var refuse = __webpack_require__(47125);
// EXTERNAL MODULE: ./lib/src/wiring/repository.js
var wiring_repository = __webpack_require__(81309);
// EXTERNAL MODULE: ./lib/src/wiring/run-settings.js
var run_settings = __webpack_require__(97556);
;// CONCATENATED MODULE: ./lib/src/wiring/installation.js























/** Everything that `deploy` would apply; the problems tell why there is nothing. */
async function renderInstallation(settings, environment, version) {
    const { manifests, request } = await (0,deployment/* deploymentSourceOf */.o)(settings, environment, version);
    return await (0,render/* render */.X)(manifests, request);
}
/** Rejects with a PortError where the cluster refuses. */
async function runInstallationCommand(request) {
    const { command, settings, outside } = request;
    const shown = (report) => deploymentOutcome((0,filtered/* filteredInstallation */.Q8)(report, redactOf(outside)));
    if (command === 'deploy')
        return shown(await runDeploy(request));
    const real = await (0,engine_stop/* unlessStopped */.OO)(outside, () => (0,open_cluster/* openRealCluster */.vL)(settings, outside));
    const { objects, installation } = real;
    (0,refuse/* refuse */.T)((0,deploy_installation/* installationProblems */.nR)(installation));
    const { logger, stop } = outside;
    switch (command) {
        case 'status':
            return statusOutcome((0,filtered/* filteredInstallation */.Q8)(await runStatus(settings, installation, { objects, clock: clock/* systemClock */.m, logger, stop }), redactOf(outside)));
        case 'suspend':
            return shown(await suspend({ objects, stop }, installation));
        case 'resume':
            return shown(await resume({ objects, stop }, installation));
        case 'uninstall':
            return shown(await uninstall({ ...real, clock: clock/* systemClock */.m, logger, stop }, { installation, secrets: settings.secrets, repository: (0,wiring_repository/* repositoryOfRun */.z)(outside.environment) }));
    }
}
function redactOf({ masker }) {
    return (text) => masker.redact(text);
}
async function runDeploy(asked) {
    const { settings, outside, version } = asked;
    const connection = await approve(asked);
    const { environment, logger, stop } = outside;
    // The cluster first: where none is named, that is what has to be told, not what would be installed.
    const real = await (0,engine_stop/* unlessStopped */.OO)(outside, () => (0,open_cluster/* openRealCluster */.vL)(settings, outside, connection));
    const { manifests, request } = await (0,deployment/* deploymentSourceOf */.o)(settings, environment, version);
    const reading = (0,wiring_manifests/* readingOf */.MU)(settings, real.connection.contextNamespace);
    const ports = {
        manifests,
        objects: real.objects,
        stateOf: real.stateOf,
        clock: clock/* systemClock */.m,
        logger,
        stop,
    };
    const { allowDowngrade, waitTimeout } = settings;
    const { deletionLimits } = (0,run_settings/* runSettingsOf */.a)(settings);
    const repository = (0,wiring_repository/* repositoryOfRun */.z)(environment);
    const waitTimeoutMs = waitTimeout * 1000;
    return await (0,deploy/* deploy */.g)(ports, { ...request, reading, allowDowngrade, deletionLimits, waitTimeoutMs, repository });
}
/**
 * Rejects with a PortError where the plan of this deployment is no longer the approved one. Its job plans once more.
 * Gives the connection that it made, if it had to.
 */
async function approve({ settings, outside, version, base }) {
    const { planFingerprint } = settings;
    if (planFingerprint === undefined)
        return undefined;
    const planLevel = (0,wiring_approval/* levelOfApproved */.d)(planFingerprint);
    const plan = { settings: { ...settings, planLevel, prune: true }, deployment: { settings }, outside, version, base };
    const connection = planLevel === 'offline' ? undefined : await (0,open_cluster/* connectionOf */.ao)(settings, outside);
    const { fingerprint } = connection === undefined
        ? await (0,offline/* runOffline */.J)(settings, await base(), (0,wiring_manifests/* deployedManifestsOf */.aN)(settings))
        : await (0,deployment_plan/* runDeploymentPlan */.s)({ ...plan, connection });
    (0,refuse/* refuse */.T)([(0,approval/* planNotApproved */.c)(planFingerprint, fingerprint)].filter((problem) => problem !== undefined));
    return connection;
}
async function runStatus(settings, installation, ports) {
    const { controllerClass, refresh, waitTimeout } = settings;
    const wait = refresh ? { refreshWithinMs: waitTimeout * 1000 } : {};
    return await status_status(ports, { installation, controllerClass, ...wait });
}
function statusOutcome(report) {
    return {
        report,
        exitCode: statusExitCode(report),
        stopped: false,
        ...(0,report_forms/* formsOf */.X)(report, { text: statusAsText, json: statusAsJson, markdown: statusAsMarkdown }),
    };
}
function deploymentOutcome(report) {
    return {
        report,
        exitCode: deploymentExitCode(report),
        stopped: (0,build_report/* wasStopped */.th)(report),
        ...(0,report_forms/* formsOf */.X)(report, { text: deploymentAsText, json: deploymentAsJson, markdown: deploymentAsMarkdown }),
    };
}

// EXTERNAL MODULE: ./lib/src/wiring/failure.js
var failure = __webpack_require__(22959);
// EXTERNAL MODULE: ./lib/src/wiring/stop-signal.js
var stop_signal = __webpack_require__(62722);
// EXTERNAL MODULE: ./lib/src/cli/logger.js + 3 modules
var cli_logger = __webpack_require__(76101);
// EXTERNAL MODULE: ./lib/src/cli/show.js
var show = __webpack_require__(37410);
// EXTERNAL MODULE: ./lib/src/cli/terminal.js
var terminal = __webpack_require__(39567);
// EXTERNAL MODULE: ./lib/src/wiring/version.js
var version = __webpack_require__(27721);
;// CONCATENATED MODULE: ./lib/src/cli/installation.js
/** `render`, `deploy`, `status`, `suspend`, `resume` and `uninstall` of the command line. */












/** Prints the outcome and gives the exit code. Rejects with a PortError where there is none. */
async function runInstallation(command, settings, surroundings) {
    const { environment, stdout, stderr, stop } = surroundings;
    if (command === 'render') {
        return await (0,engine_stop/* unlessStopped */.OO)({ stop: stop.signal }, () => printRendered(settings, surroundings));
    }
    const masker = new redacting/* RedactingMasker */.R();
    const logger = (0,cli_logger/* loggerFor */.W)(settings, masker, stderr, (environment['CI'] ?? '') !== '');
    try {
        const outside = { environment, logger, masker, stop: stop.signal, connectToAks: aks_cluster/* connectToAks */.v };
        (0,stop_signal/* tellStopping */.q)(outside);
        const outcome = await runInstallationCommand({
            command,
            settings,
            outside,
            version: version/* VERSION */.x,
            base: () => Promise.resolve().then(() => (0,offline/* givenBase */.V)(settings)),
        });
        if (logger instanceof terminal/* LiveLine */.DV)
            logger.clear();
        (0,show/* show */.WU)(stdout, textOf(outcome, settings, surroundings));
        return outcome.stopped ? (stop.exitCode() ?? 1) : outcome.exitCode;
    }
    catch (error) {
        throw (0,failure/* filteredFailure */.m)(error, masker);
    }
    finally {
        if (logger instanceof terminal/* LiveLine */.DV)
            logger.clear();
    }
}
function textOf(outcome, { output, color }, { stdout, environment }) {
    switch (output) {
        case 'json':
            return outcome.json();
        case 'markdown':
            return outcome.markdown();
        case 'text':
            return outcome.text((0,show/* lookFor */.xy)(color, stdout, environment));
    }
}
/** YAML for `kubectl apply --server-side -f -`; problems go to standard error, so that a pipe stays clean. */
async function printRendered(settings, { environment, stdout, stderr }) {
    const { deployment, problems } = await renderInstallation(settings, environment, version/* VERSION */.x);
    (0,show/* showProblems */.k1)(stderr, problems);
    if (deployment === undefined)
        return 1;
    (0,show/* showFile */.II)(stdout, (0,print/* printObjects */.M)(deployment.objects));
    return 0;
}


/***/ })

};
