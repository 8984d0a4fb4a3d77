/**
 * GitHub's REST API on loopback: comments of pull requests, trees, blobs, commits, and who a token belongs to.
 *
 *   const github = await GithubRestServer.start({ repository: 'contoso/shop' });
 *   const token = github.token({ login: 'github-actions[bot]', permissions: { contents: 'read', 'pull-requests': 'write' } });
 *   const sha = github.commit({ 'deploy/db.yaml': '…' });
 *   github.pullRequest(7, { base: sha });
 *   github.comments(7)                       [{ id, author, body }]
 *   github.comment(7, 'mallory', 'text')     somebody else's
 *   github.log                               ['GET /repos/contoso/shop/issues/7/comments?per_page=100&page=1 200']
 *   github.faults.inject({ match: '^POST .*comments', status: 502, times: 1 })
 */
import { randomUUID } from 'node:crypto';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { GitObjects, type Files } from './git-objects.ts';
import { asObject, type Json } from './json.ts';
import { listenHttp, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';

const LONGEST_BODY = 65_536;

type Level = 'read' | 'write';
export interface TokenRights {
  readonly login: string;
  readonly permissions: Readonly<Partial<Record<'contents' | 'pull-requests', Level>>>;
}

export interface StoredComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

interface Held extends StoredComment {
  readonly issue: number;
}

export interface GithubRestOptions {
  readonly repository: string;
  /** GitHub Enterprise Server has its API below `/api/v3`. */
  readonly enterprise?: boolean;
  /** Trees of more entries are cut. */
  readonly treeLimit?: number;
}

/** What a handler knows of the request. */
interface Call {
  readonly method: string;
  /** Below the repository: `/issues/7/comments`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly rights: TokenRights;
}

export class GithubRestServer {
  readonly log: string[] = [];
  readonly faults = new Faults();
  /** What is sent beside every answer of a fault. */
  faultHeaders: Readonly<Record<string, string>> = {};
  readonly #options: GithubRestOptions;
  readonly #objects = new GitObjects();
  readonly #commits = new Map<string, { readonly tree: string; readonly parents: readonly string[] }>();
  readonly #pulls = new Map<number, { readonly base: string }>();
  readonly #tokens = new Map<string, TokenRights>();
  #comments: readonly Held[] = [];
  #lastId = 1000;
  #listener!: Listener;
  /** Called before a request takes effect, so that a test can be faster than the program. */
  before: (line: string) => void = () => undefined;

  private constructor(options: GithubRestOptions) {
    this.#options = options;
  }

  static async start(options: GithubRestOptions): Promise<GithubRestServer> {
    const server = new GithubRestServer(options);
    server.#listener = await listenHttp((request) => server.#handle(request));
    return server;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  /** The variables of a runner that name GitHub. */
  environment(): Record<string, string> {
    const server = `http://127.0.0.1:${this.#listener.port}`;
    const { enterprise = false, repository } = this.#options;
    return {
      GITHUB_API_URL: enterprise ? `${server}/api/v3` : server,
      GITHUB_GRAPHQL_URL: enterprise ? `${server}/api/graphql` : `${server}/graphql`,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: repository,
    };
  }

  token(rights: TokenRights): string {
    const token = `ghs_${randomUUID()}`;
    this.#tokens.set(token, rights);
    return token;
  }

  /** The hash of a commit of these files. */
  commit(files: Files, parents: readonly string[] = []): string {
    const tree = this.#objects.add(files);
    const sha = randomUUID().replaceAll('-', '').padEnd(40, '0');
    this.#commits.set(sha, { tree, parents });
    return sha;
  }

  pullRequest(number: number, pull: { readonly base: string }): void {
    this.#pulls.set(number, pull);
  }

  comment(issue: number, author: string, body: string): number {
    this.#lastId += 1;
    this.#comments = [...this.#comments, { id: this.#lastId, issue, author, body }];
    return this.#lastId;
  }

  comments(issue: number): readonly StoredComment[] {
    return this.#comments.filter((one) => one.issue === issue).map(({ id, author, body }) => ({ id, author, body }));
  }

  deleteComment(id: number): void {
    this.#comments = this.#comments.filter((one) => one.id !== id);
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
    const line = `${request.method} ${request.path}${query}`;
    const fault = this.faults.take([line]);
    const instead = fault === undefined ? undefined : answerInstead(fault, (one) => this.#faultAnswer(one));
    if (instead === undefined) this.before(line);
    const answer = instead ?? this.#answer(request);
    this.log.push(`${line} ${answer.status}`);
    return withDelivery(answer, fault);
  }

  #faultAnswer({ status = 500, message = 'injected' }: Fault): Answer {
    return { status, headers: this.faultHeaders, body: { message } };
  }

  #answer(request: LoopbackRequest): Answer {
    const token = /^(?:bearer|token) (.+)$/iu.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const rights = this.#tokens.get(token);
    if (rights === undefined) return { status: 401, body: { message: 'Bad credentials' } };
    const { enterprise = false, repository } = this.#options;
    if (request.path === (enterprise ? '/api/graphql' : '/graphql')) return viewer(rights);
    const root = `${enterprise ? '/api/v3' : ''}/repos/${repository}`;
    if (!request.path.startsWith(`${root}/`)) return NOT_FOUND;
    const path = request.path.slice(root.length);
    const { method, query } = request;
    return this.#route({ method, path, query, rights, body: asObject(parsed(request.body)) ?? {} });
  }

  #route(call: Call): Answer {
    const [, first, second = '', third = ''] = call.path.split('/');
    if (first === 'issues' && third === 'comments' && second !== 'comments') return this.#ofIssue(call, Number(second));
    if (first === 'issues' && second === 'comments') return this.#ofComment(call, Number(third));
    if (call.method !== 'GET') return NOT_FOUND;
    // GitHub tells nobody of what they may not read that it is there.
    if (call.rights.permissions.contents === undefined) return NOT_FOUND;
    if (first === 'pulls') return this.#pull(Number(second));
    if (first !== 'git') return NOT_FOUND;
    if (second === 'trees') return this.#tree(third, call.query.get('recursive') !== null);
    if (second === 'blobs') return this.#blob(third);
    return second === 'commits' ? this.#commit(third) : NOT_FOUND;
  }

  #ofIssue({ method, query, body, rights }: Call, issue: number): Answer {
    const right = rights.permissions['pull-requests'];
    if (right === undefined || (method !== 'GET' && right !== 'write')) return FORBIDDEN;
    if (method === 'POST') return this.#create(issue, rights, body);
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    const all = this.#comments.filter((one) => one.issue === issue);
    return { status: 200, body: all.slice(start, start + size).map(commentJson) };
  }

  #create(issue: number, { login }: TokenRights, { body }: Json): Answer {
    const refusal = refusedBody(body);
    if (refusal !== undefined) return refusal;
    const id = this.comment(issue, login, String(body));
    return { status: 201, body: commentJson(this.#comments.find((one) => one.id === id)!) };
  }

  #ofComment({ method, body, rights }: Call, id: number): Answer {
    if (rights.permissions['pull-requests'] !== 'write') return FORBIDDEN;
    const found = this.#comments.find((one) => one.id === id);
    if (found === undefined) return NOT_FOUND;
    if (method === 'DELETE') {
      this.deleteComment(id);
      return { status: 204 };
    }
    const refusal = refusedBody(body['body']);
    if (refusal !== undefined) return refusal;
    const changed = { ...found, body: String(body['body']) };
    this.#comments = this.#comments.map((one) => (one.id === id ? changed : one));
    return { status: 200, body: commentJson(changed) };
  }

  #pull(number: number): Answer {
    const pull = this.#pulls.get(number);
    return pull === undefined ? NOT_FOUND : { status: 200, body: { number, base: { sha: pull.base } } };
  }

  /** A commit stands for its tree. */
  #tree(sha: string, recursive: boolean): Answer {
    const root = this.#commits.get(sha)?.tree ?? sha;
    const own = this.#objects.tree(root);
    if (own === undefined) return NOT_FOUND;
    const entries = recursive ? this.#objects.wholeTree(root) : own;
    const limit = this.#options.treeLimit ?? 100_000;
    return { status: 200, body: { sha: root, tree: entries.slice(0, limit), truncated: entries.length > limit } };
  }

  #blob(sha: string): Answer {
    const bytes = this.#objects.blobs.get(sha);
    if (bytes === undefined) return NOT_FOUND;
    // GitHub breaks the lines of its base64.
    const content = bytes.toString('base64').replaceAll(/.{60}/gu, '$&\n');
    return { status: 200, body: { sha, size: bytes.byteLength, encoding: 'base64', content: `${content}\n` } };
  }

  #commit(sha: string): Answer {
    const commit = this.#commits.get(sha);
    if (commit === undefined) return NOT_FOUND;
    return {
      status: 200,
      body: { sha, tree: { sha: commit.tree }, parents: commit.parents.map((one) => ({ sha: one })) },
    };
  }
}

const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found', status: '404' } };
const FORBIDDEN: Answer = { status: 403, body: { message: 'Resource not accessible by integration', status: '403' } };

function viewer({ login }: TokenRights): Answer {
  return { status: 200, body: { data: { viewer: { login } } } };
}

function refusedBody(body: unknown): Answer | undefined {
  if (typeof body !== 'string' || body === '') return { status: 422, body: { message: 'Validation Failed' } };
  if (body.length <= LONGEST_BODY) return undefined;
  return {
    status: 422,
    body: { message: `Validation Failed: body is too long (maximum is ${LONGEST_BODY} characters)` },
  };
}

function commentJson({ id, author, body }: StoredComment): Json {
  const type = author.endsWith('[bot]') ? 'Bot' : 'User';
  return { id, html_url: `https://github.example/comments/${id}`, body, user: { login: author, type } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
