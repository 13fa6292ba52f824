// A provider of OpenID Connect that is not ours: the oidc-provider of npm, with one client and whoever asks as a person.
// node real_provider.mjs MODULES BACK OUT TOLD: says its port once it listens; ends with its standard input.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [modules, back, out, told] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`));
const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "us", client_secret: "a secret", redirect_uris: [back], post_logout_redirect_uris: [out],
    backchannel_logout_uri: told, backchannel_logout_session_required: true,
  }],
  features: { backchannelLogout: { enabled: true } },
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
  scopes: ["openid", "profile", "email", "groups"],
  pkce: { required: () => true },
  cookies: { keys: ["tests"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id, name: `${id} of the school`, email: `${id}@example.org`, email_verified: true, groups: ["assistants"],
    }),
  }),
});
server.on("request", provider.callback());
console.log(server.address().port);
process.stdin.resume().on("end", () => process.exit(0));
