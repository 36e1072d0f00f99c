// npm jose verifying one invocation token again and again; sixteen at a time, so that it never waits for itself.
import { createRemoteJWKSet, jwtVerify } from "../clients/forge.mjs";

const [url, audience] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL(url));
const rules = { issuer: "forge/invocation-token", audience, algorithms: ["RS256"] };
const AT_ONCE = 16;

process.on("message", async ({ token, seconds }) => {
  const begun = performance.now();
  const over = begun + seconds * 1000;
  let verified = 0;
  while (performance.now() < over) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => jwtVerify(token, keys, rules)));
    verified += AT_ONCE;
  }
  process.send({ verified, seconds: (performance.now() - begun) / 1000 });
});
