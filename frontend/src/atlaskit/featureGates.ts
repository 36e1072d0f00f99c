/**
 * Stands in for `@atlaskit/feature-gate-js-client` in the bundle. That client asks Atlassian's
 * experiment service for variants of components; an app outside Atlassian has no access to it, gets
 * the defaults, and would carry 110 KB for that. Here are the defaults without the client.
 */
const FeatureGates = {
  initializeCompleted: () => false,
  checkGate: () => false,
  getExperiment: () => ({ get: <T>(_name: string, standard: T) => standard }),
  getExperimentValue: <T>(_experiment: string, _name: string, standard: T) => standard,
};

export default FeatureGates;
