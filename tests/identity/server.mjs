// A certified OpenID Connect provider on loopback, with a page of its own where one says who one is, or no.
// Arguments: the module, a file with clients and the fiscal code of each account, read again at every question.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [module, file] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(module));
const told = () => JSON.parse(readFileSync(file, "utf8"));
const key = (type, options, more) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }), use: "sig", ...more });

let provider;
const server = createServer((request, response) =>
  (request.url.startsWith("/who/") ? who : provider.callback())(request, response));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

provider = new Provider(issuer, {
  clients: told().clients,
  jwks: { keys: [key("rsa", { modulusLength: 2048 }, { kid: "r", alg: "RS256" }), key("ec", { namedCurve: "P-256" }, { kid: "e", alg: "ES256" })] },
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub"], profile: ["fiscal_number"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/who/${interaction.uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, fiscal_number: told().accounts[id] }) }),
  async loadExistingGrant(context) {
    const grant = new provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});

async function who(request, response) {
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end('<!doctype html><title>Prova</title><form method="post"><label>Chi sei? <input name="account"></label><button>Sono io</button></form>');
    return;
  }
  let body = "";
  for await (const piece of request) body += piece;
  const account = new URLSearchParams(body).get("account");
  const result = account ? { login: { accountId: account } } : { error: "access_denied", error_description: "no" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

console.log(issuer);
