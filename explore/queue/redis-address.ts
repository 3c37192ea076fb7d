/** Where Redis is, from a URL. The password goes to the connection and into no message. */

import { isIP } from "node:net";
import type { RedisOptions } from "ioredis";
import { ExploreError } from "../explore-error.ts";

export interface RedisAddress {
  /** For messages: without user and password. */
  readonly label: string;
  readonly options: RedisOptions;
}

const DEFAULT_PORT = 6379;
const FORM = "write redis://user:password@host:port/db, or rediss:// for TLS; special characters of a password as %XX";

/**
 * `redis://` or `rediss://` (TLS), user, password, port (6379) and number of the database (0) as they are needed. A password that is not
 * in the URL is taken from the variable REDISCLI_AUTH, as redis-cli does: command lines are seen by others on a machine.
 *
 * @throws ExploreError for what is no such URL, without repeating it
 */
export function redisAddress(
  url: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): RedisAddress {
  const { protocol, hostname, port, pathname, username, password, search } = parsed(url);
  if (protocol !== "redis:" && protocol !== "rediss:") throw refused("does not begin with redis:// or rediss://");
  if (hostname === "") throw refused("names no host");
  if (search !== "") throw refused("has parameters behind a question mark, of which none is known");
  const database = /^\/?(\d*)$/.exec(pathname)?.[1];
  if (database === undefined) throw refused("does not end with the number of a database");
  const host = hostname.replace(/^\[|\]$/g, "");
  const secret = decoded(password) || environment.REDISCLI_AUTH;
  const at = port === "" ? DEFAULT_PORT : Number(port);
  return {
    label: `${protocol}//${hostname}:${at}${Number(database) === 0 ? "" : `/${Number(database)}`}`,
    options: {
      host,
      port: at,
      db: Number(database),
      ...(username !== "" && { username: decoded(username) }),
      ...(secret !== undefined && { password: secret }),
      // A certificate's name is asked for by name; numbers have none to ask for.
      ...(protocol === "rediss:" && { tls: isIP(host) === 0 ? { servername: host } : {} }),
    },
  };
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // The parser's message repeats the URL, and with it the password.
    throw refused("is no URL");
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused("has a % in user or password that no two hexadecimal digits follow");
  }
}

function refused(problem: string): ExploreError {
  return new ExploreError("--redis", problem, FORM);
}
