/**
 * Completion scripts for shells, made from the table: commands, their options, the words that an option takes.
 *
 * The scripts are static: a shell asks them, and never this program.
 */
import { messageText } from '../model/message.ts';
import { COMMANDS } from '../model/command-names.ts';
import { COMMAND_HELP } from './command-help.ts';
import type { Setting } from './setting.ts';
import { settingsOf } from './table.ts';
import { WORDS, type Shell } from './words.ts';

/** The script that a shell reads once, as `source <(keyferry completion bash)`. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return zsh();
    case 'fish':
      return fish();
    case 'powershell':
      return powershell();
  }
}

const FIRST_WORDS = [...COMMANDS, ...WORDS.map(({ name }) => name)];
/** Those that something may follow. */
const FOLLOWED = WORDS.filter(({ values }) => values.length > 0);

/** Options whose value is a path of this machine. */
const PATHS = ['filename', 'base', 'values', 'expect', 'kubeconfig', 'directory', 'token-file'];

function flagsOf(setting: Setting): readonly string[] {
  return [`--${setting.name}`, ...(setting.short === undefined ? [] : [`-${setting.short}`])];
}

function allSettings(): readonly Setting[] {
  const byName = new Map(COMMANDS.flatMap(settingsOf).map((setting) => [setting.name, setting]));
  return [...byName.values()];
}

function choicesOf(setting: Setting): readonly string[] {
  return setting.kind === 'choice' ? setting.choices : [];
}

function bash(): string {
  const commands = COMMANDS.map(
    (command) => `    ${command}) options='${settingsOf(command).flatMap(flagsOf).join(' ')} --help' ;;`,
  );
  const choices = allSettings()
    .filter((setting) => setting.kind === 'choice')
    .map((setting) => `    ${flagsOf(setting).join('|')}) words='${choicesOf(setting).join(' ')}' ;;`);
  const paths = allSettings().filter(({ name }) => PATHS.includes(name));
  return `# keyferry completion for bash: source <(keyferry completion bash)
_keyferry() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options='' words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${FIRST_WORDS.join(' ')} --help --version' -- "$word"))
    return
  fi
  case $before in
${choices.join('\n')}
    ${paths.flatMap(flagsOf).join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
${FOLLOWED.map(({ name, values }) => `    ${name}) words='${values.join(' ')}' ;;`).join('\n')}
  esac
  case \${COMP_WORDS[1]} in
${commands.join('\n')}
  esac
  COMPREPLY=($(compgen -W "\${words:-$options}" -- "$word"))
}
complete -o filenames -F _keyferry keyferry
`;
}

function zsh(): string {
  const cases = COMMANDS.map((command) => {
    const specs = settingsOf(command).map((setting) => `        ${zshSpec(setting)} \\`);
    return `      ${command})\n        _arguments \\\n${specs.join('\n')}\n          '--help[print the help of ${command}]'\n        ;;`;
  });
  const commands = COMMANDS.map((command) => `      '${command}:${zshText(COMMAND_HELP[command].summary)}'`);
  return `#compdef keyferry
# keyferry completion for zsh: source <(keyferry completion zsh)
_keyferry() {
  local -a commands
  if (( CURRENT == 2 )); then
    commands=(
${commands.join('\n')}
${WORDS.map(({ name, summary }) => `      '${name}:${zshText(summary)}'`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
${FOLLOWED.map(({ name, values }) => `      ${name}) _values word ${values.join(' ')} ;;`).join('\n')}
  esac
}
compdef _keyferry keyferry
`;
}

function zshSpec(setting: Setting): string {
  const repeat = setting.kind === 'list' ? '*' : '';
  const names = flagsOf(setting);
  const text = `[${zshText(messageText(setting.description))}]`;
  return names.map((name) => `'${repeat}${name}${text}${zshValue(setting)}'`).join(' ');
}

function zshValue(setting: Setting): string {
  if (setting.kind === 'flag') return '';
  if (setting.kind === 'choice') return `:${setting.name}:(${setting.choices.join(' ')})`;
  return PATHS.includes(setting.name) ? `:${setting.name}:_files` : `:${setting.name}: `;
}

function zshText(text: string): string {
  return text.replaceAll("'", '’').replace(/[[\]:\\$`]/gu, '\\$&');
}

function fish(): string {
  const commands = COMMANDS.map((command) =>
    fishLine(`-n __fish_use_subcommand -a ${command}`, COMMAND_HELP[command].summary),
  );
  const options = COMMANDS.flatMap((command) =>
    settingsOf(command).map((setting) => fishLine(fishOption(command, setting), messageText(setting.description))),
  );
  return `# keyferry completion for fish: keyferry completion fish | source
complete -c keyferry -f
${commands.join('\n')}
${WORDS.map(({ name, summary }) => fishLine(`-n __fish_use_subcommand -a ${name}`, summary)).join('\n')}
${FOLLOWED.map(({ name, values }) => `complete -c keyferry -n '__fish_seen_subcommand_from ${name}' -a '${values.join(' ')}'`).join('\n')}
${options.join('\n')}
`;
}

function fishOption(command: string, setting: Setting): string {
  const short = setting.short === undefined ? '' : ` -s ${setting.short}`;
  const choices = setting.kind === 'choice' ? ` -x -a '${setting.choices.join(' ')}'` : '';
  const value = setting.kind === 'flag' || choices !== '' ? choices : PATHS.includes(setting.name) ? ' -r -F' : ' -x';
  return `-n '__fish_seen_subcommand_from ${command}' -l ${setting.name}${short}${value}`;
}

function fishLine(rule: string, text: string): string {
  return `complete -c keyferry ${rule} -d '${text.replace(/[\\']/gu, '\\$&')}'`;
}

function powershell(): string {
  const commands = COMMANDS.map(
    (command) => `  '${command}' = @(${quoted([...settingsOf(command).flatMap(flagsOf), '--help'])})`,
  );
  const choices = allSettings()
    .filter((setting) => setting.kind === 'choice')
    .map((setting) => `  '--${setting.name}' = @(${quoted(choicesOf(setting))})`);
  return `# keyferry completion for PowerShell: keyferry completion powershell | Out-String | Invoke-Expression
$KeyferryOptions = @{
${commands.join('\n')}
${FOLLOWED.map(({ name, values }) => `  '${name}' = @(${quoted(values)})`).join('\n')}
}
$KeyferryChoices = @{
${choices.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName keyferry -ScriptBlock {
  param($word, $line, $cursor)
  $given = @($line.CommandElements | ForEach-Object { $_.ToString() })
  $before = if ($word -eq '') { $given[-1] } else { $given[-2] }
  $words = if ($given.Count -eq 1 -or ($given.Count -eq 2 -and $word -ne '')) { @(${quoted(FIRST_WORDS)}) }
    elseif ($KeyferryChoices.ContainsKey($before)) { $KeyferryChoices[$before] }
    else { $KeyferryOptions[$given[1]] }
  $words | Where-Object { $_ -like "$word*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
