/** What Redis and the way to it can have wrong, in words, with what helps. No message holds what was sent, and so no password. */

import { ExploreError } from "../explore-error.ts";

interface Problem {
  readonly found: RegExp;
  readonly problem: string;
  readonly remedy: string;
  /** Whether trying again may help without anybody doing anything. */
  readonly passes: boolean;
}

const PROBLEMS: readonly Problem[] = [
  {
    found: /^OOM /,
    problem: "has not enough memory for what it is to keep",
    remedy: "raise its maxmemory, or give it another machine; docs/explore.md says what it needs",
    passes: false,
  },
  {
    found: /WRONGPASS|NOAUTH|invalid password|AUTH <password>/,
    problem: "refuses user or password",
    remedy: "correct them in --redis (redis://user:password@host:port), or in the variable REDISCLI_AUTH",
    passes: false,
  },
  {
    found: /^NOPERM/,
    problem: "does not allow this user a command that the queue needs",
    remedy: 'give the user "+@all -@admin +info" on the keys "~mora:*"',
    passes: false,
  },
  {
    found: /^MISCONF/,
    problem: "cannot write to its disk and takes nothing more",
    remedy: "free its disk",
    passes: false,
  },
  { found: /^READONLY/, problem: "is a replica, which takes nothing", remedy: "name its primary", passes: false },
  {
    found: /DB index is out of range/,
    problem: "has no database of this number",
    remedy: "correct the number at the end of --redis",
    passes: false,
  },
  {
    found: /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|EPROTO|certificate|SSL/,
    problem: "is not trusted, or does not speak TLS",
    remedy: "name its authority with NODE_EXTRA_CA_CERTS=FILE, or write redis:// for a server without TLS",
    passes: false,
  },
  {
    found: /ENOTFOUND|EAI_AGAIN/,
    problem: "has no such host",
    remedy: "correct the host in --redis",
    passes: true,
  },
  {
    found:
      /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|Socket timeout|Connection is closed|LOADING/,
    problem: "cannot be reached",
    remedy: "start redis-server there, open its port, or correct --redis (rediss:// if it speaks TLS)",
    passes: true,
  },
];

/** Short name of what happened: a code, or the first word of the server's answer. */
export function reasonOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return code ?? message?.split(/[\s:]/)[0] ?? String(error);
}

/** The error in words; undefined for one that has nothing to do with Redis. */
export function redisError(label: string, error: unknown): ExploreError | undefined {
  const known = problemOf(error);
  return known && new ExploreError(label, `${known.problem} (${reasonOf(error)})`, known.remedy);
}

/** Whether the way to Redis is interrupted and may come back, as opposed to an answer that will be the same next time. */
export function passes(error: unknown): boolean {
  return problemOf(error)?.passes ?? false;
}

function problemOf(error: unknown): Problem | undefined {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  return PROBLEMS.find(({ found }) => found.test(message) || found.test(code));
}
