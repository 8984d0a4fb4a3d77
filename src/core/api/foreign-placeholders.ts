/** What other tools would have filled in, and guides leave to be filled in: the manifest is not what was to be applied. */
import type { Message } from '../model/message.ts';

interface Kind {
  readonly form: RegExp;
  readonly fix: Message;
}

const KINDS: readonly Kind[] = [
  {
    form: /<path:[^>]*>|<[A-Za-z][\w-]*\s*\|[^>]*>/u,
    fix: 'argocd-vault-plugin would have filled it: write the name of the secret in the vault.',
  },
  {
    form: /^(?:secret)?ref\+[a-z0-9]+:\/\//u,
    fix: 'vals would have filled it: write the name of the secret in the vault.',
  },
  {
    form: /\{\{.*\}\}/u,
    fix: 'A template would have filled it: give what the tool renders, as helm template … | keyferry … -f -',
  },
  { form: /<[^<>]*>/u, fix: 'Replace the part in angle brackets with your own value.' },
  {
    form: /#\{[^}]*\}#?|\$\([A-Za-z][\w.]*\)|__[A-Za-z]\w*?__/u,
    fix: 'Replace it with your own value, as the pipeline does.',
  },
];

/** What to do about a placeholder that is left in a text; `undefined` where there is none. */
export function foreignPlaceholder(text: string): Message | undefined {
  return KINDS.find(({ form }) => form.test(text))?.fix;
}
