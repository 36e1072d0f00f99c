// A key set of our own with npm jose: mints invocation tokens as Forge does, and serves the public halves.
import { createServer } from "node:http";
import { SignJWT, exportJWK, generateKeyPair } from "jose";

export { createRemoteJWKSet, jwtVerify } from "jose";

export const APP_ID = "ari:cloud:ecosystem::app/00000000-0000-4000-8000-00000000f0e1";
export const CLOUD_ID = "11111111-2222-4333-8444-555555555555";
export const API = "https://api.atlassian.com";

export class KeySet {
  #server;
  #keys = new Map();
  asked = 0;

  static async start(...kids) {
    const set = new KeySet();
    for (const kid of kids) await set.add(kid);
    set.#server = createServer(async (_, response) => {
      set.asked += 1;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ keys: [...set.#keys.values()].map((key) => key.jwk) }));
    });
    await new Promise((resolve) => set.#server.listen(0, "127.0.0.1", resolve));
    set.url = `http://localhost:${set.#server.address().port}/.well-known/jwks.json`;
    return set;
  }

  async add(kid) {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
    this.#keys.set(kid, { privateKey, publicKey, jwk });
    return this.#keys.get(kid);
  }

  key(kid) {
    return this.#keys.get(kid);
  }

  remove(kid) {
    this.#keys.delete(kid);
  }

  stop() {
    this.#server.close();
  }
}

/** The claims of an invocation, as *The Forge invocation token* (Atlassian) lists them. */
export function claims(more = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: "forge/invocation-token",
    aud: APP_ID,
    iat: now,
    nbf: now,
    exp: now + 55,
    jti: crypto.randomUUID(),
    app: {
      id: APP_ID,
      version: "3",
      installationId: "ari:cloud:ecosystem::installation/9c1c2b5a-5d5c-4c2a-9d55-0c1d9c1b7a11",
      apiBaseUrl: `${API}/ex/jira/${CLOUD_ID}`,
      environment: { type: "PRODUCTION", id: "ari:cloud:ecosystem::environment/1/2" },
      module: { type: "jira:adminPage", key: "postroom-admin" },
      installation: { contexts: [{ cloudId: CLOUD_ID }] },
    },
    context: { cloudId: CLOUD_ID, siteUrl: "https://acme.atlassian.net", moduleKey: "postroom-admin" },
    principal: "5b10ac8d82e05b22cc7d4ef5",
    ...more,
  };
}

/** Signs them with a key of the set. */
export function mint(set, kid, more = {}, header = {}) {
  return new SignJWT(claims(more)).setProtectedHeader({ alg: "RS256", typ: "JWT", kid, ...header }).sign(set.key(kid).privateKey);
}
