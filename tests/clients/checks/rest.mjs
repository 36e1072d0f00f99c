// Clients that people write against Jira, on the simulator's REST API: PyPI jira with requests-jwt, npm jira.js.
import assert from "node:assert/strict";
import { Version3Client } from "jira.js";
import { Peer } from "../peer.mjs";
import { python3 } from "../python.mjs";
import { control, site, told } from "../world.mjs";

const SITE = "globex";
const PROJECT = "SUP";
let peer;
export const stop = () => peer?.stop();

async function installed() {
  peer = await Peer.start({ keys: `${control}/keys` });
  const answer = await told(`/jira/${SITE}/install`, { descriptor_url: `${peer.url}/atlassian-connect.json` });
  assert.equal(answer.status, 204);
  return "an app of atlassian-connect-express 11.5.3 takes the simulator's signed install: 1 site";
}

async function pythons() {
  const { base_url, app_key, shared_secret } = await site(SITE);
  const done = await python3("jira_client.py", [base_url, app_key, PROJECT], shared_secret);
  const stands = await told(`/jira/${SITE}/issues`);
  const issue = stands.find((one) => one.key === done.issue);
  assert.equal(issue.summary, done.summary);
  assert.deepEqual(issue.comments.map((one) => one.id), [done.comment]);
  assert.deepEqual(done.comments, [done.comment]);
  assert.ok(done.found.includes(done.issue), JSON.stringify(done));
  assert.deepEqual(done.refused, [401, 401]);
  return `PyPI jira with requests-jwt made ${done.issue}, commented, searched; 2 wrong tokens refused`;
}

async function scripts() {
  const { base_url, app_key, shared_secret } = await site(SITE);
  const client = (secret) =>
    new Version3Client({ host: base_url, authentication: { jwt: { issuer: app_key, secret, expiryTimeSeconds: 180 } } });
  const jira = client(shared_secret);
  const fields = { project: { key: PROJECT }, issuetype: { name: "Task" }, summary: "by jira.js" };
  const { key } = await jira.issues.createIssue({ fields });
  const comment = await jira.issueComments.addComment({ issueIdOrKey: key, comment: "a (first) comment" });
  const jql = `project = ${PROJECT} AND summary ~ "jira.js"`;
  const { issues } = await jira.issueSearch.searchForIssuesUsingJqlEnhancedSearch({ jql, fields: ["summary"] });
  assert.ok(issues.some((one) => one.key === key), JSON.stringify(issues));
  await assert.rejects(client(`${shared_secret}x`).issues.getIssue({ issueIdOrKey: key }));
  return `npm jira.js 5.4.0 made ${key}, comment ${comment.id}, found it; 1 wrong token refused`;
}

async function removed() {
  await told(`/jira/${SITE}/uninstall`, {});
  assert.equal((await site(SITE)).app_key, null);
  return "the app is gone from the site again: 0 apps";
}

export default [installed, pythons, scripts, removed];
