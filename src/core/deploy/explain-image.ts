/**
 * Why an image is not on the node: the kubelet's own words → one sentence and a way out.
 *
 * The kubelet tries again by itself, so the first failure says little: `ErrImagePull` is waited for, whatever the cause
 * but one that no attempt can mend. In back-off, what the registry or the network may give later is waited for.
 */
import type { Message } from '../model/message.ts';
import { say, setting } from '../model/message.ts';
import type { Explanation } from './explanation.ts';

interface WaitingImage {
  readonly reason: string;
  readonly message: string;
}

/** Whose image it is. */
export interface ImageOf {
  readonly image: string;
  /** Where it is not Keyferry's own: its name, and what keeps it out. */
  readonly other?: { readonly container: string; readonly fix: Message };
}

export function isImageReason(reason: string): boolean {
  return /^(?:ErrImage|ImagePull|InvalidImageName|RegistryUnavailable|ImageInspectError|SignatureValidationFailed)/u.test(
    reason,
  );
}

const HOPELESS = ['InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError'];
const OTHER_PLATFORM = /no match for platform|no matching manifest for|does not match the specified platform/iu;
const TOO_MANY = /toomanyrequests|too many requests|\b429\b|rate limit/iu;
const NOT_NOW =
  /timeout|timed out|deadline exceeded|connection re(?:fused|set)|no route to host|network is unreachable|no such host|temporary failure|TLS handshake|unexpected EOF|\bEOF$|\b50[0234]\b|server misbehaving|QPS exceeded/iu;
const NOT_THERE = /not found|manifest unknown|name unknown|does not exist/iu;
const NOT_ALLOWED = /unauthorized|denied|forbidden|authentication required|\b40[13]\b|no basic auth/iu;

const ANY_CAUSE = say`Check ${setting('image')}, and ${setting('image-pull-secret')} for a private registry; nodes without internet need an image from your own.`;

export function explainImage({ reason, message }: WaitingImage, { image, other }: ImageOf): Explanation {
  const words = ownWords(message, image);
  const whose = other === undefined ? '' : ` of container ${other.container}, which is not Keyferry's,`;
  const what = `the image ${image}${whose} cannot be had (${reason})${words === '' ? '' : `: ${words}`}`;
  return { what, fix: other?.fix ?? fixOf(words), mayPass: mayPass(reason, words) };
}

function mayPass(reason: string, words: string): boolean {
  if (HOPELESS.includes(reason) || OTHER_PLATFORM.test(words)) return false;
  return reason === 'ErrImagePull' || TOO_MANY.test(words) || (NOT_NOW.test(words) && !NOT_THERE.test(words));
}

function fixOf(words: string): Message {
  if (OTHER_PLATFORM.test(words)) {
    return say`It is not made for the processor of that node: take an image that is (${setting('image')}), or another node (${setting('node-selector')} kubernetes.io/arch=amd64).`;
  }
  if (TOO_MANY.test(words)) {
    return say`The registry limits how often it gives images: take the image from your own registry (${setting('image')}), or log in to that one (${setting('image-pull-secret')}).`;
  }
  if (NOT_ALLOWED.test(words)) {
    return say`The registry wants a login: give ${setting('image-pull-secret')}, or let the nodes pull (az aks update --attach-acr). Check ${setting('image')} too.`;
  }
  if (NOT_THERE.test(words)) return say`Check ${setting('image')}: the registry has no image of that name and tag.`;
  if (NOT_NOW.test(words)) {
    return say`The node does not reach that registry: check its network and proxy, or take an image from your own registry (${setting('image')}).`;
  }
  return ANY_CAUSE;
}

/** The last cause, without what the kubelet says around it; '' where it says nothing of its own. */
function ownWords(message: string, image: string): string {
  const text = message
    .trim()
    .replace(/^Back-off pulling image(?: "[^"]*")?(?:: )?/u, '')
    .replace(/^(?:ErrImagePull|ImagePullBackOff): /u, '')
    .replace(/^Failed to pull image "[^"]*": /u, '')
    .replace(/^rpc error: code = \w+ desc = /u, '')
    .replace(/^failed to pull and unpack image "[^"]*": /u, '')
    .replace(/\s+/gu, ' ');
  return text === image ? '' : text;
}
