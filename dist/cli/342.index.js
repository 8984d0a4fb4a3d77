export const id = 342;
export const ids = [342];
export const modules = {

/***/ 38961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   planDeployment: () => (/* binding */ planDeployment),
/* harmony export */   runAgainstCluster: () => (/* binding */ runAgainstCluster),
/* harmony export */   runFromHere: () => (/* binding */ runFromHere)
/* harmony export */ });
/* harmony import */ var _adapters_node_redacting_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(39840);
/* harmony import */ var _wiring_aks_cluster_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70633);
/* harmony import */ var _wiring_deployment_plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35669);
/* harmony import */ var _wiring_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(22959);
/* harmony import */ var _wiring_manifests_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(98271);
/* harmony import */ var _wiring_offline_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(14168);
/* harmony import */ var _wiring_plan_outcome_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(58261);
/* harmony import */ var _wiring_run_command_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(80917);
/* harmony import */ var _wiring_version_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(27721);
/* harmony import */ var _wiring_stop_signal_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(62722);
/* harmony import */ var _logger_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(76101);
/* harmony import */ var _print_outcome_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4141);
/* harmony import */ var _terminal_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(39567);
/** `plan` and `sync` of the command line: what needs vault and cluster, and so the SDKs. */













/** `deploy --engine runner` is a `sync` that takes manifests and plain inputs as `deploy` does. */
async function runFromHere(settings, surroundings) {
    return await runAgainstCluster('sync', settings, surroundings, (0,_wiring_manifests_js__WEBPACK_IMPORTED_MODULE_3__/* .deployedManifestsOf */ .aN)(settings));
}
/** What `deploy` would do; with the engine runner, what that sync would write. */
async function planDeployment(settings, surroundings) {
    if (settings.engine === 'runner') {
        return await runAgainstCluster('plan', settings, surroundings, (0,_wiring_manifests_js__WEBPACK_IMPORTED_MODULE_3__/* .deployedManifestsOf */ .aN)(settings));
    }
    return await printRun(settings, surroundings, (where) => (0,_wiring_deployment_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .runDeploymentPlan */ .s)({ settings: { ...settings, prune: true }, deployment: { settings }, version: _wiring_version_js__WEBPACK_IMPORTED_MODULE_11__/* .VERSION */ .x, ...where }));
}
/** Prints the report and gives the exit code. Rejects with a PortError or RunStopped where there is no report. */
async function runAgainstCluster(command, settings, surroundings, manifests) {
    const given = manifests === undefined ? {} : { manifests };
    return await printRun(settings, surroundings, (where) => (0,_wiring_run_command_js__WEBPACK_IMPORTED_MODULE_6__/* .runWithCluster */ .A)({ command, settings, ...where, ...given }));
}
async function printRun(settings, surroundings, run) {
    const { environment, stderr, stop } = surroundings;
    const masker = new _adapters_node_redacting_js__WEBPACK_IMPORTED_MODULE_12__/* .RedactingMasker */ .R();
    const logger = (0,_logger_js__WEBPACK_IMPORTED_MODULE_8__/* .loggerFor */ .W)(settings, masker, stderr, (environment['CI'] ?? '') !== '');
    try {
        const outside = { environment, logger, masker, stop: stop.signal, connectToAks: _wiring_aks_cluster_js__WEBPACK_IMPORTED_MODULE_0__/* .connectToAks */ .v };
        (0,_wiring_stop_signal_js__WEBPACK_IMPORTED_MODULE_7__/* .tellStopping */ .q)(outside);
        const report = await run({ outside, base: () => Promise.resolve().then(() => (0,_wiring_offline_js__WEBPACK_IMPORTED_MODULE_4__/* .givenBase */ .V)(settings)) });
        if (logger instanceof _terminal_js__WEBPACK_IMPORTED_MODULE_10__/* .LiveLine */ .DV)
            logger.clear();
        return (0,_print_outcome_js__WEBPACK_IMPORTED_MODULE_9__/* .printOutcome */ .i)((0,_wiring_plan_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .outcomeOf */ .s)(report), settings, surroundings);
    }
    catch (error) {
        throw (0,_wiring_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .filteredFailure */ .m)(error, masker);
    }
    finally {
        if (logger instanceof _terminal_js__WEBPACK_IMPORTED_MODULE_10__/* .LiveLine */ .DV)
            logger.clear();
    }
}


/***/ })

};
