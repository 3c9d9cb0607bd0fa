/** `serve`. */
import { Command, Option } from "commander";
import { commandLine } from "../../shared/commandLine.ts";
import type { ServeFlags } from "../actions/serve.ts";
import { dataDir, examples } from "./options.ts";

export function serveCommand(): Command {
  return new Command("serve")
    .description("serve the API until SIGINT or SIGTERM")
    .addOption(new Option("--host <address>", "address to listen on").env("HOST").default("127.0.0.1"))
    .addOption(new Option("--port <number>", "TCP port to listen on; 0: any free one").env("PORT").default("3000"))
    .addOption(dataDir())
    .addOption(
      new Option(
        "--database-url <url>",
        "the store: sqlite:<file>, sqlite::memory: or postgres://… (default: a file in the data folder)",
      ).env("DATABASE_URL"),
    )
    .addOption(
      new Option("--database-pool-size <number>", "connections of each process to PostgreSQL, at most")
        .env("DATABASE_POOL_SIZE")
        .default("10"),
    )
    .addOption(
      new Option(
        "--auth-issuer <urls>",
        "OpenID Connect issuers whose tokens are accepted, separated by spaces or commas",
      ).env("AUTH_ISSUER"),
    )
    .addOption(
      new Option("--auth-audience <list>", "what their tokens' aud may be (default: Microsoft Graph's URL and id)").env(
        "AUTH_AUDIENCE",
      ),
    )
    .addOption(
      new Option("--auth-tenants <uuids>", "tenants whose tokens are accepted (default: all of the issuers')").env(
        "AUTH_TENANTS",
      ),
    )
    .addOption(
      new Option(
        "--development-identity <on|off>",
        "give a token to whoever asks (default: on if only this machine can call and there is no issuer)",
      ).env("DEVELOPMENT_IDENTITY"),
    )
    .addOption(
      new Option("--allowed-hosts <names>", "Host headers to answer to with it, beside loopback names and --host").env(
        "ALLOWED_HOSTS",
      ),
    )
    .addOption(
      new Option("--processes <number>", "processes that serve the port together; more than one needs PostgreSQL")
        .env("PROCESSES")
        .default("1"),
    )
    .addOption(
      new Option(
        "--tls [boolean]",
        "serve https; without --tls-cert with a certificate of a local CA in the data folder",
      )
        // Not a flag without value: of those, TLS=0 and an empty TLS= of a compose file would count as set.
        .preset("true")
        .env("TLS"),
    )
    .addOption(new Option("--tls-cert <file>", "certificate of your own, PEM, its chain after it").env("TLS_CERT"))
    .addOption(new Option("--tls-key <file>", "the certificate's private key, PEM, not encrypted").env("TLS_KEY"))
    .addOption(
      new Option(
        "--rate-limit <number>",
        "requests per second of an application in a tenant, of each process; 0: no limit (default: 0 with the development identity, else 100)",
      ).env("RATE_LIMIT"),
    )
    .addOption(
      new Option("--rate-burst <number>", "requests it may make at once (default: those of a second)").env(
        "RATE_BURST",
      ),
    )
    .addOption(
      new Option("--strict [boolean]", "refuse what the real service refuses, such as the collection PATCH")
        .preset("true")
        .env("STRICT"),
    )
    .addOption(
      new Option("--control [boolean]", "let tests reset, seed and fail what they call, at /_control (default: off)")
        .preset("true")
        .env("CONTROL"),
    )
    .addOption(
      new Option(
        "--trust-proxy <list>",
        "proxies whose X-Forwarded-Host and X-Forwarded-Proto are believed: addresses, subnets, loopback (default: none)",
      ).env("TRUST_PROXY"),
    )
    .option("--json", "print where it serves as one line of JSON")
    .addOption(
      new Option(
        "--drain-seconds <number>",
        "from the word to stop, and /readyz's 503, to the end of listening (default: 0)",
      ).env("DRAIN_SECONDS"),
    )
    .addOption(
      new Option("--metrics-port <number>", "port of /metrics for Prometheus; 0: any free one (default: none)").env(
        "METRICS_PORT",
      ),
    )
    .addOption(
      new Option("--metrics-host <address>", "address to listen on for /metrics")
        .env("METRICS_HOST")
        .default("127.0.0.1"),
    )
    .addOption(
      new Option(
        "--log-level <level>",
        "the least that is logged: fatal, error, warn, info (each request), debug, trace, silent",
      )
        .env("LOG_LEVEL")
        .default("info"),
    )
    .addHelpText(
      "after",
      examples(
        commandLine("serve"),
        commandLine("serve", "--port 4000"),
        commandLine("serve", "--tls"),
        `DATABASE_URL=sqlite::memory: ${commandLine("serve")}`,
        `DATABASE_URL=postgres://me:secret@localhost/enrollment ${commandLine("serve", "--processes 2")}`,
      ),
    )
    .action(async (settings: ServeFlags) => {
      const { serve } = await import("../actions/serve.ts");
      await serve(settings);
    });
}
