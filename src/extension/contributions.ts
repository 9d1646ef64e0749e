/** The only ways to use the ids of ids.ts: a wrong argument, a forgotten command or a value of another type do not compile. */
import * as vscode from 'vscode';
import { COMMANDS, type CommandId, type ContextKeyId, type Setting } from './ids.ts';

type Commands = typeof COMMANDS;
type ArgumentsOf<Id> = Id extends CommandId<infer Arguments> ? Arguments : never;

/** What every command does. The record is complete, or it does not compile. */
export type CommandHandlers = {
  readonly [Name in keyof Commands]: (...given: ArgumentsOf<Commands[Name]>) => unknown;
};

/** @param load brings what the commands do, when the first of them is called */
export function registerCommands(load: () => Promise<CommandHandlers>): vscode.Disposable {
  const names = Object.keys(COMMANDS) as (keyof Commands)[];
  const handler =
    (name: keyof Commands) =>
    async (...given: unknown[]) =>
      ((await load())[name] as (...given: unknown[]) => unknown)(...given);
  return vscode.Disposable.from(...names.map((name) => vscode.commands.registerCommand(COMMANDS[name], handler(name))));
}

/** The file a menu handed over; undefined where it knew of none. */
export function fileOf(about: unknown): vscode.Uri | undefined {
  return about instanceof vscode.Uri ? about : undefined;
}

/** Runs one of our own commands, such as from a status-bar item or a message's button. */
export function runCommand<Arguments extends readonly unknown[]>(
  id: CommandId<Arguments>,
  ...given: Arguments
): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...given);
}

/** A context key that is written only when its value changes: each write costs a round trip to the window. */
export class ContextKey<Value> {
  private written: Value | undefined;

  constructor(private readonly id: ContextKeyId<Value>) {}

  set(value: Value | undefined): void {
    if (value === this.written) return;
    this.written = value;
    void vscode.commands.executeCommand('setContext', this.id, value);
  }
}

/** A setting as the user has it; its default for a value of another type, which settings.json does not keep anyone from writing. */
export function readSetting<Value>({ id, fallback }: Setting<Value>, scope?: vscode.ConfigurationScope): Value {
  const found: unknown = vscode.workspace.getConfiguration(undefined, scope).get(id);
  return typeof found === typeof fallback ? (found as Value) : fallback;
}
