// A certified OpenID Connect provider for the tests: it says of everybody what the tests tell it to say.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { port, client, secret, back, people } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    { client_id: client, client_secret: secret, redirect_uris: [back], post_logout_redirect_uris: [back] },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false, // as most providers do, the id token says who it is
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  cookies: { keys: ["for tests alone"] },
});

createServer(provider.callback()).listen(port, "127.0.0.1", () => console.log("ready"));
